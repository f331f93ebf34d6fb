"""A hand that writes at random in the editor, and sees after each step that nothing has gone.

What it does comes from its seed alone. Letters are counted, so that a word cut in two by a line
break is no loss; numbers of notes change and signs that begin a list go, so these are not.
"""

from __future__ import annotations

import base64
import random
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from itertools import zip_longest
from typing import Any

from lib.html.losses import Losses
from lib.html.policy import clean_html
from tests.factories import image_bytes
from tests.paste.documents import documents
from tests.paste.editor import (
    BOX,
    BUTTONS,
    CHOOSE,
    CLOCK,
    CUTTING_BUTTONS,
    EDITOR,
    GIVE,
    IN_THE_TEXT,
    LONGEST,
    LOOK,
    READY,
    TABLE_BUTTONS,
)
from tests.paste.shown import INLINE, WORD, letters, shown, words_of


class Hand:
    """`stored`: what returns the text as the database has it."""

    def __init__(self, page: Any, seed: int, stored: Callable[[], str]) -> None:
        self.page, self.seed, self.stored = page, seed, stored
        self.dice = random.Random(seed)
        self.count = self.steps = 0
        self.done: list[str] = []
        self.saves = 0
        page.add_init_script(CLOCK)

    def write(self, steps: int) -> None:
        """Make the steps and save at the end; the error says how to see it again."""
        self.page.wait_for_function(READY)
        try:
            for self.steps in range(1, steps + 1):
                self._step()
            self.save()
        except Exception as error:
            log = "\n".join(self.done[-12:])
            said = self.page.locator("dialog[open]").all_inner_texts()
            error.add_note(f"seed {self.seed}, step {self.steps}; the last ones:\n{log}\n{said}")
            raise

    def look(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return seen

    def _step(self) -> None:
        self.page.evaluate("() => window.nextStep()")
        before = self.look()
        if sum(letters(before["text"]).values()) > LONGEST:
            step: Any = self._begin_anew
        else:
            (step,) = self.dice.choices(*zip(*STEPS.items(), strict=True))
            step = step.__get__(self)
        self.done.append(f"{step.__name__} in {before['place']}, chosen {before['chosen']}")
        if not before["hasFocus"]:
            self.page.evaluate(f"() => {{ {EDITOR}.commands.focus() }}")
            self._be_in_the_text()
        self._judge(before, step())

    def _judge(self, before: dict[str, Any], result: Any) -> None:
        """`result`: what may go besides what was chosen, and what has to be there now."""
        if result is None:
            return
        may_go, brought = result
        after = self.look()
        follows = shown(clean_html(after["html"])) == shown(clean_html(after["value"]))
        assert follows, "the field does not follow"
        where = f"{before['html']}\nand {brought} became\n{after['html']}"
        gone = letters(before["text"]) + letters(brought) - letters(after["text"])
        things = Counter(before["things"]) - Counter(after["things"])
        if may_go == "chosen":
            gone -= letters(before["chosen"]["text"])
            things -= Counter(before["chosen"]["things"])
        assert not gone, f"letters that have gone: {dict(gone)}: {where}"
        assert not things, f"things that have gone: {dict(things)}: {where}"
        text = INLINE.sub("", after["html"])
        assert all(word in text for word in WORD.findall(brought)), f"not there: {brought}"

    def _be_in_the_text(self) -> None:
        self.page.wait_for_function(IN_THE_TEXT)

    def _word(self) -> str:
        self.count += 1
        number, signs = self.count, ""
        for _n in range(6):
            number, sign = divmod(number, 26)
            signs = chr(ord("a") + sign) + signs
        return f"mot{signs}"

    def _press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def _button(self, name: str) -> bool:
        """Press a button of the tool bar; tell whether it is there."""
        return bool(
            self.page.evaluate(
                """name => {
                  const button = document.querySelector(`.prose-menubar [data-name="${name}"]`);
                  const isThere = button && !button.matches(".hidden, .disabled");
                  if (isThere) button.click();
                  return isThere;
                }""",
                name,
            )
        )

    def _send_dialog(self) -> None:
        self.page.click("dialog[open] [type=submit]")
        self._be_in_the_text()

    # --- what adds: nothing goes but what was chosen ---

    def type_words(self) -> tuple[str, str]:
        text = f" {self._word()} {self._word()} "
        self.page.keyboard.type(text)
        return "chosen", text

    def type_a_line(self) -> tuple[str, str]:
        sign = self.dice.choice(["", "## ", "### ", "- ", "1. ", "> "])
        text = self._word()
        self._press("Enter")
        self.page.keyboard.type(f"{sign}{text}")
        return "chosen", text

    def break_a_line(self) -> tuple[str, str]:
        self._press(self.dice.choice(["Enter", "Shift+Enter"]))
        return "chosen", ""

    def paste_a_document(self) -> tuple[str, str] | None:
        document = self.dice.choice(documents())
        self.done.append(document.name)
        is_code = self.look()["isCode"]
        self._give("paste", html=document.html, text=document.text or "-")
        return ("chosen", "" if is_code else unescape(re.sub("<[^>]*>", " ", document.expected)))

    def paste_words(self) -> tuple[str, str]:
        text = f"{self._word()}\n\n{self._word()} {self._word()}"
        self._give("paste", text=text)
        return "chosen", text

    def insert_a_rule(self) -> tuple[str, str]:
        self._button("horizontalRule")
        return "chosen", ""

    def insert_a_table(self) -> tuple[str, str]:
        if not self._button("table"):
            return "chosen", ""
        caption, cell = self._word(), self._word()
        self.page.fill("dialog [name=rows]", "2")
        self.page.fill("dialog [name=cols]", "2")
        self.page.fill("dialog [name=caption]", caption)
        self._send_dialog()
        self.page.keyboard.type(f" {cell} ")
        assert caption in self.look()["html"], "no caption"
        return "chosen", cell

    def insert_a_note(self) -> tuple[str, str]:
        text = self._word()
        self._button("footnote")
        self.page.fill("dialog [name=text]", text)
        self._send_dialog()
        return "", text

    def insert_a_picture(self) -> tuple[str, str]:
        if not self._button("figure"):
            return "", ""
        text = self._word()
        if self.page.locator("dialog.picker").count():
            self.page.locator(".picker__choice input").first.check()
        self.page.fill("dialog [name=alt]", text)
        self._send_dialog()
        assert text in self.look()["html"], "no picture"
        return "chosen", ""  # the alternative text of one that was chosen

    def drop_a_picture(self) -> tuple[str, str]:
        text = self._word()
        data = base64.b64encode(image_bytes(300 + len(self.done), 200)).decode()
        self._give(self.dice.choice(["drop", "paste"]), data=data)
        self.page.wait_for_selector("dialog [name=upload]")
        self.page.fill("dialog [name=alt]", text)
        self.page.fill("dialog [name=credit]", "Photo : Alice")
        self.page.click("dialog[open] [type=submit]")
        self._be_in_the_text()
        assert text in self.look()["html"], "no picture"
        return "", ""

    def link(self) -> tuple[str, str]:
        is_empty = self.look()["isEmpty"]
        text = self._word()
        self._press("Control+k")
        if not self.page.locator("dialog[open]").count():
            return "", ""  # the call of a note
        self.page.fill("dialog [name=href]", f"www.{text}.example")
        if self.page.locator("dialog [name=text]").count():
            self.page.fill("dialog [name=text]", text)
        elif is_empty:
            text = ""
        self._send_dialog()
        return "", text if is_empty else ""

    def write_html(self) -> tuple[str, str] | None:
        text, said = self._word(), self.page.inner_text(".prose-editor-said")
        self._button("html")
        field = self.page.locator("dialog [name=html]")
        field.fill(f"{field.input_value()}<p>{text}</p>")
        self._send_dialog()
        if self.page.inner_text(".prose-editor-said") != said:
            return None  # the call of a note that is not there any more
        return "", text

    def insert_a_sign(self) -> tuple[str, str]:
        self._button("characters")
        self.page.click("dialog >> button:text-is('≥')")
        self._be_in_the_text()
        return "chosen", ""

    # --- what gives a form: nothing goes ---

    def press_a_button(self) -> tuple[str, str]:
        name = self.dice.choice(BUTTONS)
        self.done.append(name)
        self._button(name)
        return "", ""

    def change_a_table(self) -> tuple[str, str]:
        name = self.dice.choice(TABLE_BUTTONS)
        self.done.append(name)
        self._button(f"table:{name}")
        return "", ""

    # --- what moves ---

    def move(self) -> tuple[str, str]:
        keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Control+End"]
        shift = self.dice.choice(["", "", "Shift+"])
        self._press(*(shift + key for key in self.dice.choices(keys, k=3)))
        return "", ""

    def put_the_caret(self) -> tuple[str, str]:
        self.page.evaluate(CHOOSE, [self.dice.random(), 0])
        return "", ""

    def choose_words(self) -> tuple[str, str]:
        self.page.evaluate(CHOOSE, [self.dice.random(), self.dice.choice([3, 10, 40])])
        return "", ""

    def choose_a_picture(self) -> tuple[str, str]:
        pictures = self.page.locator(f"{BOX} figure img")
        if count := pictures.count():
            pictures.nth(self.dice.randrange(count)).click()
            self._be_in_the_text()
        return "", ""

    # --- what takes away ---

    def delete(self) -> tuple[str, str] | None:
        is_empty = self.look()["isEmpty"]
        key = self.dice.choice(["Backspace", "Delete", "Control+x"])
        self._press(key)
        return None if is_empty and key != "Control+x" else ("chosen", "")

    def move_words(self) -> tuple[str, str] | None:
        if self.look()["isEmpty"]:
            return None
        text = self.look()["chosen"]["text"]
        self._press("Control+x", "Control+v")
        return ("chosen", text)

    def cut_a_table(self) -> None:
        self._button(self.dice.choice(CUTTING_BUTTONS))

    def undo(self) -> None:
        self._press("Control+z")

    def redo(self) -> None:
        self._press("Control+Shift+z")

    def undo_and_redo(self) -> None:
        before, done = self.look()["html"], 0
        for _n in range(self.dice.randint(1, 6)):
            done += bool(self.page.evaluate(f"() => {EDITOR}.can().undo()"))
            self._press("Control+z")
        self._press(*["Control+Shift+z"] * done)
        assert self.look()["html"] == before, "undone and done again is not the same"

    def _begin_anew(self) -> None:
        self._press("Control+a", "Delete")

    # --- what keeps ---

    def save(self) -> None:
        value = self.look()["html"]
        losses = Losses()
        expected = clean_html(value, losses)
        assert losses.counts == {}, f"the editor holds what is not kept: {losses} {value}"
        assert words_of(expected) == words_of(value), "words that are not kept"
        self.page.evaluate("() => { window.isLeft = true }")
        self._press("Control+s")
        self.page.wait_for_function(READY)
        messages = self.page.locator(".messagelist .success, .errornote")
        assert messages.count() == 1, "not saved"
        assert "errornote" not in messages.get_attribute("class"), self.page.inner_text("#content")
        stored = self.stored()
        assert shown(stored) == shown(expected), f"{stored} is stored, {expected} stood there"
        opened = self.look()
        again = clean_html(opened["html"])
        assert clean_html(expected) == expected, f"not settled: {expected}"
        changed = [
            pair for pair in zip_longest(shown(expected), shown(again)) if pair[0] != pair[1]
        ]
        assert not changed, f"what is opened again is not what is stored: {changed[:4]} {value}"
        self.saves += 1

    def _give(self, kind: str, **data: str) -> None:
        self.page.evaluate(GIVE, [kind, data])


STEPS: dict[Any, int] = {
    **dict.fromkeys((Hand.type_words, Hand.put_the_caret), 10),
    **dict.fromkeys((Hand.type_a_line, Hand.move, Hand.choose_words, Hand.press_a_button), 6),
    **dict.fromkeys((Hand.paste_a_document, Hand.delete, Hand.undo, Hand.undo_and_redo), 4),
    **dict.fromkeys((Hand.break_a_line, Hand.paste_words, Hand.redo, Hand.change_a_table), 3),
    **dict.fromkeys((Hand.insert_a_note, Hand.insert_a_picture, Hand.link, Hand.save), 3),
    **dict.fromkeys((Hand.insert_a_rule, Hand.insert_a_table, Hand.choose_a_picture), 2),
    **dict.fromkeys((Hand.move_words, Hand.write_html, Hand.drop_a_picture), 2),
    **dict.fromkeys((Hand.insert_a_sign, Hand.cut_a_table), 1),
}
