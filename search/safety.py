"""What a search owes to somebody in danger: the card first, nothing beside it that could harm."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from articles.models import Article
from care.cards import all_cards
from care.danger import Called, called_up, says_any
from care.models import HelpLine

MOST_HELP = 10
NUMBER = re.compile(r"\d(?:[ .]?\d)+")
SHORTEST_AMONG_WORDS = 4  # digits: « 15 ans » asks for no number, « le 3919 » does


@dataclass(frozen=True)
class Safety:
    """The cards that a query calls up, the gravest first, and the numbers of help that it names."""

    called: list[Called]
    lines: list[HelpLine] = field(default_factory=list)

    @property
    def has_answer(self) -> bool:
        return bool(self.called or self.lines)

    @property
    def stands_first(self) -> bool:
        """Tell whether the answer stands before everything else on the page."""
        return self.is_urgent or bool(self.lines)

    @cached_property
    def is_urgent(self) -> bool:
        return any(not called.is_calm for called in self.called)

    @cached_property
    def is_guarded(self) -> bool:
        """Tell whether only articles of help may follow: a method must not be found here."""
        return any(called.card.is_guarded and not called.is_calm for called in self.called)

    @cached_property
    def is_discreet(self) -> bool:
        """Tell whether somebody may be looking over the shoulder: the page can be left at once."""
        return any(called.card.is_discreet for called in self.called)


def safety_of(text: str, *, is_finished: bool = True) -> Safety:
    """Return what the words of a query call up. Two queries at times.

    Of one that is being typed only what it says is read, neither what it is like nor numbers: a
    card must not come and go with each letter.
    """
    if not text:
        return Safety([])
    called = called_up(text, all_cards(), is_query=is_finished)
    return Safety(called, _named_lines(text) if is_finished else [])


def _named_lines(text: str) -> list[HelpLine]:
    """Return the numbers of help that are named: « 3919 », « appeler le 15 ». One query if there is
    a number in the text."""
    few_words = len(text.split()) <= 2
    named = {
        number
        for found in NUMBER.findall(text)
        if len(number := re.sub(r"\D", "", found)) >= SHORTEST_AMONG_WORDS or few_words
    }
    if not named:
        return []
    return [line for line in HelpLine.objects.all() if line.number.replace(" ", "") in named]


def help_articles(safety: Safety, text: str) -> list[Article]:
    """Return the articles that editors have marked as help, those of the called cards first. One
    query.

    Nothing on dark thoughts for a toddler and the bleach: where no card is of the mind, only
    articles that are not sensitive, unless the text names what people take, and no mishap.
    """
    cards = {called.card.pk for called in safety.called}
    found = Article.objects.published().filter(is_help=True).for_lists().recent()
    of_the_mind = any(called.card.is_sensitive for called in safety.called)
    is_taken = says_any(text, "@médicament/@drogue/@alcool/overdose/dose/coma")
    if not of_the_mind and (not is_taken or says_any(text, "@bébé/petit/petite/trompe/erreur")):
        found = found.filter(is_sensitive=False)
    articles = sorted(
        found[: 10 * MOST_HELP], key=lambda article: article.care_card_id not in cards
    )
    return articles[:MOST_HELP]
