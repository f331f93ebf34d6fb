"""Where a section may stand, and its move there with all that is below it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

from lib.refused import Refused
from redirects.moving import leave_redirect
from taxonomy.models import Section

SUFFIXES = {"article", "feed"}  # what the site itself puts behind the address of any section


def move(section: Section, *, parent: Section | None, slug: str) -> int:
    """Put the section, with all that is below it, at a new address; the old ones answer 301.

    Return how many pages have a new address: sections and published articles. Raises
    Refused. One redirect covers the old address and everything below it.
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


def refusal(section: Section, *, parent: Section | None, slug: str) -> str | None:
    """Return why the section cannot have this parent and slug, in French; None if it can."""
    if slug in SUFFIXES:
        return str(
            _("« %(slug)s » a un autre sens dans les adresses du site : choisissez un autre mot.")
            % {"slug": slug}
        )
    if parent is None and slug in reserved_slugs():
        return str(
            _("« %(slug)s » est une adresse du site : choisissez un autre mot.") % {"slug": slug}
        )
    if parent and _is_within(parent, section):
        return str(_("Une rubrique ne peut pas passer sous elle-même."))
    if (parent.depth if parent else 0) + _height(section) > Section.MAX_DEPTH:
        return str(_("Les rubriques vont sur trois niveaux au plus."))
    if Section.objects.filter(parent=parent, slug=slug).exclude(pk=section.pk).exists():
        return str(_("Une autre rubrique porte déjà cette adresse à cet endroit."))
    return None


def reserved_slugs() -> frozenset[str]:
    """Return the words that no top section may take: those with which the site's own addresses
    begin, and its languages."""
    words = {
        first
        for first in _first_words(get_resolver().url_patterns)
        if first.replace("-", "").isalnum()
    }
    return frozenset(words | {"media", "static"} | {code for code, _name in settings.LANGUAGES})


def _first_words(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        # "en/" is no word of its own here: each language has the same addresses behind it
        is_language = isinstance(pattern.pattern, LocalePrefixPattern)
        address = "" if is_language else str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver) and not address:
            yield from _first_words(pattern.url_patterns)
        else:
            yield address.partition("/")[0]


def _is_within(section: Section, other: Section) -> bool:
    """Tell whether the section is the other one or stands below it; nothing is below a new one."""
    if not other.pk:
        return False
    return section.pk == other.pk or section.path.startswith(f"{other.path}/")


def _height(section: Section) -> int:
    """Return how many levels the section takes, its own included."""
    if not section.pk:
        return 1
    depths = [other.depth for other in Section.objects.within(section)]
    return max(depths) - section.depth + 1
