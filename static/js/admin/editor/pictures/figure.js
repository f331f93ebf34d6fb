// Pictures in the text: how one is chosen and kept; what is written about one is asked in the language of the page.
import { Figure as BaseFigure, Image as BaseImage } from "django-prose-editor/editor";
import { ask } from "../dialogs/dialog.js";
import { words } from "../words.js";
import { pickPicture } from "./picker.js";

export const places = (editor) => {
  const { pictures: library, sending } =
    editor.view.dom.closest(".prose-editor")?.querySelector("textarea")?.dataset ?? {};
  return library && sending ? { library, sending } : null;
};

const text = (said) => (said ? [{ type: "text", text: said }] : []);

const figureOf = ({ src, alt, caption, href = null }) => ({
  type: "figure",
  content: [
    { type: "image", attrs: { src, alt, href } },
    ...(caption ? [{ type: "caption", content: text(caption) }] : []),
  ],
});

const caretBehind = ({ tr, state, commands }) => {
  const { $to, node, to } = tr.selection;
  let end = node?.type.name === "figure" ? to : null;
  for (let depth = $to.depth; depth > 0 && end === null; depth--)
    if ($to.node(depth).type.name === "figure") end = $to.after(depth);
  if (end === null) return true;
  if (!tr.doc.resolve(end).nodeAfter?.isTextblock) tr.insert(end, state.schema.nodes.paragraph.create());
  return commands.setTextSelection(end + 1);
};

export const insertFigure = (editor, picture, at = editor.state.selection.to) =>
  editor.chain().focus().insertContentAt(at, figureOf(picture)).command(caretBehind).run();

// The picture that the caret is at: {at, image, figure, place of the figure}, or null.
const found = ({ selection }) => {
  const { $from, node, from } = selection;
  if (node?.type.name === "image" && $from.parent.type.name !== "figure") return { at: from, image: node };
  if (node?.type.name === "figure") return { at: from + 1, image: node.firstChild, figure: node, start: from };
  for (let depth = $from.depth; depth > 0; depth--) {
    const figure = $from.node(depth);
    if (figure.type.name === "figure")
      return { at: $from.start(depth), image: figure.firstChild, figure, start: $from.before(depth) };
  }
  return null;
};

const hasCaption = ({ figure }) => figure?.childCount > 1;

const write =
  (place, { alt, caption, href }) =>
  ({ tr, state }) => {
    const { at, image } = place;
    tr.setNodeMarkup(at, null, { ...image.attrs, alt, href });
    const type = state.schema.nodes.caption;
    if (caption && !hasCaption(place)) tr.insert(at + image.nodeSize, type.create(null, state.schema.text(caption)));
    return true;
  };

const editPicture = async (editor, place) => {
  const { alt, href } = place.image.attrs;
  const asksCaption = place.figure && !hasCaption(place);
  const answer = await ask({
    title: words.figure,
    fields: [
      { name: "alt", label: words.alternativeText, value: alt ?? "", help: words.alternativeHelp, maxLength: 300 },
      ...(asksCaption ? [{ name: "caption", label: words.caption, maxLength: 500 }] : []),
    ],
    actions: [[words.removePicture, (_values, done) => done({ remove: true })]],
  });
  const chain = editor.chain().focus();
  const from = place.start ?? place.at;
  if (answer?.remove) chain.deleteRange({ from, to: from + (place.figure ?? place.image).nodeSize });
  else if (answer)
    chain.command(write(place, { alt: answer.alt.trim(), caption: answer.caption?.trim(), href: href ?? null }));
  chain.run();
};

export const placePicture = async (editor) => {
  const place = found(editor.state);
  if (place) return editPicture(editor, place);
  const known = places(editor);
  const picture = known && (await pickPicture(known));
  return picture ? insertFigure(editor, picture) : editor.commands.focus();
};

export const Figure = BaseFigure.extend({ addExtensions: () => [] });

const linked = (link) => {
  const [image] = link.children;
  if (link.childNodes.length !== 1 || image?.tagName !== "IMG" || !image.getAttribute("src")) return false;
  return { src: image.getAttribute("src"), alt: image.getAttribute("alt"), href: link.getAttribute("href") };
};

export const Image = BaseImage.extend({
  addAttributes() {
    return { ...this.parent?.(), href: { default: null, rendered: false, parseHTML: () => null } };
  },
  parseHTML: () => [{ tag: "a[href]", priority: 60, getAttrs: linked }, { tag: "img[src]" }],
  renderHTML({ node, HTMLAttributes }) {
    const image = ["img", HTMLAttributes];
    return node.attrs.href ? ["a", { href: node.attrs.href }, image] : image;
  },
});
