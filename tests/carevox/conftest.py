"""A whole article, for what is tried in both languages."""

import pytest

from articles.models import Source
from taxonomy.models import Tag
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)


@pytest.fixture
def article(db):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins", colour="care"))
    author = make_author(
        "Alice", role="WRITER", biography="Elle écrit depuis toujours.", credentials="pharmacienne"
    )
    body = "<p>Une étude : oui !</p>" + "".join(
        f"<h2>Partie {n}</h2><p>Du texte.</p>" for n in range(4)
    )
    words = {
        "kicker": "Un surtitre",
        "subtitle": "Un sous-titre",
        "standfirst": "Le chapô de l’article !",
        "signature": "Alice, pharmacienne.",
    }
    article = make_article(
        section=section,
        author=author,
        title="Vraiment utile ?",
        body=body,
        lead_image=make_picture(),
        **words,
    )
    Source.objects.create(
        article=article,
        url="https://example.org/a",
        title="Une étude française",
        publisher="Éditeur",
    )
    article.tags.set(Tag.objects.named(["santé publique"]))
    for _n in range(3):
        make_rating(article)
    reply = make_comment(article, text="Une réaction : merci !")
    make_comment(article, parent=reply)
    make_comment(article, hidden=True)
    return article
