"""What the article page and the front page cost uncached, on a small and on a hundred times larger site.

python -m benchmarks.pages      (SQLite; beside `python -m tests.postgres` on PostgreSQL)
"""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks import measuring
from benchmarks.sites import ROOT, Site, options, server_of, sites

REQUESTS = 150
PAGES = ("bare", "home", "section", "author", "article")


def addresses(site: Site) -> dict[str, str]:
    """Return a page of each kind; the article is one with a full page of reactions on both sites."""
    script = (
        "import django; django.setup();"
        "from articles.models import Article;"
        "article = Article.objects.published().filter(comments_count__gte=20, comments_count__lte=30).select_related('author', 'section').order_by('-pk').first();"
        "print(article.get_absolute_url(), article.section.get_absolute_url(), article.author.get_absolute_url())"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DATABASE_URL": site.url}
    article, section, author = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout.split()
    return {"bare": "/bare", "home": "/", "section": section, "author": author, "article": article}


def main() -> None:
    rounds = options(__doc__.splitlines()[0]).rounds
    small, large = sites(server_of(dict(os.environ)))
    with measuring.served(small) as first, measuring.served(large) as second:
        servers = {"small": (first, addresses(small)), "large": (second, addresses(large))}

        taken = [
            {
                f"{name} {size}": measuring.cpu_milliseconds(server, paths[name], requests=REQUESTS)
                for name in PAGES
                for size, (server, paths) in servers.items()
            }
            for _round in range(rounds)
        ]
    print(f"{'page':10} {'ms':>8} {'x bare':>8}   {'ms':>8} {'x bare':>8}   growth   ({small.articles} and {large.articles} articles, CPU of the server)")
    for name in PAGES:
        costs = [f"{measuring.middle(taken, f'{name} {size}'):8.2f} {measuring.ratio(taken, f'{name} {size}', 'bare small'):8.1f}" for size in servers]
        print(f"{name:10} {'   '.join(costs)}   {measuring.ratio(taken, f'{name} large', f'{name} small') - 1:+.0%}")


if __name__ == "__main__":
    main()
