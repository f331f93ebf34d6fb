"""Days are written as people say them, in both languages."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation


@pytest.mark.parametrize(
    ("language", "number", "written", "with_time", "short"),
    [("fr", 1, "1er mars 2026", "1er mars 2026, 09:05", "1er mars 2025"),
     ("fr", 21, "21 mars 2026", "21 mars 2026, 09:05", "21 mars 2025"),
     ("en", 1, "1 March 2026", "1 March 2026, 09:05", "1 March 2025")],
)  # fmt: skip
def test_first_of_the_month_is_written_as_people_say_it(
    language, number, written, with_time, short
):
    moment = datetime(2026, 3, number, 8, 5, tzinfo=UTC)  # nine in Paris
    source = (
        "{% load text_tags articles_tags %}{{ moment|day }}/"
        '{{ moment|day:"j F Y, H:i" }}/{{ before|short_date }}/{{ nothing|day }}'
    )
    with translation.override(language):
        said = Template(source).render(
            Context({"moment": moment, "before": moment.replace(year=2025), "nothing": None})
        )
    assert said == f"{written}/{with_time}/{short}/"


def test_midnight_in_paris_is_already_the_first():
    with translation.override("fr"):
        assert (
            Template("{% load text_tags %}{{ moment|day }}").render(
                Context({"moment": datetime(2026, 2, 28, 23, 30, tzinfo=UTC)})
            )
            == "1er mars 2026"
        )


def test_every_day_of_a_page_is_written_so():
    templates = Path(__file__).resolve().parents[2] / "templates"
    assert [
        path.name
        for path in templates.rglob("*")
        if path.is_file() and re.search(r"\|date:.j ", path.read_text(encoding="utf-8"))
    ] == []
