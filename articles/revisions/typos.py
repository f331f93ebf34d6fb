"""What may be mended without a word to the readers, and what may not.

A typo changes no more than a few letters and nothing that somebody acts on. Whatever is in doubt is
no typo: the editor then says what kind of change it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.revisions.edits import Effort, changes
from articles.revisions.text import written
from lib.french.weighty import Weighty, weighty_words
from lib.text import fold

MOST_CHARACTERS = 20  # of the whole text
MOST_NAMED = 5  # words in a reason
LONGEST_RUN = 200  # characters: no typo, and not worth comparing letter by letter
WEIGHTY: dict[str, Said] = {
    "number": _("un nombre change (%(words)s)"),
    "unit": _("une unité ou une durée change (%(words)s)"),
    "negation": _("un mot qui retourne le sens change (%(words)s)"),
    "medicine": _("le nom d’un médicament change (%(words)s)"),
}
WHOLE: dict[str, Said] = {
    "lead_image": _("l’image de tête change"),
    "lead_caption": _("la légende de l’image de tête change"),
    "interests": _("la déclaration d’intérêts change"),
    "interests_detail": _("les liens d’intérêts déclarés changent"),
    "sources": _("les sources changent"),
}
MARKED: dict[str, Said] = {
    "caption": _("une légende ou le titre d’un tableau change"),
    "link": _("l’adresse d’un lien change"),
    "image": _("une image change"),
    "struck": _("des mots sont barrés ou ne le sont plus"),
    "table": _("un tableau change de forme"),
    "note": _("un appel de note change"),
}
CAPTION = re.compile(r'<(figcaption|caption)>(.*?)</\1>|data-caption="([^"]*)"', re.DOTALL)
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
IMAGE = re.compile(r"<img\s[^>]*>")
STRUCK = re.compile(r"<(s|del|ins)>(.*?)</\1>", re.DOTALL)
TABLE = re.compile(r"</?(?:table|thead|tbody|tr|td|th)\b[^>]*>")
RAISED = re.compile(r"<(sup|sub)\b[^>]*>(.*?)</\1>", re.DOTALL)
TOKEN = re.compile(r"[^\W_]+|[^\w\s]|\s+")
WORD = re.compile(r"[^\W\d_]{2,}")
# Beginnings that turn a word round, or put one organ, amount or time in place of another.
BEGINNINGS = (
    *("in", "im", "ir", "il", "de", "des", "dis", "a", "an", "non", "anti", "contre", "mal", "me"),
    *("hyper", "hypo", "sur", "sous", "pre", "post", "intra", "inter", "extra", "macro", "micro"),
    *("mono", "bi", "tri", "poly", "oligo", "tachy", "brady", "endo", "exo", "sus", "per", "trans"),
    *("re", "un", "iso"),
)
SHORTEST = 3  # letters behind a beginning

Content = dict[str, Any]
Said = str | Promise  # a sentence without its full stop, in the language of whoever reads it


def more_than_typos(before: Content, after: Content) -> list[Said]:
    """Return why the difference of two versions is more than typos; empty if it is not.

    Linear in the length of the texts, but for the letters of a changed passage, at most
    LONGEST_RUN of them.
    """
    reasons: list[Said] = [
        said for name, said in WHOLE.items() if before.get(name) != after.get(name)
    ]
    reasons += _marks_that_differ(before["body"], after["body"])
    changed = 0
    for name in (*Article.TEXT_FIELDS, "tags"):
        if name in WHOLE:
            continue
        old, new = _text(name, before[name]), _text(name, after[name])
        if old != new:
            reasons += _words_that_differ(old, new)
            runs = _changed_runs(old, new)
            changed += sum(_letters(gone, come) for gone, come in runs)
            reasons += [said for run in runs if (said := _turned(*run))]
    if changed > MOST_CHARACTERS:
        reasons.append(_("plus de %(n)s caractères changent") % {"n": MOST_CHARACTERS})
    return list(dict.fromkeys(reasons))


def _text(name: str, value: Any) -> str:
    if name == "tags":
        return ", ".join(value)
    return written(value) if name == "body" else str(value)


def _marks_that_differ(before: str, after: str) -> list[Said]:
    """Return what of the mark-up means something and is not the same."""
    patterns = {"caption": CAPTION, "link": LINK, "image": IMAGE, "struck": STRUCK}
    patterns |= {"table": TABLE, "note": RAISED}
    return [
        MARKED[name]
        for name, pattern in patterns.items()
        if pattern.findall(before) != pattern.findall(after)
    ]


def _words_that_differ(old: str, new: str) -> list[Said]:
    gone, come = weighty_words(old), weighty_words(new)
    if gone == come:
        return []
    differing = (Counter(gone) - Counter(come)) + (Counter(come) - Counter(gone))
    if not differing:
        return [_("des nombres ou des mots qui comptent changent de place")]
    kinds = dict.fromkeys(word.kind for word in differing)
    return [WEIGHTY[kind] % {"words": _named(differing, kind)} for kind in kinds]


def _named(words: Iterable[Weighty], kind: str) -> str:
    found = [word.word for word in words if word.kind == kind]
    return ", ".join(found[:MOST_NAMED]) + ("…" if len(found) > MOST_NAMED else "")


def _changed_runs(old: str, new: str) -> list[tuple[str, str]]:
    runs = changes(TOKEN.findall(old), TOKEN.findall(new), Effort())
    return [("".join(gone), "".join(come)) for gone, come in runs if gone != come]


def _letters(gone: str, come: str) -> int:
    """Return how many letters were changed, added or taken away."""
    if max(len(gone), len(come)) > LONGEST_RUN:
        return LONGEST_RUN
    letters = changes(list(gone), list(come), Effort())
    return sum(max(len(less), len(more)) for less, more in letters if less != more)


def _turned(gone: str, come: str) -> Said | None:
    """Say if a word took another beginning, or if a name was changed."""
    if max(len(gone), len(come)) > LONGEST_RUN:
        return None
    old, new = WORD.findall(gone), WORD.findall(come)
    for word in new:
        if any(_is_turned(fold(one), fold(word)) for one in old):
            return _("un mot prend un autre sens (%(words)s)") % {"words": word}
    if named := [word for word in new if word[0].isupper() and _is_other_name(word, old)]:
        return _("un nom change (%(words)s)") % {"words": ", ".join(named)}
    return None


def _is_turned(old: str, new: str) -> bool:
    return old != new and not _bare(old).isdisjoint(_bare(new))


def _bare(word: str) -> set[str]:
    """Return the word with and without each beginning that it has."""
    ends = (word[len(one) :] for one in BEGINNINGS if word.startswith(one))
    return {word, *(end for end in ends if len(end) >= SHORTEST)}


def _is_other_name(word: str, old: list[str]) -> bool:
    """Tell whether a capitalised word stands where another capitalised word stood."""
    return all(fold(word) != fold(one) for one in old) and any(one[0].isupper() for one in old)
