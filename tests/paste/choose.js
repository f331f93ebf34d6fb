// Puts the caret where a share of the places for text lies before it, or chooses from there over some places more.
([share, more]) => {
  const { editor } = document.querySelector(".ProseMirror[contenteditable]");
  const places = [];
  editor.state.doc.descendants((node, at) => {
    if (node.isTextblock) for (let n = 0; n <= node.content.size; n++) places.push(at + 1 + n);
  });
  const from = Math.floor(share * places.length);
  const to = Math.min(from + more, places.length - 1);
  editor.commands.setTextSelection({ from: places[from], to: places[to] });
};
