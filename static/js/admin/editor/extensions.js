// What our HTML policy keeps and the editor would drop: notes with their numbers, table captions, scopes of headings.
import { Extension } from "django-prose-editor/editor";
import { insertCharacter } from "./dialogs/characters.js";
import { Footnotes, insertFootnote } from "./dialogs/footnotes.js";
import { editCaption } from "./dialogs/tables.js";
import { Calls } from "./calls.js";
import { Caret } from "./caret.js";
import { KEPT, lang } from "./kept.js";
import { Paste } from "./paste/index.js";
import { DroppedPictures } from "./pictures/drop.js";
import { placePicture } from "./pictures/figure.js";
import { addBoxItems, Box } from "./tools/boxes.js";
import { Count } from "./tools/count.js";
import { Find } from "./tools/find.js";
import "./tools/save.js";
import { HeldSpaces } from "./tools/spaces.js";
import { Toolbar } from "./tools/toolbar.js";
import { nameButtons, words } from "./words.js";

// These stand in for the library's own of the same name, whose dialogs speak English.
export { HTML } from "./dialogs/html.js";
export { Link } from "./dialogs/links.js";
export { ListItem, OrderedList } from "./dialogs/lists.js";
export { Table } from "./dialogs/tables.js";
export { Figure, Image } from "./pictures/figure.js";

const NOTE = /^note-\d{1,3}$/;

const keep = (name, accepts = () => true) => ({
  default: null,
  parseHTML: (element) => (accepts(element.getAttribute(name) ?? "") ? element.getAttribute(name) : null),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
});

// A table's caption is an attribute here; the server makes the element of it.
const caption = {
  default: null,
  parseHTML: (table) => table.querySelector("caption")?.textContent.trim() || table.dataset.caption || null,
  renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
};

export const CareVox = Extension.create({
  name: "CareVox",
  // The rules that it would inject are in css/admin/editor.css: our policy lets no style be written into a page.
  onBeforeCreate() {
    this.editor.options.injectCSS = false;
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "figure",
      groups: "nodes",
      command: (editor) => void placePicture(editor),
      button: buttons.material("image", words.figure),
      option: null,
      active: (editor) => editor.isActive("figure"),
    });
    menu.defineItem({
      name: "footnote",
      groups: "nodes",
      command: (editor) => void insertFootnote(editor),
      button: buttons.material("note_add", words.footnote),
    });
    menu.defineItem({
      name: "characters",
      groups: "nodes",
      command: (editor) => void insertCharacter(editor),
      button: buttons.text("Ω", words.specialCharacters),
    });
    menu.defineItem({
      name: "table:caption",
      groups: "table",
      command: (editor) => void editCaption(editor),
      button: buttons.material("subtitles", words["table:caption"]),
      hidden: (editor) => !editor.isActive("table"),
    });
    menu.defineItem({
      name: "find",
      groups: "utility",
      command: (editor) => editor.storage.find.open(),
      button: buttons.material("find_replace", words.find),
    });
    addBoxItems({ buttons, menu });
    nameButtons(menu);
    queueMicrotask(() => nameButtons(menu)); // once the other extensions have named their buttons
  },
  addExtensions: () => [
    ...[Footnotes, Calls, Caret, Paste, DroppedPictures, ...KEPT],
    ...[Box, Count, Find, HeldSpaces, Toolbar],
  ],
  addGlobalAttributes: () => [
    // a note that is cut in two by a key has one number
    { types: ["listItem"], attributes: { id: { ...keep("id", (value) => NOTE.test(value)), keepOnSplit: false } } },
    { types: ["paragraph", "italic", "blockquote"], attributes: { lang } },
    { types: ["blockquote"], attributes: { class: keep("class", (value) => value === "pull") } },
    { types: ["table"], attributes: { caption } },
    { types: ["tableHeader"], attributes: { scope: keep("scope") } },
  ],
});
