// After a picture, a table or a rule the caret stands in a paragraph, and no key that is typed replaces one of them.
import { Extension, pm } from "django-prose-editor/editor";

const { NodeSelection, Plugin, TextSelection } = pm.state;
const WHOLE = new Set(["figure", "image", "table", "horizontalRule"]);
const NEEDS_PARAGRAPH = new Set([...WHOLE, "footnotes"]);

const endsWhole = (doc) => NEEDS_PARAGRAPH.has(doc.lastChild?.type.name);

// What the transactions have put in, in the places of the last one.
export const inserted = (transactions) => {
  const ranges = [];
  for (const [n, transaction] of transactions.entries()) {
    for (const [m, map] of transaction.mapping.maps.entries()) {
      map.forEach((_from, _to, start, end) => {
        const later = [transaction.mapping.slice(m + 1), ...transactions.slice(n + 1).map(({ mapping }) => mapping)];
        const now = (place, side) => later.reduce((at, mapping) => mapping.map(at, side), place);
        ranges.push([now(start, -1), now(end, 1)]);
      });
    }
  }
  return ranges;
};

// The whole thing in which the selection stands, with its place.
const around = ({ selection, doc }) => {
  if (selection instanceof NodeSelection && WHOLE.has(selection.node.type.name)) {
    const { $from, node } = selection;
    const figure = $from.parent.type.name === "figure";
    return figure ? [$from.before(), $from.parent] : [selection.from, node];
  }
  for (let depth = selection.$head.depth; depth; depth--) {
    const node = selection.$head.node(depth);
    if (WHOLE.has(node.type.name)) return [selection.$head.before(depth), node];
  }
  return [doc.content.size, null];
};

// Puts the caret in the paragraph behind the place, in a new one if there is none.
export const writeBehind = (transaction, place) => {
  if (!transaction.doc.resolve(place).nodeAfter?.isTextblock)
    transaction.insert(place, transaction.doc.type.schema.nodes.paragraph.create());
  return transaction.setSelection(TextSelection.create(transaction.doc, place + 1)).scrollIntoView();
};

// A picture in a figure is chosen with its figure: what takes the picture alone leaves an empty one behind.
const chooseWhole = (transaction) => {
  const { node, $from } = transaction.selection;
  if (node?.type.name === "image" && $from.parent.type.name === "figure")
    transaction.setSelection(NodeSelection.create(transaction.doc, $from.before()));
  return transaction.docChanged || transaction.selectionSet ? transaction : null;
};

const settled = (transactions, _before, state) => {
  const transaction = state.tr;
  if (!transactions.some(({ docChanged }) => docChanged)) return chooseWhole(transaction);
  if (endsWhole(state.doc)) transaction.insert(state.doc.content.size, state.schema.nodes.paragraph.create());
  const isOwn = transactions.some((each) => pm.history.isHistoryTransaction(each) || "preventUpdate" in each.meta);
  const [place, node] = around(state);
  if (node && !isOwn) {
    const end = place + node.nodeSize;
    if (inserted(transactions).some(([from, to]) => from <= place && end <= to)) writeBehind(transaction, end);
  }
  return chooseWhole(transaction);
};

const typeBehind = (view, text) => {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection) || !WHOLE.has(selection.node.type.name)) return false;
  const [place, node] = around(view.state);
  const transaction = writeBehind(view.state.tr, place + node.nodeSize);
  view.dispatch(text ? transaction.insertText(text) : transaction);
  return true;
};

export const Caret = Extension.create({
  name: "caret",
  onBeforeCreate({ editor }) {
    const whole = editor.getHTML.bind(editor);
    editor.getHTML = () => whole().replace(/(?:<p><\/p>)+$/, ""); // what was only there to be reached
  },
  onCreate({ editor: { view } }) {
    const transaction = view.state.tr;
    if (endsWhole(view.state.doc))
      transaction.insert(view.state.doc.content.size, view.state.schema.nodes.paragraph.create());
    if (view.state.selection instanceof NodeSelection)
      transaction.setSelection(TextSelection.near(transaction.doc.resolve(view.state.selection.to), 1));
    view.dispatch(transaction.setMeta("addToHistory", false).setMeta("preventUpdate", true));
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction: settled,
      props: {
        handleTextInput: (view, _from, _to, text) => typeBehind(view, text),
        handlePaste: (view) => typeBehind(view, "") && false,
        handleDOMEvents: {
          beforeinput(view, event) {
            if (!event.inputType.startsWith("insertText") || !typeBehind(view, event.data)) return false;
            event.preventDefault();
            return true;
          },
          compositionstart: (view) => typeBehind(view, "") && false,
        },
      },
    }),
  ],
});
