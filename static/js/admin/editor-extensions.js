// What our HTML policy keeps and the editor would drop: notes with their numbers, table captions, scopes of headings.
import { Extension, Node } from "django-prose-editor/editor";

const NOTE = /^note-\d{1,3}$/;

const Footnotes = Node.create({
  name: "footnotes",
  group: "block",
  content: "orderedList",
  defining: true,
  parseHTML: () => [{ tag: "section.footnotes" }],
  renderHTML: () => ["section", { class: "footnotes" }, 0],
});

const keep = (name, accepts = () => true) => ({
  default: null,
  parseHTML: (element) => (accepts(element.getAttribute(name) ?? "") ? element.getAttribute(name) : null),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
});

export const CareVox = Extension.create({
  name: "CareVox",
  addExtensions: () => [Footnotes],
  addGlobalAttributes: () => [
    { types: ["listItem"], attributes: { id: keep("id", (value) => NOTE.test(value)) } },
    { types: ["tableHeader"], attributes: { scope: keep("scope") } },
  ],
});
