"""Pages of the site itself."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles import sections
from articles.scoring import PRIOR_MEAN, PRIOR_VOTES
from carevox import front_page, rankings
from carevox.models import SitePage
from carevox.periods import PERIODS, WEEK
from lib import limits
from lib.paging import page_of_list

PAGE_SIZE = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    tops = sections.tree()
    return render(request, "site/home.html", {"is_home": True, "sections": tops, **front_page.content(tops)})


@require_safe
def ranking(request: HttpRequest, ranking: str, period: str = WEEK.slug) -> HttpResponse:
    """Show a list of a period, twenty a page; without a period, that of the week."""
    if period not in PERIODS:
        raise Http404
    shown, during = rankings.RANKINGS[ranking], PERIODS[period]
    page = page_of_list(shown.places(during), key=tuple, after=request.GET.get("apres", ""), before=request.GET.get("avant", ""), size=PAGE_SIZE)
    context = {
        "ranking": shown,
        "period": during,
        "page": page,
        "entries": rankings.entries(shown, page.items, rankings.articles_at(place[2] for place in page.items), page.before + 1),
        "rankings": list(rankings.RANKINGS.values()),
        "periods": list(PERIODS.values()),
        "prior": {"votes": PRIOR_VOTES, "mean": PRIOR_MEAN},
        "longest": rankings.LENGTH,
    }
    return render(request, "site/ranking.html", context)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "site/page.html", {"page": get_object_or_404(SitePage, slug=slug)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what happened and give back what was typed, so that nothing is lost."""
    typed = [value for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and "password" not in name and len(value) > 20]
    return render(request, "csrf_failure.html", {"typed": typed}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the reader's language that the request makes no sense, or is larger than DATA_UPLOAD_MAX_MEMORY_SIZE."""
    too_big = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_big": too_big}, status=413 if too_big else 400)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429 for allauth, which does not say how long its window still runs: five minutes is its longest but one."""
    return limits.too_many(request, retry_after=300)
