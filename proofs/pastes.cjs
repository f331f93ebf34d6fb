// Pastes documents into the editor one after the other; prints what each would be saved as.
// Takes browser, program, url, path, cookie, documents ([[html, text], …]) and the script as JSON in a file.
const { readFileSync } = require("node:fs");
const puppeteer = require("puppeteer-core");

const told = JSON.parse(process.argv[2]);
const isFirefox = told.browser === "firefox";
const timeout = 60000;

// Asked again and again from outside: what a driver would put into the page to wait there, its policy refuses.
const ready = async (page) => {
  const asked = `Boolean(document.querySelector(".ProseMirror[contenteditable]")?.editor?.storage.pasteFromAnywhere?.said)`;
  for (const end = Date.now() + timeout; !(await page.evaluate(asked)); ) {
    if (Date.now() > end) throw new Error(`No editor at ${page.url()}: ${await page.title()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const main = async () => {
  const { script, documents } = JSON.parse(readFileSync(told.file, "utf8"));
  const browser = await puppeteer.launch({
    browser: told.browser,
    executablePath: told.program,
    protocol: "webDriverBiDi",
    args: isFirefox ? [] : ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const page = await browser.newPage();
    await browser.setCookie({ ...told.cookie, domain: "localhost", path: "/" });
    await page.goto(told.url + told.path);
    await ready(page);
    const seen = [];
    for (const document of documents)
      seen.push(await page.evaluate(`(${script})(${JSON.stringify(document)})`));
    console.log(JSON.stringify({ version: await browser.version(), seen }));
  } finally {
    await browser.close();
  }
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
