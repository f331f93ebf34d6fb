from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from care.starters import load

UNREADABLE = (OSError, LookupError, TypeError, ValueError, FieldError, DatabaseError)


class Command(BaseCommand):
    help = (
        "Put the care cards and help lines of a file in place, for another country than France or "
        "after an upgrade that brings better words: cards and lines of the file are written over, "
        "others are kept, with --replace deleted. The file has the shape of care/data/france.toml."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="delete what the file does not have"
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            written, deleted = load(file, replace=replace)
        except UNREADABLE as error:
            raise CommandError(f"{file}: {type(error).__name__}: {error}") from error
        self.stdout.write(f"place_care: {written} cards and lines written, {deleted} deleted")
