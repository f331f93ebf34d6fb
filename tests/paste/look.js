// What stands in the editor, and what of it is chosen: words, and all else that must not go (pictures, calls of notes, …).
() => {
  const box = document.querySelector(".ProseMirror[contenteditable]");
  const { editor } = box;
  const { doc, selection } = editor.state;
  doc.check();
  const html = editor.getHTML();
  const { value } = document.querySelector("textarea[data-words]");
  const thing = ({ type, attrs, marks }) => {
    if (type.name === "image") return [`image ${attrs.src}`];
    if (type.name === "table" || type.name === "horizontalRule") return [type.name];
    const isCall = type.name === "text" && marks.some((mark) => /^#note-\d+$/.test(mark.attrs.href ?? ""));
    return isCall ? ["call of a note"] : [];
  };
  const between = (from, to) => {
    const things = [];
    const words = [doc.textBetween(from, to, " ", " ")];
    doc.nodesBetween(from, to, (node) => {
      things.push(...thing(node));
      words.push(node.attrs.alt ?? node.attrs.caption ?? "");
    });
    return { text: words.join(" "), things };
  };
  const chosen = (selection.empty ? [] : selection.ranges).map(({ $from, $to }) => between($from.pos, $to.pos));
  const { parent } = selection.$from;
  return {
    ...{ html, value, ...between(0, doc.content.size) },
    chosen: { text: chosen.map(({ text }) => text).join(" "), things: chosen.flatMap(({ things }) => things) },
    isEmpty: selection.empty,
    isCode: Boolean(parent.type.spec.code),
    place: parent.type.name,
    hasFocus: document.activeElement === box,
  };
};
