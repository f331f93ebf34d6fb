"""The graded questions: the demonstration's articles among others on the same subjects."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.models import Article
from search.answering.nearest import nearest
from search.query import Filters, parse_query
from search.results import PAGE_SIZE, find
from search.spelling import unknown_words
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_section

FOLDER = Path(__file__).with_name("judged")
DEMO = Path(__file__).parent.parent.parent / "demo" / "data" / "articles"
FIRST_SCREEN = 3  # results that a phone of 360 px shows without turning a page
USEFUL = 2  # grade of an article that answers, or answers a good part


@dataclass(frozen=True)
class Judgement:
    """ndcg: of the first five, 0 to 1; is_useful: the first screen has an article that answers."""

    text: str
    ndcg: float
    is_useful: bool
    found: list[str]


def publish_articles() -> dict[int, str]:
    """Publish the hundred articles; return id -> name."""
    texts = {path.stem: _read(path) for path in sorted(DEMO.glob("*.toml"))}
    texts |= _read(FOLDER / "other_articles.toml")
    section, names = make_section("Santé"), {}
    for name, fields in texts.items():
        pseudonym = fields.get("author", "Rédaction")
        author = make_author(pseudonym) if not _known(pseudonym) else _known(pseudonym)
        article = make_article(
            published=True,
            section=section,
            author=author,
            is_help=fields.get("is_help", False),
            **{part: fields.get(part, "") for part in ("title", "kicker", "subtitle")},
            standfirst=fields.get("standfirst", ""),
            body=fields["body"],
        )
        article.tags.set(Tag.objects.named(fields.get("tags", [])))
        names[article.pk] = name
    from search.index import rebuild

    rebuild()
    return names


def _known(pseudonym: str) -> Any:
    return Article.author.field.related_model.objects.filter(pseudonym=pseudonym).first()


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def questions(half: str) -> list[dict[str, Any]]:
    return list(_read(FOLDER / f"questions_{half}.toml")["questions"])


def judge(half: str, names: dict[int, str]) -> list[Judgement]:
    return [_judged(question, names) for question in questions(half)]


def _judged(question: dict[str, Any], names: dict[int, str]) -> Judgement:
    query = parse_query(question["text"])
    results = find(query, Filters())
    hits = results.page.items
    if results.count < PAGE_SIZE:
        hits = nearest(query, Filters(), unknown_words(query)).hits
    found = [names[hit.article.pk] for hit in hits]
    grades = [question["answers"].get(name, 0) for name in found[:5]]
    best = sorted(question["answers"].values(), reverse=True)[:5]
    return Judgement(
        question["text"],
        _gain(grades) / _gain(best),
        any(grade >= USEFUL for grade in grades[:FIRST_SCREEN]),
        found[:5],
    )


def _gain(grades: list[int]) -> float:
    """Return the discounted gain (Järvelin and Kekäläinen 2002), with 2^grade - 1."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def share_useful(judgements: list[Judgement]) -> float:
    return sum(judgement.is_useful for judgement in judgements) / len(judgements)


def mean_ndcg(judgements: list[Judgement]) -> float:
    return sum(judgement.ndcg for judgement in judgements) / len(judgements)
