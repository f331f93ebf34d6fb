"""What each list of the admin costs on a site of 100,000 articles and 1,000,000 comments.

Queries, and CPU of a request.

python -m benchmarks.admin      (SQLite; beside `python -m tests.postgres` on PostgreSQL)
python -m benchmarks.admin --site URL      (another database)
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

MOST_QUERIES = 15
LISTS = {
    "overview": "",
    "articles": "articles/article/",
    "articles, submitted": "articles/article/?status__exact=SUBMITTED",
    "articles, a section": "articles/article/?rubrique={section}",
    "articles, an author": "articles/article/?author={author}",
    "articles, a word": "articles/article/?q=sommeil",
    "articles, two words": "articles/article/?q=sommeil+enfant",
    "articles, no such word": "articles/article/?q=zzxqv",
    "articles, page 100": "articles/article/?p=100",
    "pictures": "pictures/picture/",
    "sections": "taxonomy/section/",
    "keywords": "taxonomy/tag/",
    "ratings": "articles/rating/",
    "redirects": "redirects/redirect/",
    "reactions": "comments/comment/",
    "reactions, reported": "comments/comment/?signalees=1",
    "reactions, hidden": "comments/comment/?state__exact=HIDDEN",
    "reactions, a pseudonym": "comments/comment/?q=lecteur+1+100",
    "reactions, a common name": "comments/comment/?q=lecteur",
    "reactions, a word": "comments/comment/?q=sommeil",
    "reactions, two words": "comments/comment/?q=sommeil+enfant",
    "reactions, no such word": "comments/comment/?q=zzxqv",
    "reports": "comments/report/",
    "decisions": "comments/moderationdecision/",
    "authors": "authors/author/",
    "authors, a pseudonym": "authors/author/?q=lecteur+1+100",
    "authors, a common name": "authors/author/?q=lecteur",
    "authors, no such name": "authors/author/?q=zzxqv",
    "accounts": "authors/user/",
    "an article": "articles/article/{article}/change/",
    "its history": "articles/article/{article}/history/",
}


def measure(rounds: int) -> list[tuple[str, int, float]]:
    """Return name, queries and milliseconds of CPU of each list, asked by a superuser."""
    import django

    django.setup()
    from articles.models import Article

    client = _superuser()
    article = Article.objects.published().order_by("-pk")[0]
    taken = []
    for name, path in LISTS.items():
        address = "/admin/" + path.format(
            article=article.pk, author=article.author_id, section=article.section_id
        )
        queries = _queries(client, address)
        taken.append((name, queries, median(_cost(client, address) for _round in range(rounds))))
    return taken


def _superuser() -> Client:
    from django.test import Client

    from authors.models import User

    user = User.objects.filter(is_superuser=True).first()
    user = user or User.objects.create_superuser("mesures@example.org", None)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return len(queries)


def _cost(client: Client, address: str) -> float:
    started = time.process_time()
    client.get(address)
    return (time.process_time() - started) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--site",
        default="",
        help="address of the database; by default the large site of the other benchmarks",
    )
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    address = given.site
    if not address:
        from benchmarks.sites import server_of, sites

        address = sites(server_of(dict(os.environ)))[1].url
    os.environ.update(DATABASE_URL=address, DJANGO_SETTINGS_MODULE="benchmarks.settings")
    taken = measure(given.rounds)
    print(f"{'list':24} {'queries':>7} {'CPU ms':>8}")
    for name, queries, cost in taken:
        print(f"{name:24} {queries:7} {cost:8.1f}{'   too many' if queries > MOST_QUERIES else ''}")
    return int(any(queries > MOST_QUERIES for _name, queries, _cost in taken))


if __name__ == "__main__":
    sys.exit(main())
