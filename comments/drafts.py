"""What a visitor has written to react, or to change a reaction, waits while they sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Article
from magazine import unsent


def reaction(article: Article) -> str:
    return f"reaction-{article.pk}"


def change(pk: int) -> str:
    return f"change-{pk}"


def sign_in_first(request: HttpRequest, name: str, back: str) -> HttpResponse:
    """Keep the text that was sent, and what it answers, while its author signs in."""
    fields = {}
    if request.POST.get("text", "").strip():
        fields = {field: request.POST.get(field, "") for field in ("text", "parent")}
    return unsent.sign_in_first(request, name, fields, back)
