// Says below the editor what could not be taken; it stays there until the text is saved.
import { crel } from "django-prose-editor/editor";
import { words } from "../words.js";

const filled = (sentence, values) => (sentence ?? "").replace(/%\((\w+)\)s/g, (_, name) => values[name]);

const one = ([kind, { count, before, words: own }]) => {
  let lost = filled(words[count > 1 ? `lost:${kind}s` : `lost:${kind}`], { n: count });
  if (own) lost = filled(words["lost:words"], { lost, words: own });
  return filled(words[before ? "lost:after" : "lost:first"], { lost, words: before });
};

export const sentence = (losses) => filled(words["lost:pasted"], { losses: [...losses.found].map(one).join(" ; ") });

// The region has to stand there before it says something, else some readers of screens are silent.
export const noteBelow = (editor) => {
  const box = editor.view.dom.closest(".prose-editor");
  const note = crel("div", { className: "prose-editor-said", role: "status" });
  box?.after(note);
  return note;
};

export const say = (note, losses) => {
  if (losses.found.size) note.append(crel("p", { textContent: sentence(losses) }));
};
