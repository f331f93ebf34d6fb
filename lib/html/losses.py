"""What a typed text had that is not kept: counted by kind, with the words before the first one.

Cleaning that only tidies is no loss: empty paragraphs, classes, styles that mean nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

FEW = 32  # characters of what stands before, or of what went
# one of a kind, several of it; the editor says them too
KINDS: dict[str, tuple[Promise, Promise]] = {
    "image": (_("1 image"), _("%(n)s images")),
    "video": (_("1 vidéo"), _("%(n)s vidéos")),
    "sound": (_("1 son"), _("%(n)s sons")),
    "frame": (_("1 cadre d’un autre site"), _("%(n)s cadres d’autres sites")),
    "drawing": (
        _("1 dessin (ses mots restent)"),
        _("%(n)s dessins (leurs mots restent)"),
    ),
    "formula": (
        _("la mise en forme de 1 formule (ses signes restent : relisez-la)"),
        _("la mise en forme de %(n)s formules (leurs signes restent : relisez-les)"),
    ),
    "control": (
        _("1 champ de formulaire (ses mots restent)"),
        _("%(n)s champs de formulaire (leurs mots restent)"),
    ),
    "link": (
        _("1 lien dont l’adresse ne peut être gardée (ses mots restent)"),
        _("%(n)s liens dont l’adresse ne peut être gardée (leurs mots restent)"),
    ),
    "comment": (_("1 commentaire de relecture"), _("%(n)s commentaires de relecture")),
    "hidden": (_("1 passage caché"), _("%(n)s passages cachés")),
    "program": (_("1 programme"), _("%(n)s programmes")),
    "insertion": (
        _("la marque de 1 insertion (ses mots restent)"),
        _("la marque de %(n)s insertions (leurs mots restent)"),
    ),
    "underline": (_("1 soulignement"), _("%(n)s soulignements")),
    "highlight": (_("1 surlignage"), _("%(n)s surlignages")),
    "definitions": (
        _("1 liste de définitions, devenue des paragraphes"),
        _("%(n)s listes de définitions, devenues des paragraphes"),
    ),
    "folded": (
        _("1 bloc à déplier, devenu des paragraphes"),
        _("%(n)s blocs à déplier, devenus des paragraphes"),
    ),
    "note": (
        _("1 note sans son appel ou sans son texte"),
        _("%(n)s notes sans leur appel ou sans leur texte"),
    ),
    "hyphen": (
        _("la coupure de 1 mot en fin de ligne (relisez-le)"),
        _("la coupure de %(n)s mots en fin de ligne (relisez-les)"),
    ),
}


@dataclass(slots=True)
class Loss:
    """`before`: the words before the first of its kind; `words`: its own, when they went too."""

    kind: str
    before: str
    words: str
    count: int = 0

    def __str__(self) -> str:
        one, several = KINDS[self.kind]
        said = str(one) if self.count == 1 else str(several) % {"n": self.count}
        if self.words:
            said = _t("%(lost)s « %(words)s »") % {"lost": said, "words": self.words}
        if not self.before:
            return _t("%(lost)s, au début") % {"lost": said}
        return _t("%(lost)s, après « %(words)s »") % {"lost": said, "words": self.before}


@dataclass(slots=True)
class Losses:
    """Told each text and each loss in the order of the text."""

    found: dict[str, Loss] = field(default_factory=dict)
    _passed: str = ""  # the end of what has been read

    def __bool__(self) -> bool:
        return bool(self.found)

    def __str__(self) -> str:
        return " ; ".join(map(str, self.found.values()))

    def passed(self, text: str) -> None:
        self._passed = (self._passed + text[-4 * FEW :])[-4 * FEW :]

    def lose(self, kind: str, words: str = "") -> Loss:
        loss = self.found.get(kind)
        if loss is None:
            loss = Loss(kind, last_words(self._passed), first_words(words))
            self.found[kind] = loss
        loss.count += 1
        return loss

    @property
    def counts(self) -> dict[str, int]:
        return {kind: loss.count for kind, loss in self.found.items()}


def first_words(text: str) -> str:
    words = " ".join(text[: 8 * FEW].split())
    if len(words) <= FEW:
        return words
    cut = words[:FEW]
    return (cut.rpartition(" ")[0] or cut) + "…"


def last_words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= FEW:
        return words
    cut = words[-FEW:]
    return "…" + (cut.partition(" ")[2] or cut)


def said(losses: Iterable[Losses]) -> str:
    """Return the sentence for who has saved the text; empty if nothing was lost."""
    named = " ; ".join(str(each) for each in losses if each)
    return _t("Le texte est enregistré, sauf : %(losses)s.") % {"losses": named} if named else ""


def for_scripts() -> dict[str, Promise]:
    """Return the same words, as the editor says them of what is pasted."""
    words: dict[str, Promise] = {}
    for kind, (one, several) in KINDS.items():
        words[f"lost:{kind}"] = one
        words[f"lost:{kind}s"] = several
    return words
