// A small dialog of fields, in the language of the page: errors stand beside the fields, Escape closes, focus returns.
import { crel } from "django-prose-editor/editor";
import { words } from "../words.js";

let count = 0;

const CONTROLS = {
  textarea: ({ rows = 3 }) => crel("textarea", { rows }),
  select: ({ options }) =>
    crel(
      "select",
      {},
      options.map(([value, textContent]) => crel("option", { value, textContent })),
    ),
};

const control = ({ type = "text", min, max, maxLength, accept, ...field }) => {
  const made = CONTROLS[type]?.(field) ?? crel("input", { type, autocomplete: "off" });
  for (const [name, value] of Object.entries({ min, max, maxLength, accept }))
    if (value !== undefined) made[name] = value;
  return made;
};

const makeField = (field, id) => {
  const { name, label, type = "text", value = "", help, required = false } = field;
  const input = control(field);
  Object.assign(input, { id, name });
  if (required) input.setAttribute("aria-required", "true");
  if (type === "checkbox") input.checked = Boolean(value);
  else if (type !== "file") input.value = value;
  const error = crel("p", { id: `${id}-error`, className: "dialog__error", hidden: true });
  const said = help ? [crel("p", { id: `${id}-help`, className: "help", textContent: help })] : [];
  input.setAttribute("aria-describedby", [...said, error].map((part) => part.id).join(" "));
  const box = crel("div", { className: "dialog__field" }, [
    crel("label", { htmlFor: id, textContent: label }),
    input,
    ...said,
    error,
  ]);
  return { box, input, error, type };
};

const valueOf = ({ input, type }) => {
  if (type === "checkbox") return input.checked;
  return type === "file" ? input.files[0] : input.value;
};

export const button = (textContent, action) => {
  const made = crel("button", { type: "button", textContent });
  made.addEventListener("click", action);
  return made;
};

const showErrors = (parts, errors) => {
  for (const [name, { input, error }] of Object.entries(parts)) {
    error.textContent = errors[name] ?? "";
    error.hidden = !errors[name];
    if (errors[name]) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  Object.entries(parts)
    .find(([name]) => errors[name])?.[1]
    .input.focus();
};

const makeDialog = (title, parts, children) => {
  const name = `dialog-${++count}`;
  const form = crel("form", { method: "dialog", noValidate: true }, [
    crel("h2", { id: `${name}-title`, textContent: title }),
    ...Object.values(parts).map((part) => part.box),
    ...children,
  ]);
  const box = crel("dialog", { className: "prose-editor-dialog dialog", "aria-labelledby": `${name}-title` }, [form]);
  return { box, form };
};

// Resolves to the values by name, to what an action hands to `done`, or to null when it is given up.
// fields: [{name, label, type, value, help, required, …}]; check: (values) => errors by name, or a promise of them;
// actions: [[words, (values, done) => …]]; prepare: (parts, done, form), once it is open.
export const ask = ({ title, fields, submit = words.save, check, actions = [], prepare }) =>
  new Promise((resolve) => {
    const start = `dialog-${count + 1}-`;
    const parts = Object.fromEntries(fields.map((field) => [field.name, makeField(field, start + field.name)]));
    const values = () => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, valueOf(part)]));
    const send = crel("button", { type: "submit", textContent: submit });
    const { box, form } = makeDialog(title, parts, [
      crel("div", { className: "prose-editor-dialog-buttons" }, [
        send,
        ...actions.map(([said, action]) => button(said, () => action(values(), done))),
        button(words.cancel, () => box.close()),
      ]),
    ]);
    const done = (answer) => {
      resolve(answer);
      box.close();
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (send.disabled) return;
      const given = values();
      const missing = fields.filter(({ name, required }) => required && !String(given[name] ?? "").trim());
      send.disabled = true; // until it is judged, which may take an upload
      const errors = missing.length
        ? Object.fromEntries(missing.map(({ name }) => [name, words.fillIn]))
        : ((await check?.(given)) ?? {});
      send.disabled = false;
      showErrors(parts, errors);
      if (!Object.keys(errors).length) done(given);
    });
    box.addEventListener("close", () => {
      box.remove();
      resolve(null);
    });
    document.body.append(box);
    box.showModal();
    prepare?.(parts, done, form);
  });
