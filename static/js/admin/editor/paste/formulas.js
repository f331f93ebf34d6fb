// Formulas, drawings and ruby as text that reads the same: a power stays above the line, a fraction keeps its brackets.
import { unwrap } from "./read.js";

const wrap = (node, name) => {
  const outer = node.ownerDocument.createElement(name);
  node.replaceWith(outer);
  outer.append(node);
};

const flat = {
  msup: ([, up]) => up && wrap(up, "sup"),
  msub: ([, down]) => down && wrap(down, "sub"),
  msubsup: ([, down, up]) => {
    if (down) wrap(down, "sub");
    if (up) wrap(up, "sup");
  },
  mfrac: ([above, below]) => {
    for (const part of [above, below]) if (part?.children.length > 1) bracket(part);
    below?.before("/");
  },
  msqrt: (_, root) => {
    root.prepend("√(");
    root.append(")");
  },
};
const bracket = (part) => {
  part.prepend("(");
  part.append(")");
};

const words = (root) => {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const parts = [];
  while (walker.nextNode()) parts.push(walker.currentNode.data.trim());
  return parts.filter(Boolean).join(" ");
};

export const writeFormulas = (body, losses) => {
  for (const math of body.querySelectorAll("math")) {
    losses.lose("formula", math);
    for (const part of [...math.querySelectorAll(Object.keys(flat).join())].reverse())
      flat[part.localName]([...part.children], part);
    for (const cell of math.querySelectorAll("mtd")) cell.prepend(" ");
    const line = body.ownerDocument.createElement("span");
    line.append(...math.childNodes);
    for (const part of line.querySelectorAll("*")) if (!/^su[pb]$/.test(part.localName)) unwrap(part);
    math.replaceWith(line);
  }
  for (const drawing of body.querySelectorAll("svg")) {
    if (!drawing.parentNode) continue;
    losses.lose("drawing", drawing);
    drawing.replaceWith(words(drawing));
  }
  for (const spoken of body.querySelectorAll("rt")) spoken.replaceWith(` (${spoken.textContent.trim()})`);
};
