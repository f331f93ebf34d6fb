"""What documents and comments say, and the words that the code itself is made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = Path("tests/architecture")
CODE = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".toml",
    ".txt",
    ".conf",
    ".service",
    ".timer",
    ".env",
}
COMMENT = {
    ".html": re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL),
    ".sql": re.compile(r"--[^\n]*"),
    "": re.compile(r"(?:^|(?<=\s))#[^\n]*"),  # shell, make, nginx, TOML
}
MARKUP = re.compile(r"<[^>]*>|\{[{%].*?[%}]\}", re.DOTALL)
WORD = re.compile(r"[A-Za-z_][\w-]*")
Spans = set[tuple[tuple[int, int], tuple[int, int]]]
SQL = re.compile(r"\s*(?:ALTER|CREATE|DELETE|DROP|INSERT|SELECT|UPDATE|WITH)\b")
NAMING = ("id", "attr", "arg", "name", "asname", "module")  # of nodes of the syntax tree
BLOCK = re.compile(r"^(?: {4,}|```)")


class Line(NamedTuple):
    """One line written for people; `is_code`: it stands in an indented block of a document."""

    file: str
    number: int
    text: str
    is_code: bool = False


@cache
def tree() -> dict[str, Path]:
    """Return path -> file of what the repository holds, as .gitignore tells."""
    found, folders = {}, [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            name = str(path.relative_to(ROOT))
            if path.name in {".git", "__pycache__"} or any(fnmatch(name, one) for one in made()):
                continue
            if path.is_dir():
                folders.append(path)
            elif path.suffix not in {".pyc", ".mo"}:
                found[name] = path
    return found


@cache
def made() -> frozenset[str]:
    """Return the patterns of paths in .gitignore: work makes them, nobody keeps them."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return frozenset(line.strip("/") for line in lines)


def documents() -> Iterator[Line]:
    """Yield the lines of README, CONTRIBUTING, docs/ and of the newest version in CHANGELOG."""
    for name, path in tree().items():
        if name.endswith(".md") and (name.startswith("docs/") or "/" not in name):
            text = path.read_text(encoding="utf-8")
            if name == "CHANGELOG.md":  # older versions may name what has left since
                text = "\n## ".join(text.split("\n## ")[:2])
            for number, line in enumerate(text.splitlines(), 1):
                yield Line(name, number, line, bool(BLOCK.match(line)))


def comments() -> Iterator[Line]:
    """Yield the lines of all docstrings and comments."""
    for name, path in tree().items():
        if Path(name).parent == OURS:  # they name what does not exist, to see it found
            continue
        if name.endswith(".py"):
            yield from python(name).said
        elif has_comments(name, path):
            text = path.read_text(encoding="utf-8")
            for found in comment_of(name).finditer(text):
                first = text.count("\n", 0, found.start()) + 1
                for number, line in enumerate(found[0].splitlines(), first):
                    yield Line(name, number, line)


def has_comments(name: str, path: Path) -> bool:
    if Path(name).suffix in CODE | {".in"}:
        return "/" not in name or not name.startswith(("demo/data/", "static/fonts/"))
    return "." not in path.name[1:] and path.suffix == "" and name != "LICENSE"


def comment_of(name: str) -> re.Pattern[str]:
    return COMMENT.get(Path(name).suffix, COMMENT[""])


class Python(NamedTuple):
    """A Python file: its docstrings and comments, and the names that it uses."""

    said: list[Line]
    names: set[str]


@cache
def syntax(file: str) -> tuple[ast.Module, list[str]]:
    """Return the parsed file and its lines."""
    source = tree()[file].read_text(encoding="utf-8")
    return ast.parse(source), source.splitlines()


@cache
def python(file: str) -> Python:
    module, lines = syntax(file)
    nodes = list(ast.walk(module))
    strings: dict[ast.expr, str] = {
        node: node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = [
        Line(file, number, lines[number - 1])
        for node in nodes
        if isinstance(node, ast.Expr) and node.value in strings  # a docstring
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    ]
    quoted = [*strings, *(node for node in nodes if isinstance(node, ast.JoinedStr))]
    said += comments_in(file, lines, {span(node) for node in quoted})
    named = {getattr(node, field, None) for node in nodes for field in NAMING}
    found = {name for name in named if isinstance(name, str)}
    if not file.startswith("tests/"):  # they quote what does not exist
        found |= {word for text in strings.values() if is_code(text) for word in words(text)}
    return Python(said, found)


def is_code(text: str) -> bool:
    """Tell a name, or a statement for the database, from a sentence."""
    return SQL.match(text) is not None or not re.search(r"\s", text)


def span(node: ast.expr) -> tuple[tuple[int, int], tuple[int, int]]:
    end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return (node.lineno, node.col_offset), end


def comments_in(file: str, lines: list[str], quoted: Spans) -> Iterator[Line]:
    """Yield, of each line, what follows the first # that stands in no string."""
    for number, line in enumerate(lines, 1):
        for found in re.finditer("#", line):
            place = number, len(line[: found.start()].encode())
            if not any(begin <= place < end for begin, end in quoted):
                yield Line(file, number, line[found.start() :])
                break


@cache
def code_words() -> frozenset[str]:
    """Return every word of the code, comments and sentences left out."""
    found: set[str] = set()
    for name, path in tree().items():
        if name.startswith((str(OURS), "locale/", "demo/data/")):
            continue
        found |= words(path.stem)
        if name.endswith(".py"):
            found |= python(name).names
        elif has_comments(name, path):
            text = comment_of(name).sub(" ", path.read_text(encoding="utf-8"))
            found |= words(" ".join(MARKUP.findall(text)) if name.endswith(".html") else text)
    return frozenset(found)


def words(text: str) -> set[str]:
    """Return the words, those with hyphens (of CSS) whole and in parts."""
    whole = set(WORD.findall(text))
    return whole | {part for word in whole for part in re.split(r"-+|__", word) if part}
