"""A small magazine for the search; its texts are in `tests/search/corpus.toml`."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from articles import publishing
from articles.models import Article
from authors.models import Author
from taxonomy.models import Section, Tag
from tests.factories import make_article, make_author, make_section

TEXTS = Path(__file__).with_name("corpus.toml")
CREDENTIALS = {"Dr Sauge": "médecin généraliste", "Arc-en-Ciel": "mère de famille"}


def make_corpus() -> dict[str, Article]:
    """Publish the magazine; return name -> article. One draft and one withdrawn article talk of
    « grippe » too."""
    sections = _make_sections()
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    made = {name: _publish(sections, **fields) for name, fields in texts.items()}
    soins = sections["soins"]
    make_article(published=False, section=soins, title="Brouillon sur la grippe")
    publishing.withdraw(
        make_article(section=soins, title="Grippe : article retiré"),
        actor=None,
        reason="Erreur de dose.",
    )
    return made


def _make_sections() -> dict[str, Section]:
    quotidien, soins, famille = (
        make_section("Santé au quotidien"),
        make_section("Médicaments & Soins"),
        make_section("Famille"),
    )
    return {
        "quotidien": quotidien,
        "soins": soins,
        "famille": famille,
        "table": make_section("À table", parent=quotidien),
        "saisons": make_section("Saisons", parent=quotidien),
        "enfants": make_section("Enfants", parent=famille),
    }


def _publish(
    sections: dict[str, Section],
    *,
    section: str,
    author: str,
    day: str,
    tags: list[str] | None = None,
    **texts: Any,
) -> Article:
    writer = Author.objects.filter(pseudonym=author).first() or make_author(
        author, role=Author.Role.WRITER, credentials=CREDENTIALS.get(author, "")
    )
    article = make_article(published=False, section=sections[section], author=writer, **texts)
    article.tags.set(Tag.objects.named(tags or []))
    publishing.publish(article, actor=None, at=datetime.fromisoformat(f"{day}T08:00+00:00"))
    return article
