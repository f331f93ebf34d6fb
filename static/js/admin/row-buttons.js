// Links of the stock admin that act as buttons (add a row, remove a row) answer the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches('a[role="button"]')) return;
  event.preventDefault();
  event.target.click();
});
