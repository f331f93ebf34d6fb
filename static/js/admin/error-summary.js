// The errors of a form: read first, and each leads to its field, into folded parts, choosers and the editor too.
const summary = document.querySelector("[data-error-summary]");

// What takes the focus for a field that hides behind something of its own.
const stand = (field) =>
  field.closest(".prose-editor")?.querySelector(".ProseMirror[contenteditable]") ??
  field.parentElement.querySelector(`.select2-selection[aria-labelledby*="${field.id}-"]`) ??
  (field.matches("input, select, textarea")
    ? field
    : field.querySelector("input:not([type=hidden]), textarea, select"));

const lead = (event) => {
  const field = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
  if (!field) return;
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  const target = stand(field) ?? field;
  target.focus();
  target.scrollIntoView({ block: "center" });
};

// the stock page gives the focus to the first field of a new form, some time before everything is loaded
const read = () => summary?.focus();
if (document.readyState === "complete") read();
else window.addEventListener("load", read);
summary?.addEventListener("click", lead);
