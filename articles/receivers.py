"""Texts follow the pictures that they show."""

from __future__ import annotations

from articles.models import Article
from articles.rerender import derive
from pictures import changes
from pictures.models import Picture
from pictures.renditions import USES

USES.append(Article.objects.showing)


@changes.redrawn.receiver
def rerender_texts(picture: Picture) -> None:
    for article in Article.objects.showing_in_text(picture):
        derive(article)
