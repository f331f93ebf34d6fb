"""What the house proposes to the editors of an article: a care card, the flag « sujet sensible ».

Nothing of it is set unseen: whole sections once wore a card that belonged to one article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Article
from care.cards import all_cards
from care.danger import called_up
from care.models import CareCard
from taxonomy.models import Section, Tag


@dataclass(frozen=True)
class Proposals:
    """cards: those that the article may need, the likeliest first; is_sensitive: its subject asks
    for care."""

    cards: list[CareCard]
    is_sensitive: bool

    def left_open(self, article: Article) -> list[CareCard]:
        """Return the cards that an editor has still to decide about: none once one is chosen."""
        return [] if article.care_card_id else self.cards


def proposals(article: Article, tags: Iterable[Tag]) -> Proposals:
    """Return what the words of the head, the keywords and the section propose.

    Three queries; one more for each level of sections.
    """
    tags = list(tags)
    head = (article.kicker, article.title, article.subtitle, article.standfirst)
    words = " . ".join([*head, *(tag.name for tag in tags)])
    by_words = [called.card for called in called_up(words, all_cards())]
    by_tags = CareCard.objects.in_order().filter(tags__in=[tag.pk for tag in tags if tag.pk])
    cards = {card.pk: card for card in [*by_words, *by_tags, *_of_section(article.section)]}
    return Proposals(list(cards.values()), any(card.is_sensitive for card in by_words))


def _of_section(section: Section | None) -> list[CareCard]:
    """Return the card of the nearest section that has one."""
    while section is not None:
        if section.care_card:
            return [section.care_card]
        section = section.parent
    return []
