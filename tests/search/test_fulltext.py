"""How many articles a search reads: twice as many on the site, and it reads no more of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import fulltext
from search.query import Filters, parse_query
from search.results import find
from search.spelling import suggestions
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_limits(monkeypatch):
    """More than 12 articles are many, and the newest 15 of them are asked first."""
    for module in ("fulltext", "results"):
        monkeypatch.setattr(f"search.{module}.MOST_COUNTED", 12)
    monkeypatch.setattr("search.fulltext.RECENT", 15)
    fulltext._first_new_month.cache_clear()


def make_articles(*, months_ago):
    """Thirty that have « marins » and « fruits », in no title and never one behind the other."""
    at = timezone.now() - timedelta(days=31 * months_ago)
    for _n in range(30):
        make_article(
            title="Escale",
            body="<p>Les marins mangent : des fruits, du pain.</p>",
            published_at=at,
        )


def searched(text, **options):
    return lambda: find(parse_query(text), Filters(), **options)


@pytest.mark.parametrize(
    ("search", "least"),
    [
        (searched("chiropracteur"), 0),
        (searched("marins chiropracteur"), 0),
        (searched('"marins fruits"'), 0),
        (searched("marins -fruits"), 0),
        (searched("marins"), 12),
        (searched("marins fruits"), 12),
        (searched("marins", by_date=True), 12),
        (lambda: suggestions("chirop"), 0),
        (lambda: suggestions("esca"), 8),
    ],
)
def test_larger_site_is_read_no_further(small_limits, search, least):
    taken = []
    for months_ago in (0, 4):
        make_articles(months_ago=months_ago)
        taken.append(read_by(search))
    once, twice = taken
    assert once >= least
    assert twice <= 1.1 * once


def read_by(search):
    """Return how many rows of the index's table PostgreSQL reads; the steps of SQLite's machine,
    some for each row."""
    with CaptureQueriesContext(connection) as queries:
        search()
    asked = [one["sql"] for one in queries if "MATCH" in one["sql"] or "@@" in one["sql"]]
    assert asked
    return sum(map({"postgresql": rows_of, "sqlite": steps_of}[connection.vendor], asked))


def steps_of(statement):
    steps = []
    with connection.cursor() as cursor:
        connection.connection.set_progress_handler(lambda: steps.append(1), 1)
        cursor.execute(statement)
        cursor.fetchall()
        connection.connection.set_progress_handler(None, 1)
    return len(steps)


def rows_of(statement):
    with connection.cursor() as cursor:
        # what tempts the planner on a large site only
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        [[[plan]]] = cursor.fetchall()
    return sum(map(rows_read, nodes(plan["Plan"])))


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def rows_read(node):
    """Return the rows that a node of a plan took from the table, those that it refused included."""
    if node.get("Relation Name") != "search_searchentry":
        return 0
    refused = sum(rows for name, rows in node.items() if name.startswith("Rows Removed"))
    return (node["Actual Rows"] + refused) * node["Actual Loops"]
