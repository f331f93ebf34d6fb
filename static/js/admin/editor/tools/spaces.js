// Shows the spaces that the page will hold together, as the editor shows unbreakable ones: the text keeps plain spaces,
// and lib/writing/typography.py sets the others on display; these are its commonest rules.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;

const UNITS = "mg|g|kg|µg|ml|cl|l|L|mm|cm|m|km|h|min|s|°C|kcal|mmol|ans|mois|jours|heures|minutes|euros";
const HELD = new RegExp(`\\u202f| (?=[;:!?»%€‰])|(?<=«) |(?<=\\d) (?=(?:${UNITS})(?!\\p{L})|\\d{3}(?!\\d))`, "gu");

const inBlock = (node, at) =>
  [...node.textBetween(0, node.content.size, undefined, "\ufffc").matchAll(HELD)].map(({ index }) =>
    Decoration.inline(at + 1 + index, at + 2 + index, { class: "prose-editor-nbsp" }),
  );

const within = (doc, from, to) => {
  const found = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (node.isTextblock) found.push([at, at + node.nodeSize, inBlock(node, at)]);
    return !node.isTextblock;
  });
  return found;
};

const follow = (tr, set) => {
  let shown = set.map(tr.mapping, tr.doc);
  tr.mapping.maps.forEach((map, i) => {
    const later = tr.mapping.slice(i + 1);
    map.forEach((_oldStart, _oldEnd, start, end) => {
      for (const [from, to, marks] of within(tr.doc, later.map(start, -1), later.map(end, 1)))
        shown = shown.remove(shown.find(from, to)).add(tr.doc, marks);
    });
  });
  return shown;
};

export const HeldSpaces = Extension.create({
  name: "heldSpaces",
  addProseMirrorPlugins() {
    const plugin = new Plugin({
      state: {
        init: (_config, { doc }) =>
          DecorationSet.create(
            doc,
            within(doc, 0, doc.content.size).flatMap(([, , marks]) => marks),
          ),
        apply: (tr, set) => (tr.docChanged ? follow(tr, set) : set),
      },
      props: { decorations: (state) => plugin.getState(state) },
    });
    return [plugin];
  },
});
