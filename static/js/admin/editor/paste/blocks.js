// Headings on our two levels, tables that are tables, figures that show something.
import { rename, unwrap } from "./read.js";

const HEADINGS = "h1, h2, h3, h4, h5, h6";
const INLINE = /^(?:a|strong|em|s|code|sup|sub|br|img|abbr|q|cite)$/;

const levelOf = (heading) => Number(heading.localName[1]);

// {level there: level here}: the upper ones are ours of level 2, a lone title does not push down what follows.
const levels = (headings) => {
  const used = [...new Set(headings.map(levelOf))].sort();
  if (used.length === 1) return { [used[0]]: used[0] <= 2 ? 2 : 3 };
  const isTitle =
    used[0] === 1 && levelOf(headings[0]) === 1 && headings.filter((each) => levelOf(each) === 1).length === 1;
  const upper = isTitle && used.length > 2 ? 2 : 1;
  return Object.fromEntries(used.map((level, n) => [level, n < upper ? 2 : 3]));
};

const takeHeadings = (body) => {
  for (const title of body.querySelectorAll("p.MsoTitle, [role=heading]:not(h1, h2, h3, h4, h5, h6)"))
    rename(title, `h${Math.min(6, Math.max(1, Number(title.getAttribute("aria-level")) || 1))}`);
  for (const heading of body.querySelectorAll(HEADINGS)) {
    for (const inner of heading.querySelectorAll("p, div")) unwrap(inner);
    if (!heading.textContent.trim() && !heading.querySelector("img")) heading.remove();
  }
  const headings = [...body.querySelectorAll(HEADINGS)];
  if (!headings.length) return;
  const here = levels(headings);
  for (const heading of headings) {
    if (heading.closest("li, td, th")) unwrapInto(heading, "strong");
    else rename(heading, `h${here[levelOf(heading)]}`);
  }
};

const unwrapInto = (block, name) => {
  const paragraph = rename(block, "p");
  const inner = paragraph.ownerDocument.createElement(name);
  inner.append(...paragraph.childNodes);
  paragraph.append(inner);
};

// A table of one cell, or one that says so, lays out a mail: what stands in it is the text.
const takeTables = (body) => {
  for (const table of [...body.querySelectorAll("table")].reverse()) {
    const cells = table.querySelectorAll("td, th");
    const lays = cells.length < 2 || /^(?:presentation|none)$/.test(table.getAttribute("role") ?? "");
    if (lays) {
      for (const part of table.querySelectorAll("caption, td, th")) rename(part, "div");
      for (const part of table.querySelectorAll("tr, thead, tbody, tfoot")) unwrap(part);
      unwrap(table);
      continue;
    }
    for (const cell of table.querySelectorAll("thead td")) rename(cell, "th");
  }
};

const takeFigures = (body) => {
  for (const figure of body.querySelectorAll("figure")) {
    if (figure.querySelector("img")) {
      const caption = figure.querySelector("figcaption");
      if (caption) for (const inner of caption.querySelectorAll("p, div")) unwrap(inner);
      const image = figure.querySelector("img");
      const rest = [...figure.querySelectorAll("img")].slice(1);
      figure.after(...rest);
      figure.replaceChildren(image, ...(caption ? [caption] : []));
    } else {
      for (const caption of figure.querySelectorAll("figcaption")) rename(caption, "p");
      unwrap(figure);
    }
  }
  for (const caption of body.querySelectorAll("figcaption")) if (!caption.closest("figure")) rename(caption, "p");
};

const isBlock = (node) => node?.nodeType === Node.ELEMENT_NODE && !INLINE.test(node.localName);
const sibling = (node, side) => {
  let next = node[side];
  while (next && next.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next[side];
  return next;
};

// Breaks between paragraphs and empty ones: space, not text.
const dropSpace = (body) => {
  for (const line of body.querySelectorAll("br")) {
    if (line.closest("p, li, h2, h3, td, th, pre")) continue;
    const sides = [sibling(line, "previousSibling"), sibling(line, "nextSibling")];
    if (sides.some((side) => isBlock(side)) || sides.every((side) => !side)) line.remove();
  }
  for (const paragraph of body.querySelectorAll("p, div"))
    if (!paragraph.textContent.trim() && !paragraph.querySelector("img, hr, table")) paragraph.remove();
};

// `isOurs`: its headings stand on our levels already.
export const makeBlocks = (body, isOurs) => {
  takeTables(body);
  if (!isOurs || body.querySelector("h1, h5, h6")) takeHeadings(body);
  takeFigures(body);
  dropSpace(body);
};
