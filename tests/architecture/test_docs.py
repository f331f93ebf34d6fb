"""Whatever documents, docstrings and comments name is there.

Looked for anywhere: paths, SETTINGS, `manage.py` commands, decisions, migrations, and names that
are written with a dot, like_this or LikeThis. Between backticks and in the examples of documents
also single words, make targets, template tags and filters, options of commands.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import names
from tests.architecture.texts import ROOT, Line, code_words, comments, documents, made, tree

ELSEWHERE = {
    "the family of magazines that CareVox comes from": ["AgoraVox"],
    "no file of ours may bear it": ["utils.py"],
    "files of whoever measures with a log of their own": [
        *["TRAIN.csv", "IDS.txt", "ARTICLES.csv", "LISTS.csv", "log.csv"]
    ],
    "programs of the system, of PostgreSQL, of pytest-cov": [
        *["certbot", "manage.py systemctl", "pg_ctl", "no_cover"]
    ],
    "words of SQLite, PostgreSQL and lxml": ["bm25", "ts_rank", "huge_tree"],
    "a script that allauth brings": ["onload.js"],
    "a program from which people paste": ["LibreOffice"],
    "a header that we do not read": ["Accept-Language"],
    "the protocol that drives browsers": ["WebDriver", "BiDi"],
    "a token, as an example": ["oedem"],
}
KNOWN_ELSEWHERE = {name for found in ELSEWHERE.values() for name in found}

SUFFIXES = "py|md|html|css|js|sql|toml|po|svg|webp|png|pdf|conf|service|timer|env|in"
OUTSIDE = re.compile(r"\b[a-z+0-9]+://[^\s`)>\"]*|\b[\w.-]+@[\w.-]+")  # addresses
SPAN = re.compile(r"``?([^`]+)``?")
FILE = re.compile(rf"(?<![\w/.<{{*-])((?:[\w.-]+/)*[\w.-]+\.(?:{SUFFIXES}))\b(?![\w(/*=-]|\.\w)")
FOLDER = re.compile(r"(?<![\w/.<{*-])((?:[\w.-]+/)+)(?![\w<{*.…-])")
PATH = re.compile(r"(?<![\w/.<{*-])(\.?[a-z_]+(?:/[a-z_]+)+)(?![\w/.<{*-])")
DOTTED = re.compile(r"(?<![\w/.@|%-])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?![\w/-])")
SETTING = re.compile(r"(?<![\w.-])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\w-])")
SNAKE = re.compile(r"(?<![\w.@%{<-])_?[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w.-])")
CAMEL = re.compile(r"(?<![\w.<-])[A-Z][a-z]+(?:[A-Z][a-z]+)+(?![\w-])")
NAME = re.compile(r"([A-Za-z_][\w-]*)(?:\(.*\))?")
COMMAND = re.compile(r"(?:manage\.py|deploy/manage) ([a-z_]+)((?: +-[^\s`]+)*)")
WITH_OPTIONS = re.compile(r"([a-z_]+)((?: +--[^\s`]+)+)")
MAKE = re.compile(r"(?:^|&& |: )\s*make ([a-z.][\w./-]*)")
MODULE = re.compile(r"python3? -m ([\w.]+)")
TAG = re.compile(r"\{% (\w+)|\|(\w+)")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
DECISION = re.compile(r"\bdecisions?[ /](\d+)\b", re.IGNORECASE)
MIGRATION = re.compile(r"\bmigration (\d{4})\b")
LEFT = re.compile(r"\bwas $")  # before what has left, in decisions only


def missing(line: Line) -> Iterator[str]:
    """Yield what the line names and nobody finds."""
    text = OUTSIDE.sub(" ", LINK.sub(r"\1", line.text))  # links are judged by themselves
    is_history = line.file.startswith("docs/decisions/")
    spans = [
        found[1]
        for found in SPAN.finditer(text)
        if not (is_history and LEFT.search(text[: found.start()]))
    ]
    prose = SPAN.sub(" ", text)
    yield from missing_links(line)
    yield from missing_numbers(line)
    if line.is_code:
        yield from missing_in_code(text)
    else:
        yield from missing_in_prose(prose)
    for part in [prose, *spans]:
        yield from missing_anywhere(part)
    for span in spans:
        yield from missing_in_code(span)


def missing_anywhere(text: str) -> Iterator[str]:
    yield from (found[1] for found in FILE.finditer(text) if not is_file(found[1]))
    for found in FOLDER.finditer(text):
        if is_top(found[1]) and not is_path(found[1].strip("/")):
            yield found[1]
    yield from (found[1] for found in SETTING.finditer(text) if not is_word(found[1]))
    for found in COMMAND.finditer(text):
        yield from missing_command(found[1], found[2])


def missing_in_prose(text: str) -> Iterator[str]:
    for found in DOTTED.finditer(text):
        if is_ours(found[1]) and not FILE.match(found[1]) and not names.exists(found[1]):
            yield found[1]
    for found in PATH.finditer(text):
        if is_top(found[1]) and not is_path(found[1]):
            yield found[1]
    for found in [*SNAKE.finditer(text), *CAMEL.finditer(text)]:
        if not is_word(found[0]):
            yield found[0]


def missing_in_code(text: str) -> Iterator[str]:
    """Yield what is not found of a span between backticks, or of a line of an example."""
    yield from missing_programs(text)
    for found in TAG.finditer(text):
        if (name := found[1] or found[2]) not in names.template_words():
            yield name
    for found in PATH.finditer(text):
        if not is_path(found[1]) and found[1] not in names.make_targets():
            yield found[1]
    if (found := NAME.fullmatch(text)) and not is_word(found[1]):
        yield found[1]
    for found in DOTTED.finditer(text):
        if not FILE.match(found[1]) and not names.exists(found[1]):
            yield found[1]


def missing_programs(text: str) -> Iterator[str]:
    targets = set(MAKE.findall(text)) - names.make_targets()
    yield from (f"make {target}" for target in targets)
    yield from (f"-m {module}" for module in MODULE.findall(text) if not names.exists(module))
    if found := WITH_OPTIONS.fullmatch(text):
        yield from missing_command(found[1], found[2])


def missing_command(name: str, said: str) -> Iterator[str]:
    if names.command(name) is None:
        yield f"manage.py {name}"
        return
    for option in re.findall(r"--?[a-z-]+", said):
        if option not in names.options(name):
            yield f"manage.py {name} {option}"


def missing_numbers(line: Line) -> Iterator[str]:
    """Yield decisions without a page, and migrations that the app of the file does not have."""
    for number in DECISION.findall(line.text):
        if not list((ROOT / "docs/decisions").glob(f"{int(number):04}-*.md")):
            yield f"decision {number}"
    app = line.file.partition("/")[0]
    for number in MIGRATION.findall(line.text):
        if not list((ROOT / app / "migrations").glob(f"{number}_*.py")):
            yield f"migration {number}"


def missing_links(line: Line) -> Iterator[str]:
    """Yield links to a file or heading that is not there, or to another decision than they say."""
    if not line.file.endswith(".md"):
        return
    for words, target in LINK.findall(line.text):
        path, _hash, anchor = target.partition("#")
        if "://" in target:
            continue
        file = (ROOT / line.file).parent / path if path else ROOT / line.file
        number = DECISION.search(words)
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target
        elif number and not file.name.startswith(f"{int(number[1]):04}"):
            yield f"{number[0]} in {target}"


def anchors(file: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def is_word(name: str) -> bool:
    known = code_words() | names.settings()
    return name in known or hasattr(builtins, name) or names.command(name) is not None


def is_ours(dotted: str) -> bool:
    """Tell whether a name in plain prose begins like one of ours."""
    first = dotted.partition(".")[0]
    return first in names.classes() or any(names.ends(name, first) for name in names.modules())


def is_file(path: str) -> bool:
    return path in ends_of_paths()[0]


def is_path(path: str) -> bool:
    """Tell whether a file, folder or module has this path or one that ends so; or work makes it."""
    files, folders = ends_of_paths()
    is_made = any(f"{path}/".startswith(f"{name}/") for name in made())
    return path in folders or path in files or f"{path}.py" in files or is_made


def is_top(path: str) -> bool:
    return path.partition("/")[0] in ends_of_paths()[1] - {""}


@cache
def ends_of_paths() -> tuple[frozenset[str], frozenset[str]]:
    """Return every path of a file and every path of a folder, whole and without its first parts."""
    files, folders = set(), set()
    for name in tree():
        parts = name.split("/")
        for begin in range(len(parts)):
            files.add("/".join(parts[begin:]))
            folders |= {"/".join(parts[begin:end]) for end in range(begin + 1, len(parts))}
    return frozenset(files), frozenset(folders)


@cache
def everything_missing() -> list[tuple[Line, str]]:
    lines = [*documents(), *comments()]
    return [(line, name) for line in lines for name in dict.fromkeys(missing(line))]


def told(found: Iterable[tuple[Line, str]]) -> list[str]:
    return [
        f"{line.file}:{line.number}: {name} is not found"
        for line, name in found
        if name not in KNOWN_ELSEWHERE
    ]


def test_what_documents_name_is_there():
    found = told(pair for pair in everything_missing() if pair[0].file.endswith(".md"))
    assert not found, "\n".join(found)


def test_what_docstrings_and_comments_name_is_there():
    found = told(pair for pair in everything_missing() if not pair[0].file.endswith(".md"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("The rule is in articles/votes.py.", "articles/votes.py"),
        ("See `lib/waiting`.", "lib/waiting"),
        ("Folders such as comments/letters/ hold it.", "comments/letters/"),
        ("The sheet is nowhere.css.", "nowhere.css"),
        ("Call `voting.cast_vote(article=…)`.", "voting.cast_vote"),
        ("Call voting.cast_vote under the lock.", "voting.cast_vote"),
        ("It is `Article.Status.ASLEEP`.", "Article.Status.ASLEEP"),
        ("Only cast_vote writes it.", "cast_vote"),
        ("A row of FrontPagePlace holds it.", "FrontPagePlace"),
        ("A row of `Doorman` holds it.", "Doorman"),
        ("`django.contrib.nothing` is used.", "django.contrib.nothing"),
        ("Set READINGS_WAIT_MINUTES.", "READINGS_WAIT_MINUTES"),
        ("Run `manage.py rerender_texts`.", "manage.py rerender_texts"),
        ("Run `manage.py recount --dry-run`.", "manage.py recount --dry-run"),
        ("Run `recount --all`.", "manage.py recount --all"),
        ("Run `make coffee`.", "make coffee"),
        ("Run `python -m benchmarks.nothing`.", "-m benchmarks.nothing"),
        ("Draw it by `{% comment_tree article %}`.", "comment_tree"),
        ("Shown by `|nicely`.", "nicely"),
        ("See decision 99.", "decision 99"),
        ("See [decision 1](0002-dependencies.md).", "decision 1 in 0002-dependencies.md"),
        ("See [the list](0099-nothing.md).", "0099-nothing.md"),
        ("See [the list](../operations.md#nothing).", "../operations.md#nothing"),
        ("It has an index (migration 0099).", "migration 0099"),
    ],
)
def test_invented_name_is_told(said, name):
    file = "search/models.py" if "migration" in said else "docs/decisions/0001-layers.md"
    assert name in set(missing(Line(file, 1, said)))


def test_comments_of_every_kind_of_file_are_read():
    kinds = {Path(line.file).suffix for line in comments()}
    assert {".py", ".html", ".css", ".js", ".sql", ".toml", ".conf", ".service", ""} <= kinds
    assert "Makefile" in {line.file for line in comments()}


def test_real_names_and_what_has_left_pass():
    said = [
        "articles/voting.py, `voting.cast_rating(article=…)`, `articles.voting`, `recount --check`",
        "`Article.Status.DRAFT`, `article.comments.visible`, `make lint`, `|french`, `DEBUG`",
        "The rule is in `comments/`; it was `lib/waiting.py` once.",
    ]
    lines = [Line("docs/decisions/0001-layers.md", 1, text) for text in said]
    assert [name for line in lines for name in missing(line)] == []


def test_failure_says_where_and_what():
    line = Line("README.md", 7, "See lib/waiting.py.")
    found = told((line, name) for name in missing(line))
    assert found == ["README.md:7: lib/waiting.py is not found"]


def test_every_exception_is_needed():
    assert KNOWN_ELSEWHERE - {name for _line, name in everything_missing()} == set()
