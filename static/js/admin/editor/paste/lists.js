// Lists: paragraphs that Word numbers by styles, items that say their level beside, lists that stand in no item.
import { STYLE, styleOf, unwrap } from "./read.js";

const WORD_ITEM = /\bl\d+\s+level(\d+)/i;
const NUMBERED = /^[([]*(?:(\d{1,4})|[a-z]{1,5})[.)\]°:]/i;

// A slide: the sign stands in the text.
const slideItem = (paragraph) => {
  const sign = paragraph.querySelector(`[${STYLE}*="mso-special-format:bullet"]`);
  if (!sign) return null;
  sign.remove();
  return { level: 1, number: null, nodes: [...paragraph.childNodes], from: paragraph };
};

const marker = (paragraph) =>
  [...paragraph.querySelectorAll(`[${STYLE}*="mso-list"]`)].find((span) =>
    /ignore/i.test(styleOf(span)["mso-list"] ?? ""),
  );

const wordItem = (paragraph) => {
  if (!/^(?:p|div|h[1-6])$/.test(paragraph.localName)) return null;
  const found = styleOf(paragraph)["mso-list"]?.match(WORD_ITEM);
  const sign = found && marker(paragraph);
  if (!sign) return null;
  const text = sign.textContent.replace(/\s+/g, " ").trim();
  if (/^h/.test(paragraph.localName)) {
    sign.replaceWith(`${text} `); // the number of a heading is one of its words
    return null;
  }
  sign.remove();
  return { level: Number(found[1]), number: text.match(NUMBERED), nodes: [...paragraph.childNodes], from: paragraph };
};

const levelItem = (list) => {
  const items = list.children;
  const said = items[0]?.getAttribute("data-aria-level") ?? items[0]?.getAttribute("aria-level");
  if (!/^[uo]l$/.test(list.localName) || !said || ![...items].every((item) => item.localName === "li")) return null;
  const start = Number(list.getAttribute("start") ?? 1);
  return [...items].map((item, n) => ({
    level: Number(item.getAttribute("data-aria-level") ?? item.getAttribute("aria-level") ?? said),
    number: list.localName === "ol" ? ["", String(start + n)] : null,
    nodes: [...item.childNodes],
    from: list,
  }));
};

// Writes items with levels as lists inside one another before the first one.
const write = (items) => {
  const { ownerDocument, parentNode } = items[0].from;
  const base = Math.min(...items.map(({ level }) => level));
  const open = [];
  for (const { level, number, nodes } of items) {
    const depth = level - base + 1;
    const kind = number ? "ol" : "ul";
    while (open.length > depth || (open.length === depth && open.at(-1).localName !== kind)) open.pop();
    while (open.length < depth) {
      const list = ownerDocument.createElement(kind);
      if (Number(number?.[1]) > 1 && open.length + 1 === depth) list.setAttribute("start", number[1]);
      const item = open.at(-1)?.lastElementChild;
      if (item) item.append(list);
      else if (open.length) open.at(-1).appendChild(ownerDocument.createElement("li")).append(list);
      else parentNode.insertBefore(list, items[0].from);
      open.push(list);
    }
    const item = ownerDocument.createElement("li");
    item.append(...nodes);
    open.at(-1).append(item);
  }
  for (const { from } of items) from.remove();
};

const isBlank = (node) => node.nodeType !== Node.ELEMENT_NODE && !node.data?.trim();

const gather = (parent, itemOf) => {
  let run = [];
  const close = () => {
    if (run.length) write(run);
    run = [];
  };
  for (const child of [...parent.childNodes]) {
    if (isBlank(child) || child.nodeType === Node.COMMENT_NODE) continue;
    const found = child.nodeType === Node.ELEMENT_NODE ? itemOf(child) : null;
    if (found) run.push(...[found].flat());
    else close();
  }
  close();
};

export const makeLists = (body) => {
  for (const wrapper of body.querySelectorAll("div.ListContainerWrapper")) unwrap(wrapper);
  const parents = new Set([...body.querySelectorAll(`[${STYLE}*="mso-list"]`)].map((element) => element.parentNode));
  for (const parent of parents) if (parent && !/^(?:p|h[1-6]|span)$/.test(parent.localName)) gather(parent, wordItem);
  for (const parent of new Set(
    [...body.querySelectorAll("li[data-aria-level]")].map((item) => item.parentNode.parentNode),
  ))
    if (parent) gather(parent, levelItem);
  for (const sign of body.querySelectorAll(`[${STYLE}*="mso-special-format:bullet"]`))
    if (sign.parentNode?.parentNode) gather(sign.parentNode.parentNode, slideItem);
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = list.previousElementSibling;
    const item = before?.localName === "li" ? before : list.ownerDocument.createElement("li");
    if (item !== before) list.before(item);
    item.append(list);
  }
  for (const sign of body.querySelectorAll(`[${STYLE}*="mso-list"]`))
    if (/ignore/i.test(styleOf(sign)["mso-list"] ?? "")) unwrap(sign);
};
