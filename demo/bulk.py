"""A site of any size for benchmarks: rows in bulk, counters by the definitions of everywhere."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, islice
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Aggregate, Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from tqdm import tqdm

from articles.models import Article, Rating, TaggedArticle
from authors.models import Author
from comments.models import Comment
from finding import index as finding
from search import index
from taxonomy.models import Section, Tag

BATCH = 5000
T = TypeVar("T", bound=models.Model)
WORDS = [
    "santé",
    "sommeil",
    "enfant",
    "hôpital",
    "médecin",
    "vaccin",
    "douleur",
    "pharmacie",
    "allergie",
    "repas",
    "soin",
    "patient",
    "étude",
    "risque",
    "marche",
    "hiver",
    "école",
    "famille",
    "nuit",
    "peau",
]
# Rarer words, as a language has them: the nth stands n times less often than the first (Zipf), down
# to one article in thousands.
SYLLABLES = [
    first + vowel for first in "bcdfglmnprstv" for vowel in ("a", "é", "i", "o", "u", "an")
]
RARE_WORDS = [
    "".join(SYLLABLES[part % len(SYLLABLES)] for part in (n, n // len(SYLLABLES), n * 7))
    for n in range(len(SYLLABLES), 20_000)
]
HOW_OFTEN = list(accumulate(1 / n for n in range(1, len(RARE_WORDS) + 1)))
WORDS_EACH = 2  # of 60 in a paragraph: half of the articles have a given one of WORDS


@dataclass(frozen=True)
class Size:
    articles: int
    readers: int
    comments: int
    ratings: int

    def __str__(self) -> str:
        return (
            f"{self.articles} articles, {self.readers} readers,"
            f" {self.comments} comments, {self.ratings} ratings"
        )


def build(size: Size, *, seed: int) -> Size:
    """Make the site; the same size and seed give the same rows on an empty database.

    Memory does not grow with the size.
    """
    chance = random.Random(seed)  # noqa: S311
    sections = _sections()
    authors = _insert(_authors(size.readers, seed), size.readers, "authors")
    articles = _insert(
        _articles(size.articles, sections, authors, chance), size.articles, "articles"
    )
    _insert(_uses(articles, _tags(), chance), None, "keywords")
    _insert(_ratings(size.ratings, articles, authors, chance), None, "ratings")
    _insert(_comments(size.comments, articles, authors, chance), None, "comments")
    _count()
    with tqdm(total=size.articles, desc="search", unit="row", disable=None) as progress:
        index.rebuild(progress=progress.update)
    with tqdm(desc="lists of the admin", unit="row", disable=None) as progress:
        finding.rebuild(progress=progress.update)
    return size


def _insert(rows: Iterable[T], total: int | None, what: str) -> list[int]:
    """Insert in batches; return the ids."""
    ids: list[int] = []
    source = iter(rows)
    with tqdm(total=total, desc=what, unit="row", disable=None) as progress:
        while batch := list(islice(source, BATCH)):
            ids += [row.pk for row in type(batch[0])._default_manager.bulk_create(batch)]
            progress.update(len(batch))
    return ids


def _sections() -> list[int]:
    tops = [
        Section.objects.get_or_create(name=f"Grande rubrique {n}", parent=None)[0]
        for n in range(1, 6)
    ]
    return [
        Section.objects.get_or_create(name=f"Rubrique {n}", parent=top)[0].pk
        for top in tops
        for n in range(1, 5)
    ]


def _tags() -> list[int]:
    return [
        tag.pk
        for tag in Tag.objects.named(f"{first} {second}" for first in WORDS for second in WORDS[:5])
    ]


def _authors(count: int, seed: int) -> Iterator[Author]:
    for n in range(count):
        name = f"Lecteur {seed} {n}"
        yield Author(
            pseudonym=name,
            pseudonym_key=f"lecteur{seed}x{n}",
            slug=f"lecteur-{seed}-{n}",
            role=Author.Role.WRITER if n % 10 == 0 else Author.Role.READER,
        )


def _articles(
    count: int, sections: list[int], authors: list[int], chance: random.Random
) -> Iterator[Article]:
    now = timezone.now()
    writers = authors[::10]
    for n in range(count):
        title = f"{' '.join([*chance.choices(WORDS, k=3), *_rare(chance, 2)]).capitalize()} {n}"
        body = "".join(f"<p>{' '.join(_sentence(chance))}.</p>" for _paragraph in range(6))
        at = now - timedelta(minutes=15 * (count - n))
        article = Article(
            section_id=chance.choice(sections),
            author_id=chance.choice(writers),
            title=title,
            standfirst=" ".join([*chance.choices(WORDS, k=2), *_rare(chance, 23)]),
            body=body,
            status=Article.Status.PUBLISHED,
            published_at=at,
            created_at=at,
        )
        article.slug = article.slug_from_title()
        article.body_html, article.words_count = body, 360
        yield article


def _sentence(chance: random.Random) -> list[str]:
    return [*chance.choices(WORDS, k=WORDS_EACH), *_rare(chance, 60 - WORDS_EACH)]


def _rare(chance: random.Random, count: int) -> list[str]:
    return chance.choices(RARE_WORDS, cum_weights=HOW_OFTEN, k=count)


def _uses(articles: list[int], tags: list[int], chance: random.Random) -> Iterator[TaggedArticle]:
    for article in articles:
        for tag in chance.sample(tags, 3):
            yield TaggedArticle(content_object_id=article, tag_id=tag)


def _ratings(
    count: int, articles: list[int], authors: list[int], chance: random.Random
) -> Iterator[Rating]:
    """Spread the ratings over articles, each reader once an article."""
    for n in range(count):
        article, turn = articles[n % len(articles)], n // len(articles)
        if turn >= len(authors):
            return
        yield Rating(
            article_id=article,
            reader_id=authors[(article + turn) % len(authors)],
            value=chance.randint(1, 5),
        )


def _comments(
    count: int, articles: list[int], authors: list[int], chance: random.Random
) -> Iterator[Comment]:
    """Half of the reactions answer the one before."""
    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    comment: Comment | None = None
    for n in range(count):
        parent = comment if n % 2 else None
        pk, article = (
            first + n,
            parent.article_id if parent else articles[int(len(articles) * chance.random() ** 2)],
        )
        text = " ".join(chance.choices(WORDS, k=20))
        comment = Comment(
            pk=pk,
            article_id=article,
            author_id=chance.choice(authors),
            parent=parent,
            text=text,
            html=f"<p>{text}</p>",
        )
        comment.path = (parent.path if parent else "") + f"{pk:0{Comment.PATH_STEP}x}"
        yield comment


def _count() -> None:
    """Bring every counter to its rows in one statement a table.

    No lock is taken: nobody else writes to a site that is being made.
    """
    for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    votes = Rating.objects.filter(article=OuterRef("pk"))
    visible = Comment.objects.visible()
    published = Article.objects.published().filter(author=OuterRef("pk"))
    Article.objects.update(
        ratings_count=_sub(votes, "article", Count("pk")),
        ratings_sum=_sub(votes, "article", Sum("value")),
        comments_count=_sub(visible.filter(article=OuterRef("pk")), "article", Count("pk")),
    )
    Author.objects.update(
        articles_count=_sub(published, "author", Count("pk")),
        ratings_count=_sub(published, "author", Sum("ratings_count")),
        ratings_sum=_sub(published, "author", Sum("ratings_sum")),
        comments_count=_sub(visible.filter(author=OuterRef("pk")), "author", Count("pk")),
    )


def _sub(rows: models.QuerySet[Any], by: str, number: Aggregate) -> Coalesce:
    return Coalesce(
        Subquery(rows.order_by().values(by).annotate(number=number).values("number")), 0
    )
