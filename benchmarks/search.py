"""What a search costs on a site of any size: CPU of this process and, on PostgreSQL, of the server process that works for it.

    DEBUG=on DATA_DIR=/some/folder python manage.py migrate
    DEBUG=on DATA_DIR=/some/folder python manage.py demo_content --articles 100000 --readers 5000
    DEBUG=on DATA_DIR=/some/folder python -m benchmarks.search

DATABASE_URL chooses PostgreSQL. Each line is a median; the last column compares it with a bare Django view in the same run.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carevox.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings, setup_test_environment  # noqa: E402
from django.urls import include, path  # noqa: E402

from articles.models import Article, SearchEntry, SearchWord  # noqa: E402
from articles.search import index  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "15"))
QUERY_BUDGET, INDEX_BUDGET = 30.0, 20.0  # milliseconds of CPU
TICK = 1000 / os.sysconf("SC_CLK_TCK")


def server_ticks() -> float:
    """Return the CPU that the database's process has used, in milliseconds; 0 when the database runs in this process."""
    if connection.vendor != "postgresql":
        return 0.0
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * TICK


def cost(action: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return milliseconds of CPU: the median of this process, and the mean of the database's (its clock is coarse)."""
    action()
    before, spent = server_ticks(), []
    for _round in range(rounds):
        started = time.process_time()
        action()
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent), (server_ticks() - before) / rounds


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("bare", bare), path("", include("carevox.urls"))]


def searching(client: Client, **parameters: str) -> Callable[[], None]:
    def action() -> None:
        cache.clear()
        response = client.get("/recherche", parameters)
        assert response.status_code == 200, response.status_code

    return action


def indexing(article: Article) -> Callable[[], None]:
    """Index an article whose text has changed; nothing is kept."""

    def action() -> None:
        with transaction.atomic():
            SearchEntry.objects.filter(pk=article.pk).update(document="fall bautr")
            index.index(article)
            transaction.set_rollback(True)

    return action


def searches(client: Client) -> dict[str, Callable[[], None]]:
    rare = SearchWord.objects.order_by("folded")[500].shown
    words = {
        "one word of half of the articles": "sommeil",
        "two such words": "sommeil hôpital",
        "five such words": "sommeil hôpital enfant douleur hiver",
        "a rare word": rare,
        "a frequent and a rare word": f"sommeil {rare}",
        "a phrase of two frequent words": '"sommeil enfant"',
        "exclusion of a frequent word": "sommeil -hôpital",
        "nothing found, corrected": "somneil",
        "nothing found": "chiropracteur",
    }
    made = {name: searching(client, q=text) for name, text in words.items()}
    made["frequent, by date"] = searching(client, q="sommeil", tri="date")
    made["frequent, in one section"] = searching(client, q="sommeil", rubrique="grande-rubrique-1/rubrique-1")
    made["frequent, of the last month"] = searching(client, q="sommeil", depuis="30")
    made["suggestions"] = lambda: client.get("/recherche", {"q": "som"}, headers={"X-Requested-With": "suggestions"})
    return made


def main() -> int:
    setup_test_environment()
    client = Client()
    with override_settings(ROOT_URLCONF=__name__):
        page = cost(lambda: client.get("/bare"), 100)[0]
    print(f"{connection.vendor}, {SearchEntry.objects.count()} articles; a bare view behind the same middleware costs {page:.1f} ms")
    print(f"{'':40} {'process':>8} {'database':>9} {'total':>7} ms   x the bare view")
    failed = 0
    actions = searches(client)
    actions["indexing an article"] = indexing(Article.objects.published().recent()[1000])
    for name, action in actions.items():
        own, database = cost(action)
        budget = INDEX_BUDGET if name.startswith("indexing") else QUERY_BUDGET
        failed += own + database > budget
        print(f"{name:40} {own:8.1f} {database:9.1f} {own + database:7.1f}      {(own + database) / page:5.1f} {'' if own + database <= budget else 'OVER'}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
