// Lets a person read the password that they type. Without this script the button stays hidden.
for (const button of document.querySelectorAll("button[data-show-password]")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  };
  input.spellcheck = false; // some browsers send words away to check them
  input.autocapitalize = "off";
  button.addEventListener("click", () => show(input.type === "password"));
  // what leaves, or comes back by the button Back, is a password again: nobody reads over a shoulder what was left there
  input.form.addEventListener("submit", () => show(false));
  addEventListener("pagehide", () => show(false));
  button.hidden = false;
}
