// What the widgets of the stock admin lack: the space bar on links that act as buttons, and a name for empty choosers.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches('a[role="button"]')) return;
  event.preventDefault();
  event.target.click();
});

const name = () => {
  for (const box of document.querySelectorAll(".select2-selection:not([aria-label])")) {
    const select = box.closest(".select2-container")?.previousElementSibling;
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    if (!label) continue;
    for (const part of [box, ...box.querySelectorAll("[role=textbox]")])
      part.setAttribute("aria-label", label.textContent.replace(/\s*:\s*$/, "").trim());
    box.removeAttribute("aria-labelledby");
  }
};
new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
name();
