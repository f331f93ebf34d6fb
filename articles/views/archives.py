"""The archives, month by month."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles import archives
from articles.archives import Month
from articles.views import places
from lib.paging import page_of
from lib.web import living
from lib.web.http import read_only

PAGE_SIZE = 20


@read_only
def index(request: HttpRequest) -> HttpResponse:
    years = [
        {"year": year, "months": list(months)}
        for year, months in groupby(archives.months(), key=lambda month: month.year)
    ]
    return render(request, "articles/archives.html", {"years": years})


@living.lives(places.month)
@read_only
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """Show what a month has published.

    One without an article does not exist, so that nobody walks on for ever.
    """
    shown = Month(int(year), int(month))
    page = page_of(
        shown.articles.for_lists(),
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=PAGE_SIZE,
    )
    if not page.items:
        raise Http404
    context = {
        "month": shown,
        "page": page,
        "earlier": archives.before(shown),
        "later": archives.after(shown),
    }
    return render(request, "articles/month.html", context)
