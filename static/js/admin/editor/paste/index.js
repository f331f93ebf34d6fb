// What is pasted or dropped, from wherever, in the form in which our texts are; what could not be taken is said below.
import { Extension, pm } from "django-prose-editor/editor";
import { freeNumber } from "../dialogs/footnotes.js";
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

const SIGNS = new Set(["bold", "italic", "strike", "code"]);
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

// Takes HTML of any program and returns ours, the notes as a list of their own; says what is lost.
export const taken = (editor, html, { first, tell = () => {}, isOurs = false }) => {
  const storage = editor.storage.pasteFromAnywhere;
  const body = read(html);
  const losses = new Losses(body, isOurs ? "" : wordsBefore(editor.state));
  const media = editor.view.dom.closest(".prose-editor")?.querySelector("textarea")?.dataset.media;
  refuse(body, losses, media);
  writeFormulas(body, losses);
  const notes = takeNotes(body, losses, first);
  const list = listOf(body, notes);
  body.append(list);
  makeLists(body);
  takeLinks(body, losses);
  writeMarks(body);
  makeBlocks(body, isOurs);
  list.remove();
  tell(losses);
  storage.lost = losses.counts;
  say(storage.said, losses);
  return { body, list };
};

const pasted = (editor, html, tell) => {
  const isOurs = html.includes("data-pm-slice");
  const { body, list } = taken(editor, html, { first: freeNumber(editor.getJSON()), tell, isOurs });
  editor.storage.pasteFromAnywhere.notes = parseNotes(editor.schema, list);
  if (list.firstChild)
    for (const part of body.querySelectorAll("[data-pm-slice]")) part.removeAttribute("data-pm-slice");
  return body;
};

const fromText = (editor, text, $context) => {
  const broken = [];
  const html = htmlOf(text, (word) => broken.push(word));
  const body = pasted(editor, html, (losses) => {
    for (const word of broken) losses.lose("hyphen", null, word);
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
  // The editor's own rules would make « 2 * 3 * 4 » slanted and swallow its signs, pasted or typed.
  onBeforeCreate({ editor }) {
    const names = editor.extensionManager.extensions.map(({ name }) => name);
    editor.options.enablePasteRules = names.filter((name) => !SIGNS.has(name));
    editor.options.enableInputRules = names.filter((name) => name !== "italic");
  },
  onCreate() {
    this.storage.said = noteBelow(this.editor);
  },
  addProseMirrorPlugins() {
    const { editor, storage } = this;
    return [
      new pm.state.Plugin({
        props: {
          transformPastedHTML: (html) => pasted(editor, html).innerHTML,
          clipboardTextParser: (text, $context) => fromText(editor, text, $context),
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
