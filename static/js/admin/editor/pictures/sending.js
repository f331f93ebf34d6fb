// A file goes to the library with its words, from where it is needed: progress, errors beside the fields, twins.
import { crel } from "django-prose-editor/editor";
import { ask, button } from "../dialogs/dialog.js";
import { words } from "../words.js";
import { draw, post } from "./upload.js";

const addProgress = (form) => {
  const bar = crel("progress", { max: 1, value: 0, hidden: true, ariaLabel: words.sending });
  const state = crel("p", { className: "dialog__state", role: "status" });
  const canvas = crel("canvas", { className: "sending__preview", hidden: true, role: "presentation" });
  const twin = crel("div", { className: "sending__twin", hidden: true });
  form.firstElementChild.after(canvas);
  form.lastElementChild.before(bar, state, twin);
  return { bar, state, canvas, twin };
};

const offerTwin = ({ twin, state }, picture, take, send) => {
  state.textContent = words.twin;
  twin.replaceChildren(
    crel("img", { src: picture.small, alt: picture.alt }),
    crel("p", { textContent: [picture.alt || words.noAlternativeText, picture.credit].join(" · ") }),
    button(words.takeTwin, take),
    button(words.sendAnyway, send),
  );
  twin.hidden = false;
  twin.querySelector("button").focus();
};

const addLicences = async (select, address) => {
  try {
    const { licences } = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
    select.replaceChildren(...licences.map(([value, textContent]) => crel("option", { value, textContent })));
  } catch {
    // without a choice the server says that one is missing
  }
};

const FIELDS = [
  { name: "upload", label: words.file, type: "file", accept: "image/jpeg,image/png,image/webp,image/avif" },
  { name: "alt", label: words.alternativeText, help: words.alternativeHelp, maxLength: 300 },
  { name: "credit", label: words.credit, help: words.creditHelp, maxLength: 200, required: true },
  { name: "licence", label: words.licence, type: "select", options: [] },
];

// Resolves to the picture as the library tells it, or to null.
export const sendPicture = async (address, file) => {
  let shown = {},
    stored = null,
    anyway = false;
  const check = async (values) => {
    if (!values.upload) return { upload: words.fileMissing };
    Object.assign(shown.bar, { hidden: false, value: 0 });
    shown.twin.hidden = true;
    shown.state.textContent = words.sending;
    const onProgress = (loaded, total) => {
      shown.bar.value = loaded / total;
      if (loaded === total) shown.state.textContent = words.preparing;
    };
    const { status, body } = await post(address, anyway ? { ...values, anyway } : values, {
      onProgress,
      form: shown.form,
    });
    shown.bar.hidden = true;
    shown.state.textContent = "";
    if (body?.picture) stored = body.picture;
    else if (body?.twin) offerTwin(shown, body.twin, () => shown.done(body.twin), shown.sendAnyway);
    else if (status !== 422 || !body?.errors) return { upload: words.sendFailed };
    const told = Object.entries(body.errors ?? {}).map(([name, said]) => [name, said.join(" ")]);
    return stored ? {} : Object.fromEntries([...told, ["stored", " "]]);
  };
  const prepare = (parts, done, form) => {
    const sendAnyway = () => {
      anyway = true;
      form.requestSubmit();
    };
    shown = { ...addProgress(form), done, form, sendAnyway };
    const { input } = parts.upload;
    input.addEventListener("change", () => {
      anyway = false;
      if (input.files[0]) draw(shown.canvas, input.files[0]);
    });
    if (file) {
      const carrier = new DataTransfer();
      carrier.items.add(file);
      input.files = carrier.files;
      draw(shown.canvas, file);
      parts.alt.input.focus();
    }
    addLicences(parts.licence.input, address);
  };
  const answer = await ask({ title: words.sendPicture, submit: words.send, fields: FIELDS, check, prepare });
  return stored ?? (answer?.src ? answer : null);
};
