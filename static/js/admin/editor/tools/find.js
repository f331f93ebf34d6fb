// Finds words in the text and puts others in their place: Ctrl+F in the text, or its button.
import { crel, Extension, Plugin, pm } from "django-prose-editor/editor";
import { button } from "../dialogs/dialog.js";
import { words } from "../words.js";
import { matchesIn, replaceIn } from "./matches.js";

const { Decoration, DecorationSet } = pm.view;
let count = 0;

const field = (label) => {
  const input = crel("input", { type: "text", id: `find-${++count}`, autocomplete: "off" });
  return { input, box: crel("p", {}, [crel("label", { htmlFor: input.id, textContent: label }), input]) };
};

const makeBar = (editor, storage) => {
  const find = field(words.find),
    put = field(words.replaceBy);
  const state = crel("p", { role: "status", className: "find__state" });
  let at = -1;
  const show = () => {
    storage.query = find.input.value;
    storage.found = matchesIn(editor.state.doc, storage.query);
    at = Math.min(at, storage.found.length - 1);
    storage.current = storage.found[at];
    const said = storage.found.length ? words.foundOf : words.foundNothing;
    state.textContent = storage.query ? said.replace("%(at)s", at + 1).replace("%(n)s", storage.found.length) : "";
    editor.view.dispatch(editor.state.tr.setMeta("find", true));
  };
  const go = (step) => {
    if (!storage.found.length) return;
    at = (at + step + storage.found.length) % storage.found.length;
    show();
    editor.commands.setTextSelection(storage.current);
    editor.view.domAtPos(storage.current.from).node.parentElement?.scrollIntoView({ block: "center" });
  };
  const replace = (matches) => {
    if (!matches.length) return;
    editor.view.dispatch(replaceIn(editor.state.tr, matches, put.input.value));
    at -= matches.length === 1 ? 1 : 0;
    show();
  };
  const one = () => {
    if (storage.current) replace([storage.current]);
    go(1);
  };
  const all = () => {
    const done = storage.found.length;
    replace(storage.found);
    state.textContent = words.replaced.replace("%(n)s", done);
  };
  const buttons = [
    button(words.previous, () => go(-1)),
    button(words.next, () => go(1)),
    button(words.replace, one),
    button(words.replaceAll, all),
    button(words.close, () => close()),
  ];
  const bar = crel("div", { role: "search", className: "find", hidden: true }, [find.box, put.box, ...buttons, state]);
  bar.setAttribute("aria-label", words.find);
  const close = () => {
    bar.hidden = true;
    Object.assign(storage, { query: "", found: [], current: null });
    editor.chain().setMeta("find", true).focus().run();
  };
  find.input.addEventListener("input", () => {
    at = 0;
    show();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    else if (event.target === put.input) one();
    else go(event.shiftKey ? -1 : 1);
    event.preventDefault();
  });
  for (const type of ["input", "change"]) bar.addEventListener(type, (event) => event.stopPropagation());
  editor.on("update", () => bar.hidden || show()); // somebody types on while it is open
  const open = () => {
    const { from, to } = editor.state.selection;
    const chosen = editor.state.doc.textBetween(from, to, " ");
    bar.hidden = false;
    if (chosen && chosen.length < 100) find.input.value = chosen;
    at = 0;
    show();
    find.input.select();
  };
  return { bar, open };
};

export const Find = Extension.create({
  name: "find",
  addStorage: () => ({ query: "", found: [], current: null, open: () => {} }),
  onCreate() {
    const { bar, open } = makeBar(this.editor, this.storage);
    this.editor.view.dom.after(bar);
    this.storage.open = open;
  },
  addKeyboardShortcuts() {
    return { "Mod-f": () => this.storage.open() || true };
  },
  addProseMirrorPlugins() {
    const { storage } = this;
    const mark = (one) =>
      Decoration.inline(one.from, one.to, { class: one === storage.current ? "found found--current" : "found" });
    const decorations = ({ doc }) => {
      if (!storage.query) return null;
      const within = storage.found.filter(({ to }) => to <= doc.content.size);
      return DecorationSet.create(doc, within.map(mark));
    };
    return [new Plugin({ props: { decorations } })];
  },
});
