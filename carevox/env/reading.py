"""How a variable is read: by its kind, or the start stops with one line that names it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Generic, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")
SHOWN = 100  # characters of a refused value: the rest would hide the sentence
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # with halves of a character
LINE = re.compile(r"(?:export )?[A-Za-z_0-9]+=.*")


class BadValue(ValueError):
    """Text that continues the name of the variable, and shows nothing of a secret."""


@dataclass(frozen=True)
class Kind(Generic[Value]):
    """What a variable may be.

    allowed: ends the sentence "NAME must be …".
    parse: makes the value of a text without blanks around it; may raise anything on a bad one.
    is_secret: whether the text may hold a password, and so is never shown.
    """

    allowed: str
    parse: Callable[[str], Value]
    is_secret: bool = False


class Reader:
    """Reads variables of one environment, and remembers the kind of each."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.known: dict[str, Kind[Any]] = {}

    def __call__(self, name: str, kind: Kind[Value], default: str) -> Value:
        """Return the value of a variable, if unset or empty of `default`, which is text too."""
        self.known[name] = kind
        text = self.variables.get(name, "").strip() or default
        try:
            if not is_one_line(text):
                raise ValueError
            return kind.parse(text)
        # without the cause: the text of other people's errors may quote a password
        except BadValue as error:
            raise ImproperlyConfigured(f"{name} {error}") from None
        except Exception:
            got = "" if kind.is_secret else f"; it is {shown(text)}"
            raise ImproperlyConfigured(f"{name} must be {kind.allowed}{got}.") from None


def is_one_line(text: str) -> bool:
    return not CONTROL.search(text)


def shown(text: str) -> str:
    """Return a value as a part of one line, without what may be a password before an @."""
    before, at, after = text.rpartition("@")
    if at and ":" in before:
        text = f"{before.partition(':')[0]}:…@{after}"
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def environment(file: Path) -> Mapping[str, str]:
    """Return the variables of this process, with those of the file `.env` that were unset.

    They join the environment itself, where libraries look for theirs, such as PGPASSWORD.
    """
    if file.exists():
        try:
            for name, value in _variables_of(file).items():
                if not os.environ.get(name, "").strip():
                    os.environ[name] = value
        except BadValue as error:
            raise ImproperlyConfigured(f"{file} {error}") from None
        except Exception:
            raise ImproperlyConfigured(
                f"{file} must be a text in UTF-8 that this user may read."
            ) from None
    return os.environ


def _variables_of(file: Path) -> dict[str, str]:
    class Parser(environ.Env):  # type: ignore[misc]  # django-environ has no types
        ENVIRON: dict[str, str] = {}

    lines = []
    for number, written in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        # the parser would print the line, which may hold a secret, and go on without it
        if not LINE.fullmatch(line) or not is_one_line(line.replace("\t", " ")):
            raise BadValue(f"is not understood in line {number}: write NAME=value.")
        lines.append(line)
    Parser.read_env(StringIO("\n".join(lines)))
    return Parser.ENVIRON
