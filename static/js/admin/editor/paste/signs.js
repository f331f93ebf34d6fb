// What people write in signs: bold, slanted, struck, code, links, tables.
export const escaped = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
// what stands between two signs with no space inside them, and no letter outside
const BETWEEN = [
  [/(?<![\p{L}\p{N}*])\*\*(?=\S)([^*]+)(?<=\S)\*\*(?![\p{L}\p{N}*])/gu, "strong"],
  [/(?<![\p{L}\p{N}_])__(?=\S)([^_]+)(?<=\S)__(?![\p{L}\p{N}_])/gu, "strong"],
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*]+)(?<=\S)\*(?![\p{L}\p{N}*])/gu, "em"],
  [/(?<![\p{L}\p{N}~])~~(?=\S)([^~]+)(?<=\S)~~(?![\p{L}\p{N}~])/gu, "s"],
  [/`([^`]+)`/g, "code"],
];
const LINK = /(!?)\[([^[\]]+)\]\((https?:\/\/[^\s()"]+)\)/g;
const link = (_, image, words, address) =>
  image ? `<img src="${address}" alt="${words}">` : `<a href="${address}">${words}</a>`;
const marked = (text) =>
  BETWEEN.reduce((said, [sign, name]) => said.replace(sign, `<${name}>$1</${name}>`), escaped(text.trim()));
export const inline = (text) => marked(text).replace(LINK, link);

export const ROW = /^\s*\|(.+)\|\s*$/;
export const table = (rows) => {
  const cells = rows.map((row) => row.match(ROW)[1].split("|"));
  const isHead = cells.length > 1 && cells[1].every((cell) => /^\s*:?-+:?\s*$/.test(cell));
  if (!isHead) return null;
  const line = (row, name) => `<tr>${row.map((cell) => `<${name}>${inline(cell)}</${name}>`).join("")}</tr>`;
  return `<table>${line(cells[0], "th")}${cells
    .slice(2)
    .map((row) => line(row, "td"))
    .join("")}</table>`;
};

export const run = (lines, at, rule) => {
  let end = at;
  while (end < lines.length && rule.test(lines[end])) end++;
  return lines.slice(at, end);
};
