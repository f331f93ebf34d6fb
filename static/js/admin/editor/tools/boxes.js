// Boxes: what to keep in mind, to do, not to do; pull quotes; a picture that leads to a video or a sound elsewhere.
import { Node } from "django-prose-editor/editor";
import { completed } from "../dialogs/addresses.js";
import { ask } from "../dialogs/dialog.js";
import { insertFigure, places } from "../pictures/figure.js";
import { pickPicture } from "../pictures/picker.js";
import { words } from "../words.js";

const KINDS = { "key-point": "lightbulb", do: "check_circle", dont: "cancel" };
const INSIDE = new Set(["paragraph", "bulletList", "orderedList"]);

export const Box = Node.create({
  name: "box",
  group: "block",
  content: "(paragraph | bulletList | orderedList)+",
  defining: true,
  addAttributes: () => ({ kind: { default: "key-point", rendered: false } }),
  parseHTML: () => Object.keys(KINDS).map((kind) => ({ tag: `section.${kind}`, attrs: { kind } })),
  renderHTML: ({ node }) => ["section", { class: node.attrs.kind, "data-said": words[`box:${node.attrs.kind}`] }, 0],
});

const around = ({ $from }) => {
  for (let depth = $from.depth; depth > 0; depth--)
    if ($from.node(depth).type.name === "box") return { node: $from.node(depth), at: $from.before(depth) };
  return null;
};

const wrap =
  (kind) =>
  ({ tr, state }) => {
    const { $from, $to } = tr.selection;
    const range = $from.blockRange($to, (node) => node.type.name === "doc");
    if (!range) return false;
    for (let i = range.startIndex; i < range.endIndex; i++)
      if (!INSIDE.has(range.parent.child(i).type.name)) return false;
    tr.wrap(range, [{ type: state.schema.nodes.box, attrs: { kind } }]);
    return true;
  };

const toggle = (kind) => (editor) => {
  const box = around(editor.state.selection);
  const chain = editor.chain().focus();
  if (!box) {
    chain.command(wrap(kind));
    if (kind !== "key-point" && editor.isActive("paragraph") && !editor.isActive("listItem")) chain.toggleBulletList();
  } else if (box.node.attrs.kind === kind)
    chain.command(({ tr }) => tr.replaceWith(box.at, box.at + box.node.nodeSize, box.node.content) && true);
  else chain.command(({ tr }) => tr.setNodeMarkup(box.at, null, { kind }) && true);
  chain.run();
};

const togglePullQuote = (editor) => {
  const chain = editor.chain().focus();
  const isPull = editor.getAttributes("blockquote").class === "pull";
  if (!editor.isActive("blockquote")) chain.toggleBlockquote();
  chain.updateAttributes("blockquote", { class: isPull ? null : "pull" }).run();
};

const insertMedia = async (editor) => {
  const answer = await ask({
    title: words.media,
    submit: words.choosePicture,
    fields: [
      { name: "href", label: words.mediaAddress, help: words.mediaHelp },
      { name: "caption", label: words.caption, maxLength: 500 },
    ],
    check: ({ href }) => {
      const { error, href: kept } = completed(href);
      if (error) return { href: error };
      return kept.startsWith("http") ? {} : { href: words.linkNoSite };
    },
  });
  const known = answer && places(editor);
  const picture = known && (await pickPicture(known, false));
  if (!picture) return editor.commands.focus();
  insertFigure(editor, { ...picture, caption: answer.caption.trim(), href: completed(answer.href).href });
};

export const addBoxItems = ({ buttons, menu }) => {
  for (const [kind, icon] of Object.entries(KINDS))
    menu.defineItem({
      name: `box:${kind}`,
      groups: "nodes",
      command: toggle(kind),
      button: buttons.material(icon, words[`box:${kind}`]),
      active: (editor) => editor.isActive("box", { kind }),
    });
  menu.defineItem({
    name: "pullQuote",
    groups: "nodes",
    command: togglePullQuote,
    button: buttons.material("short_text", words.pullQuote),
    active: (editor) => editor.isActive("blockquote", { class: "pull" }),
  });
  menu.defineItem({
    name: "media",
    groups: "nodes",
    command: (editor) => void insertMedia(editor),
    button: buttons.material("play_circle", words.media),
  });
};
