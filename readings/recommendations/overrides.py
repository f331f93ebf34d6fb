"""Editors impose or ban an entry of an article's list.

Readers see it at once; the next build keeps to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from readings.models import AlsoViewed, Override, Variant
from readings.recommendations.definition import ArticleId

if TYPE_CHECKING:
    from authors.models import User


@dataclass(frozen=True)
class Overrides:
    """Article id -> what editors impose on its list, latest first, and what they ban from it."""

    pinned: Mapping[ArticleId, list[ArticleId]]
    banned: Mapping[ArticleId, frozenset[ArticleId]]


def overrides(article: Article | None = None) -> Overrides:
    """Return the overrides of the article's list, or of all lists. One query."""
    pinned: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    banned: dict[ArticleId, set[ArticleId]] = defaultdict(set)
    rows = Override.objects.filter(neighbour__status=Article.Status.PUBLISHED)
    if article:
        rows = rows.filter(article=article)
    for decided_for, neighbour, kind in rows.order_by("-decided_at", "-pk").values_list(
        "article", "neighbour", "kind"
    ):
        if kind == Override.Kind.PIN:
            pinned[decided_for].append(neighbour)
        else:
            banned[decided_for].add(neighbour)
    return Overrides(pinned, {each: frozenset(others) for each, others in banned.items()})


def set_override(
    *, article: Article, neighbour: Article, kind: str, reason: str, actor: User | None
) -> Override:
    """Keep the decision on this entry, in the place of an earlier one."""
    with transaction.atomic():
        override, _created = Override.objects.update_or_create(
            article=article,
            neighbour=neighbour,
            defaults={"kind": kind, "reason": reason, "actor": actor, "decided_at": timezone.now()},
        )
        _apply(article)
    return override


def lift_override(override: Override) -> None:
    """Take the decision back; what was banned returns with the next build."""
    with transaction.atomic():
        article = override.article
        override.delete()
        _apply(article)


def _apply(article: Article) -> None:
    """Bring the article's stored lists to the editors' decisions."""
    decided = overrides(article)
    banned = decided.banned.get(article.pk, frozenset())
    pinned = decided.pinned.get(article.pk, [])
    for variant in Variant.values:
        rows = AlsoViewed.objects.filter(article=article, variant=variant)
        built = rows.exclude(source=AlsoViewed.Source.EDITOR).order_by("rank")
        entries = dict.fromkeys(pinned, AlsoViewed.Source.EDITOR.value)
        for neighbour, source in built.values_list("neighbour", "source"):
            if neighbour not in banned:
                entries.setdefault(neighbour, source)
        rows.delete()
        AlsoViewed.objects.bulk_create(
            AlsoViewed(
                article=article, variant=variant, rank=rank, neighbour_id=neighbour, source=source
            )
            for rank, (neighbour, source) in enumerate(
                list(entries.items())[: AlsoViewed.STORED], start=1
            )
        )
