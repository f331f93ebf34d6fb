// The library as a grid of thumbnails: search, more of them, credit and licence, a file from here.
import { crel } from "django-prose-editor/editor";
import { ask, button } from "../dialogs/dialog.js";
import { words } from "../words.js";
import { askLibrary } from "./library.js";
import { sendPicture } from "./sending.js";

const WAIT = 200;
let count = 0;

const choice = (name, picture, chosen) => {
  const radio = crel("input", { type: "radio", name, id: `${name}-${picture.id}`, value: picture.id });
  radio.addEventListener("change", () => chosen(picture));
  const said = crel("span", {}, [
    picture.alt || words.noAlternativeText,
    crel("small", { textContent: `${picture.credit}, ${picture.licence}` }),
  ]);
  const image = crel("img", { src: picture.small, alt: "", loading: "lazy" });
  return crel("label", { htmlFor: radio.id, className: "picker__choice" }, [radio, image, said]);
};

const parts = (name) => {
  const search = crel("input", { type: "search", id: `${name}-search`, autocomplete: "off" });
  const label = crel("label", { htmlFor: search.id, textContent: words.searchPictures });
  const list = crel("fieldset", { className: "picker__list" }, [crel("legend", { textContent: words.pictures })]);
  const state = crel("p", { role: "status", className: "picker__state" });
  const more = button(words.morePictures, () => {});
  const send = button(words.sendPicture, () => {});
  const bar = crel("p", { className: "picker__bar" }, [state, more, send]);
  return {
    search,
    list,
    state,
    more,
    send,
    all: [crel("p", { className: "dialog__field" }, [label, search]), list, bar],
  };
};

const fillGrid = (grid, name, address, chosen) => {
  const { search, list, state, more } = grid;
  let last = null,
    shown = 0;
  const load = async (isMore) => {
    const asked = search.value;
    try {
      const found = await askLibrary(address, { q: asked, ...(isMore && last ? { apres: last.id } : {}) });
      if (asked !== search.value) return;
      if (!isMore) {
        list.replaceChildren(list.firstElementChild);
        shown = 0;
        chosen(null);
      }
      const labels = found.pictures.map((picture) => choice(name, picture, chosen));
      list.append(...labels);
      last = found.pictures.at(-1) ?? last;
      shown += labels.length;
      state.textContent = isMore ? words.picturesShown.replace("%(n)s", shown) : found.said;
      more.hidden = !found.more;
      if (isMore) labels[0]?.querySelector("input").focus();
    } catch {
      state.textContent = words.libraryIsSilent;
    }
  };
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, WAIT);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  more.addEventListener("click", () => load(true));
  more.hidden = true;
  load();
};

const WORDS = [
  { name: "caption", label: words.caption, maxLength: 500 },
  { name: "alt", label: words.alternativeText, maxLength: 300 },
];

// Resolves to {id, src, alt, caption, …}, or to null when nothing is chosen. hasWords: those of its place are asked too.
export const pickPicture = async ({ library, sending }, hasWords = true) => {
  const name = `picker-${++count}`;
  const grid = parts(name);
  let picture = null;
  const answer = await ask({
    title: words.figure,
    submit: hasWords ? words.insert : words.choose,
    fields: hasWords ? WORDS : [],
    check: () => {
      if (picture) return {};
      grid.state.textContent = words.chooseOne;
      return { picture: words.chooseOne };
    },
    prepare: (fields, done, form) => {
      form.closest("dialog").classList.add("picker");
      form.firstElementChild.after(...grid.all);
      grid.send.addEventListener("click", async () => {
        const sent = await sendPicture(sending);
        if (sent) done({ ...sent, caption: fields.caption?.input.value });
      });
      fillGrid(grid, name, library, (taken) => {
        picture = taken;
        if (taken && fields.alt) fields.alt.input.value = taken.alt;
      });
      grid.search.focus();
    },
  });
  if (!answer) return null;
  const { alt = picture?.alt ?? "", caption = "" } = answer;
  return { ...picture, ...answer, alt: alt.trim(), caption: caption.trim() };
};
