// Sends a form, brings it back from the page cache, sends another text by it; prints what it saw.
// Takes browser, program, url, path, cookie, texts as JSON.
const puppeteer = require("puppeteer-core");

const told = JSON.parse(process.argv[2]);
const isFirefox = told.browser === "firefox";
const timeout = 30000;

const launch = () =>
  puppeteer.launch({
    browser: told.browser,
    executablePath: told.program,
    protocol: "webDriverBiDi",
    args: isFirefox ? [] : ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"], // drivers like to switch it off
  });

/** Write over what the form holds and send it; wait for the page to which that leads. */
const send = async (page, text) => {
  await page.$eval("#reaction-text", (area) => {
    area.value = "";
    area.focus();
  });
  await page.keyboard.type(text);
  await page.click("#reagir button[type=submit]:not([name])");
  const isThere = () => !window.proofMarker && /^#r\d+$/.test(location.hash) && document.readyState === "complete";
  await page.waitForFunction(isThere, { timeout });
};

/** Leave marks that only this very page, kept alive, can still bear. */
const mark = (page) =>
  page.evaluate(() => {
    window.proofMarker = crypto.randomUUID();
    addEventListener("pageshow", (event) => {
      window.proofPersisted = event.persisted;
    });
    return window.proofMarker;
  });

const main = async () => {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await browser.setCookie({ ...told.cookie, domain: "localhost", path: "/" });
    await page.goto(told.url + told.path);
    const marker = await mark(page);
    await send(page, told.texts[0]);
    await page.evaluate(() => history.back());
    const isBack = (path) => location.href.endsWith(path) && document.readyState === "complete";
    await page.waitForFunction(isBack, { timeout }, told.path);
    const restored = await page.evaluate(() => ({
      persisted: window.proofPersisted === true,
      marker: window.proofMarker,
      text: document.querySelector("#reaction-text").value,
    }));
    await send(page, told.texts[1]);
    const texts = await page.$$eval(".comment__text", (all) => all.map((p) => p.innerText));
    const shown = texts.filter((text) => told.texts.includes(text));
    const isSame = restored.marker === marker;
    const version = await browser.version();
    console.log(JSON.stringify({ ...restored, marker: isSame, shown, version }));
  } finally {
    await browser.close();
  }
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
