"""Authors and themes whose names have the words of a query: short lists beside the articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, TaggedArticle
from authors.models import Author
from lib.french.compounds import wholes
from lib.french.stems import IRREGULAR_STEMS
from lib.french.words import common_words, composed, tokens
from lib.text import keyword_key, name_key
from search.query import Clause, Query
from taxonomy.models import Section, Tag
from taxonomy.sections import flattened

MOST = 50
MOST_AUTHORS = 2000  # those who have published most are looked through
MOST_TAGS = 2000  # of those whose key has the first letters, the most used
FIRST_LETTERS = 2
MOST_NAMED, MOST_MATCHES = 3, 6
MOST_WORDS, LONGEST_NAME = 12, 4  # of a query that are tried as names; words of a name


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


@dataclass(frozen=True)
class Match:
    """A subject or a person whose whole name stands in a query; kind: what it is, for the eye."""

    kind: str | Promise
    name: str
    address: str


def of_the_name(query: Query, tree: list[Section]) -> list[Match]:
    """Return the sections, keywords and authors whose whole name is a word of the query or some
    that follow each other, at most six. Two queries."""
    runs = _runs(query.text.split())
    if not runs:
        return []
    names, keywords = {name_key(run) for run in runs}, {keyword_key(run) for run in runs}
    used = TaggedArticle.objects.filter(
        tag=OuterRef("pk"), content_object__status=Article.Status.PUBLISHED
    )
    found_tags = Tag.objects.filter(Exists(used), key__in=keywords - {""}).order_by("name")
    writers = Author.objects.filter(articles_count__gt=0, pseudonym_key__in=names - {""})
    return [
        *(
            Match(_("Rubrique"), section.name, section.get_absolute_url())
            for section in flattened(tree)
            if name_key(section.name) in names
        ),
        *(Match(_("Mot-clé"), tag.name, tag.get_absolute_url()) for tag in found_tags[:MOST_NAMED]),
        *(
            Match(_("Auteur"), author.pseudonym, author.get_absolute_url())
            for author in writers.order_by("-articles_count", "id")[:MOST_NAMED]
        ),
    ][:MOST_MATCHES]


def _runs(words: list[str]) -> list[str]:
    """Return what up to LONGEST_NAME words that follow each other say."""
    words = words[:MOST_WORDS]
    return [
        " ".join(words[start : start + size])
        for size in range(1, LONGEST_NAME + 1)
        for start in range(len(words) - size + 1)
    ]
