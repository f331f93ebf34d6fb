"""What only the operator knows of the site, asked once and set into the site's own pages.

A page names a fact in braces: « Ce site est hébergé par {hébergeur}. » A sentence whose fact nobody
has given yet is left out, and with it the paragraph, the list and the heading that it leaves empty.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField, MailAddressField, PlainTextField
from lib.html.tree import TAG, VOID, Element, Node, elements, is_blank, parse, serialise

NAMES = {
    "éditeur": "publisher",
    "siège": "publisher_address",
    "immatriculation": "publisher_registration",
    "téléphone": "publisher_phone",
    "courriel": "publisher_email",
    "direction": "publication_director",
    "hébergeur": "host",
    "financement": "funding",
    "comité": "editorial_board",
}
OPTIONAL = {"publisher_registration"}  # not every publisher has one
NAMED = re.compile(r"\{([^{}<>\n]{1,40})\}")
# Words before a point that ends no sentence; nor does one after a lone capital, or before what goes
# on in small letters. In doubt two sentences are one, for both out is better than half of one left.
SHORTENED = (
    "adj art assoc av bd cap chap cf dir dr éd ex me mlle mm mme mr pr prés réf resp soc tél"
)
SENTENCE = re.compile(
    r".*?(?<!\b[A-ZÀ-ÞŒ])"
    + "".join(rf"(?<!\b(?i:{word}))" for word in SHORTENED.split())
    + r"[.!?…](?:</[a-z]+>)*(?:\s++(?!(?:<[^>]*>)*[a-zß-ÿœ0-9(])|$)|.+$",
    re.DOTALL,
)
HEADINGS = ("h2", "h3", "h4")
HOLDS_TEXT = {*HEADINGS, "p", "li", "dt", "dd", "td", "th", "figcaption", "caption"}
HOLDS_BLOCKS = {"ul", "ol", "dl", "table", "tbody", "thead", "tr", "figure", "blockquote"}


class Facts(models.Model):
    """The columns of these facts; an empty one is not known yet."""

    publisher = LineField(
        _("éditeur"),
        max_length=200,
        blank=True,
        help_text=_("Nom ou raison sociale ; forme juridique et capital s’il y en a."),
    )
    publisher_address = LineField(_("adresse du siège"), max_length=300, blank=True)
    publisher_registration = LineField(
        _("immatriculation"),
        max_length=120,
        blank=True,
        help_text=_("Numéro au RCS ou au répertoire des associations, s’il y en a un."),
    )
    publisher_phone = LineField(_("téléphone"), max_length=40, blank=True)
    publisher_email = MailAddressField(
        _("adresse e-mail publique"),
        blank=True,
        help_text=_("Écrite dans les pages « Contact » et « Mentions légales »."),
    )
    publication_director = LineField(
        _("direction de la publication"),
        max_length=120,
        blank=True,
        help_text=_("Le nom de la directrice ou du directeur."),
    )
    host = PlainTextField(
        _("hébergeur"), max_length=500, blank=True, help_text=_("Nom, adresse et téléphone.")
    )
    funding = PlainTextField(
        _("financement"),
        max_length=2000,
        blank=True,
        help_text=_(
            "Qui paie l’hébergement et le travail, quels dons ou subventions, de qui, combien, "
            "et pour quelle année."
        ),
    )
    editorial_board = PlainTextField(
        _("comité de rédaction"),
        max_length=4000,
        blank=True,
        help_text=_("Une ligne par membre : nom, profession, liens d’intérêts."),
    )

    class Meta:
        abstract = True

    @property
    def missing(self) -> list[models.Field[Any, Any]]:
        """Return the fields that nobody has filled in and that a site needs before it opens."""
        needed = [name for name in NAMES.values() if name not in OPTIONAL]
        fields = {field.name: field for field in self._meta.fields}
        return [fields[name] for name in needed if not getattr(self, name)]

    def filled(self, html: str) -> str:
        """Return the clean HTML of a page with its facts in place, what has none left out."""
        if not NAMED.search(html):
            return html
        root = parse(html)
        blocks = [block for block in elements(root) if _is_innermost(block)]
        gaps = [block for block in blocks if self._fill(block)]
        if gaps:
            _leave_out_empty(root)
        return serialise(root)

    def _fill(self, block: Element) -> bool:
        """Put facts into the block; tell whether one is missing and its sentence left out."""
        html = serialise(Element("", block.children))
        sentences = SENTENCE.findall(html)
        kept = [sentence for sentence in sentences if not self._lacks(sentence)]
        if any(not _is_whole(sentence) for sentence in sentences if self._lacks(sentence)):
            kept = []
        block.children = parse("".join(map(self._told, kept)).rstrip()).children
        return len(kept) < len(sentences)

    def _lacks(self, html: str) -> bool:
        return any(name in NAMES and not self._value(name) for name in named_in(html))

    def _told(self, html: str) -> str:
        pieces = TAG.split(html)
        return "".join(piece if piece.startswith("<") else self._set(piece) for piece in pieces)

    def _set(self, text: str) -> str:
        def fact(match: re.Match[str]) -> str:
            lines = self._value(match[1]).splitlines()
            return "<br>".join(map(escape, lines)) if match[1] in NAMES else match[0]

        return NAMED.sub(fact, text)

    def _value(self, name: str) -> str:
        return str(getattr(self, NAMES[name])) if name in NAMES else ""


def named_in(html: str) -> list[str]:
    """Return what stands in braces in the text of this HTML, each once."""
    pieces = (piece for piece in TAG.split(html) if not piece.startswith("<"))
    return list(dict.fromkeys(name for piece in pieces for name in NAMED.findall(piece)))


def _is_innermost(block: Element) -> bool:
    return block.tag in HOLDS_TEXT and not any(
        inner.tag in HOLDS_TEXT | HOLDS_BLOCKS for inner in elements(block)
    )


def _is_whole(sentence: str) -> bool:
    """Tell whether every element that begins in the sentence ends there."""
    tags = [tag for tag in TAG.findall(sentence) if tag[1:-1].partition(" ")[0] not in VOID]
    return sum(-1 if tag.startswith("</") else 1 for tag in tags) == 0


def _leave_out_empty(root: Element) -> None:
    """Remove blocks without content, innermost first, then headings with nothing below them."""
    for element in reversed(list(elements(root))):
        removable = element.tag in HOLDS_TEXT | HOLDS_BLOCKS and element.tag not in {"td", "th"}
        if removable and all(_level(child) is None for child in element.children):
            element.replace_with()
    depth_below = 0  # of the next thing that stays; text counts as deeper than any heading
    for node in reversed(root.children):
        level = _level(node)
        if level is None:
            continue
        if level > len(HEADINGS) or level < depth_below:
            depth_below = level
        elif isinstance(node, Element):
            node.replace_with()


def _level(node: Node) -> int | None:
    """Return the level of a heading, one more than the deepest for content, None for nothing."""
    if is_blank(node) or (isinstance(node, Element) and not node.tag and not node.children):
        return None
    if isinstance(node, Element) and node.tag in HEADINGS:
        return HEADINGS.index(node.tag) + 1
    return len(HEADINGS) + 1
