from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import bulk, content, readings

DEMO_VISITS = 2500


class Command(BaseCommand):
    help = (
        "Fill the site with the demo magazine and an account for each role; with --articles, with a"
        " site of that size for benchmarks. DEBUG only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("articles", "readers", "comments", "ratings"):
            parser.add_argument(
                f"--{name}",
                type=int,
                default=0,
                metavar="N",
                help=f"how many {name} to make in bulk",
            )
        parser.add_argument(
            "--visits",
            type=int,
            default=0,
            metavar="N",
            help="how many visits of invented readers, about two readings each, to make in bulk",
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="the same seed gives the same site"
        )

    def handle(
        self,
        *args: Any,
        articles: int,
        readers: int,
        comments: int,
        ratings: int,
        visits: int,
        seed: int,
        **options: Any,
    ) -> None:
        if not settings.DEBUG:
            raise CommandError("demo_content runs with DEBUG=on only: its passwords are public.")
        if articles:
            size = bulk.Size(
                articles=articles, readers=max(readers, 10), comments=comments, ratings=ratings
            )
            made = bulk.build(size, seed=seed)
            written = readings.build_readings(visits, seed=seed) if visits else 0
            self.stdout.write(f"demo_content: {made}, {written} readings")
            return
        accounts = content.make_magazine()
        readings.build_readings(DEMO_VISITS, seed=seed)
        self.stdout.write("Comptes de démonstration (mot de passe : " + content.PASSWORD + ")")
        for role, email in accounts.items():
            self.stdout.write(f"  {role.lower():10} {email}")
        self.stdout.write(
            f"Le site : {settings.SITE_URL}"
            f"  L’administration : {settings.SITE_URL}/admin/"
            f"  Les courriels : {settings.SITE_URL}/courriels/"
        )
