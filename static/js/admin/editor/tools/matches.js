// Where words stand in the text, whatever their capitals, spaces and apostrophes; and others in their place.

const folded = (text) =>
  text.replace(/[\s\S]/g, (sign) => {
    if (/[\u00a0\u202f]/.test(sign)) return " ";
    if (sign === "’") return "'";
    const small = sign.toLowerCase();
    return small.length === 1 ? small : sign;
  });

export const matchesIn = (doc, query) => {
  const wanted = folded(query);
  const found = [];
  if (!wanted) return found;
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true;
    const text = folded(node.textBetween(0, node.content.size, undefined, "\ufffc"));
    for (let place = text.indexOf(wanted); place >= 0; place = text.indexOf(wanted, place + wanted.length))
      found.push({ from: at + 1 + place, to: at + 1 + place + wanted.length });
    return false;
  });
  return found;
};

// From the last to the first, so that the places of the others stay; one step back undoes all.
export const replaceIn = (tr, matches, text) => {
  for (const { from, to } of [...matches].reverse()) {
    if (text) tr.insertText(text, from, to);
    else tr.delete(from, to);
  }
  return tr;
};
