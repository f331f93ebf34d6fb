// Ctrl+S saves the form and goes on with it, from wherever the caret is.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const button = document.querySelector('form [name="_continue"]');
  if (!button || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  button.form.requestSubmit(button);
});
