"""What the cache holds is plain, and what it holds of others is nothing."""

import pickle
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import time

import pytest
from django.core.cache import cache
from django.db import models
from django.utils.safestring import SafeString

from articles import archives
from articles.sitemaps import entries
from frontpage import content, rankings
from frontpage.periods import MONTH
from lib.cached import cached
from tests.factories import make_article, make_section


@dataclass
class Moved:
    """A class that a later deployment does not have any more."""

    number: int


class Kind(models.TextChoices):
    NEWS = "NEWS"


@pytest.mark.parametrize("answer", [Moved(1), [Moved(1)], {"a": (1, [Moved(1)])}, {1}, b"a"])
def test_only_plain_data_is_cached(answer):
    with pytest.raises(TypeError, match="plain"):
        cached("not-plain", lambda: answer)
    assert cache.get("not-plain") is None


@pytest.mark.parametrize("answer", [SafeString("a"), Kind.NEWS, {Kind.NEWS: 1}])
def test_subclass_of_a_plain_type_is_not_plain(answer):
    with pytest.raises(TypeError, match="plain"):
        cached("not-quite-plain", lambda: answer)


@pytest.mark.parametrize(
    "answer",
    [None, True, 1, 0.5, "a", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), [(1, {"a": []})]],
)
def test_plain_data_comes_back(answer):
    assert [cached("plain", lambda: answer), cached("plain", lambda: answer)] == [answer, answer]


@pytest.mark.parametrize(
    "entry",
    [
        "garbage",
        7,
        (1, 2),
        [time(), 9.0, "before"],
        ("then", 9.0, "before"),
        (time(), None, "before"),
        (time(), 9.0, Moved(1)),
        (time(), 9.0, [1, Moved(1)]),
    ],
)
def test_foreign_entry_is_a_miss(entry):
    cache.set("foreign", entry, 60)
    assert cached("foreign", lambda: "anew") == "anew"
    assert cache.get("foreign")[2] == "anew"


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps((time(), 9.0, Moved(1))).replace(b"Moved", b"Mover"),
        pickle.dumps((time(), 9.0, Moved(1))).replace(b"test_cached", b"lost_module"),
        b"\x80\x05 no pickle",
        b"",
    ],
    ids=["class", "module", "garbage", "nothing"],
)
def test_entry_that_cannot_be_unpickled_is_a_miss(data):
    cache.set("broken", "before", 60)
    cache._cache[cache.make_key("broken")] = data
    assert cached("broken", lambda: "anew") == "anew"
    assert cache.get("broken")[2] == "anew"


def test_entry_of_another_version_is_a_miss():
    cache.set("versioned", (time(), 9.0, "before"), 60, version=1)
    assert cached("versioned", lambda: "anew", version=2) == "anew"
    assert cached("versioned", lambda: "anew", version=1) == "before"


def test_what_the_site_caches_is_plain(db):
    make_article(section=make_section("Santé"), readings_count=5, comments_count=2)
    assert [month.count for month in archives.months()] == [1]
    assert [month.articles for month in entries.months()] == [1]
    assert all(ranking.places(MONTH) is not None for ranking in rankings.RANKINGS.values())
    assert content.content([])["lead"] is not None
