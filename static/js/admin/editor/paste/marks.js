// Bold, italic, struck, above and below the line: as the words looked, by tag or by style, written as our elements.
import { styleOf, unwrap } from "./read.js";

const TAGS = {
  b: "strong",
  strong: "strong",
  i: "em",
  em: "em",
  var: "em",
  dfn: "em",
  s: "s",
  strike: "s",
  del: "s",
  sup: "sup",
  sub: "sub",
  code: "code",
  tt: "code",
  kbd: "code",
  samp: "code",
};
const BARE = new Set([...Object.keys(TAGS), ..."span font u ins mark big small bdo bdi label nobr".split(" ")]);
const HEAVY = /^(?:h[1-6]|th)$/;
const BLOCK = /^(?:p|div|li|td|th|h[1-6]|blockquote|figcaption|caption)$/;
const ORDER = ["strong", "em", "s", "code", "sup", "sub"];

const weight = (said) => {
  if (/^(?:bold|bolder|[6-9]\d\d)/.test(said)) return true;
  return /^(?:normal|lighter|[1-5]\d\d)/.test(said) ? false : null;
};
const raised = (said, own) => {
  if (/^super/.test(said) || /^[1-9][\d.]*(?:px|pt|em|%)/.test(said)) return "sup";
  if (/^sub/.test(said) || /^-[1-9][\d.]*(?:px|pt|em|%)/.test(said)) return "sub";
  return own;
};

const looks = (element, marks) => {
  const now = { ...marks };
  const own = TAGS[element.localName];
  if (own) now[own] = true;
  if (element.classList.contains("msoDel")) now.s = true;
  const said = styleOf(element);
  if (/line-through/.test(`${said["text-decoration"]} ${said["text-decoration-line"]}`)) now.s = true;
  const bold = weight(said["font-weight"] ?? "");
  if (bold !== null) now.strong = bold;
  const slant = said["font-style"] ?? "";
  if (/^(?:italic|oblique)/.test(slant)) now.em = true;
  else if (/^normal/.test(slant)) now.em = false;
  if (HEAVY.test(element.localName)) now.isHeavy = true;
  if (BLOCK.test(element.localName)) now.sup = now.sub = false;
  else {
    const place = raised(said["vertical-align"] ?? "", null);
    if (place) now[place] = true;
  }
  return now;
};

const write = (text, marks) => {
  const names = ORDER.filter((name) => marks[name] && !(name === "strong" && marks.isHeavy));
  if (!names.length || !text.data) return;
  let outer = text;
  for (const name of names.reverse()) {
    const around = text.ownerDocument.createElement(name);
    outer.replaceWith(around);
    around.append(outer);
    outer = around;
  }
};

const visit = (node, marks) => {
  for (const child of [...node.childNodes]) {
    if (child.nodeType === Node.TEXT_NODE) write(child, marks);
    else if (child.nodeType === Node.COMMENT_NODE) child.remove();
    else if (child.nodeType === Node.ELEMENT_NODE && !child.matches("sup:has(> a[href^='#note-'])")) {
      visit(child, looks(child, marks));
      if (BARE.has(child.localName)) unwrap(child);
    }
  }
};

export const writeMarks = (body) => visit(body, {});
