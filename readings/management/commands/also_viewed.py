from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readings.recommendations import click_log
from readings.recommendations.building import lists_of
from readings.recommendations.definition import Tuning
from readings.recommendations.evidence import of_log
from readings.recommendations.experiment import Recipe

DEFAULT = Tuning()
CLICKS_HELP = f"header {click_log.HEADER}; ts in Unix seconds; may be .gz"
CUTOFF_HELP = "Unix seconds: what is read at T or later is not looked at"
QUERIES_HELP = "one article id a line: who wants a list"
ARTICLES_HELP = (
    f"what the same subject is: header {' or '.join(click_log.ARTICLES_HEADERS)}; published in Unix"
    " seconds or empty, keywords with ; between them; without the file all is one subject"
)
OUT_HELP = "is written: article,neighbour,rank with ranks 1 to 10"


def positive(text: str) -> float:
    value = float(text)
    if not (isfinite(value) and value > 0):
        raise ArgumentTypeError(f"{text} is not a number above 0")
    return value


def from_one(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ArgumentTypeError(f"{text} is not 1 or more")
    return value


class Command(BaseCommand):
    help = (
        "Compute « ont aussi consulté » from a click log in a file, by the code that builds the"
        " site's lists. Run it to measure; no database is touched."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        _add_required(parser, "--clicks", Path, "TRAIN.csv", CLICKS_HELP)
        _add_required(parser, "--cutoff", int, "T", CUTOFF_HELP)
        _add_required(parser, "--queries", Path, "IDS.txt", QUERIES_HELP)
        _add_required(parser, "--out", Path, "LISTS.csv", OUT_HELP)
        parser.add_argument("--articles", type=Path, metavar="ARTICLES.csv", help=ARTICLES_HELP)
        parser.add_argument(
            "--min-visits",
            type=from_one,
            default=DEFAULT.min_visits,
            metavar="K",
            help="pairs seen in fewer visits are not shown (%(default)s)",
        )
        parser.add_argument(
            "--r0",
            type=positive,
            default=DEFAULT.r0,
            metavar="R",
            help="newer contributions after which one counts half (%(default)s)",
        )
        parser.add_argument(
            "--window-hours",
            type=positive,
            default=DEFAULT.window_hours,
            metavar="H",
            help="how far to look back (%(default)s)",
        )

    def handle(
        self,
        *args: Any,
        clicks: Path,
        cutoff: int,
        queries: Path,
        out: Path,
        articles: Path | None,
        min_visits: int,
        r0: float,
        window_hours: float,
        **options: Any,
    ) -> None:
        tuning = Tuning(r0=r0, min_visits=min_visits, window_hours=window_hours, top=10)
        try:
            evidence = of_log(
                clicks,
                cutoff=cutoff,
                tuning=tuning,
                wanted=click_log.read_ids(queries),
                facts=click_log.read_facts(articles) if articles else {},
            )
            lists = lists_of(evidence, Recipe(tuning))
            entries = [
                (article, neighbour, rank)
                for article in evidence.wanted
                for rank, (neighbour, _source) in enumerate(lists[article], start=1)
            ]
            click_log.write_lists(out, entries)
        except click_log.BadLog as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"also_viewed: {len(entries)} entries for {len(evidence.wanted)} articles"
        )


def _add_required(
    parser: ArgumentParser, name: str, kind: Callable[[str], object], metavar: str, text: str
) -> None:
    parser.add_argument(name, type=kind, required=True, metavar=metavar, help=text)
