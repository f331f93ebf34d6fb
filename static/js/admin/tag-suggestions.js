// Proposes the keywords in use for the one being typed, in a line of names between commas. Arrows choose, Enter
// takes, Escape closes.
const WAIT = 150;

const suggest = (input) => {
  const list = document.createElement("ul");
  list.id = `${input.id}_suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestionsLabel);
  list.hidden = true;
  const place = document.createElement("div");
  place.className = "suggestions__place";
  input.before(place);
  place.append(input, list);
  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  let timer,
    chosen = -1,
    asked = 0;

  const bounds = () => {
    const at = input.selectionStart ?? input.value.length;
    const from = input.value.lastIndexOf(",", at - 1) + 1;
    const end = input.value.indexOf(",", at);
    return [from, end < 0 ? input.value.length : end];
  };
  const typed = () => input.value.slice(...bounds()).trim();
  const names = () => input.value.split(",").map((name) => name.trim().toLowerCase());

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", list.children[chosen].id);
  };

  const take = (name) => {
    const [from, end] = bounds();
    const before = input.value.slice(0, from).trimEnd();
    const after = input.value.slice(end).replace(/^,\s*/, "");
    const head = `${before}${before ? " " : ""}${name}, `;
    input.value = head + after;
    input.setSelectionRange(head.length, head.length);
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  };

  const show = (found) => {
    const had = names();
    list.replaceChildren(
      ...found
        .filter((name) => !had.includes(name.toLowerCase()) || name.toLowerCase() === typed().toLowerCase())
        .map((name, i) => {
          const option = document.createElement("li");
          option.id = `${list.id}_${i}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.textContent = name;
          option.addEventListener("mousedown", (event) => {
            event.preventDefault();
            take(name);
          });
          return option;
        }),
    );
    if (!list.children.length) return close();
    list.hidden = false;
    chosen = -1;
    input.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    const beginning = typed();
    const number = ++asked;
    if (!beginning) return close();
    try {
      const answer = await fetch(`${input.dataset.suggestions}?debut=${encodeURIComponent(beginning)}`, {
        headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected || number !== asked || document.activeElement !== input) return close();
      show((await answer.json()).names);
    } catch {
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
};

document.querySelectorAll("input[data-suggestions]").forEach(suggest);
