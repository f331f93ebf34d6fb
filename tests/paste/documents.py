"""Clipboard documents in the shapes that programs write, with what is stored of each.

HTML is in the files that end in ".clipboard", text in those in ".plain"; what is stored of each
stands beside, what is named in tests/paste/corpus/losses.json.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
PASTE = (HERE / "paste.js").read_text(encoding="utf-8").partition("\n")[2].strip().rstrip(";")


@dataclass(frozen=True)
class Document:
    name: str
    html: str
    text: str
    expected: str
    losses: dict[str, int]


def documents() -> list[Document]:
    losses = json.loads(_read(CORPUS / "losses.json"))
    return [
        Document(
            name=path.stem,
            html=_read(path) if path.suffix == ".clipboard" else "",
            text=_read(path) if path.suffix == ".plain" else "",
            expected=_read(CORPUS / f"{path.stem}.expected.html").strip(),
            losses=losses.get(path.stem, {}),
        )
        for path in sorted(CORPUS.iterdir())
        if path.suffix in {".clipboard", ".plain"}
    ]


def go_to_the_end(page: Any) -> None:
    """Put the caret at the end of the text; the editor takes the focus a frame later."""
    box = "document.querySelector('.ProseMirror[contenteditable]')"
    page.evaluate(f"() => {box}.editor.commands.focus('end')")
    page.wait_for_function(f"() => document.activeElement === {box} && {box}.editor.isFocused")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
