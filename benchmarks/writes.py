"""How many ratings and comments a second a small and a hundred times larger site take.

python -m benchmarks.writes      (SQLite; beside `python -m tests.postgres` on PostgreSQL)
"""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks import measuring
from benchmarks.sites import Site, asked, options, server_of, sites
from tests.serving import Server

WRITES, THREADS, MEMBERS, TOKEN = 240, 8, 40, "a" * 32
KINDS = ("bare", "rating", "reaction")


def prepare(site: Site) -> dict[str, list[str]]:
    """Return sessions of members, articles that they may rate, and a stamp for the form."""
    script = f"""
import json, django; django.setup()
from django.contrib.sessions.backends.db import SessionStore
from articles.models import Article
from authors.models import Author, User
from lib.web.honeypot import stamp
sessions = []
for author in Author.objects.filter(articles_count=0).order_by("pk")[:{MEMBERS}]:
    if author.user is None:
        author.user = User.objects.create_user(f"bench{{author.pk}}@example.org")
        author.save()
    session = SessionStore()
    session.update({{
        "_auth_user_id": str(author.user_id),
        "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
        "_auth_user_hash": author.user.get_session_auth_hash(),
    }})
    session.create()
    sessions.append(session.session_key)
newest = Article.objects.published().select_related("section").order_by("-pk")[:100]
articles = [article.get_absolute_url() for article in newest]
print(json.dumps({{"sessions": sessions, "articles": articles, "stamp": [stamp()]}}))
"""
    return asked(site, script)


def writer(server: Server, world: dict[str, list[str]], kind: str) -> Callable[[int], None]:
    """Return what sends the n-th write of a kind, on one kept connection a thread."""
    own = threading.local()

    def send(n: int) -> None:
        if not hasattr(own, "connection"):
            own.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        article, session = (
            world["articles"][n % len(world["articles"])],
            world["sessions"][n % MEMBERS],
        )
        fields = {
            "rating": {"value": n % 5 + 1},
            "reaction": {
                "text": f"Une réaction {uuid4()}",
                "submission": uuid4(),
                "opened": world["stamp"][0],
            },
        }.get(kind, {})
        path = {"rating": f"{article}/note/", "reaction": f"{article}/reactions/"}.get(
            kind, "/bare"
        )
        headers = {
            "Host": "localhost",
            "Origin": "http://localhost",
            "X-CSRFToken": TOKEN,
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        }
        own.connection.request(
            "POST",
            path,
            urlencode(fields),
            {**headers, "Content-Type": "application/x-www-form-urlencoded"},
        )
        response = own.connection.getresponse()
        response.read()
        if response.status not in {200, 303}:
            raise SystemExit(f"{path} answered {response.status}")

    return send


def main() -> None:
    rounds = options(__doc__.splitlines()[0]).rounds
    small, large = sites(server_of(dict(os.environ)))
    with (
        measuring.served(small, CACHE_URL="dummy://") as first,
        measuring.served(large, CACHE_URL="dummy://") as second,
    ):
        servers = {"small": (first, prepare(small)), "large": (second, prepare(large))}
        taken = [
            {
                f"{kind} {size}": measuring.per_second(
                    writer(server, world, kind), times=WRITES, threads=THREADS
                )
                for kind in KINDS
                for size, (server, world) in servers.items()
            }
            for _round in range(rounds)
        ]
    print(
        f"{'write':10} {'a second':>9} {'of bare':>8}   {'a second':>9} {'of bare':>8}"
        f"   large to small   ({small.articles} and {large.articles} articles)"
    )
    for kind in KINDS:
        rates = []
        for size in servers:
            a_second = measuring.middle(taken, f"{kind} {size}")
            of_bare = measuring.ratio(taken, f"{kind} {size}", f"bare {size}")
            rates.append(f"{a_second:9.0f} {of_bare:8.2f}")
        change = measuring.ratio(taken, f"{kind} large", f"{kind} small")
        print(f"{kind:10} {'   '.join(rates)}   {change:.2f}")


if __name__ == "__main__":
    main()
