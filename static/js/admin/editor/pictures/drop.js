// Files that are pasted or dropped into the text go to the library, one after the other.
import { Extension, Plugin } from "django-prose-editor/editor";
import { read } from "../paste/read.js";
import { insertFigure, places } from "./figure.js";
import { sendPicture } from "./sending.js";

// Files come alone, or with the HTML of nothing but a picture that another site shows; Word sends one beside its text.
const filesOf = (data) => {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  return files.length && !read(data.getData("text/html")).textContent.trim() ? files : [];
};

const sendAll = async (editor, files, at) => {
  for (const file of files) {
    const picture = await sendPicture(places(editor).sending, file);
    if (picture) insertFigure(editor, { ...picture, caption: "" }, at ?? undefined);
    at = null; // the next stands where the caret is then
  }
  editor.commands.focus();
};

const take = (editor, event, data, at) => {
  const files = places(editor) ? filesOf(data) : [];
  if (!files.length) return false;
  event.preventDefault();
  sendAll(editor, files, at);
  return true;
};

export const DroppedPictures = Extension.create({
  name: "droppedPictures",
  priority: 200,
  addProseMirrorPlugins() {
    const { editor } = this;
    const handlePaste = (_view, event) => take(editor, event, event.clipboardData, null);
    const handleDrop = (view, event) => {
      const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
      return take(editor, event, event.dataTransfer, place?.pos ?? null);
    };
    return [new Plugin({ props: { handlePaste, handleDrop } })];
  },
});
