// Numbered lists: `1. ` while typing begins one; of its settings, the page keeps the number that it begins with.
import { ListItem as BaseItem, OrderedList as BaseList, wrappingInputRule } from "django-prose-editor/editor";
import { words } from "../words.js";
import { ask } from "./dialog.js";

const MOST = 9999;

const isStart = (text) => /^\d{1,4}$/.test(text.trim()) && Number(text) <= MOST;

const editList = async (editor) => {
  const answer = await ask({
    title: words.orderedListProperties,
    fields: [
      {
        ...{ name: "start", label: words.startAt, type: "number", min: 0, max: MOST },
        value: String(editor.getAttributes("orderedList").start ?? 1),
      },
    ],
    check: ({ start }) => (isStart(start) ? {} : { start: words.startNumber }),
  });
  const chain = editor.chain().focus();
  if (answer) chain.updateAttributes("orderedList", { start: Number(answer.start) });
  chain.run();
};

// What is stored may begin with a list, a picture or a title: held to a paragraph, they would fall out of the list.
export const ListItem = BaseItem.extend({ content: "block+" });

export const OrderedList = BaseList.extend({
  addAttributes() {
    const { start } = this.parent?.() ?? {};
    return { start };
  },
  addNodeView: () => null,
  addInputRules() {
    const rule = {
      find: /^(\d{1,2})\.\s$/,
      type: this.type,
      getAttributes: ([, start]) => ({ start: Number(start) }),
      joinPredicate: ([, start], node) => node.childCount + node.attrs.start === Number(start),
    };
    return [wrappingInputRule(rule)];
  },
  addCommands() {
    return {
      ...this.parent?.(),
      updateListAttributes:
        () =>
        ({ editor }) => {
          editList(editor);
          return true;
        },
    };
  },
});
