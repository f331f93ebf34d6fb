// Signs that a keyboard does not have; what is shown of a space is its name.
import { crel } from "django-prose-editor/editor";
import { words } from "../words.js";
import { ask, button } from "./dialog.js";

const SIGNS = "«»’“”–—…•·×÷±≈≠≤≥‰°½¼¾²³µαβγδΔΩÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ€£→←↑↓†‡§©®™";

export const insertCharacter = async (editor) => {
  const sign = await ask({
    title: words.specialCharacters,
    submit: words.nonBreakingSpace,
    fields: [],
    prepare: (_parts, done, form) => {
      const buttons = [...SIGNS].map((one) => button(one, () => done({ one })));
      form.firstElementChild.after(crel("div", { className: "dialog__signs" }, buttons));
      buttons[0].focus();
    },
  });
  const chain = editor.chain().focus();
  if (sign) chain.insertContent({ type: "text", text: sign.one ?? "\u00a0" });
  chain.run();
};
