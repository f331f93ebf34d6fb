"""The portrait of an author: one file at a time."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction

from authors.models import Author
from lib.files import delete_after_commit


def change(author: Author, file: File[bytes] | None) -> None:
    """Give the author another portrait, or none; the file of the former one is public no more."""
    with transaction.atomic():
        former = Author.objects.select_for_update(no_key=True).get(pk=author.pk).picture.name
        if file:
            author.picture.save(str(file.name), file, save=False)
        else:
            author.picture = ""
        author.save(update_fields=["picture"])
        delete_after_commit(author.picture.storage, [former or ""])
