"""What a visitor has written to react, or to change a reaction, waits while they sign in."""

from __future__ import annotations

from django.http import HttpRequest

from articles.models import Article
from magazine import unsent


def reaction(article: Article) -> str:
    return f"reaction-{article.pk}"


def change(pk: int) -> str:
    return f"change-{pk}"


def keep(request: HttpRequest, name: str) -> None:
    """Keep the text that was sent, and what it answers."""
    if request.POST.get("text", "").strip():
        unsent.keep(
            request,
            name,
            {field: request.POST[field] for field in ("text", "parent") if field in request.POST},
        )
