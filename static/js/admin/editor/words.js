// What the editor says, in the language of the page: the server writes it beside the text (EDITOR_WORDS in lib/prose/words.py).
export const words = JSON.parse(document.querySelector("textarea[data-words]")?.dataset.words ?? "{}");

// Names the buttons that the editor names in English.
export const nameButtons = (menu) => {
  for (const item of menu.items("blockType nodes lists marks link history utility table")) {
    const word = words[item.name];
    if (!word) continue;
    if (item.button) {
      item.button.title = word;
      item.button.setAttribute("aria-label", word);
    }
    if (item.option) item.option.textContent = word;
  }
};
