// Pastes one document into an empty text as a browser does; returns what would be saved and what is said not to be.
([html, text]) => {
  const box = document.querySelector(".ProseMirror[contenteditable]");
  const { editor } = box;
  const storage = editor.storage.pasteFromAnywhere;
  editor.commands.setContent("<p></p>", { emitUpdate: true });
  editor.commands.focus("end");
  storage.said.replaceChildren();
  storage.lost = {};
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text || "-");
  const started = performance.now();
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  // Firefox lets no script hand over what it has made
  if (!event.clipboardData?.types.length) Object.defineProperty(event, "clipboardData", { value: clipboardData });
  const isTaken = !box.dispatchEvent(event);
  return {
    isTaken,
    milliseconds: performance.now() - started,
    value: document.querySelector("textarea[data-words]").value,
    lost: storage.lost,
    said: storage.said.textContent,
  };
};
