"""The tree of sections: read whole, tens of nodes; moved in one transaction that leaves a redirect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

from lib.refused import Refused
from redirects.moving import leave_redirect
from taxonomy.models import Section


def reserved_slugs() -> frozenset[str]:
    """Return the first words of the site's own addresses, languages among them, which no top section may take."""
    words = {
        first
        for first in _first_words(get_resolver().url_patterns)
        if first.replace("-", "").isalnum()
    }
    return frozenset(words | {"media", "static"} | {code for code, _name in settings.LANGUAGES})


def _first_words(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        address = (
            ""
            if isinstance(pattern.pattern, LocalePrefixPattern)
            else str(pattern.pattern).lstrip("^")
        )
        if isinstance(pattern, URLResolver) and not address:
            yield from _first_words(pattern.url_patterns)
        else:
            yield address.partition("/")[0]


def tree(*, with_care: bool = False) -> list[Section]:
    """Return the top sections in order, each with `subsections`, a list of the same, all the way down; with their emergency
    cards for a page that shows one. One query."""
    found = Section.objects.in_order()
    sections = list(found.select_related("care_card") if with_care else found)
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


def trail(section: Section, tops: Iterable[Section]) -> list[Section]:
    """Return the section and its ancestors, the top one first, taken from the tree. No query."""
    for top in tops:
        if top.pk == section.pk:
            return [top]
        if section.path.startswith(f"{top.path}/"):
            return [top, *trail(section, top.subsections)]
    return []


def refusal(section: Section, *, parent: Section | None, slug: str) -> str | None:
    """Return why the section cannot have this parent and slug, in French; None if it can."""
    if slug in {"article", "feed"}:
        return str(
            _("« %(slug)s » a un autre sens dans les adresses du site : choisissez un autre mot.")
            % {"slug": slug}
        )
    if parent is None and slug in reserved_slugs():
        return str(
            _("« %(slug)s » est une adresse du site : choisissez un autre mot.") % {"slug": slug}
        )
    if (
        parent
        and section.pk
        and (parent.pk == section.pk or parent.path.startswith(f"{section.path}/"))
    ):
        return str(_("Une rubrique ne peut pas passer sous elle-même."))
    if (parent.depth if parent else 0) + _height(section) > Section.MAX_DEPTH:
        return str(_("Les rubriques vont sur trois niveaux au plus."))
    if Section.objects.filter(parent=parent, slug=slug).exclude(pk=section.pk).exists():
        return str(_("Une autre rubrique porte déjà cette adresse à cet endroit."))
    return None


def _height(section: Section) -> int:
    if not section.pk:
        return 1
    depths = [other.depth for other in Section.objects.within(section)]
    return max(depths) - section.depth + 1


def move(section: Section, *, parent: Section | None, slug: str) -> int:
    """Put the section, with all that is below it, at a new address; the old ones answer 301. Return how many pages,
    sections and published articles, have a new address. Raises Refused.

    One redirect covers the old address and everything below. Older redirects are shortened to point at the new one,
    and one that would now shadow a real address goes.
    """
    with transaction.atomic():
        stored = Section.objects.select_for_update().get(pk=section.pk)
        if reason := refusal(stored, parent=parent, slug=slug):
            raise Refused(reason)
        old, below = stored.path, list(Section.objects.within(stored).exclude(pk=stored.pk))
        section.parent, section.slug = parent, slug
        section.save()
        if section.path == old:
            return 0
        for descendant in below:
            descendant.path = section.path + descendant.path.removeprefix(old)
        Section.objects.bulk_update(below, ["path"])
        leave_redirect(f"/{old}/", f"/{section.path}/", is_prefix=True)
        return 1 + len(below) + Section.objects.published_articles_count([section, *below])
