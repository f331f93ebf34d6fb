"""The search page: a plain GET form, and suggestions at the same address when a script asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lib.text import name_key, normalise_line
from lib.web.limits import limited
from search import names
from search.query import LONGEST, Filters, Query, understood
from search.results import Results, find
from search.spelling import proposal, suggestions
from taxonomy import sections
from taxonomy.models import Section

PARAMETERS = ("type", "rubrique", "mot", "auteur", "depuis", "du", "au", "tri", "apres", "avant")
LONGEST_PARAMETER = 200
KINDS = (("", _("Articles")), ("auteurs", _("Auteurs")), ("themes", _("Rubriques et mots-clés")))
PERIODS = (
    ("", _("Toutes les dates")),
    ("30", _("Depuis un mois")),
    ("365", _("Depuis un an")),
    ("1825", _("Depuis cinq ans")),
)


@dataclass(frozen=True)
class Asked:
    """The address of a search, every value understood or empty; `rubrique` is the path of a section."""

    query: Query
    kind: str
    section: Section | None
    tag: str
    author: str
    period: str
    since: date | None
    until: date | None
    by_date: bool

    @property
    def filters(self) -> Filters:
        since = [timezone.now() - timedelta(days=int(self.period))] if self.period else []
        since += [_midnight(self.since)] if self.since else []
        return Filters(
            sections=tuple(section.pk for section in names.flat([self.section]))
            if self.section
            else (),
            author=name_key(self.author)[:60],
            tag=name_key(self.tag)[:100],
            since=max(since, default=None),
            until=_midnight(self.until + timedelta(days=1)) if self.until else None,
        )


@require_safe
@limited("search", ("GET", "HEAD"), per_account=(600, 600), per_network=(1200, 600))
def search(request: HttpRequest) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "suggestions":
        answer: HttpResponse = JsonResponse(
            {"suggestions": suggestions(normalise_line(request.GET.get("q", "")[:LONGEST]))}
        )
    else:
        answer = _page(request)
    patch_vary_headers(answer, ["X-Requested-With"])
    return answer


def _page(request: HttpRequest) -> HttpResponse:
    tree = sections.tree()
    asked = _asked(request.GET, tree)
    request.GET = _kept(request.GET, asked.query)  # type: ignore[assignment]  # what the links of the page repeat
    context: dict[str, Any] = {
        "asked": asked,
        "query": asked.query.text,
        "sections": tree,
        "all_sections": names.flat(tree),
        "kinds": KINDS,
        "periods": PERIODS,
        "longest": LONGEST,
        "hide_search": True,  # the page has its own field
    }
    return render(request, "search/results.html", context | _found(request, asked, tree))


def _found(request: HttpRequest, asked: Asked, tree: list[Section]) -> dict[str, Any]:
    if asked.kind == "auteurs":
        authors = names.authors(asked.query)
        return {"authors": authors, "count": len(authors), "searched": bool(asked.query.tokens)}
    if asked.kind == "themes":
        found_sections, found_tags = names.sections(asked.query, tree), names.tags(asked.query)
        return {
            "found_sections": found_sections,
            "found_tags": found_tags,
            "count": len(found_sections) + len(found_tags),
            "searched": bool(asked.query.tokens),
        }
    if asked.query.is_empty and (asked.query.text or not asked.filters.any):
        return {"results": Results(), "searched": False}
    results = find(
        asked.query,
        asked.filters,
        by_date=asked.by_date,
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
    )
    return {
        "results": results,
        "page": results.page,
        "count": results.count,
        "searched": True,
        "proposal": None if results.count else proposal(asked.query, asked.filters),
    }


def _asked(given: QueryDict, tree: list[Section]) -> Asked:
    query = understood(given.get("q", ""))
    value = {name: normalise_line(given.get(name, "")[:LONGEST_PARAMETER]) for name in PARAMETERS}
    return Asked(
        query=query,
        kind=value["type"] if value["type"] in dict(KINDS) else "",
        section=next(
            (section for section in names.flat(tree) if section.path == value["rubrique"]), None
        ),
        tag=value["mot"] if name_key(value["mot"]) else "",
        author=value["auteur"] if name_key(value["auteur"]) else "",
        period=value["depuis"] if value["depuis"] in dict(PERIODS) else "",
        since=_date(value["du"]),
        until=_date(value["au"]),
        by_date=value["tri"] == "date" or not query.wanted,
    )


def _kept(given: QueryDict, query: Query) -> QueryDict:
    kept = QueryDict(mutable=True)
    kept["q"] = query.text
    kept.update(
        {
            name: normalise_line(given.get(name, "")[:LONGEST_PARAMETER])
            for name in PARAMETERS
            if given.get(name)
        }
    )
    return kept


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
