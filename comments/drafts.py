"""A reaction that waits in the session while its author signs in."""

from __future__ import annotations

from django.http import HttpRequest

from articles.models import Article
from comments.models import Comment


def _key(article: Article) -> str:
    return f"reaction-{article.pk}"


def keep(request: HttpRequest, article: Article, text: str) -> None:
    if text.strip():
        request.session[_key(article)] = text.replace("\x00", "")[: Comment.MAX_TEXT * 2]


def kept(request: HttpRequest, article: Article) -> str:
    return request.session.get(_key(article), "")


def forget(request: HttpRequest, article: Article) -> None:
    request.session.pop(_key(article), None)
