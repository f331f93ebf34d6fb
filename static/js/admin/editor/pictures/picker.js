// A dialog to choose a picture of the library for the text: search, native radio buttons with thumbnails, caption.
import { crel } from "django-prose-editor/editor";
import { words } from "../words.js";

let count = 0;

const field = (label, control) =>
  crel("p", { className: "picker__field" }, [crel("label", { htmlFor: control.id, textContent: label }), control]);

const choice = (name, picture, i, chosen) => {
  const radio = crel("input", { type: "radio", name, id: `${name}-${i}`, value: picture.src, required: true });
  radio.addEventListener("change", () => chosen(picture));
  const image = crel("img", { src: picture.small, alt: "", loading: "lazy" });
  const said = crel("span", {}, [
    picture.alt || words.noAlternativeText,
    crel("small", { textContent: picture.credit }),
  ]);
  return crel("label", { htmlFor: radio.id, className: "picker__choice" }, [radio, image, said]);
};

const makeDialog = (name) => {
  const search = crel("input", { type: "search", id: `${name}-search`, autocomplete: "off" });
  const alt = crel("input", { type: "text", id: `${name}-alt`, maxLength: 300 });
  const caption = crel("input", { type: "text", id: `${name}-caption`, maxLength: 500 });
  const list = crel("fieldset", { className: "picker__list" });
  const state = crel("p", { role: "status", className: "picker__state" });
  const insert = crel("button", { type: "submit", textContent: words.insert });
  const cancel = crel("button", { type: "button", textContent: words.insertNothing });
  const form = crel("form", { method: "dialog" }, [
    crel("h2", { id: `${name}-title`, textContent: words.figure }),
    field(words.searchPictures, search),
    state,
    list,
    field(words.caption, caption),
    field(words.alternativeText, alt),
    crel("div", { className: "prose-editor-dialog-buttons" }, [insert, cancel]),
  ]);
  const dialog = crel("dialog", { className: "prose-editor-dialog picker", "aria-labelledby": `${name}-title` }, [
    form,
  ]);
  return { dialog, form, search, alt, caption, list, state, cancel };
};

const fill = async (parts, address, name, chosen) => {
  const { list, state, search } = parts;
  const asked = search.value;
  let found;
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(asked)}`, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    found = await answer.json();
  } catch {
    state.textContent = words.libraryIsSilent;
    return;
  }
  if (asked !== search.value) return;
  const { pictures, said } = found;
  list.replaceChildren(
    crel("legend", { textContent: words.pictures }),
    ...pictures.map((picture, i) => choice(name, picture, i, chosen)),
  );
  state.textContent = said;
};

// Resolves to {src, alt, caption}, or to null when nothing is chosen.
export const pickPicture = (address) =>
  new Promise((resolve) => {
    const name = `picker-${++count}`;
    const parts = makeDialog(name);
    const { dialog, form, search, alt, caption, cancel } = parts;
    let picture = null,
      timer;
    const load = () =>
      fill(parts, address, name, (taken) => {
        picture = taken;
        alt.value = taken.alt;
      });
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(load, 200);
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      const answer = { src: picture?.src, alt: alt.value.trim(), caption: caption.value.trim() };
      if (picture) resolve(answer);
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(null);
    });
    document.body.append(dialog);
    dialog.showModal();
    load();
  });
