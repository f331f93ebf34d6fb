// Adds to the links that share a page what only a device can do: copy its address, open its own share sheet, print.
// The address is the canonical one; without this script the buttons stay hidden and the links work. Pictures that
// are not there yet are fetched before paper is printed.
const copy = async (button, page, said) => {
  try {
    await navigator.clipboard.writeText(page.url);
    said.textContent = button.dataset.done;
  } catch {
    said.textContent = page.url;
  }
};

const open = async (page) => {
  try {
    await navigator.share(page);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
};

const fetchPictures = () => {
  const waiting = [...document.querySelectorAll("img[loading=lazy]")];
  for (const picture of waiting) picture.loading = "eager";
  return Promise.allSettled(waiting.map((picture) => picture.decode()));
};

addEventListener("beforeprint", fetchPictures);

for (const share of document.querySelectorAll("[data-share-address]")) {
  const page = { title: share.dataset.shareTitle, url: share.dataset.shareAddress };
  const said = share.querySelector("[data-share-said]");
  const actions = { copy: (button) => copy(button, page, said), print: () => fetchPictures().then(() => print()) };
  if (navigator.share) actions.device = () => open(page);
  for (const button of share.querySelectorAll("button[data-share]")) {
    const action = actions[button.dataset.share];
    if (!action) continue;
    button.addEventListener("click", () => action(button));
    button.parentElement.hidden = false;
  }
}
