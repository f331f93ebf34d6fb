// Notes at the foot of a text: the call stands in the text, the note in a list at its end, both numbered in the order of the calls.
import { Node } from "django-prose-editor/editor";
import { words } from "../words.js";
import { ask } from "./dialog.js";

const HREF = /^#note-(\d{1,3})$/;
const TEXT = { name: "text", label: words.footnoteText, type: "textarea", required: true };

export const Footnotes = Node.create({
  name: "footnotes",
  group: "block",
  content: "(orderedList | bulletList)", // the list buttons try the other kind: a stricter rule throws while they do
  defining: true,
  parseHTML: () => [{ tag: "section.footnotes" }, { tag: "caption", ignore: true }],
  renderHTML: () => ["section", { class: "footnotes" }, 0],
});

const target = (node) => node.marks?.find((mark) => mark.type === "link" && HREF.test(mark.attrs.href ?? ""));

const walk = (node, visit) => {
  visit(node);
  node.content?.forEach((child) => walk(child, visit));
};

const listOf = (content) => content.content.find((node) => node.type === "footnotes")?.content[0];

// Takes the whole text as JSON and numbers its notes anew; notes without a call come last.
export const numberNotes = (content) => {
  const list = listOf(content);
  if (!list) return content;
  const numbers = new Map();
  const number = (old) => numbers.get(old) ?? numbers.set(old, numbers.size + 1).get(old);
  walk(content, (node) => {
    const mark = target(node);
    if (!mark) return;
    const now = number(mark.attrs.href.slice("#note-".length));
    mark.attrs = { ...mark.attrs, href: `#note-${now}` };
    if (/^\d+$/.test(node.text)) node.text = String(now); // words that lead to a note stay
  });
  for (const [i, item] of list.content.entries()) {
    const now = number(item.attrs?.id?.slice("note-".length) ?? `without-${i}`);
    item.attrs = { ...item.attrs, id: `note-${now}` };
  }
  const place = (item) => Number(item.attrs.id.slice("note-".length));
  list.content.sort((a, b) => place(a) - place(b));
  return content;
};

const note = (number, text) => ({
  type: "listItem",
  attrs: { id: `note-${number}` },
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});

const append = (content, item) => {
  const list = listOf(content);
  if (list) list.content.push(item);
  else content.content.push({ type: "footnotes", content: [{ type: "orderedList", content: [item] }] });
};

export const freeNumber = (content) => {
  let highest = 0;
  walk(content, (node) => {
    const used = target(node)?.attrs.href.match(HREF)[1] ?? node.attrs?.id?.match(/^note-(\d+)$/)?.[1];
    highest = Math.max(highest, Number(used ?? 0));
  });
  return highest + 1;
};

export const insertFootnote = async (editor) => {
  const answer = await ask({ title: words.footnote, submit: words.insert, fields: [TEXT] });
  const text = answer?.text.trim().replace(/\s+/g, " ");
  if (!text) return editor.commands.focus();
  const number = freeNumber(editor.getJSON());
  const at = editor.state.selection.to;
  const marks = [
    { type: "link", attrs: { href: `#note-${number}` } },
    ...(editor.schema.marks.superscript ? [{ type: "superscript" }] : []),
  ];
  editor
    .chain()
    .insertContentAt(at, { type: "text", text: String(number), marks })
    .run();
  const content = editor.getJSON();
  append(content, note(number, text));
  // in one step with the caret: between two, it would stand in the last note, and the browser may say so later
  const after = at + String(number).length;
  editor
    .chain()
    .setContent(numberNotes(content), { emitUpdate: true })
    .setTextSelection(after)
    .unsetMark("link")
    .unsetMark("superscript")
    .focus()
    .run();
};
