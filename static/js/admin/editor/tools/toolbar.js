// The tool bar is one stop of the Tab key; arrows go from button to button, Alt+F10 comes from the text.
import { Extension } from "django-prose-editor/editor";
import { words } from "../words.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const enhance = (editor, bar) => {
  let current = null;
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  const buttons = () =>
    [...bar.querySelectorAll("button")].filter(
      (button) => !button.closest("[popover]") && !button.classList.contains("hidden"),
    );
  const settle = () => {
    const all = buttons();
    if (!all.includes(current)) current = all[0]; // the first is made anew with each change of block
    for (const button of all) button.tabIndex = button === current ? 0 : -1;
  };
  const go = (button) => {
    current = button;
    settle();
    button.focus();
  };
  bar.addEventListener("focusin", ({ target }) => {
    if (!buttons().includes(target)) return;
    current = target;
    settle();
  });
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(event.target);
    if (at < 0) return;
    if (event.key in STEPS) go(all[(at + STEPS[event.key] + all.length) % all.length]);
    else if (event.key === "Home") go(all[0]);
    else if (event.key === "End") go(all.at(-1));
    else if (event.key === "Escape") editor.commands.focus();
    else return;
    event.preventDefault();
  });
  for (const list of bar.querySelectorAll("[popover]"))
    list.addEventListener("toggle", ({ newState }) => {
      if (newState === "open") list.querySelector("button:not(.hidden)")?.focus();
    });
  editor.on("transaction", settle);
  settle();
  return () => go(current ?? buttons()[0]);
};

export const Toolbar = Extension.create({
  name: "toolbar",
  addStorage: () => ({ focus: () => {} }),
  onCreate() {
    queueMicrotask(() => {
      const bar = this.editor.view.dom.closest(".prose-editor")?.querySelector(".prose-menubar");
      if (bar) this.storage.focus = enhance(this.editor, bar);
    });
  },
  addKeyboardShortcuts() {
    return {
      "Alt-F10": () => {
        this.storage.focus();
        return true;
      },
    };
  },
});
