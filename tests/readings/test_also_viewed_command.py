"""`manage.py also_viewed`: a click log in, lists out, no site needed."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from readings.recommendations.definition import Tuning, define

ROOT = Path(__file__).resolve().parent.parent.parent
CUTOFF = 1_700_100_000
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


def test_lists_are_those_of_the_definition(files):
    header, *rows = run(files)
    ids = ["article 1", "article 4", 'never read, « ni "lu" »']
    expected = define(CLICKS, cutoff=CUTOFF, tuning=Tuning(top=10), queries=ids)
    assert header == ["article", "neighbour", "rank"]
    assert rows == [
        [a, b, str(rank)] for a, row in expected.items() for rank, b in enumerate(row, 1)
    ]
    assert [len(row) for row in expected.values()] == [10, 10, 10]


def test_options_are_the_tuning(files):
    _, *rows = run(files, min_visits=9, r0=150.0, window_hours=27.0)
    expected = define(
        CLICKS,
        cutoff=CUTOFF,
        tuning=Tuning(top=10, min_visits=9, r0=150.0, window_hours=27.0),
        queries=["article 1"],
    )
    assert [row[1] for row in rows if row[0] == "article 1"] == expected["article 1"]


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
