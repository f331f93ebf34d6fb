// What our HTML policy keeps inside a line and the editor would drop: quotations, abbreviations, works, languages.
import { Mark, Node } from "django-prose-editor/editor";

const attribute = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
});

const inline = (name, tag, attributes = [], selector = tag) =>
  Mark.create({
    name,
    excludes: "",
    parseHTML: () => [{ tag: selector }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    addAttributes: () => Object.fromEntries(attributes.map((each) => [each, attribute(each)])),
  });

const Attribution = Node.create({
  name: "attribution",
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "blockquote footer" }],
  renderHTML: () => ["footer", 0],
});

export const KEPT = [
  inline("quotation", "q", ["lang"]),
  inline("abbreviation", "abbr", ["title"]),
  inline("work", "cite"),
  inline("foreign", "span", ["lang"], "span[lang]"),
  Attribution,
];
export const lang = attribute("lang");
