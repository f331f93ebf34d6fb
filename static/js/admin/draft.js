// Keeps what an editor types until it is saved: in this tab only, taken up again after an expired session or a lost connection.
const HIDDEN = new Set(["csrfmiddlewaretoken", "draft"]);
const form = document.querySelector('form:has(input[name="draft"])');

const key = (form) => `carevox:${form.elements.draft.dataset.owner}:${location.pathname}`;
const fields = (form) =>
  [...form.elements].filter(
    (field) => field.name && !HIDDEN.has(field.name) && !["file", "submit", "button"].includes(field.type),
  );
const value = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);

const read = (form) =>
  Object.fromEntries(
    fields(form).map((field) => [
      field.id || field.name,
      [value(field), field.selectedOptions?.[0]?.textContent ?? ""],
    ]),
  );

const find = (form, name) => document.getElementById(name) ?? form.elements[name];

const put = (field, [value, label]) => {
  if (["checkbox", "radio"].includes(field.type)) field.checked = value;
  else {
    if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value))
      field.add(new Option(label, value));
    field.value = value;
  }
  const editor = field.closest(".prose-editor")?.querySelector(".ProseMirror")?.editor;
  if (editor) editor.commands.setContent(value);
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

// Rows that the page does not have yet are asked for first.
const restore = (form, content) => {
  for (const [name, [count]] of Object.entries(content).filter(([name]) => name.endsWith("-TOTAL_FORMS"))) {
    const add = find(form, name)?.closest(".inline-group")?.querySelector(".add-row a");
    for (let n = Number(find(form, name)?.value ?? count); add && n < Number(count); n++) add.click();
  }
  for (const [name, kept] of Object.entries(content)) {
    const field = find(form, name);
    if (field && !/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|__prefix__|base_version$/.test(name)) put(field, kept);
  }
};

const offer = (form, kept, forget) => {
  const { found, restore: restoreWords, forget: forgetWords } = form.elements.draft.dataset;
  const box = document.createElement("div");
  box.className = "draft-found";
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  const at = new Date(kept.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  text.textContent = found.replace("%(at)s", at);
  const button = (label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", () => {
      action();
      box.remove();
    });
    return made;
  };
  box.append(
    text,
    button(restoreWords, () => restore(form, kept.content)),
    button(forgetWords, forget),
  );
  form.before(box);
};

const keep = (form) => {
  const name = key(form);
  const { saved } = form.elements.draft.dataset;
  const store = sessionStorage;
  form.elements.draft.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  let dirty = false,
    leaving = false,
    timer;

  const kept = JSON.parse(store.getItem(name) ?? "null");
  if (kept && saved.split(" ").includes(kept.draft)) store.removeItem(name);
  else if (kept && !document.querySelector(".errornote")) offer(form, kept, () => store.removeItem(name));

  const write = () => {
    clearTimeout(timer);
    try {
      store.setItem(name, JSON.stringify({ draft: form.elements.draft.value, at: Date.now(), content: read(form) }));
    } catch {
      // the tab's store is full: the warning before leaving remains
    }
  };
  const changed = (event) => {
    if (!event.isTrusted && !event.target.closest(".prose-editor")) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(write, 500);
  };
  const listen = () => ["input", "change"].forEach((type) => form.addEventListener(type, changed));
  setTimeout(listen, 500); // the editor writes its first state while it starts
  form.addEventListener("submit", (event) => {
    leaving = event.submitter?.formTarget !== "_blank"; // a preview opens beside the form
    if (dirty || kept) write();
  });
  window.addEventListener("pagehide", () => dirty && !leaving && write());
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
};

if (form && form.elements.title) keep(form);
