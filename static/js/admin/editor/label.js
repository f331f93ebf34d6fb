// What the editor says by looks alone, for those who hear the page: the name of its text box, the state of its buttons.
const name = () => {
  for (const box of document.querySelectorAll(".ProseMirror[contenteditable]:not([aria-label])")) {
    const area =
      box.closest(".prose-editor")?.querySelector("textarea") ??
      document.querySelector("textarea[data-django-prose-editor-configurable]");
    const label = area && document.querySelector(`label[for="${area.id}"]`);
    if (!label) continue;
    box.setAttribute("aria-label", label.textContent.replace(/\s*:\s*$/, "").trim());
    box.setAttribute("aria-multiline", "true");
  }
};
const say = (button, attribute, holds) => {
  if (holds === button.hasAttribute(attribute)) return;
  if (holds) button.setAttribute(attribute, "true");
  else button.removeAttribute(attribute);
};
const state = () => {
  for (const button of document.querySelectorAll(".prose-menubar__button")) {
    say(button, "aria-disabled", button.classList.contains("disabled"));
    say(button, "aria-pressed", button.classList.contains("active"));
  }
};
const look = () => {
  name();
  state();
};
new MutationObserver(look).observe(document.documentElement, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["class"],
});
look();
