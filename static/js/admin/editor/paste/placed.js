// Puts pasted notes with those of the text and numbers all anew, in the step that pastes: undone, both are gone.
import { pm } from "django-prose-editor/editor";

const HREF = /^#note-(\d{1,3})$/;

const numberOf = (node) => {
  const link = node.marks.find((mark) => mark.type.name === "link" && HREF.test(mark.attrs.href ?? ""));
  return link && link.attrs.href.match(HREF)[1];
};

const renumbered = (node, number) => {
  const marks = node.marks.map((mark) =>
    mark.type.name === "link" ? mark.type.create({ ...mark.attrs, href: `#note-${number}` }) : mark,
  );
  return node.type.schema.text(/^\d+$/.test(node.text) ? String(number) : node.text, marks);
};

// The notes as items of a list, out of <ol><li id="note-1">.
export const parseNotes = (schema, list) => {
  const items = [];
  pm.model.DOMParser.fromSchema(schema)
    .parse(list)
    .descendants((node) => {
      if (node.type.name !== "listItem") return true;
      items.push(node);
      return false;
    });
  return items;
};

export const placeNotes = (transaction, items) => {
  const { doc } = transaction;
  const { schema } = doc.type;
  const calls = [];
  const sections = [];
  doc.descendants((node, at) => {
    if (node.type.name === "footnotes") sections.push([at, node]);
    if (node.isText && numberOf(node)) calls.push([at, node]);
  });
  const all = [...sections.flatMap(([, { firstChild }]) => firstChild.content.content), ...items];
  const numbers = new Map();
  for (const [, node] of calls) if (!numbers.has(numberOf(node))) numbers.set(numberOf(node), numbers.size + 1);
  const placed = all.map((item, n) => {
    const own = item.attrs.id?.match(/\d+$/)?.[0] ?? `without-${n}`;
    if (!numbers.has(own)) numbers.set(own, numbers.size + 1);
    const number = numbers.get(own);
    return [number, item.type.create({ ...item.attrs, id: `note-${number}` }, item.content, item.marks)];
  });
  placed.sort(([one], [other]) => one - other);
  const list = schema.nodes.orderedList.create(
    null,
    placed.map(([, item]) => item),
  );
  const section = schema.nodes.footnotes.create(null, list);
  const changes = [
    ...calls.map(([at, node]) => [at, node.nodeSize, renumbered(node, numbers.get(numberOf(node)))]),
    ...sections.map(([at, node], n) => [at, node.nodeSize, n ? null : section]),
  ].sort(([one], [other]) => other - one);
  for (const [at, size, node] of changes) {
    if (node) transaction.replaceWith(at, at + size, node);
    else transaction.delete(at, at + size);
  }
  return sections.length ? transaction : transaction.insert(transaction.doc.content.size, section);
};
