"""What the front page shows: what the editors chose, filled up by the newest.

Six queries with the frame, whatever the size of the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Value
from django.utils import timezone

from articles.models import Article
from frontpage import rankings
from frontpage.models import FrontPageSlot
from frontpage.periods import MONTH, YEAR, Period
from lib.cached import cached
from taxonomy.models import Section

LATEST = 60  # enough to fill the blocks of all sections on a living site
SELECTED = 4
PER_SECTION = 3
RANKED = 4
SPARE = 2  # for articles withdrawn since the lists were made
Row = tuple[str, int, int, int]  # what the article is there for, two numbers that order it, its id


def content(tops: list[Section], at: datetime | None = None) -> dict[str, Any]:
    """Return lead, selection, blocks by section and the three rankings, as they are at that time.

    Three queries.
    """
    latest = list(Article.objects.published().recent().for_lists()[:LATEST])
    period = _period(latest)
    slots, heads = _rows(at or timezone.now(), period)
    articles = rankings.articles_at([row[3] for row in [*slots, *heads]], latest)
    lead, selection, chosen = _chosen(slots, articles, latest)
    rest = _without(latest, [lead, *selection])
    return {
        "lead": lead,
        "selection": selection,
        "is_chosen": chosen,
        "blocks": [block for top in tops if (block := _block(top, rest))["articles"]],
        "rankings": _rankings(heads, period, articles),
    }


def _period(latest: list[Article]) -> Period:
    """Return the month, the year on a site that publishes too little for the lists of a month."""
    start = MONTH.start()
    recent = [
        article
        for article in latest
        if article.published_at and start and article.published_at >= start
    ]
    return MONTH if len(recent) >= 2 * RANKED else YEAR


def _rows(at: datetime, period: Period) -> tuple[list[Row], list[Row]]:
    """Return what the editors have chosen and the heads of the lists.

    One query for both when the heads are to be made anew.
    """
    shown = FrontPageSlot.objects.shown_at(at).order_by()
    wanted = shown.annotate(
        kind=F("place"), first=F("position"), second=F("id"), shown=F("article")
    ).values_list("kind", "first", "second", "shown")
    slots: list[Row] | None = None

    def compute() -> list[Row]:
        nonlocal slots
        heads = [
            head.annotate(kind=Value(slug, CharField())).values_list(
                "kind", "first", "second", "shown"
            )
            for slug, head in rankings.heads(period, RANKED + SPARE).items()
        ]
        rows = list(wanted.union(*heads, all=True))
        slots = [row for row in rows if row[0] in FrontPageSlot.Place.values]
        return [row for row in rows if row[0] in rankings.RANKINGS]

    heads = cached(f"front-page:{period.slug}", compute)
    return sorted(list(wanted) if slots is None else slots, key=lambda row: row[1:]), heads


def _chosen(
    slots: list[Row], articles: dict[int, Article], latest: list[Article]
) -> tuple[Article | None, list[Article], bool]:
    """Return the lead, the selection, and whether editors had a hand in the selection."""
    placed = {
        place: [articles[row[3]] for row in slots if row[0] == place and row[3] in articles]
        for place in FrontPageSlot.Place.values
    }
    picked = placed[FrontPageSlot.Place.SELECTION]
    lead = next(iter(placed[FrontPageSlot.Place.LEAD]), None)
    if lead is None:
        free = _without(latest, picked) or latest
        lead = next(
            (article for article in free if article.lead_image_id), free[0] if free else None
        )
    chosen = _without(picked, [lead])[:SELECTED]
    filling = _without(latest, [lead, *chosen])
    return lead, [*chosen, *filling[: SELECTED - len(chosen)]], bool(chosen)


def _without(articles: Iterable[Article], others: Iterable[Article | None]) -> list[Article]:
    """Return the articles once each, in order, save the others."""
    left_out = {article.pk for article in others if article}
    return [
        article
        for article in {article.pk: article for article in articles}.values()
        if article.pk not in left_out
    ]


def _block(top: Section, articles: list[Article]) -> dict[str, Any]:
    own = [article for article in articles if article.section.top_path == top.path][:PER_SECTION]
    return {"section": top, "articles": own, "first": own[0] if own else None, "others": own[1:]}


def _rankings(
    heads: list[Row], period: Period, articles: dict[int, Article]
) -> list[dict[str, Any]]:
    lists = []
    for ranking in rankings.RANKINGS.values():
        places = sorted(
            (ranking.place(*row[1:]) for row in heads if row[0] == ranking.slug), reverse=True
        )
        if entries := rankings.entries(ranking, places, articles)[:RANKED]:
            lists.append({"ranking": ranking, "period": period, "entries": entries})
    return lists
