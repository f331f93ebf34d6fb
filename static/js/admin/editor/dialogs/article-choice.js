// Proposes our own articles for the words typed into a field. Arrows choose, Enter takes.
import { crel } from "django-prose-editor/editor";
import { looksLikeAddress } from "./addresses.js";

const WAIT = 150;

const ask = async (place, text) => {
  const answer = await fetch(`${place}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
};

const option = (id, { title, said, warning }) =>
  crel("li", { id, role: "option", "aria-selected": "false", className: warning ? "suggestions__unknown" : "" }, [
    crel("b", { textContent: title }),
    crel("small", { textContent: said }),
  ]);

const withList = (input, label) => {
  const list = crel("ul", { id: `${input.id}-list`, className: "suggestions", role: "listbox", hidden: true });
  list.setAttribute("aria-label", label);
  const state = crel("p", { className: "dialog__state", role: "status" });
  const place = crel("div", { className: "suggestions__place" });
  input.replaceWith(place);
  place.append(input, list);
  place.after(state);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    input.setAttribute(name, value);
  return { list, state };
};

// Returns {chosen()}: the article that was taken last, unless something else was typed since.
export const chooseArticle = (input, { place, label, silent }) => {
  const { list, state } = withList(input, label);
  let rows = [],
    at = -1,
    taken = null,
    timer;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    at = (next + rows.length) % rows.length;
    [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const take = (row) => {
    taken = row;
    input.value = row.title;
    state.textContent = row.warning || row.said;
    close();
  };
  const look = async () => {
    const text = input.value.trim();
    if (text.length < 2 || looksLikeAddress(text)) return close();
    try {
      const found = await ask(place, text);
      if (text !== input.value.trim() || taken || !input.isConnected) return;
      rows = found.articles;
      list.replaceChildren(...rows.map((row, i) => option(`${list.id}-${i}`, row)));
      state.textContent = found.said;
      at = -1;
      list.hidden = !rows.length;
      input.setAttribute("aria-expanded", String(Boolean(rows.length)));
    } catch {
      state.textContent = silent;
    }
  };
  input.addEventListener("input", () => {
    taken = null;
    state.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" && at >= 0) take(rows[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const row = rows[[...list.children].indexOf(event.target.closest("li"))];
    if (row) take(row);
  });
  const known = input.value.match(/^\/article\/(\d{1,18})$/);
  if (known)
    ask(place, `#${known[1]}`)
      .then(({ articles: [row] }) => row && input.value === known[0] && take(row))
      .catch(() => {});
  return { chosen: () => taken };
};
