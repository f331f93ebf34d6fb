"""How many articles a search reads: twice as many on the site, and it reads no more of them."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.utils import timezone

from search.fulltext import forget_months
from search.query import Filters, parse_query
from search.results import find
from search.spelling import suggestions
from tests.factories import make_article
from tests.search.plans import nodes, steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_limits(monkeypatch):
    """More than 12 articles are many, and the newest 15 of them are asked first."""
    for module in ("fulltext", "results"):
        monkeypatch.setattr(f"search.{module}.MOST_COUNTED", 12)
    monkeypatch.setattr("search.fulltext.RECENT", 15)
    forget_months()


def make_articles(*, months_ago):
    """Thirty that have « marins » and « fruits », in no title and never one behind the other."""
    at = timezone.now() - timedelta(days=31 * months_ago)
    for _n in range(30):
        make_article(
            title="Escale",
            body="<p>Les marins mangent : des fruits, du pain.</p>",
            published_at=at,
        )


def searched(text, *, since=None, until=None, **options):
    """Return a search; since, until: days ago."""

    def search():
        days = {"since": since, "until": until}
        moments = {
            name: timezone.now() - timedelta(days=n) for name, n in days.items() if n is not None
        }
        find(parse_query(text), Filters(**moments), **options)

    return search


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
        (searched("chiropracteur", since=3000, until=-1), 0),
        (searched("chiropracteur", since=20, until=-1), 0),
        (searched("marins", since=20), 12),
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
    asked = []

    def watched(execute, sql, parameters, many, context):
        if "MATCH" in sql or "@@" in sql:
            asked.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(watched):
        search()
    assert asked
    read = {"postgresql": rows_of, "sqlite": steps_of}[connection.vendor]
    return sum(read(*one) for one in asked)


def steps_of(statement, parameters):
    with connection.cursor() as cursor, steps() as counted:
        cursor.execute(statement, parameters)
        cursor.fetchall()
    return counted[0]


def rows_of(statement, parameters):
    """Ask as the site does after some times: prepared, by a plan for any parameters, which sees
    neither words nor dates."""
    numbers = count(1)
    prepared = re.sub("%s", lambda _: f"${next(numbers)}", statement)
    with connection.cursor() as cursor:
        # what tempts the planner on a large site only
        for temptation in ("enable_seqscan = off", "enable_sort = off", "random_page_cost = 0"):
            cursor.execute(f"SET LOCAL {temptation}")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE asked AS {prepared}")
        given = ", ".join(literal(value) for value in parameters)
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked({given})")
        [[[plan]]] = cursor.fetchall()
        cursor.execute("DEALLOCATE asked")
    return sum(map(rows_read, nodes(plan["Plan"])))


def literal(value):
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def rows_read(node):
    """Return the rows that a node of a plan took from the table, those that it refused included."""
    if node.get("Relation Name") != "search_searchentry":
        return 0
    refused = sum(rows for name, rows in node.items() if name.startswith("Rows Removed"))
    return (node["Actual Rows"] + refused) * node["Actual Loops"]
