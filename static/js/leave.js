// « Quitter vite »: the harmless page takes the place of this one, so that Back does not lead here again.
for (const link of document.querySelectorAll("[data-leave]")) {
  const leave = (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", leave);
}
