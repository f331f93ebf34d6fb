"""The editor as the hand meets it: its states, its buttons, what is asked of it."""

from __future__ import annotations

from tests.paste.documents import HERE

BOX = ".ProseMirror[contenteditable]"
EDITOR = f"document.querySelector('{BOX}').editor"
READY = (
    f"() => !window.isLeft && document.querySelector('{BOX}')"
    "?.editor?.storage.pasteFromAnywhere?.said"
)
# what is undone at once depends on the time between two keys: a step is a second
CLOCK = (
    "(() => { let now = Date.now(); Date.now = () => now; window.nextStep = () => now += 1000 })()"
)
IN_THE_TEXT = f"""() => !document.querySelector("dialog[open]")
  && document.activeElement === document.querySelector("{BOX}")
  && new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""
LONGEST = 12_000  # letters of a text, then it begins anew
BUTTONS = [
    *("bold", "italic", "strike", "superscript", "subscript", "code", "bulletList", "orderedList"),
    *("blockquote", "pullQuote", "box:key-point", "box:do", "box:dont"),
]
TABLE_BUTTONS = ["addColumnAfter", "addRowAfter", "toggleHeaderCell", "mergeCells", "splitCell"]
CUTTING_BUTTONS = ["table:deleteColumn", "table:deleteRow", "table:deleteTable"]


def _script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8").partition("\n")[2].strip().rstrip(";")


LOOK, CHOOSE, GIVE = _script("look.js"), _script("choose.js"), _script("give.js")
