// What leads where inside what is pasted: the call of a note to the note, the note back to its call.
import { STYLE } from "./read.js";

const BLOCKS = "li, p, dd, td, blockquote, div";

export const hashOf = (link) => {
  const written = link.getAttribute("href") ?? "";
  const at = written.indexOf("#");
  if (at < 0) return "";
  try {
    return decodeURIComponent(written.slice(at + 1));
  } catch {
    return written.slice(at + 1);
  }
};

export const named = (body) => {
  const found = new Map();
  for (const element of body.querySelectorAll("[id], a[name]"))
    for (const name of [element.id, element.getAttribute("name")])
      if (name && !found.has(name)) found.set(name, element);
  return found;
};

// The block that is the note: word processors put its paragraphs in one with a name of its own.
export const noteAt = (target) =>
  target.closest(
    `[${STYLE}*="mso-element:footnote"]:not([${STYLE}*="list"]), [${STYLE}*="mso-element:endnote"]:not([${STYLE}*="list"])`,
  ) ??
  target.closest("div[id^=sdfootnote], div[id^=sdendnote], div[id^=ftn], div[id^=edn], li") ??
  target.closest(BLOCKS);

export const follows = (first, second) => first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING;

export const waysBack = (note, call, names) =>
  [...note.querySelectorAll("a[href*='#']")].filter((link) => {
    const target = names.get(hashOf(link));
    return target && !note.contains(target) && (target === call || target.contains(call) || call.contains(target));
  });
