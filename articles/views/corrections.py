"""The corrections that readers are owed, of all articles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Correction
from lib.paging import page_of
from lib.web.http import read_only

PAGE_SIZE = 30


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """Show precisions and errors, the latest first. One query for the list."""
    known = Correction.objects.public().select_related("article__section")
    page = page_of(
        known.only(
            *("kind", "words", "corrected_at"),
            *("article__slug", "article__title", "article__section__path"),
        ),
        keys=("-corrected_at", "-id"),
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=PAGE_SIZE,
    )
    return render(request, "articles/corrections.html", {"page": page})
