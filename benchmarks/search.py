"""What a search costs on a small and on a hundred times larger site, and indexing an article.

CPU of the server and, on PostgreSQL, of the database.

python -m benchmarks.search      (SQLite; beside `python -m tests.postgres` on PostgreSQL)
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlencode

from benchmarks import measuring
from benchmarks.sites import Site, asked, options, server_of, sites
from tests.serving import Server

REQUESTS = 40
QUERY_BUDGET, INDEX_BUDGET = 30.0, 25.0  # milliseconds
INDEXING = "indexing an article"
SUGGESTIONS = "suggestions"
RARE = """
import json, django; django.setup()
from search.models import SearchWord
print(json.dumps(SearchWord.objects.order_by("folded")[500].shown))
"""
# The text of the entry is spoilt first, so that all of it is written; nothing is kept. The first
# twenty articles warm the process up.
INDEX = f"""
import json, time, django; django.setup()
from django.db import connection, transaction
from articles.models import Article
from search.models import SearchEntry
from search.index import index
from benchmarks import measuring
def once(article):
    with transaction.atomic():
        SearchEntry.objects.filter(pk=article.pk).update(document="fall bautr")
        index(article)
        transaction.set_rollback(True)
recent = list(Article.objects.published().recent()[500:520 + {REQUESTS}])
for article in recent[:20]:
    once(article)
backend = [connection.connection.info.backend_pid] if connection.vendor == "postgresql" else []
def seconds():
    return time.process_time() + measuring.seconds_of(backend)
started = seconds()
for article in recent[20:]:
    once(article)
print(json.dumps((seconds() - started) * 1000 / len(recent[20:])))
"""


def addresses(rare: str) -> dict[str, str]:
    queries = {
        "one word of half of the articles": {"q": "sommeil"},
        "two such words": {"q": "sommeil hôpital"},
        "five such words": {"q": "sommeil hôpital enfant douleur hiver"},
        "a rare word": {"q": rare},
        "a frequent and a rare word": {"q": f"sommeil {rare}"},
        "a phrase of two frequent words": {"q": '"sommeil enfant"'},
        "exclusion of a frequent word": {"q": "sommeil -hôpital"},
        "nothing found, corrected": {"q": "somneil"},
        "nothing found": {"q": "chiropracteur"},
        "frequent, by date": {"q": "sommeil", "tri": "date"},
        "frequent, in one section": {"q": "sommeil", "rubrique": "grande-rubrique-1/rubrique-1"},
        "frequent, of the last month": {"q": "sommeil", "depuis": "30"},
        SUGGESTIONS: {"q": "som"},
    }
    return {
        "bare": "/bare",
        **{name: f"/recherche?{urlencode(query)}" for name, query in queries.items()},
    }


def cost(name: str, server: Server, site: Site, path: str) -> float:
    headers = {"X-Requested-With": "suggestions"} if name == SUGGESTIONS else None
    return measuring.cpu_milliseconds(
        server, path, requests=REQUESTS, headers=headers, database=site
    )


def main() -> int:
    rounds = options(__doc__.splitlines()[0]).rounds
    both = sites(server_of(dict(os.environ)))
    paths = {site.name: addresses(str(asked(site, RARE))) for site in both}
    taken: measuring.Figures = [{} for _round in range(rounds)]
    with (
        measuring.served(both[0], CACHE_URL="dummy://") as first,
        measuring.served(both[1], CACHE_URL="dummy://") as second,
    ):
        for figures in taken:
            for site, server in zip(both, (first, second), strict=True):
                figures |= {
                    f"{name} {site.name}": cost(name, server, site, path)
                    for name, path in paths[site.name].items()
                }
                figures[f"{INDEXING} {site.name}"] = float(asked(site, INDEX))
    return report(taken, both)


def report(taken: measuring.Figures, both: list[Site]) -> int:
    """Print the figures; return 1 if one of the large site is over its budget."""
    sizes = " and ".join(str(site.articles) for site in both)
    pair = f"{'ms':>7} {'x bare':>7}"
    print(f"{'':34} {pair}   {pair}   growth   ({sizes} articles)")
    over = 0
    for name in [*addresses(""), INDEXING]:
        costs = [measuring.middle(taken, f"{name} {site.name}") for site in both]
        times = [measuring.ratio(taken, f"{name} {site.name}", "bare small") for site in both]
        is_over = costs[-1] > (INDEX_BUDGET if name == INDEXING else QUERY_BUDGET)
        over += is_over
        columns = "   ".join(
            f"{ms:7.2f} {ratio:7.1f}" for ms, ratio in zip(costs, times, strict=True)
        )
        print(f"{name:34} {columns}   {costs[-1] / costs[0] - 1:+7.0%} {'OVER' if is_over else ''}")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
