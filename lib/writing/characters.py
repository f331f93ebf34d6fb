"""The one gate for the characters that people write: `legible`.

Whatever is stored has passed it: the fields of `lib/fields.py` and `clean_html` call it, and a test
of the whole house sees that no text has another way in. Behind it XML can hold every text, and
nothing is hidden in one; what emoji and scripts are joined with is kept where it joins.
"""

from __future__ import annotations

import re

# Nobody sees these. Some hide words or turn them round; some are in no XML document (1.0, 2.2):
# the controls, halves of a pair, U+FFFE and U+FFFF. Tables say which, so that Unicode may grow.
CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"
NONCHARACTERS = "\\ufdd0-\\ufdef" + "".join(
    f"\\U{plane:04x}fffe-\\U{plane:04x}ffff" for plane in range(0x11)
)
HIDDEN = (
    "\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u200b\\u200e\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffc\\ud800-\\udfff"
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e001f\\U000e0080-\\U000e00ff"
    "\\U000e01f0-\\U000e0fff"
)
# These are not seen either, and change how their neighbours are drawn.
JOINERS = "\\u034f\\u180e\\u200c\\u200d"
SELECTORS = "\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef"
FLAG_LETTERS = "\\U000e0020-\\U000e007e"  # of 🏴 with the letters of a region behind it
FLAG_END = "\\U000e007f"
SHAPING = JOINERS + SELECTORS + FLAG_LETTERS + FLAG_END

# Scripts whose letters are drawn by their neighbours: from Hebrew and Arabic over those of India to
# Mongolian, Javanese, the forms of Arabic, the scripts beyond the first plane, Adlam.
SHAPED = (
    "\\u0590-\\u109f\\u1700-\\u180a\\u1810-\\u1cff\\ua800-\\uabff\\ufb1d-\\ufdff\\ufe70-\\ufefc"
    "\\U00010800-\\U00011fff\\U0001e800-\\U0001eeff"
)
PICTURES = (
    "\\u00a9\\u00ae\\u203c\\u2049\\u2122\\u2139\\u2190-\\u21ff\\u231a-\\u2328\\u232b-\\u27bf"
    "\\u2900-\\u297f\\u2b00-\\u2bff\\u3030\\u303d\\u3297\\u3299"
    "\\U0001f000-\\U0001fbff"
)
# What a variant can be asked of: a picture, the keys 0 to 9, # and *, ideographs, shaped letters.
VARIED = (
    f"{PICTURES}{SHAPED}#*0-9\\u2200-\\u22ff\\u3000-\\u9fff\\uf900-\\ufaff\\U00020000-\\U0003ffff"
)
JOINED = (
    f"\\U0001f3f4[{FLAG_LETTERS}]{{1,8}}{FLAG_END}"
    f"|(?<=[{VARIED}])[{SELECTORS}](?:\\u200d(?=[{PICTURES}]))?"
    f"|(?<=[{PICTURES}])\\u200d(?=[{PICTURES}])"
    f"|(?<![{SHAPING}])[{JOINERS}](?=[{SHAPED}])|(?<=[{SHAPED}])[{JOINERS}]"
)

INVISIBLE = re.compile(f"[{CONTROLS}{NONCHARACTERS}{HIDDEN}{SHAPING}]")
FORBIDDEN = re.compile(f"[{CONTROLS}{NONCHARACTERS}{HIDDEN}]+")
LOOSE = re.compile(f"({JOINED})|[{SHAPING}]+")
# ends of lines that few programs know; without them words would run together
LINE_ENDS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")


def legible(text: str) -> str:
    """Return the text without what nobody can see; twice is once.

    It composes nothing, for a tag of HTML may stand before an accent.
    """
    if text.isascii() and text.isprintable():
        return text
    text = FORBIDDEN.sub("", text.translate(LINE_ENDS))
    return LOOSE.sub(lambda found: found[1] or "", text)
