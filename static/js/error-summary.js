// Gives the focus to the summary of errors when the page opens, so that it is read first.
document.querySelector("[data-error-summary]")?.focus();
