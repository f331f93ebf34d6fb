// In a narrow window the menu lies over the page: it is folded on each page, whatever the stock script remembers.
const main = document.getElementById("main");
const stock = document.getElementById("toggle-nav-sidebar");
if (stock && matchMedia("(max-width: 64rem)").matches) {
  const button = stock.cloneNode(true); // without the listener of the stock script
  stock.replaceWith(button);
  const show = (open) => {
    main.classList.toggle("shifted", open);
    button.setAttribute("aria-expanded", open);
  };
  show(false);
  button.addEventListener("click", () => show(!main.classList.contains("shifted")));
  main.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
  });
}
document.getElementById("nav-sidebar")?.removeAttribute("aria-expanded"); // the stock script sets it on no button
