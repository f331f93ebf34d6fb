// The clipboard as a document of its own, its styles as plain text: our policy empties those of parsed documents.
const SAID = "data-said-";
export const STYLE = `${SAID}style`;
const CLASS = /^([a-z]\w*)?\.([\w-]+)$/i;
const FIRST_PART = /^(?:<meta[^<>]*>|<!--StartFragment-->|\s)*<(?:tr|td|th|tbody|thead|tfoot)\b/i;

// {class: [[tag or undefined, declarations], …]} of the style sheets.
const sheet = (html) => {
  const rules = new Map();
  for (const [, css] of html.matchAll(/<style\b[^<>]*>([\s\S]*?)(?:<\/style|$)/gi)) {
    for (const rule of css.replace(/<!--|-->/g, "").split("}")) {
      const brace = rule.lastIndexOf("{");
      for (const selector of brace < 0 ? [] : rule.slice(0, brace).split(/[,;{]/)) {
        const found = selector.trim().match(CLASS);
        if (!found) continue;
        if (!rules.has(found[2])) rules.set(found[2], []);
        rules.get(found[2]).push([found[1]?.toLowerCase(), rule.slice(brace + 1)]);
      }
    }
  }
  return rules;
};

const applySheet = (body, rules) => {
  if (!rules.size) return;
  for (const element of body.querySelectorAll("[class]")) {
    const said = [...element.classList]
      .flatMap((name) => rules.get(name) ?? [])
      .filter(([tag]) => !tag || tag === element.localName)
      .map(([, declarations]) => declarations);
    if (said.length) element.setAttribute(STYLE, `${said.join(";")};${element.getAttribute(STYLE) ?? ""}`);
  }
};

// Only what was selected: some programs send the whole page around it.
const cutToFragment = (body) => {
  const marks = [...body.childNodes].filter((node) => node.nodeType === Node.COMMENT_NODE);
  const [start, end] = ["StartFragment", "EndFragment"].map((word) => marks.find((mark) => mark.data.trim() === word));
  if (!start || !end) return;
  while (body.firstChild !== start) body.firstChild.remove();
  while (body.lastChild !== end) body.lastChild.remove();
};

const texts = (root) => {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};

export const read = (html) => {
  const rules = sheet(html);
  const silent = html
    .replace(/<style\b[^<>]*>[\s\S]*?(?:<\/style\s*>|$)/gi, "")
    .replace(/<\?xml[^<>]*>/gi, "")
    .replace(/(?<=[\s"'/])(style|on[a-z]+)(?=\s*=)/gi, `${SAID}$1`);
  const whole = FIRST_PART.test(silent) ? `<table>${silent}</table>` : silent;
  const { body } = new DOMParser().parseFromString(whole, "text/html");
  for (const text of texts(body)) if (text.data.includes(SAID)) text.data = text.data.replaceAll(SAID, "");
  cutToFragment(body);
  applySheet(body, rules);
  return body;
};

// {name: value} of an element; what the sheets say comes first, so its own style wins.
export const styleOf = (element) => {
  const said = {};
  for (const declaration of (element.getAttribute(STYLE) ?? "").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon > 0) said[declaration.slice(0, colon).trim().toLowerCase()] = declaration.slice(colon + 1).trim();
  }
  return said;
};

// One by one: as arguments of one call they may be too many.
const move = (from, take) => {
  while (from.firstChild) take(from.firstChild);
};

export const unwrap = (element) => {
  move(element, (child) => element.before(child));
  element.remove();
};

export const rename = (element, name) => {
  const renamed = element.ownerDocument.createElement(name);
  for (const { name: key, value } of [...element.attributes])
    if (/^[a-z-]+$/.test(key)) renamed.setAttribute(key, value);
  move(element, (child) => renamed.append(child));
  element.replaceWith(renamed);
  return renamed;
};
