// Links: an address, or words of one of our own articles, which is kept by its number and follows its moves.
import { Link as BaseLink } from "django-prose-editor/editor";
import { words } from "../words.js";
import { completed } from "./addresses.js";
import { chooseArticle } from "./article-choice.js";
import { ask } from "./dialog.js";

const isNoteCall = (editor) => /^#note-\d+$/.test(editor.getAttributes("link").href ?? "");

const place = (editor) => editor.view.dom.closest(".prose-editor")?.querySelector("textarea")?.dataset.articles;

const askLink = (editor, href, needsText) => {
  let choice = null;
  const target = (values) => {
    const article = choice?.chosen();
    return article ? { href: article.href } : completed(values.href);
  };
  return ask({
    title: words.link,
    fields: [
      { name: "href", label: words.linkTo, value: href, help: words.linkHelp },
      ...(needsText ? [{ name: "text", label: words.linkText }] : []),
    ],
    check: (values) => {
      const { error } = target(values);
      return error ? { href: error } : {};
    },
    actions: href ? [[words.unlink, (_values, done) => done({ remove: true })]] : [],
    prepare: ({ href: { input } }) => {
      const address = place(editor);
      if (address) choice = chooseArticle(input, { place: address, label: words.articles, silent: words.listIsSilent });
      input.select();
    },
  }).then((values) => {
    if (!values || values.remove) return values;
    return { ...target(values), text: values.text?.trim() || choice?.chosen()?.title || values.href.trim() };
  });
};

export const editLink = async (editor) => {
  if (isNoteCall(editor)) return;
  const isLink = editor.isActive("link");
  const isEmpty = editor.state.selection.empty && !isLink;
  const answer = await askLink(editor, editor.getAttributes("link").href ?? "", isEmpty);
  const chain = editor.chain().focus();
  if (!answer) chain.run();
  else if (answer.remove) chain.extendMarkRange("link").unsetLink().run();
  else if (isEmpty)
    chain
      .insertContent({ type: "text", text: answer.text, marks: [{ type: "link", attrs: { href: answer.href } }] })
      .unsetMark("link")
      .run();
  else if (isLink) chain.extendMarkRange("link").updateAttributes("link", { href: answer.href }).run();
  else chain.setMark("link", { href: answer.href }).run();
};

export const Link = BaseLink.extend({
  // « Boire.as » is two words, whatever the islands of that name
  addOptions() {
    const shouldAutoLink = (address) => /^(https?:\/\/|www\.)|@/i.test(address);
    return { ...this.parent?.(), defaultProtocol: "https", shouldAutoLink };
  },
  addAttributes() {
    return { ...this.parent?.(), hreflang: { default: null } };
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "link",
      groups: "link",
      command: (editor) => void editLink(editor),
      enabled: (editor) => !isNoteCall(editor),
      button: buttons.material("insert_link", words.link),
      active: (editor) => editor.isActive("link"),
    });
    menu.defineItem({
      name: "unlink",
      groups: "link",
      command: (editor) => editor.chain().focus().unsetLink().run(),
      button: buttons.material("link_off", words.unlink),
      hidden: (editor) => !editor.isActive("link"),
    });
  },
  addKeyboardShortcuts: () => ({
    "Mod-k": ({ editor }) => {
      editLink(editor);
      return true;
    },
  }),
});
