"""robots.txt and the sitemaps: an index, the site's own pages, articles by month, news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from articles.sitemaps import entries
from articles.sitemaps.entries import SitemapEntry
from lib.web.http import read_only
from lib.web.languages import in_language
from magazine.models import SitePage

SECONDS_FRESH = 3600
# in every language; a search has one canonical address, and no page links to others
CLOSED = ("/admin/", "/compte/", "/reactions/")
OPEN = ("/compte/login/", "/compte/signup/")


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Allow: {path}" for path in _in_every_language(OPEN)),
        *(f"Disallow: {path}" for path in [*_in_every_language(CLOSED), "/courriels/"]),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _in_every_language(paths: Iterable[str]) -> list[str]:
    return [in_language(path, code) for code, _name in settings.LANGUAGES for path in paths]


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """Name every sitemap. Two queries, five at times."""
    names: list[tuple[str, datetime | None]] = [("pages", None), ("actualites", None)]
    for kind, files in entries.files_of_people_and_words().items():
        names += [(_file(kind, number), None) for number in files]
    for month in entries.months():
        names += [
            (_file(f"articles-{month.name}", number), month.changed_at)
            for number in range(1, month.files + 1)
        ]
    listed = [
        {"url": f"{settings.SITE_URL}{reverse('sitemap_file', args=[name])}", "changed_at": changed}
        for name, changed in names
    ]
    return _answer(request, "articles/sitemap_index.xml", {"sitemaps": listed})


def _file(kind: str, number: int) -> str:
    return kind if number == 1 else f"{kind}-{number}"


@read_only
def pages(request: HttpRequest) -> HttpResponse:
    """List the front page, the sections and the site's own pages. Two queries."""
    sections = entries.sections()
    home = SitemapEntry("/", entries.latest(section.changed_at for section in sections))
    own = [
        SitemapEntry(page.get_absolute_url(), page.updated_at)
        for page in SitePage.objects.only("slug", "updated_at")
    ]
    return _urls(request, [home, *sections, *own])


@read_only
def people_and_words(request: HttpRequest, kind: str, number: str = "1") -> HttpResponse:
    listed = {"auteurs": entries.authors, "mots-cles": entries.tags}[kind]
    return _urls(request, listed(int(number)))


@read_only
def month(request: HttpRequest, year: str, month: str, number: str = "1") -> HttpResponse:
    return _urls(request, entries.of_month(int(year), int(month), int(number)))


@read_only
def news(request: HttpRequest) -> HttpResponse:
    """List the articles of the last 48 hours.

    On a quiet day it is the front page alone, because a sitemap is never empty.
    """
    return _urls(request, entries.news() or [SitemapEntry("/")])


@read_only
def nowhere(request: HttpRequest, name: str) -> HttpResponse:
    """Answer for a sitemap that does not exist, whose address the index uses to name the others."""
    raise Http404


def _urls(request: HttpRequest, listed: list[SitemapEntry]) -> HttpResponse:
    if not listed:
        raise Http404
    return _answer(
        request, "articles/sitemap.xml", {"entries": listed, "language": settings.LANGUAGE_CODE}
    )


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    with timezone.override(settings.TIME_ZONE):
        response = render(request, template, context, content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
