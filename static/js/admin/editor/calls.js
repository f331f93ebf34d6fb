// The call of a note is its number and nothing else: what is typed or pasted into it stands beside it, and is kept when
// the notes are numbered anew.
import { Extension, Plugin, pm } from "django-prose-editor/editor";
import { inserted } from "./caret.js";

const HREF = /^#note-(\d{1,3})$/;

// The number of the note that a text calls; words that lead to a note are a link like others.
const called = ({ marks }) =>
  marks.some(({ type }) => type.name === "superscript") &&
  marks.find(({ type, attrs }) => type.name === "link" && HREF.test(attrs.href ?? ""))?.attrs.href.match(HREF)[1];

// What stands before and behind the number: typed beside it, or between its digits.
const around = (text, number) => {
  const at = text.lastIndexOf(number);
  if (at >= 0) return [text.slice(0, at), text.slice(at + number.length)];
  for (let n = 1; n < number.length; n++)
    if (text.startsWith(number.slice(0, n)) && text.endsWith(number.slice(n)))
      return ["", text.slice(n, text.length + n - number.length)];
  return null;
};

const freed = (node) => {
  const number = called(node);
  if (!number || (/^\d*$/.test(node.text) && node.text.length <= number.length)) return null;
  const plain = node.marks.filter(({ type }) => !["link", "superscript"].includes(type.name));
  const { schema } = node.type;
  const [before, behind] = around(node.text, number) ?? [node.text, null];
  const words = (text) => (text ? [schema.text(text, plain)] : []);
  const call = behind === null ? [] : [schema.text(number, node.marks)];
  return [...words(before), ...call, ...words(behind)];
};

const freeWords = (transactions, _before, state) => {
  if (!transactions.some(({ docChanged }) => docChanged) || transactions.some(pm.history.isHistoryTransaction))
    return null;
  const changes = new Map();
  for (const [from, to] of inserted(transactions))
    state.doc.nodesBetween(from, to, (node, at) => {
      const nodes = node.isText && freed(node);
      if (nodes) changes.set(at, [node.nodeSize, nodes]);
    });
  const { tr } = state;
  const head = state.selection.head;
  for (const [at, [size, nodes]] of [...changes].sort(([one], [other]) => other - one))
    tr.replaceWith(at, at + size, nodes);
  if (state.selection.empty && tr.docChanged)
    tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(Math.min(head, tr.doc.content.size)), -1));
  return tr.docChanged ? tr : null;
};

export const Calls = Extension.create({
  name: "calls",
  addProseMirrorPlugins: () => [new Plugin({ appendTransaction: freeWords })],
});
