"""What the article page, the front page and the lists cost, small site against large.

python -m benchmarks.pages      (SQLite; beside `python -m tests.postgres` on PostgreSQL)
"""

from __future__ import annotations

import os

from benchmarks import measuring
from benchmarks.sites import asked, options, server_of, sites

REQUESTS = 40
# a page of each kind, alike on both sites; the article has a full page of reactions
ADDRESSES = """
import json, django; django.setup()
from django.db.models import Count
from articles.models import Article
from taxonomy.models import Section, Tag
from authors.models import Author
discussed = Article.objects.published().filter(comments_count__gte=20, comments_count__lte=30)
article = discussed.select_related("section").order_by("-pk").first()
author = Author.objects.filter(articles_count__gte=20).order_by("pk").first()
top = Section.objects.filter(parent=None).order_by("path").first()
kinds, periods = ("les-plus-lus", "les-plus-commentes", "les-mieux-notes"), ("semaine", "toujours")
print(json.dumps({
    "bare": "/bare",
    "home": "/",
    "article": article.get_absolute_url(),
    "section": top.get_absolute_url(),
    "sub-section": article.section.get_absolute_url(),
    "tag": Tag.objects.annotate(n=Count("uses")).order_by("-n", "pk").first().get_absolute_url(),
    "author": author.get_absolute_url(),
    "author's reactions": f"{author.get_absolute_url()}reactions/",
    "authors": "/auteurs/",
    **{f"{kind}/{period}": f"/{kind}/{period}/" for kind in kinds for period in periods},
    "archives": "/archives/",
    "month": f"/archives/{article.published_at:%Y/%m}/",
    "site feed": "/feed/",
}))
"""


def main() -> None:
    rounds = options(__doc__.splitlines()[0]).rounds
    small, large = sites(server_of(dict(os.environ)))
    with measuring.served(small) as first, measuring.served(large) as second:
        servers = {
            "small": (first, asked(small, ADDRESSES)),
            "large": (second, asked(large, ADDRESSES)),
        }
        names = list(servers["small"][1])
        taken = [
            {
                f"{name} {size}": measuring.cpu_milliseconds(server, paths[name], requests=REQUESTS)
                for name in names
                for size, (server, paths) in servers.items()
            }
            for _round in range(rounds)
        ]
    print(
        f"{'page':28} {'ms':>8} {'x bare':>8}   {'ms':>8} {'x bare':>8}   growth"
        f"   ({small.articles} and {large.articles} articles, CPU of the server)"
    )
    for name in names:
        costs = []
        for size in servers:
            milliseconds = measuring.middle(taken, f"{name} {size}")
            multiple = measuring.ratio(taken, f"{name} {size}", "bare small")
            costs.append(f"{milliseconds:8.2f} {multiple:8.1f}")
        growth = measuring.ratio(taken, f"{name} large", f"{name} small") - 1
        print(f"{name:28} {'   '.join(costs)}   {growth:+.0%}")


if __name__ == "__main__":
    main()
