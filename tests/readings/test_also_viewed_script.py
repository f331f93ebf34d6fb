"""The script that does the work gives the lists of the definition, on logs of every kind."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from readings.recommendations.definition import Learnt, Tuning, define, tallies_of
from readings.recommendations.duckdb_engine import compute, pair_tallies

START = 1_700_000_000
LATEST = datetime.fromtimestamp(START, UTC).date()

tunings = st.builds(
    Tuning,
    r0=st.sampled_from([0.5, 40.0, 150.0]),
    backward=st.sampled_from([0.0, 0.05, 1.0]),
    max_gap=st.integers(1, 10),
    trend=st.sampled_from([0.0, 6.0]),
    half_readings=st.sampled_from([1, 7, 200]),
    min_visits=st.integers(1, 3),
    max_visit=st.sampled_from([3, 20]),
    window_hours=st.sampled_from([1.0, 120.0, 1000.0]),
    top=st.integers(1, 10),
)


@st.composite
def logs(draw, article=st.integers):
    articles = article(0, draw(st.sampled_from([3, 8, 40])))
    moments = st.integers(START, START + draw(st.sampled_from([20, 5000, 400_000])))
    clicks = draw(
        st.lists(
            st.tuples(st.integers(0, draw(st.sampled_from([1, 5, 30]))), articles, moments),
            max_size=120,
        )
    )
    days = st.integers(1, 45).map(lambda age: LATEST - timedelta(days=age))
    tally = st.tuples(
        articles, articles, days, st.integers(1, 9_000).map(lambda w: w / 1000), st.integers(1, 9)
    ).filter(lambda t: t[0] != t[1])
    return clicks, draw(st.lists(tally, max_size=20, unique_by=lambda t: t[:3]))


@settings(max_examples=60)
@given(
    log=logs(),
    tuning=tunings,
    late=st.integers(0, 400_000),
    queries=st.none() | st.lists(st.integers(0, 50), max_size=5),
    known=st.none() | st.sets(st.integers(0, 50)),
)
def test_script_teaches_what_the_definition_does(log, tuning, late, queries, known):
    clicks, tallies = log
    wanted = {
        "cutoff": START + late,
        "tallies": tallies,
        "tuning": tuning,
        "queries": queries,
        "known": known,
    }
    assert compute(clicks, **wanted) == define(clicks, **wanted)


@settings(max_examples=15)
@given(
    log=logs(),
    names=st.lists(
        st.text(min_size=1, max_size=3).filter(str.isprintable),
        min_size=45,
        max_size=45,
        unique=True,
    ),
)
def test_ids_may_be_any_text(log, names):
    clicks = [(f"visit {visit}", names[article], ts) for visit, article, ts in log[0]]
    tuning = Tuning(min_visits=1)
    assert compute(clicks, cutoff=START + 400_001, tuning=tuning) == define(
        clicks, cutoff=START + 400_001, tuning=tuning
    )


@settings(max_examples=20)
@given(log=logs(), tuning=tunings, known=st.none() | st.sets(st.integers(0, 50)))
def test_script_gives_the_tallies_of_the_definition(log, tuning, known):
    expected = tallies_of(log[0], tuning=tuning, known=known)
    assert pair_tallies(log[0], tuning=tuning, known=known) == expected


def test_tallies_without_recent_readings_say_that_nothing_is_read_now():
    yesterday = LATEST - timedelta(days=1)
    learnt = compute([], cutoff=START, tallies=[("a", "b", yesterday, 2.0, 3)])
    midnight = START - START % 86_400 - 86_400
    assert learnt.read == [("a", 0.0, midnight), ("b", 0.0, midnight)]
    in_the_middle_of_three = round(2.0 / (1 + 1 / 40), 9)
    assert learnt == Learnt([("a", "b", in_the_middle_of_three)], learnt.read)


def test_tallies_of_a_day_stand_in_for_its_readings():
    """What a list was built on stays the same evidence, only coarser, once raw rows are gone."""
    clicks = [
        (visit, article, START + visit * 60 + place)
        for visit in range(90)
        for place, article in enumerate(("a", "b" if visit % 3 else "c"))
    ]
    before = compute(clicks, cutoff=START + 86_400, queries=["a"])
    after = compute([], tallies=pair_tallies(clicks), cutoff=START + 3 * 86_400, queries=["a"])
    for learnt in (before, after):
        assert [pair[:2] for pair in learnt.pairs] == [("a", "b"), ("a", "c")]
    assert {row[2] for row in pair_tallies(clicks)} <= {date(2023, 11, 14), date(2023, 11, 15)}
