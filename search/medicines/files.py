"""The two files of the public medicines database: what they look like, what is read of them.

One medicine, or one part of one, a line; columns between tabs, no heading, no quotes. The encoding
has been Windows-1252 and UTF-8. A medicine has parts of the kind SA, its active substances as they
are in it, and FT, what works of these; a number links the two. Column by column in
https://github.com/Git-Fg/pharma_scan/blob/15d79b3/backend_pipeline/structure_bdpm.md
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lib.text import fold, normalise_line
from search.medicines.brands import brand_key
from search.models import Medicine

MEDICINES, PARTS = "CIS_bdpm.txt", "CIS_COMPO_bdpm.txt"
MEDICINE_COLUMNS, PART_COLUMNS = 12, 8
CODE = re.compile(r"[1-9]\d{7}", re.ASCII)
SUBSTANCE, FRACTION = "SA", "FT"
MOST_WRONG = 0.05  # of the lines; with more it is another file
LONGEST_NAME = Medicine._meta.get_field("name").max_length or 0

Columns = list[str]


class NotTheFile(Exception):
    """Its text says which file is not as the database writes it, in one line."""


@dataclass(frozen=True)
class Row:
    cis: int
    name: str
    key: str
    substances: str


@dataclass
class Read:
    """The medicines of a folder, and which lines were left out: file and number."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read(folder: Path) -> Read:
    """Read both files whole, before anything is changed."""
    medicines, left_out = _lines(folder / MEDICINES, _is_medicine)
    parts, wrong_parts = _lines(folder / PARTS, _is_part)
    substances = _substances(columns for _place, columns in parts)
    found = Read(left_out=[*left_out, *wrong_parts])
    seen: set[int] = set()
    for place, columns in medicines:
        cis, name = int(columns[0]), normalise_line(columns[1])
        key = brand_key(name)
        if cis in seen or not key:
            found.left_out.append(place)
            continue
        seen.add(cis)
        found.rows.append(Row(cis, name, key, "\n".join(substances.get(cis, []))))
    return found


def _lines(
    path: Path, is_well_formed: Callable[[Columns], bool]
) -> tuple[list[tuple[str, Columns]], list[str]]:
    """Return the good lines, each with its place, and the places of the others."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotTheFile(f"{path}: {error.strerror}") from error
    good, wrong = [], []
    for number, line in enumerate(content.splitlines(), 1):
        place, columns = f"{path.name}:{number}", _columns(line)
        if is_well_formed(columns):
            good.append((place, columns))
        elif line.strip():
            wrong.append(place)
    if not good or len(wrong) > MOST_WRONG * (len(good) + len(wrong)):
        raise NotTheFile(
            f"{path} is not the file of the public medicines database: "
            f"{len(good)} of {len(good) + len(wrong)} lines look like it"
        )
    return good, wrong


def _columns(line: bytes) -> Columns:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = line.decode("cp1252", errors="replace")
    return [column.strip() for column in text.split("\t")]


def _is_medicine(columns: Columns) -> bool:
    return (
        len(columns) >= MEDICINE_COLUMNS
        and CODE.fullmatch(columns[0]) is not None
        and 0 < len(columns[1]) <= LONGEST_NAME
    )


def _is_part(columns: Columns) -> bool:
    return (
        len(columns) >= PART_COLUMNS
        and CODE.fullmatch(columns[0]) is not None
        and columns[3] != ""
        and columns[6] in {SUBSTANCE, FRACTION}
    )


def _substances(parts: Iterable[Columns]) -> dict[int, list[str]]:
    """Return code -> the names of what works in the medicine, each once: of « chlorhydrate de
    metformine » and « metformine », which are one, the second."""
    linked: dict[int, dict[str, dict[str, list[str]]]] = {}
    for columns in parts:
        links = linked.setdefault(int(columns[0]), {})
        kinds = links.setdefault(columns[7], {SUBSTANCE: [], FRACTION: []})
        kinds[columns[6]].append(normalise_line(columns[3]))
    return {
        cis: _distinct(
            name for kinds in links.values() for name in kinds[FRACTION] or kinds[SUBSTANCE]
        )
        for cis, links in linked.items()
    }


def _distinct(names: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(fold(name), name)
    return list(first.values())
