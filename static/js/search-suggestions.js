// Fills a list of suggestions under a search field while one types, and puts the caret into the field that a link
// leads to. The list is the browser's own <datalist>; nothing is stored. Words of danger show whom to call at once.
const PAUSE = 250; // milliseconds without a key before the site is asked
const SHORTEST = 2;

for (const field of document.querySelectorAll("input[data-suggestions]:not([list])")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  let asking = new AbortController();
  if (location.hash === `#${field.id}`) field.focus();
  addEventListener("hashchange", () => {
    if (location.hash === `#${field.id}`) field.focus();
  });

  const care = document.createElement("div");
  care.className = "search__care";
  care.setAttribute("role", "status");
  field.form.after(care);

  const show = (texts) => {
    list.replaceChildren(
      ...texts.map((text) => {
        const option = document.createElement("option");
        option.value = text;
        return option;
      }),
    );
  };

  const ask = async (text) => {
    asking.abort();
    asking = new AbortController();
    try {
      const address = new URL(field.form.action);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { headers: { "X-Requested-With": "suggestions" }, signal: asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      show(found.suggestions);
      if (care.innerHTML !== found.care) care.innerHTML = found.care; // a card of the site's own template
    } catch {
      // no suggestion: the field works as it did
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const text = field.value.trim();
    if ([...list.options].some((option) => option.value === text)) return; // one of them was chosen
    if (text.length < SHORTEST) {
      show([]);
      care.replaceChildren();
    } else waiting = setTimeout(ask, PAUSE, text);
  });
}
