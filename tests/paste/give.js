// Pastes or drops at the caret what another program gives: HTML, text, a picture as base64.
([kind, { html, text, data }]) => {
  const box = document.querySelector(".ProseMirror[contenteditable]");
  const { view } = box.editor;
  const carrier = new DataTransfer();
  if (html) carrier.setData("text/html", html);
  if (text) carrier.setData("text/plain", text);
  if (data) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    carrier.items.add(new File([bytes], "photo.jpg", { type: "image/jpeg" }));
  }
  const { left, top } = view.coordsAtPos(view.state.selection.head);
  const said = { bubbles: true, cancelable: true };
  const event =
    kind === "paste"
      ? new ClipboardEvent("paste", { clipboardData: carrier, ...said })
      : new DragEvent("drop", { dataTransfer: carrier, clientX: left, clientY: top + 2, ...said });
  box.dispatchEvent(event);
};
