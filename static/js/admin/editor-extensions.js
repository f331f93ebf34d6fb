// What our HTML policy keeps and the editor would drop: notes with their numbers, table captions, scopes of headings.
import { Extension, Node, updateAttrsDialog } from "django-prose-editor/editor";

const NOTE = /^note-\d{1,3}$/;

const Footnotes = Node.create({
  name: "footnotes",
  group: "block",
  content: "orderedList",
  defining: true,
  parseHTML: () => [{ tag: "section.footnotes" }, { tag: "caption", ignore: true }],
  renderHTML: () => ["section", { class: "footnotes" }, 0],
});

const keep = (name, accepts = () => true) => ({
  default: null,
  parseHTML: (element) => (accepts(element.getAttribute(name) ?? "") ? element.getAttribute(name) : null),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
});

// A table's caption is an attribute here; the server makes the element of it.
const caption = {
  default: null,
  parseHTML: (table) => table.querySelector("caption")?.textContent.trim() || table.dataset.caption || null,
  renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
};
const askCaption = updateAttrsDialog({ caption: { type: "string", title: "Titre du tableau" } }, { submitText: "Enregistrer" });

export const CareVox = Extension.create({
  name: "CareVox",
  // The rules that it would inject are in css/admin/editor.css: our policy lets no style be written into a page.
  onBeforeCreate() {
    this.editor.options.injectCSS = false;
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "table:caption",
      groups: "table",
      command: async (editor) => {
        const answer = await askCaption(editor, editor.getAttributes("table"));
        if (answer) editor.chain().focus().updateAttributes("table", answer).run();
      },
      button: buttons.material("subtitles", "Titre du tableau"),
      hidden: (editor) => !editor.isActive("table"),
    });
  },
  addExtensions: () => [Footnotes],
  addGlobalAttributes: () => [
    { types: ["listItem"], attributes: { id: keep("id", (value) => NOTE.test(value)) } },
    { types: ["table"], attributes: { caption } },
    { types: ["tableHeader"], attributes: { scope: keep("scope") } },
  ],
});
