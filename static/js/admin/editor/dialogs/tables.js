// A new table is asked for in the language of the page; its caption is an attribute, of which the server makes the element.
import { Table as BaseTable } from "django-prose-editor/editor";
import { words } from "../words.js";
import { ask } from "./dialog.js";

const MOST = 100;

const count = (name, label) => ({ name, label, type: "number", value: "3", min: 1, max: MOST, required: true });

const isCount = (text) => Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= MOST;

const insertTable = async (editor) => {
  const answer = await ask({
    title: words.table,
    submit: words.insert,
    fields: [
      count("rows", words.rows),
      count("cols", words.columns),
      { name: "header", label: words.headerRow, type: "checkbox", value: true },
      { name: "caption", label: words["table:caption"], maxLength: 300 },
    ],
    check: (values) =>
      Object.fromEntries(["rows", "cols"].filter((name) => !isCount(values[name])).map((name) => [name, words.count])),
  });
  const chain = editor.chain().focus();
  if (!answer) return chain.run();
  const caption = answer.caption.trim() || null;
  chain
    .insertTable({ rows: Number(answer.rows), cols: Number(answer.cols), withHeaderRow: answer.header })
    .updateAttributes("table", { caption })
    .run();
};

export const editCaption = async (editor) => {
  const { caption } = editor.getAttributes("table");
  const answer = await ask({
    title: words["table:caption"],
    fields: [{ name: "caption", label: words["table:caption"], value: caption ?? "", maxLength: 300 }],
  });
  const chain = editor.chain().focus();
  if (answer) chain.updateAttributes("table", { caption: answer.caption.trim() || null });
  chain.run();
};

export const Table = BaseTable.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ editor }) => {
          insertTable(editor);
          return true;
        },
    };
  },
});
