// Gives the editor's text box the name of its field, for those who hear the page.
const name = () => {
  for (const box of document.querySelectorAll(".ProseMirror[contenteditable]:not([aria-label])")) {
    const area = box.closest(".prose-editor")?.querySelector("textarea") ?? document.querySelector("textarea[data-django-prose-editor-configurable]");
    const label = area && document.querySelector(`label[for="${area.id}"]`);
    if (!label) continue;
    box.setAttribute("aria-label", label.textContent.replace(/\s*:\s*$/, "").trim());
    box.setAttribute("aria-multiline", "true");
  }
};
new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
name();
