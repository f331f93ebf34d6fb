// The text as HTML, to be edited: what it cannot hold is said as when it is pasted.
import { Extension, updateAttrsDialog } from "django-prose-editor/editor";
import { taken } from "./paste/index.js";
import { words } from "./words.js";

const replaceAll = (editor, html) => {
  const { body, list } = taken(editor, html, { first: 1, isOurs: true });
  const notes = list.firstChild ? `<section class="footnotes">${list.outerHTML}</section>` : "";
  editor
    .chain()
    .focus()
    .setContent(body.innerHTML + notes, { emitUpdate: true })
    .run();
};
const askHTML = updateAttrsDialog(
  { html: { type: "string", title: words.html, format: "textarea" } },
  { title: words.html, submitText: words.save },
);

export const Source = Extension.create({
  name: "source",
  priority: 50, // its command stands for that of the extension that it improves
  addCommands: () => ({
    editHTML:
      () =>
      ({ editor }) => {
        askHTML(editor, { html: editor.getHTML() }).then((answer) => answer && replaceAll(editor, answer.html));
        return true;
      },
  }),
});
