// How many words the text has and how long it takes to read, below it; counted as `word_count` in lib/text.py counts.
import { crel, Extension } from "django-prose-editor/editor";
import { words } from "../words.js";

const WORD = /[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu;
const WAIT = 300;

export const Count = Extension.create({
  name: "wordCount",
  onCreate() {
    const { editor } = this;
    const place = crel("p", { className: "word-count" });
    editor.view.dom.after(place);
    const show = () => {
      const text = editor.state.doc.textBetween(0, editor.state.doc.content.size, "\n", " ");
      const count = text.match(WORD)?.length ?? 0;
      const minutes = Math.max(1, Math.ceil(count / Number(words.wordsAMinute)));
      place.textContent = words.counted.replace("%(words)s", count).replace("%(minutes)s", minutes);
    };
    let timer;
    editor.on("update", () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT);
    });
    show();
  },
});
