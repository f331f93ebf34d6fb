// Footnotes of other programs as ours: a call and a note that lead to each other, whatever the two are named.
import { follows, hashOf, named, noteAt, waysBack } from "./anchors.js";
import { STYLE, unwrap } from "./read.js";

const CALLS_FOREIGN = /^(?:_ftn|_edn|sd(?:foot|end)note|ftnt|cite_note|fn[:-]|footnote|note-)/i;
const NUMBER = /^[\s[(]*(?:\d{1,3}|[ivxlc]{1,6}|\*)[\])]*[.:\s]*/i;

// Removes an element, and what holds nothing without it.
const dropUpward = (element, root) => {
  let around = element.parentElement;
  element.remove();
  while (around && around !== root && !around.firstElementChild && !around.textContent.trim()) {
    const outer = around.parentElement;
    around.remove();
    around = outer;
  }
};

const trimNumber = (note) => {
  const walker = note.ownerDocument.createTreeWalker(note, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    walker.currentNode.data = walker.currentNode.data.replace(/^\s+/, "");
    return;
  }
};

const written = (note, back) => {
  for (const link of back) {
    const outer = link.parentElement?.localName === "sup" ? link.parentElement : link;
    const isArrow = !/\d|\*/.test(link.textContent);
    if (isArrow || NUMBER.test(link.textContent.trim() || "1")) outer.remove();
    else unwrap(link);
  }
  trimNumber(note);
  return [...note.childNodes];
};

const callOf = (link, number) => {
  const document = link.ownerDocument;
  const call = document.createElement("sup");
  const address = document.createElement("a");
  address.setAttribute("href", `#note-${number}`);
  address.textContent = String(number);
  call.append(address);
  let outer = link;
  while (
    /^(?:sup|span|font)$/.test(outer.parentElement.localName) &&
    outer.parentElement.textContent.trim() === outer.textContent.trim()
  )
    outer = outer.parentElement;
  outer.replaceWith(call);
};

const loseCall = (link, losses) => {
  losses.lose("note", link);
  unwrap(link);
};

// Returns the notes, [[number, nodes], …]; `first` is the number of the first that is new.
export const takeNotes = (body, losses, first) => {
  const names = named(body);
  const numbers = new Map();
  const notes = [];
  for (const link of body.querySelectorAll("a[href*='#']")) {
    if (!link.isConnected && !body.contains(link)) continue;
    const hash = hashOf(link);
    const target = names.get(hash);
    const note = target && noteAt(target);
    const isOwn = note && /^note-\d+$/.test(hash) && note.closest("section.footnotes");
    const back = note && !note.contains(link) && follows(link, note) ? waysBack(note, link, names) : [];
    if (note && numbers.has(note)) callOf(link, numbers.get(note));
    else if (note && !note.contains(link) && (back.length || isOwn)) {
      const number = first + numbers.size;
      numbers.set(note, number);
      notes.push([note, back]);
      callOf(link, number);
    } else if (!target && CALLS_FOREIGN.test(hash)) loseCall(link, losses);
  }
  for (const item of body.querySelectorAll("section.footnotes li[id^='note-']"))
    if (!numbers.has(item)) {
      numbers.set(item, first + numbers.size);
      notes.push([item, []]);
    }
  const found = notes.map(([note, back]) => [numbers.get(note), written(note, back)]);
  for (const [note] of notes) dropUpward(note, body);
  if (notes.length)
    for (const rest of body.querySelectorAll(`[${STYLE}*="note-list"], section.footnotes, hr[size='1'][width='33%']`))
      if (!rest.textContent.trim()) rest.remove();
  return found;
};
