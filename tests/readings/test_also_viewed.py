"""What « ont aussi consulté » means, on tables that can be checked by hand."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from readings.recommendations.definition import (
    DAY,
    Learnt,
    Tuning,
    define,
    shares_now,
    tallies_of,
    visits_before,
    weigh_pairs,
)

NOON = 1_700_000_000 - 1_700_000_000 % DAY + DAY // 2
TODAY = date(2023, 11, 14)
LOOSE = Tuning(min_visits=1, trend=0.0)


def visit(name, *articles, at=NOON, step=60):
    return [(name, article, at + place * step) for place, article in enumerate(articles)]


def strengths(clicks, tallies=(), tuning=LOOSE, cutoff=NOON + DAY):
    units, _ = weigh_pairs(list(visits_before(cutoff, clicks, tuning)), tallies, tuning)
    return {pair: round(weight / 1e9, 6) for pair, weight in units.items()}


def together(clicks, tuning=LOOSE, cutoff=NOON + DAY, **options):
    """Return article -> what was read together with it, best first."""
    found = defaultdict(list)
    for article, neighbour, _strength in define(
        clicks, cutoff=cutoff, tuning=tuning, **options
    ).pairs:
        found[article].append(neighbour)
    return dict(found)


def test_pair_counts_ahead_by_its_distance_and_a_twentieth_back():
    found = strengths(visit("v", "a", "b", "c"), tuning=replace(LOOSE, r0=1e15))
    assert found == {
        ("a", "b"): 1,
        ("b", "a"): 0.05,
        ("b", "c"): 1,
        ("c", "b"): 0.05,
        ("a", "c"): 0.5,
        ("c", "a"): 0.025,
    }


def test_contribution_weighs_less_for_each_newer_one_to_its_row():
    clicks = [
        *visit("old", "a", "b"),
        *visit("new", "a", "c", at=NOON + 600),
        *visit("newest", "a", "d", at=NOON + 1200),
    ]
    found = strengths(clicks, tuning=replace(LOOSE, r0=2.0))
    assert [found["a", b] for b in "dcb"] == [1, round(1 / 1.5, 6), 0.5]
    assert found["b", "a"] == 0.05, "the row of b has no newer contribution"


def test_contributions_of_one_second_are_equally_new():
    clicks = [*visit("u", "a", "b"), *visit("v", "a", "c"), *visit("w", "a", "d", at=NOON - 600)]
    found = strengths(clicks, tuning=replace(LOOSE, r0=2.0))
    assert found["a", "b"] == found["a", "c"] == 1
    assert found["a", "d"] == 0.5


def test_readings_ten_apart_are_a_pair_and_eleven_are_not():
    found = strengths(visit("v", *range(12), step=10))
    assert (0, 10) in found
    assert (0, 11) not in found


def test_article_read_twice_counts_where_it_was_first_read():
    assert strengths(visit("v", "a", "b", "a", "a")) == strengths(visit("v", "a", "b"))
    assert strengths(visit("v", "a", *["b"] * 10_000, step=0)) == strengths(
        visit("v", "a", "b", step=0)
    )


@pytest.mark.parametrize(("pause", "pairs"), [(30 * 60, 2), (30 * 60 + 1, 0)])
def test_half_an_hour_without_a_reading_ends_a_visit(pause, pairs):
    assert len(strengths(visit("v", "a", "b", step=pause))) == pairs


@pytest.mark.parametrize("articles", [1, 19, 20, 21, 35, 5000])
def test_of_a_longer_visit_the_last_twenty_articles_count(articles):
    (counted,) = visits_before(NOON + DAY, visit("long", *range(articles), step=1), LOOSE)
    assert [article for _moment, article in counted] == list(range(articles))[-20:]
    assert set(shares_now([counted], LOOSE)) == set(range(articles)[-20:])


def test_long_visit_does_not_take_the_one_after_a_silence_with_it():
    clicks = [*visit("v", *range(21), step=1), *visit("v", "a", "b", at=NOON + 7200)]
    found = strengths([(name, str(article), ts) for name, article, ts in clicks])
    assert {("a", "b"), ("1", "2"), ("19", "20")} <= set(found)
    assert not [pair for pair in found if "0" in pair or len({*pair} & {"a", "b"}) == 1]


def test_pair_of_two_visits_is_not_shown_and_of_three_is():
    two = [*visit("u", "a", "b"), *visit("v", "b", "a")]
    assert together(two, replace(LOOSE, min_visits=3)) == {}
    assert together([*two, *visit("w", "a", "b")], replace(LOOSE, min_visits=3)) == {
        "a": ["b"],
        "b": ["a"],
    }


def test_one_visitor_alone_never_makes_a_pair_however_often_he_comes_back():
    clicks = [
        click for hour in range(20) for click in visit("Denis", "a", "b", at=NOON + hour * 3600)
    ]
    assert together(clicks, replace(LOOSE, min_visits=2)) == {}


def test_what_is_read_at_the_cutoff_or_before_the_window_is_not_seen():
    clicks = [*visit("u", "a", "b", at=NOON - 120 * 3600 - 90), *visit("v", "c", "d", at=NOON - 90)]
    assert together(clicks, cutoff=NOON) == {"c": ["d"], "d": ["c"]}
    assert {article for article, _, _ in define(clicks, cutoff=NOON).read} == {"c", "d"}
    assert define(visit("u", "a", "b", at=NOON), cutoff=NOON) == Learnt([], [])


def test_a_reading_weighs_half_after_half_readings_newer_ones():
    clicks = [(name, article, NOON + name) for name, article in enumerate("abc")]
    shares = shares_now(
        list(visits_before(NOON + DAY, clicks, LOOSE)), replace(LOOSE, half_readings=1)
    )
    assert [round(shares[article] * 7, 6) for article in "abc"] == [1, 2, 4]


def test_what_is_read_now_moves_a_list():
    clicks = [
        *visit("u", "a", "b"),
        *visit("v", "a", "c", at=NOON - 60),
        *[(n, "c", NOON + n) for n in range(50)],
    ]
    assert together(clicks)["a"] == ["b", "c"]
    assert together(clicks, replace(LOOSE, trend=6.0))["a"] == ["c", "b"]


def test_what_hardly_anybody_read_keeps_its_place_and_teaches_nothing():
    """Else a site with few readers would call "now" what it read days ago."""
    clicks = [*visit("v", "a", "rare", "b"), ("w", "rare", NOON + 500)]
    learnt = define(clicks, cutoff=NOON + DAY, tuning=LOOSE, known={"a", "b"})
    assert learnt.pairs == [("a", "b", 0.5), ("b", "a", 0.025)]
    shares = {article: share for article, share, _latest in learnt.read}
    of_all = {article: share for article, share, _ in define(clicks, cutoff=NOON + DAY).read}
    assert shares == {**of_all, "rare": 0.0}


def test_equals_are_ordered_by_the_last_reading_then_by_name():
    clicks = [click for name, other in enumerate("dbc") for click in visit(name, "a", other)]
    assert together(clicks)["a"] == ["b", "c", "d"]
    assert together([*clicks, ("later", "c", NOON + 500)])["a"] == ["c", "b", "d"]


def test_what_is_taught_does_not_depend_on_the_order_of_the_log():
    clicks = [
        click
        for name in range(60)
        for click in visit(name, name % 7, name % 5 + 10, name % 3 + 20, at=NOON + name % 11)
    ]
    learnt = define(clicks, cutoff=NOON + DAY, tuning=LOOSE)
    assert learnt == define(clicks[::-1], cutoff=NOON + DAY, tuning=LOOSE)
    assert learnt.pairs


def test_no_readings_teach_nothing():
    assert define([], cutoff=NOON) == define([], cutoff=NOON, queries=["a"]) == Learnt([], [])


def test_tally_is_the_weight_and_the_visits_of_a_pair_and_day():
    clicks = [*visit("u", "a", "b"), *visit("v", "b", "a"), *visit("w", "a", "b", at=NOON + DAY)]
    tomorrow = date(2023, 11, 15)
    assert tallies_of(clicks) == [
        ("a", "b", TODAY, 1.05, 2),
        ("a", "b", tomorrow, 1.0, 1),
        ("b", "a", TODAY, 1.05, 2),
        ("b", "a", tomorrow, 0.05, 1),
    ]


def test_tally_ranks_behind_every_reading_and_behind_later_days_in_the_middle_of_its_own():
    tallies = [
        ("a", "x", date(2023, 11, 12), 4.0, 4),
        ("a", "y", date(2023, 11, 12), 1.0, 1),
        ("a", "z", date(2023, 11, 13), 2.0, 2),
    ]
    found = strengths(visit("u", "a", "b"), tallies, replace(LOOSE, r0=1.0))
    assert found["a", "b"] == 1
    assert found["a", "z"] == round(2 / (1 + 1 + 0.5), 6)
    assert found["a", "x"] == round(4 / (1 + 1 + 2 + 2), 6)
    assert found["a", "y"] == round(1 / (1 + 1 + 2 + 2), 6)


def test_visits_of_tallies_and_of_readings_add_up_to_the_minimum():
    tallies = [("a", "b", date(2023, 11, 12), 2.0, 2)]
    three = replace(LOOSE, min_visits=3)
    assert together(visit("u", "a", "b"), three, tallies=tallies)["a"] == ["b"]
    assert together([], three, tallies=tallies) == {}


def test_tally_before_the_window_is_not_looked_at():
    old = [("a", "b", date(2023, 11, 1), 9.0, 9)]
    assert define([], cutoff=NOON + DAY, tallies=old) == Learnt([], [])
    assert together([], replace(LOOSE, window_hours=24 * 30), tallies=old) == {"a": ["b"]}
