"""The tree of sections: some tens of nodes, read whole in one query and walked in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taxonomy.models import Section


def tree() -> list[Section]:
    """Return the top sections in order, each with `subsections`, a list of the same, all the way
    down. One query."""
    sections = list(Section.objects.in_order())
    by_parent: dict[int | None, list[Section]] = {}
    for section in sections:
        by_parent.setdefault(section.parent_id, []).append(section)
    for section in sections:
        section.subsections = by_parent.get(section.pk, [])
    return by_parent.get(None, [])


def at(path: str, tops: Iterable[Section]) -> Section | None:
    """Return the section of this address, taken from the tree; None if there is none. No query."""
    for section in tops:
        if section.path == path:
            return section
        if path.startswith(f"{section.path}/"):
            return at(path, section.subsections)
    return None


def below(section: Section) -> Iterator[Section]:
    """Yield the section and all its descendants, taken from the tree. No query."""
    yield section
    for child in section.subsections:
        yield from below(child)


def flattened(tops: Iterable[Section]) -> list[Section]:
    """Return all sections of the tree in its order, each before its own. No query."""
    return [section for top in tops for section in below(top)]


def trail(section: Section, tops: Iterable[Section]) -> list[Section]:
    """Return the section and its ancestors, the top one first, taken from the tree. No query."""
    for top in tops:
        if top.pk == section.pk:
            return [top]
        if section.path.startswith(f"{top.path}/"):
            return [top, *trail(section, top.subsections)]
    return []
