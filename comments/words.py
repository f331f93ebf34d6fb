"""The words by which the admin finds a reaction; its author's name is looked up when asked for."""

from __future__ import annotations

from collections.abc import Iterator

from comments.models import Comment
from finding.index import register
from finding.words import belongs_to, names, prose


def tokens(comment: Comment) -> Iterator[str]:
    yield from prose(comment.text)
    yield from names(comment.guest_name)
    yield belongs_to(comment.author_id)


register(Comment, "c", tokens, fields=["text", "guest_name", "author"])
