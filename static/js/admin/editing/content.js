// What a form holds: read as plain data, and put back; with it the marks of what it was opened with, so that what another
// has saved since is not overwritten.
const HIDDEN = new Set(["csrfmiddlewaretoken", "draft", "draft_former"]);
const NOT_TYPED = ["file", "submit", "button"];
const COUNTS = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|__prefix__|^keep-/;

const fields = (form) =>
  [...form.elements].filter((field) => field.name && !HIDDEN.has(field.name) && !NOT_TYPED.includes(field.type));
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
const value = (field) => {
  if (isTicked(field)) return field.checked;
  return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
};

// {id or name: [value, words of what is chosen]}
export const read = (form) =>
  Object.fromEntries(
    fields(form).map((field) => [
      field.id || field.name,
      [value(field), field.selectedOptions?.[0]?.textContent ?? ""],
    ]),
  );

const find = (form, name) => document.getElementById(name) ?? form.elements[name];

const choose = (select, chosen, label) => {
  const wanted = [chosen].flat();
  for (const one of wanted)
    if (one && ![...select.options].some((option) => option.value === one)) select.add(new Option(label, one));
  for (const option of select.options) option.selected = wanted.includes(option.value);
};

const put = (field, [content, label]) => {
  if (isTicked(field)) field.checked = content;
  else if (field.tagName === "SELECT") choose(field, content, label);
  else field.value = content;
  field.closest(".prose-editor")?.querySelector(".ProseMirror[contenteditable]")?.editor?.commands.setContent(content);
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

// Rows that the page does not have yet are asked for first.
export const restore = (form, content) => {
  for (const [name, [count]] of Object.entries(content).filter(([name]) => name.endsWith("-TOTAL_FORMS"))) {
    const add = find(form, name)?.closest(".inline-group")?.querySelector(".add-row a");
    for (let n = Number(find(form, name)?.value ?? count); add && n < Number(count); n++) add.click();
  }
  for (const [name, kept] of Object.entries(content)) {
    const field = find(form, name);
    if (field?.name && !HIDDEN.has(field.name) && !COUNTS.test(name)) put(field, kept);
  }
};
