"""What a search owes to somebody in danger: the card first, nothing beside it that could harm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from articles.models import Article
from care.cards import all_cards
from care.danger import Called, called_up

MOST_HELP = 10


@dataclass(frozen=True)
class Safety:
    """The cards that a query calls up, the gravest first."""

    called: list[Called]

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


def safety_of(text: str) -> Safety:
    """Return what the words of a query call up. One query at times."""
    return Safety(called_up(text, all_cards(), is_query=True) if text else [])


def help_articles(safety: Safety) -> list[Article]:
    """Return the articles that editors have marked as help, those of the called cards first. One
    query."""
    cards = {called.card.pk for called in safety.called}
    found = Article.objects.published().filter(is_help=True).for_lists().recent()
    articles = sorted(
        found[: 10 * MOST_HELP], key=lambda article: article.care_card_id not in cards
    )
    return articles[:MOST_HELP]
