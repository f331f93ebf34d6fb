from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from authors.models import Author
from lib.paging import page_of
from lib.web import living
from lib.web.http import read_only

PAGE_SIZE = 20
INDEX_SIZE = 60


@read_only
def author_index(request: HttpRequest) -> HttpResponse:
    """List those who have published, by name."""
    keys = ("pseudonym_key", "id")
    authors = Author.objects.active().only(
        "pseudonym", "pseudonym_key", "slug", "articles_count", "role", "credentials"
    )
    page = page_of(
        authors,
        keys=keys,
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=INDEX_SIZE,
    )
    return render(request, "authors/author_index.html", {"page": page})


def author_address(slug: str) -> str:
    return get_object_or_404(Author, slug=slug).get_absolute_url()


@living.lives(author_address)
@read_only
def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author, slug=slug)
    articles = author.articles.published().for_lists()
    page = page_of(
        articles,
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=PAGE_SIZE,
    )
    return render(request, "authors/author_detail.html", {"author": author, "page": page})
