// The clipboard as a document of its own, its styles as plain text: our policy empties those of parsed documents.
export const STYLE = "data-said-style";
const RULE = /([^{}]+)\{([^{}]*)\}/g;
const CLASS = /^\s*([a-z]\w*)?\.([\w-]+)\s*$/i;
const FIRST_PART = /^\s*(?:<meta[^>]*>|<!--StartFragment-->|\s)*<(?:tr|td|th|tbody|thead|tfoot)\b/i;

// {class: [[tag or undefined, declarations], …]} of the style sheets.
const sheet = (html) => {
  const rules = new Map();
  for (const [, css] of html.matchAll(/<style\b[^>]*>([\s\S]*?)(?:<\/style|$)/gi)) {
    for (const [, selectors, said] of css.replace(/<!--|-->|@[^{};]*;/g, "").matchAll(RULE)) {
      for (const selector of selectors.split(",")) {
        const found = selector.match(CLASS);
        if (!found) continue;
        if (!rules.has(found[2])) rules.set(found[2], []);
        rules.get(found[2]).push([found[1]?.toLowerCase(), said]);
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
    .replace(/<style\b[^>]*>[\s\S]*?(?:<\/style\s*>|$)/gi, "")
    .replace(/<\?xml[^>]*>/gi, "")
    .replace(/\bstyle(?=\s*=)/gi, STYLE);
  const whole = FIRST_PART.test(silent) ? `<table>${silent}</table>` : silent;
  const { body } = new DOMParser().parseFromString(whole, "text/html");
  for (const text of texts(body)) if (text.data.includes(STYLE)) text.data = text.data.replaceAll(STYLE, "style");
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

export const unwrap = (element) => element.replaceWith(...element.childNodes);

export const rename = (element, name) => {
  const renamed = element.ownerDocument.createElement(name);
  for (const { name: key, value } of [...element.attributes])
    if (/^[a-z-]+$/.test(key)) renamed.setAttribute(key, value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
};
