// The text as HTML, for who knows it: what it cannot hold is said as when it is pasted.
import { HTML as BaseHTML } from "django-prose-editor/editor";
import { taken } from "../paste/index.js";
import { words } from "../words.js";
import { ask } from "./dialog.js";

const replaceAll = (editor, html) => {
  const { body, list } = taken(editor, html, { first: 1, isOurs: true });
  const notes = list.firstChild ? `<section class="footnotes">${list.outerHTML}</section>` : "";
  editor
    .chain()
    .focus()
    .setContent(body.innerHTML + notes, { emitUpdate: true })
    .run();
};

const editHTML = async (editor) => {
  const value = editor.getHTML();
  const answer = await ask({
    title: words.html,
    fields: [{ name: "html", label: words.htmlOfText, type: "textarea", rows: 18, value, help: words.htmlHelp }],
  });
  if (answer && answer.html !== value) replaceAll(editor, answer.html);
  else editor.commands.focus();
};

export const HTML = BaseHTML.extend({
  addCommands: () => ({
    editHTML:
      () =>
      ({ editor }) => {
        editHTML(editor);
        return true;
      },
  }),
});
