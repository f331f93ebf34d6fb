"""Pages of the site itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.scoring import PRIOR_MEAN, PRIOR_VOTES
from frontpage import content, rankings
from frontpage.periods import PERIODS, WEEK
from lib.paging import page_of_list
from lib.web import living
from lib.web.http import read_only
from taxonomy import sections

PAGE_SIZE = 20


@read_only
def home(request: HttpRequest) -> HttpResponse:
    tops = sections.tree()
    return render(
        request, "frontpage/home.html", {"is_home": True, "sections": tops, **content.content(tops)}
    )


def ranking_address(ranking: str, period: str = "") -> str | None:
    if not period:
        return reverse(ranking)
    return reverse(f"{ranking}-period", args=[period]) if period in PERIODS else None


@living.lives(ranking_address)
@read_only
def ranking(request: HttpRequest, ranking: str, period: str = WEEK.slug) -> HttpResponse:
    """Show a list of a period, twenty a page; without a period, that of the week."""
    if period not in PERIODS:
        raise Http404
    shown, during = rankings.RANKINGS[ranking], PERIODS[period]
    page = page_of_list(
        shown.places(during),
        key=tuple,
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=PAGE_SIZE,
    )
    context = {
        "ranking": shown,
        "period": during,
        "page": page,
        "entries": rankings.entries(
            shown,
            page.items,
            rankings.articles_at(place[2] for place in page.items),
            page.before + 1,
        ),
        "rankings": list(rankings.RANKINGS.values()),
        "periods": list(PERIODS.values()),
        "prior": {"votes": PRIOR_VOTES, "mean": PRIOR_MEAN},
        "longest": rankings.LENGTH,
    }
    return render(request, "frontpage/ranking.html", context)
