from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from carevox import bulk_site, demo_site


class Command(BaseCommand):
    help = "Fill the site with the demo magazine and an account for each role; with --articles, with a site of that size for benchmarks. DEBUG only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("articles", "readers", "comments", "ratings"):
            parser.add_argument(f"--{name}", type=int, default=0, metavar="N", help=f"how many {name} to make in bulk")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same site")

    def handle(self, *args: Any, articles: int, readers: int, comments: int, ratings: int, seed: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("demo_content runs with DEBUG=on only: its passwords are public.")
        if articles:
            size = bulk_site.Size(articles=articles, readers=max(readers, 10), comments=comments, ratings=ratings)
            made = bulk_site.build(size, seed=seed)
            self.stdout.write(f"demo_content: {made}")
            return
        accounts = demo_site.build()
        self.stdout.write("Comptes de démonstration (mot de passe : " + demo_site.PASSWORD + ")")
        for role, email in accounts.items():
            self.stdout.write(f"  {role.lower():10} {email}")
        self.stdout.write(f"Le site : {settings.SITE_URL}  L’administration : {settings.SITE_URL}/admin/  Les courriels : {settings.SITE_URL}/courriels/")
