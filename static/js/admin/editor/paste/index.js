// What is pasted or dropped, from wherever, in the form in which our texts are; what could not be taken is said below.
import { Extension, pm } from "django-prose-editor/editor";
import { freeNumber } from "../footnotes.js";
import { takeLinks } from "./addresses.js";
import { makeBlocks } from "./blocks.js";
import { writeFormulas } from "./formulas.js";
import { makeLists } from "./lists.js";
import { Losses } from "./losses.js";
import { writeMarks } from "./marks.js";
import { takeNotes } from "./notes.js";
import { parseNotes, placeNotes } from "./placed.js";
import { htmlOf } from "./plain.js";
import { read } from "./read.js";
import { refuse } from "./refused.js";
import { noteBelow, say } from "./said.js";

const wordsBefore = ({ doc, selection: { from } }) => doc.textBetween(Math.max(0, from - 200), from, " ", " ");

const listOf = (body, notes) => {
  const list = body.ownerDocument.createElement("ol");
  for (const [number, nodes] of notes) {
    const item = body.ownerDocument.createElement("li");
    item.id = `note-${number}`;
    item.append(...nodes);
    list.append(item);
  }
  return list;
};

// Takes HTML of any program and returns ours; the notes and the losses wait in the storage of the extension.
const taken = (editor, storage, html, tell = () => {}) => {
  const body = read(html);
  const losses = new Losses(body, wordsBefore(editor.state));
  const media = editor.view.dom.closest(".prose-editor")?.querySelector("textarea")?.dataset.media;
  refuse(body, losses, media);
  writeFormulas(body, losses);
  const notes = takeNotes(body, losses, freeNumber(editor.getJSON()));
  const list = listOf(body, notes);
  body.append(list);
  makeLists(body);
  takeLinks(body, losses);
  writeMarks(body);
  makeBlocks(body);
  list.remove();
  if (notes.length) for (const part of body.querySelectorAll("[data-pm-slice]")) part.removeAttribute("data-pm-slice");
  tell(losses);
  storage.notes = parseNotes(editor.schema, list);
  storage.lost = losses.counts;
  say(storage.said, losses);
  return body;
};

const fromText = (editor, storage, text, $context) => {
  const words = [];
  const html = htmlOf(text, (word) => words.push(word));
  const body = taken(editor, storage, html, (losses) => {
    for (const word of words) losses.lose("hyphen", null, word);
  });
  const { DOMParser, Slice } = pm.model;
  const slice = DOMParser.fromSchema(editor.schema).parseSlice(body, { context: $context });
  return Slice.maxOpen(slice.content);
};

const isPaste = (transaction) => ["paste", "drop"].includes(transaction.getMeta("uiEvent"));

export const Paste = Extension.create({
  name: "pasteFromAnywhere",
  priority: 1000, // before the rules for marks, which are to see what it makes
  addStorage: () => ({ notes: [], lost: {}, said: null }),
  // Their rules for marks would make « 2 * 3 * 4 » slanted and swallow its signs.
  onBeforeCreate() {
    this.editor.options.enablePasteRules = ["link"];
  },
  onCreate() {
    this.storage.said = noteBelow(this.editor);
  },
  addProseMirrorPlugins() {
    const { editor, storage } = this;
    return [
      new pm.state.Plugin({
        props: {
          transformPastedHTML: (html) => taken(editor, storage, html).innerHTML,
          clipboardTextParser: (text, $context) => fromText(editor, storage, text, $context),
        },
        appendTransaction(transactions, _before, state) {
          if (!storage.notes.length || !transactions.some(isPaste)) return null;
          const items = storage.notes;
          storage.notes = [];
          return placeNotes(state.tr, items);
        },
      }),
    ];
  },
});
