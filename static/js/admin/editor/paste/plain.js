// Plain text as HTML: lines that a PDF broke are joined, lists, headings and tables written in signs become real ones.
import { escaped, inline, ROW, run, table } from "./signs.js";
const HEADING = /^(#{1,6})\s+(\S.*)$/;
const ITEM = /^(\s*)([-*+•·▪◦‣]|\d{1,3}[.)])\s+(.*)$/;
const RULER = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const ENDS = /[.!?…:;»”"]$/;
const BROKEN = /(\p{L}+)[-\u00ad\u2010]$/u;
// what keeps its hyphen when a line ends behind it, or begins with it
const BEFORE =
  /^(?:peut|est|sont|a|ont|demi|semi|non|sous|vice|ex|mi|quasi|celui|celle|ceux|celles|grand|au|là|ci|dit|vingt|trente|quarante|cinquante|soixante|quatre|c|rendez|arc|après|avant|bien|mal|soi|toi|moi|lui)$/i;
const AFTER =
  /^(?:ci|là|être|même|mêmes|vous|nous|il|elle|ils|elles|je|tu|on|t|ce|le|la|les|lui|leur|moi|toi|y|en|dire|dessus|dessous)(?!\p{L})/iu;

// The length at which lines were broken, 0 when they were not.
const width = (lines) => {
  const inside = lines
    .filter((line, n) => line.trim() && lines[n + 1]?.trim() && !ITEM.test(line))
    .map(({ length }) => length);
  if (inside.length < 2) return 0;
  const longest = Math.max(...inside);
  const long = inside.filter((length) => length > longest * 0.75).length;
  return longest > 40 && longest < 140 && long > inside.length / 2 ? longest : 0;
};

// Writes the lines of a paragraph as one; only the end of a line and the beginning of the next are looked at.
const joined = (lines, tell) => {
  const parts = [lines[0]];
  for (const line of lines.slice(1)) {
    const last = parts.at(-1);
    const broken = last.slice(-60).match(BROKEN);
    const goesOn = broken && /^\p{Ll}/u.test(line);
    const keeps = goesOn && !last.endsWith("\u00ad") && (BEFORE.test(broken[1]) || AFTER.test(line));
    if (goesOn && !keeps) {
      if (!last.endsWith("\u00ad")) tell(`${broken[1]}${line.match(/^\p{L}+/u)[0]}`);
      parts[parts.length - 1] = last.slice(0, -1);
    }
    parts.push(goesOn ? "" : " ", line);
  }
  return parts.join("");
};

// Whether the paragraph ends with this line, which is no empty one, and another begins with the next.
const ends = (line, next, broken) => {
  const isTitle = next.length < broken * 0.5 && !ENDS.test(next) && /^\p{Lu}/u.test(next);
  if (ENDS.test(line)) return isTitle || line.length < broken * 0.75;
  return line.length < broken * 0.5 && /^[\p{Lu}\d]/u.test(next);
};

const item = ([, indent, sign, words]) => {
  const level = 1 + Math.floor(indent.replace(/\t/g, "  ").length / 2);
  const said = /\d/.test(sign) ? sign.replace(")", ".") : "·";
  return `<p style="mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${said}</span>${inline(words)}</p>`;
};

const fence = (lines, at) => {
  const end = lines.findIndex((line, n) => n > at && /^\s*```\s*$/.test(line));
  return end < 0 ? null : lines.slice(at + 1, end);
};

const block = (lines, at) => {
  const line = lines[at];
  const heading = line.match(HEADING);
  if (heading) return [`<h${heading[1].length}>${inline(heading[2].replace(/ #+$/, ""))}</h${heading[1].length}>`, 1];
  if (RULER.test(line)) return ["<hr>", 1];
  if (/^\s*```/.test(line)) {
    const code = fence(lines, at);
    if (code) return [`<pre><code>${escaped(code.join("\n"))}</code></pre>`, code.length + 2];
  }
  if (ROW.test(line)) {
    const rows = run(lines, at, ROW);
    const made = table(rows);
    if (made) return [made, rows.length];
  }
  if (/^>\s?/.test(line)) {
    const quoted = run(lines, at, /^>/).map((each) => each.replace(/^>\s?/, ""));
    return [`<blockquote><p>${inline(quoted.join(" "))}</p></blockquote>`, quoted.length];
  }
  return null;
};

// `tell` hears each word that was broken at the end of a line.
export const htmlOf = (text, tell) => {
  const lines = text
    .replace(/\r\n?|\f|\u2028|\u2029/g, "\n")
    .split("\n")
    .map((line) => line.trimEnd());
  if (lines.filter((line) => line.trim()).length < 2) return `<p>${inline(text)}</p>`;
  const broken = width(lines);
  const written = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at].trim()) continue;
    const made = block(lines, at);
    if (made) {
      written.push(made[0]);
      at += made[1] - 1;
      continue;
    }
    const found = lines[at].match(ITEM);
    const parts = [found ? found[3].trim() : lines[at].trim()];
    const goesOn = () => {
      const next = lines[at + 1]?.trim();
      return broken && next && !ITEM.test(lines[at + 1]) && !block(lines, at + 1) && !ends(lines[at], next, broken);
    };
    while (goesOn()) parts.push(lines[++at].trim());
    const whole = joined(parts, tell);
    written.push(found ? item([...found.slice(0, 3), whole]) : `<p>${inline(whole)}</p>`);
  }
  return written.join("");
};
