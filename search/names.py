"""Authors and themes whose names have the words of a query: short lists beside the articles."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Count, Q

from articles.models import Article
from authors.models import Author
from lib.french.compounds import wholes
from lib.french.stems import IRREGULAR_STEMS
from lib.french.words import common_words, composed, tokens
from search.query import Clause, Query
from taxonomy.models import Section, Tag
from taxonomy.sections import flattened

MOST = 50
MOST_AUTHORS = 2000  # those who have published most are looked through
MOST_TAGS = 2000  # of those whose key has the first letters, the most used
FIRST_LETTERS = 2


def authors(query: Query) -> list[Author]:
    """Return the published authors whose pseudonym and credentials have all the words, most
    articles first. One query."""
    if not query.required:
        return []
    published = Author.objects.filter(articles_count__gt=0).order_by("-articles_count", "id")
    found = [
        author
        for author in published[:MOST_AUTHORS]
        if _matches(f"{author.pseudonym} {author.credentials}", query)
    ]
    return found[:MOST]


def sections(query: Query, tree: list[Section]) -> list[Section]:
    """Return the sections whose name or description has all the words. No query."""
    if not query.required:
        return []
    return [
        section
        for section in flattened(tree)
        if _matches(f"{section.name} {section.description}", query)
    ]


def _matches(text: str, query: Query) -> bool:
    text = composed(text)
    beside = (word.token for words in (common_words, wholes) for word in words(text))
    return query.matches({*tokens(text), *beside})


def tags(query: Query) -> list[Tag]:
    """Return the keywords in use whose name has all the words, most used first; each with
    `articles_count`. One query."""
    if not query.required:
        return []
    published = Q(uses__content_object__status=Article.Status.PUBLISHED)
    counted = Tag.objects.annotate(articles_count=Count("uses", filter=published))
    used = counted.filter(articles_count__gt=0).order_by("-articles_count", "name")
    for clause in query.required:
        used = used.filter(_may_have(clause))
    return [tag for tag in used[:MOST_TAGS] if _matches(tag.name, query)][:MOST]


def _may_have(clause: Clause) -> Q:
    """Return what finds the keys that have the first letters of the words, where the forms of a
    word have these in common."""
    ways = (
        Q(
            *(
                Q(key__contains=token[:FIRST_LETTERS])
                for token in way
                if token.isalpha() and token not in IRREGULAR_STEMS
            )
        )
        for way in clause
    )
    return reduce(or_, ways)
