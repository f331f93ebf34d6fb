"""Editors impose or ban an entry of an article's list. Readers see it at once; the next build keeps to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from readings.models import AlsoViewed, Arm, Choice
from readings.recommendations.building import LENGTH, choices
from readings.recommendations.fallback import filled

if TYPE_CHECKING:
    from authors.models import User


def choose(
    *, article: Article, neighbour: Article, kind: str, reason: str, actor: User | None
) -> Choice:
    """Keep the decision on this entry, in the place of an earlier one."""
    with transaction.atomic():
        choice, _created = Choice.objects.update_or_create(
            article=article,
            neighbour=neighbour,
            defaults={"kind": kind, "reason": reason, "actor": actor, "decided_at": timezone.now()},
        )
        _show(article)
    return choice


def lift(choice: Choice) -> None:
    """Take the decision back; what was banned returns with the next build."""
    with transaction.atomic():
        article = choice.article
        choice.delete()
        _show(article)


def _show(article: Article) -> None:
    """Bring the article's stored lists to the editors' decisions."""
    pinned, banned = choices(article)
    for arm in Arm.values:
        rows = AlsoViewed.objects.filter(article=article, arm=arm)
        found = list(
            rows.exclude(source=AlsoViewed.Source.EDITOR)
            .order_by("rank")
            .values_list("neighbour", "source")
        )
        entries = dict(
            filled(
                article.pk,
                (),
                None,
                pinned=pinned.get(article.pk, ()),
                banned=frozenset(),
                length=LENGTH,
            )
        )
        for neighbour, source in found:
            if neighbour not in banned.get(article.pk, ()):
                entries.setdefault(neighbour, source)
        rows.delete()
        AlsoViewed.objects.bulk_create(
            AlsoViewed(article=article, arm=arm, rank=rank, neighbour_id=neighbour, source=source)
            for rank, (neighbour, source) in enumerate(list(entries.items())[:LENGTH], start=1)
        )
