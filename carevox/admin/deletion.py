"""What the page before a deletion lists, in words that somebody can read."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

Lines = list[Any]  # of texts and of lists of the same: what goes with the text before


def say(context: dict[str, Any]) -> None:
    """Leave the rows out that only tie two others together; write what remains as is usual in the
    language of the page."""
    ties = [model._meta for model in apps.get_models(include_auto_created=True)]
    ties = [opts for opts in ties if opts.auto_created]
    names = {str(capfirst(opts.verbose_name)) for opts in ties}
    for lines in ("deleted_objects", "deletable_objects"):
        if context.get(lines):
            context[lines] = _said(context[lines], names)
    if "model_count" in context:
        plurals = {str(opts.verbose_name_plural) for opts in ties}
        context["model_count"] = [
            (name, n) for name, n in context["model_count"] if str(name) not in plurals
        ]


def _said(lines: Lines, ties: set[str]) -> Lines:
    said = [
        _said(line, ties) if isinstance(line, list) else _with_colon(line)
        for line in lines
        if isinstance(line, list) or str(line).partition(":")[0] not in ties
    ]
    return [line for line in said if line != []]


def _with_colon(line: str) -> str:
    """Put the words and the row apart as the language does: French has a space before a colon."""
    kind, _colon, row = line.partition(": ")
    if not row:
        return line
    said = _("%(kind)s : %(row)s") % {"kind": kind, "row": row}
    return mark_safe(said) if isinstance(line, SafeString) else said  # noqa: S308  (as it was)
