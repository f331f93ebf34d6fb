"""`manage.py also_viewed`: a click log in, lists out, no site needed."""

import csv
import os
import subprocess
import sys
from collections import Counter
from math import inf
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from readings.recommendations.definition import Tuning, define
from readings.recommendations.lists import ListMaker, PublishedArticle

ROOT = Path(__file__).resolve().parent.parent.parent
CUTOFF = 1_700_100_000
IDS = ["article 1", "article 4", 'never read, « ni "lu" »']
CLICKS = [
    (f"v{visit}", f"article {(visit + 3 * place) % 13}", 1_700_000_000 + 97 * visit + 40 * place)
    for visit in range(80)
    for place in range(3)
]


@pytest.fixture
def files(tmp_path):
    write(tmp_path / "train.csv", ["session", "article", "ts"], CLICKS)
    (tmp_path / "ids.txt").write_text(
        'article 1\narticle 4\nnever read, « ni "lu" »\n\narticle 1\n', encoding="utf-8"
    )
    return tmp_path


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def run(files, **options):
    paths = {
        "clicks": files / "train.csv",
        "queries": files / "ids.txt",
        "out": files / "lists.csv",
    }
    call_command("also_viewed", **{"cutoff": CUTOFF, "verbosity": 0, **paths, **options})
    with (files / "lists.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def by_definition(ids, tuning):
    """Return the rows that the pure function and the list maker give for these articles."""
    times = [ts for _visit, _article, ts in CLICKS]
    first = {}
    for ts, article in sorted((ts, article) for _visit, article, ts in CLICKS):
        first.setdefault(article, ts)
    known = {
        article
        for article in first
        if sum(of == article for _visit, of, _ts in CLICKS) >= tuning.min_visits
    }
    assert max(times) < CUTOFF
    learnt = define(CLICKS, cutoff=CUTOFF, tuning=tuning, known=known)
    articles = [PublishedArticle(pk, "", frozenset(), first.get(pk, inf)) for pk in {*first, *ids}]
    maker = ListMaker(learnt, articles, cutoff=CUTOFF, trend=tuning.trend)
    return [
        [article, neighbour, str(rank)]
        for article in ids
        for rank, (neighbour, _source) in enumerate(maker.list_of(article, length=10), 1)
    ]


def test_lists_are_those_of_the_definition(files):
    header, *rows = run(files)
    assert header == ["article", "neighbour", "rank"]
    assert rows == by_definition(IDS, Tuning(top=10))
    assert Counter(article for article, _, _ in rows) == dict.fromkeys(IDS, 10)


def test_options_are_the_tuning(files):
    _, *rows = run(files, min_visits=9, r0=150.0, window_hours=27.8)
    assert rows == by_definition(IDS, Tuning(top=10, min_visits=9, r0=150.0, window_hours=27.8))


def test_articles_of_the_same_subject_are_proposed_where_readings_say_nothing(files):
    lines = [
        "article,section",
        '"never read, « ni ""lu"" »",sleep',
        "article 7,sleep",
        "article 9,sleep",
        "article 11,food",
        "not there yet,sleep",
    ]
    (files / "articles.csv").write_text("\n".join(lines), encoding="utf-8")
    _, *rows = run(files, articles=files / "articles.csv")
    found = [neighbour for article, neighbour, _rank in rows if article == IDS[2]]
    assert set(found[3:5]) | set(found[:3]) >= {"article 7", "article 9"}
    assert "not there yet" not in found


def test_keywords_and_dates_count_where_they_are_given(files):
    write(files / "train.csv", ["session", "article", "ts"], [])
    lines = [
        "article,section,published,keywords",
        "a,1,,sleep;food",
        "b,2,1700000001.5,sleep",
        "c,1,1700000003,",
        "d,2,1700000002,",
        "e,1,1700100001,sleep;food",
    ]
    (files / "articles.csv").write_text("\n".join(lines), encoding="utf-8")
    (files / "ids.txt").write_text("a", encoding="utf-8")
    _, *rows = run(files, articles=files / "articles.csv")
    assert [neighbour for _article, neighbour, _rank in rows] == ["b", "c", "d"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "must begin with the header article,section or article,section,published,keywords"),
        ("article,section,published\na,b,1\n", "it begins with"),
        ("article,section\na,b\na\n", "line 3"),
        ("article,section\na,b,c\n", "line 2"),
        ("article,section\n,b\n", "line 2"),
        ("article,section,published,keywords\na,b,noon,\n", "line 2"),
        ("article,section,published,keywords\na,b,nan,\n", "line 2"),
        ('article,section\n"a,b\n', "line 2"),
        ("article,section\n\udcff,b\n", ""),
    ],
)
def test_bad_file_of_articles_is_refused_with_one_line_that_names_it(files, content, complaint):
    (files / "articles.csv").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError) as refused:
        run(files, articles=files / "articles.csv")
    assert refused.value.returncode == 2
    assert "articles.csv" in str(refused.value)
    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)


def test_equals_are_ordered_as_numbers_where_all_ids_are_numbers(files):
    """As the site does, which knows its articles by number: 9 before 10."""
    numbers = [(n, article, 1_700_000_000) for n in range(3) for article in (10, 9, 100, 1)]
    write(files / "train.csv", ["session", "article", "ts"], numbers)
    (files / "ids.txt").write_text("1")
    assert [row[1] for row in run(files)[1:]] == ["9", "10", "100"]
    (files / "ids.txt").write_text("1\n1a")
    assert [row[1] for row in run(files)[1:] if row[0] == "1"] == ["10", "100", "9"]


def test_empty_log_gives_empty_lists(files):
    write(files / "train.csv", ["session", "article", "ts"], [])
    assert run(files) == [["article", "neighbour", "rank"]]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "must begin with the header session,article,ts"),
        ("a,b,c\n1,2,3\n", "it begins with 'a,b,c'"),
        ("session,article,ts\n1,2,3\n1,2,noon\n", "line 3"),
        ("session,article,ts\n1,2,3\n1,2\n", "line 3"),
        ("session,article,ts\n1,2,3,4\n", "line 2"),
        ("session,article,ts\n1,2,99999999999999999999\n", "line 2"),
        ("session,article,ts\n,2,3\n", "without a session"),
        ("session,article,ts\n1,,3\n", "without a session, an article"),
        ("session,article,ts\n1,2,\n", ""),
        ("session,article,ts\n1,\udcff,3\n", ""),
    ],
)
def test_bad_log_is_refused_with_one_line_that_names_it(files, content, complaint):
    (files / "train.csv").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError) as refused:
        run(files)
    assert refused.value.returncode == 2
    assert "train.csv" in str(refused.value)
    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (files / "lists.csv").exists()


@pytest.mark.parametrize("name", ["clicks", "queries"])
def test_missing_file_is_named(files, name):
    with pytest.raises(CommandError, match=r"nowhere.* cannot be read"):
        run(files, **{name: files / "nowhere"})


def test_out_that_cannot_be_written_is_named(files):
    with pytest.raises(CommandError, match=r"lists\.csv cannot be written"):
        run(files, out=files / "nowhere" / "lists.csv")


@pytest.mark.parametrize(
    "options",
    [
        ["--r0", "0"],
        ["--r0", "nan"],
        ["--min-visits", "0"],
        ["--window-hours", "-1"],
        ["--window-hours", "inf"],
        ["--cutoff", "noon"],
    ],
)
def test_bad_option_is_named(files, options):
    paths = [
        "--clicks",
        str(files / "train.csv"),
        "--queries",
        str(files / "ids.txt"),
        "--out",
        str(files / "lists.csv"),
    ]
    with pytest.raises(CommandError, match=options[0]):
        call_command("also_viewed", *paths, "--cutoff", str(CUTOFF), *options)


def test_no_site_is_needed(files):
    """Neither a secret nor a database: a bare checkout can run it, and no database is touched."""
    env = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    env |= {
        "DATA_DIR": str(files / "data"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
    }
    command = [
        "also_viewed",
        "--clicks",
        "train.csv",
        "--cutoff",
        str(CUTOFF),
        "--queries",
        "ids.txt",
        "--out",
        "lists.csv",
    ]
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        cwd=files,
        env=env,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "also_viewed: 30 entries for 3 articles\n"
    assert not (files / "data").exists()
