"""What the lists cost on a small and on a large site: CPU of the server a page, as a multiple of a bare view, and queries.

    DEBUG=on DATA_DIR=var/small manage.py migrate && … manage.py demo_content --articles 1000 --readers 100 --comments 2000 --ratings 3000
    DEBUG=on DATA_DIR=var/large …                                --articles 100000 --readers 2000 --comments 200000 --ratings 300000
    python benchmarks/lists.py var/small var/large

Each site is measured in its own process, in turns, so that the load of the machine falls on both alike; a page's figure
is the best of its runs, the least disturbed one. The small site has fewer readers, so that its
authors fill a page too. "cold" is the first request of a process, when no list is remembered.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, RUNS = 3, 12
GROWTH = 1.10


def bare(request: Any) -> Any:
    from django.http import HttpResponse

    return HttpResponse("ok")


def pages() -> dict[str, str]:
    """Return the addresses, chosen alike on every site: the fullest of their kind."""
    from django.db.models import Count

    from articles.models import Article, Section, Tag
    from authors.models import Author

    top = Section.objects.filter(parent=None).order_by("path").first()
    leaf = Section.objects.exclude(parent=None).order_by("path").first()
    tag = Tag.objects.annotate(n=Count("uses")).order_by("-n", "pk").first()
    author = Author.objects.order_by("-articles_count").first()
    talker = Author.objects.order_by("-comments_count").first()
    newest = Article.objects.published().recent().first()
    assert all([top, leaf, tag, author, talker, newest])
    lists = {
        f"{kind} {period}": f"/{kind}/{period}/" for kind in ("les-plus-lus", "les-plus-commentes", "les-mieux-notes") for period in ("semaine", "toujours")
    }
    return {
        "bare": "/bare/",
        "home": "/",
        "section": top.get_absolute_url(),
        "sub-section": leaf.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "author": author.get_absolute_url(),
        "reactions of an author": f"{talker.get_absolute_url()}reactions/",
        "authors": "/auteurs/",
        **lists,
        "archives": "/archives/",
        "month": f"/archives/{newest.published_at:%Y/%m}/",
        "article": newest.get_absolute_url(),
    }


def prepare() -> None:
    """Give the site thirty days of readings, if it has none: the newest articles and some old ones, every day."""
    from datetime import timedelta

    from django.utils import timezone

    from articles.models import Article
    from readings.models import ReadingsOfDay

    if ReadingsOfDay.objects.exists():
        return
    ids = list(Article.objects.published().recent().values_list("pk", flat=True))
    read = ids[:500] + ids[500 :: max(1, len(ids) // 500)]
    today = timezone.localdate()
    rows = (ReadingsOfDay(article_id=pk, day=today - timedelta(days=day), readings_count=1 + (pk * 7 + day) % 90) for day in range(30) for pk in read)
    ReadingsOfDay.objects.bulk_create(rows, batch_size=2000)


def measure() -> dict[str, Any]:
    """Return {page: [cpu in ms, cold cpu in ms, queries]} of the site in DATA_DIR."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.ROOT_URLCONF, settings.DEBUG, settings.ALLOWED_HOSTS = "benchmarks.lists_urls", False, ["*"]
    prepare()
    client, found = Client(), {}
    for name, address in pages().items():
        started = process_time()
        answer = client.get(address)
        cold = process_time() - started
        assert answer.status_code == 200, (name, answer.status_code)
        asked: list[str] = []
        with connection.execute_wrapper(lambda execute, sql, params, many, context, asked=asked: (asked.append(sql), execute(sql, params, many, context))[1]):
            client.get(address)
        runs = []
        for _run in range(RUNS):
            started = process_time()
            client.get(address)
            runs.append(process_time() - started)
        found[name] = [min(runs) * 1000, cold * 1000, len(asked)]
    return found


def child(folder: str) -> dict[str, Any]:
    env = {**os.environ, "DATA_DIR": folder, "DEBUG": "on", "DJANGO_SETTINGS_MODULE": "carevox.settings", "LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, __file__], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main(small: str, large: str) -> None:
    taken: dict[str, list[dict[str, Any]]] = {small: [], large: []}
    for _round in range(ROUNDS):
        for folder, results in taken.items():
            results.append(child(folder))
    print(f"{'page':28} {'small':>8} {'large':>8} {'growth':>8} {'cold':>9} {'queries':>8}   (CPU as multiples of a bare view; cold: large site, ms)")
    for name in taken[small][0]:
        ratios = [min(result[name][0] for result in results) / min(result["bare"][0] for result in results) for results in taken.values()]
        growth = ratios[1] / ratios[0]
        cold = median(result[name][1] for result in taken[large])
        queries = max(result[name][2] for results in taken.values() for result in results)
        print(f"{name:28} {ratios[0]:8.1f} {ratios[1]:8.1f} {growth - 1:+8.0%} {cold:8.0f}  {queries:8} {'' if growth <= GROWTH else '  GROWS'}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(*sys.argv[1:])
    else:
        print(json.dumps(measure()))
