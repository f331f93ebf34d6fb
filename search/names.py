"""Authors and themes whose names have the words of a query: short lists beside the articles."""

from __future__ import annotations

from django.db.models import Count, Q

from articles.models import Article
from authors.models import Author
from lib.french import tokens
from lib.text import name_key
from search.query import Query
from taxonomy.models import Section, Tag

MOST = 50
MOST_AUTHORS = 2000  # those who have published most are looked through


def authors(query: Query) -> list[Author]:
    """Return the published authors whose pseudonym and credentials have all the words, most articles first. One query."""
    wanted, unwanted = query.tokens, {token for clause in query.unwanted for token in clause}
    if not wanted:
        return []
    published = Author.objects.filter(articles_count__gt=0).order_by("-articles_count", "id")[
        :MOST_AUTHORS
    ]
    found = [
        author
        for author in published
        if _has(f"{author.pseudonym} {author.credentials}", wanted, unwanted)
    ]
    return found[:MOST]


def _has(text: str, wanted: set[str], unwanted: set[str]) -> bool:
    there = set(tokens(text))
    return wanted <= there and not unwanted & there


def sections(query: Query, tree: list[Section]) -> list[Section]:
    """Return the sections whose name or description has all the words. No query."""
    unwanted = {token for clause in query.unwanted for token in clause}
    return [
        section
        for section in flat(tree)
        if query.tokens and _has(f"{section.name} {section.description}", query.tokens, unwanted)
    ]


def flat(tree: list[Section]) -> list[Section]:
    """Return the sections of a tree in its order, each before its own."""
    return [section for top in tree for section in (top, *flat(top.subsections))]


def tags(query: Query) -> list[Tag]:
    """Return the keywords in use whose name has all the words, most used first; each with `articles_count`. One query."""
    if not query.tokens:
        return []
    found = Tag.objects.annotate(
        articles_count=Count(
            "uses", filter=Q(uses__content_object__status=Article.Status.PUBLISHED)
        )
    ).filter(articles_count__gt=0)
    for token in query.tokens:
        found = found.filter(key__contains=name_key(token))
    for clause in query.unwanted:
        found = found.exclude(key__contains=name_key("".join(clause)))
    return list(found.order_by("-articles_count", "name")[:MOST])
