"""Rows for tests, with what the test says and sensible values for the rest."""

from __future__ import annotations

import io
from functools import cache
from itertools import count
from typing import Any
from unittest import mock

from PIL import Image

from articles import publishing, voting
from articles.models import Article, Source
from authors.models import Author, User
from authors.roles import grant_role
from comments import moderation, posting
from comments.models import Comment
from lib.images import Cleaned, clean_picture, render_widths
from pictures import renditions
from pictures.models import Picture
from taxonomy.models import Section, Tag

numbers = count(1)
PASSWORD = "une phrase assez longue"


def make_user(email: str = "", **fields: Any) -> User:
    return User.objects.create_user(
        email or f"membre{next(numbers)}@example.org", PASSWORD, **fields
    )


def make_author(
    pseudonym: str = "", *, member: bool = False, role: str = Author.Role.READER, **fields: Any
) -> Author:
    pseudonym = pseudonym or f"Plume {next(numbers)}"
    if member:
        fields["user"] = make_user()
    author = Author.objects.create(pseudonym=pseudonym, **fields)
    grant_role(author, role)
    return author


def make_section(name: str = "", parent: Section | None = None, **fields: Any) -> Section:
    return Section.objects.create(name=name or f"Rubrique {next(numbers)}", parent=parent, **fields)


def make_article(*, published: bool = True, **fields: Any) -> Article:
    fields.setdefault("section", Section.objects.first() or make_section("Santé"))
    fields.setdefault(
        "author",
        Author.objects.filter(role=Author.Role.WRITER).first()
        or make_author("Alice", role=Author.Role.WRITER),
    )
    at = fields.pop("published_at", None)
    article = Article.objects.create(
        **{
            "title": f"Un titre {next(numbers)}",
            "body": "<p>Un texte assez long pour être lu.</p>",
            **fields,
        }
    )
    if published:
        publishing.publish(article, actor=None, at=at)
    return article


def make_rating(article: Article, reader: Author | None = None, value: int = 4) -> None:
    voting.cast_rating(article=article, reader=reader or make_author(), value=value)


def make_comment(
    article: Article,
    author: Author | None = None,
    *,
    hidden: bool = False,
    parent: Comment | None = None,
    text: str = "",
) -> Comment:
    comment = posting.post(
        article=article,
        author=author or make_author(),
        text=text or f"Une réaction {next(numbers)}",
        parent=parent,
    )
    if hidden:
        moderation.hide(comment, actor=None, reason="INSULT")
        comment.refresh_from_db()
    return comment


def image_bytes(width: int = 900, height: int = 600, form: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(buffer, form, **options)
    return buffer.getvalue()


def make_long_article(reactions: int = 200, **fields: Any) -> Article:
    """An article as heavy as they come: 20 sources with addresses of 100 characters, a table, 8
    figures, 30 keywords, its reactions."""
    address = "http://www.example.org/2012/09/06/sur-les-reseaux-la-fronde-de-medecins-contre-les-deserts-{:010}"
    picture = make_picture()
    figures = "".join(
        (
            f'<figure><img src="/media/{picture.name}" alt="Figure {n}"><figcaption>'
            f"Légende {n}</figcaption></figure>"
        )
        for n in range(8)
    )
    parts = "".join(f"<h2>Partie {n}</h2><p>{'Un texte qui se lit. ' * 30}</p>" for n in range(6))
    table = (
        "<table><caption>Doses</caption><thead><tr><th scope='col'>Âge</th><th "
        "scope='col'>Dose</th></tr></thead><tbody>"
    )
    table += "<tr><td>1 an</td><td>2 mg</td></tr>" * 10 + "</tbody></table>"
    usual = {
        "title": "Un long article",
        "standfirst": "Le chapô. " * 20,
        "signature": "Alice, pharmacienne.",
        "lead_image": picture,
    }
    article = make_article(
        body=parts + table + figures + f"<p>{address.format(0)}</p>", **{**usual, **fields}
    )
    Source.objects.bulk_create(
        Source(article=article, position=n, url=address.format(n)) for n in range(20)
    )
    article.tags.set(Tag.objects.named([f"mot-clé numéro {n}" for n in range(30)]))
    reader, parent = make_author(), None
    for n in range(reactions):
        text = (
            address.format(n) if n % 20 == 0 else f"Une réaction, la {n}e : merci !"
        )  # the same words twice are one reaction
        comment = make_comment(article, reader, parent=parent if n % 3 else None, text=text)
        parent = comment if n % 3 == 0 else parent
    article.refresh_from_db()
    assert article.comments_count == reactions
    return article


def make_picture(alt: str = "Un dégradé de gris") -> Picture:
    with mock.patch.object(
        renditions, "render_widths", lambda _data, widths: _renditions(tuple(widths))
    ):  # the same for all: drawn once
        picture = renditions.store(_cleaned(), alt=alt, credit="Photo : Alice", licence="CC_BY")
        renditions.make_renditions.func(
            picture.pk
        )  # the job waits for a commit, which a test never makes
    picture.refresh_from_db()
    return picture


@cache
def _cleaned() -> Cleaned:
    return clean_picture(image_bytes())


@cache
def _renditions(widths: tuple[int, ...]) -> list[tuple[int, str, bytes]]:
    return list(render_widths(_cleaned().data, widths=list(widths)))
