// What was pasted and could not be taken: counted by kind, with the words before the first one.
const FEW = 32;

const short = (text) => {
  const words = text.replace(/\s+/g, " ").trim();
  return words.length > FEW ? `${words.slice(0, FEW).replace(/ \S*$/, "")}…` : words;
};

export const lastWords = (text) => {
  const words = text.replace(/\s+/g, " ").trim();
  return words.length > FEW ? `…${words.slice(-FEW).replace(/^\S* /, "")}` : words;
};

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, div, summary, details, body";

const textBefore = (node, root) => {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  walker.currentNode = node;
  let text = "",
    block = null;
  while (text.trim().length < 2 * FEW && walker.previousNode()) {
    const own = walker.currentNode.parentElement.closest(BLOCKS);
    text = walker.currentNode.data + (own === block ? "" : " ") + text;
    block = own;
  }
  return text;
};

// `before`: the words before the caret, for what stands first in what is pasted.
export class Losses {
  constructor(root, before = "") {
    this.root = root;
    this.before = before;
    this.found = new Map();
  }

  lose(kind, node, words = "") {
    const known = this.found.get(kind);
    if (known) {
      known.count++;
      return;
    }
    const before = lastWords((node && textBefore(node, this.root)) || this.before);
    this.found.set(kind, { count: 1, before, words: short(words) });
  }

  get counts() {
    return Object.fromEntries([...this.found].map(([kind, { count }]) => [kind, count]));
  }
}
