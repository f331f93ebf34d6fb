"""The words by which the admin finds an author."""

from __future__ import annotations

from collections.abc import Iterator

from authors.models import Author
from finding.index import register
from finding.words import names, prose, whole_name


def tokens(author: Author) -> Iterator[str]:
    yield from names(author.pseudonym)
    yield whole_name(author.pseudonym)
    yield from names(author.credentials)
    yield from prose(author.credentials)


register(Author, "a", tokens, fields=["pseudonym", "credentials"])
