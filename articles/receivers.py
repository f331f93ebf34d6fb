"""Texts follow the pictures that they show."""

from __future__ import annotations

from articles.rerender import derive
from pictures import changes
from pictures.models import Picture


@changes.redrawn.receiver
def rerender_texts(picture: Picture) -> None:
    for article in picture.articles.all():
        derive(article)
