"""The search page: a plain GET form, and suggestions at the same address for a script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from care.views import leave_no_trace
from lib.text import keyword_key, name_key, normalise_line
from lib.web.http import read_only
from lib.web.limits import limited
from search import names
from search.answering.nearest import Nearest, nearest
from search.medicines import found, sought
from search.query import LONGEST, Filters, Query, parse_query
from search.results import PAGE_SIZE, Results, find
from search.safety import help_articles, safety_of
from search.spelling import proposal, suggestions, unknown_words
from taxonomy import sections
from taxonomy.models import Section

PARAMETERS = ("type", "rubrique", "mot", "auteur", "depuis", "du", "au", "tri", "apres", "avant")
LONGEST_PARAMETER = 200
KINDS = (("", _("Articles")), ("auteurs", _("Auteurs")), ("themes", _("Rubriques et mots-clés")))
PERIODS = (  # days
    ("", _("Toutes les dates")),
    ("30", _("Depuis un mois")),
    ("365", _("Depuis un an")),
    ("1825", _("Depuis cinq ans")),
)


@dataclass(frozen=True)
class SearchRequest:
    """The parameters of a search: each one is valid or empty. tag, author: as typed."""

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
        since = [_midnight(self.since)] if self.since else []
        if self.period:
            since.append(timezone.now() - timedelta(days=int(self.period)))
        within = sections.below(self.section) if self.section else ()
        return Filters(
            sections=tuple(section.pk for section in within),
            author=name_key(self.author)[:60],
            tag=keyword_key(self.tag)[:100],
            since=max(since, default=None),
            until=_midnight(self.until + timedelta(days=1)) if self.until else None,
        )


@read_only
@limited("search", ("GET", "HEAD"), per_account=(600, 600), per_network=(1200, 600))
def search(request: HttpRequest) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "suggestions":
        response = _suggestions(request)
    else:
        response = _page(request)
    patch_vary_headers(response, ["X-Requested-With"])
    return response


def _suggestions(request: HttpRequest) -> HttpResponse:
    beginning = normalise_line(request.GET.get("q", "")[:LONGEST])
    safety = safety_of(beginning, is_finished=False)
    card = render_to_string("search/_called_cards.html", {"safety": safety}).strip()
    found = [] if safety.is_guarded else suggestions(beginning)
    return JsonResponse({"suggestions": found, "care": card if safety.is_urgent else ""})


def _page(request: HttpRequest) -> HttpResponse:
    tree = sections.tree()
    parameters = _parameters(request.GET)
    search_request = _parse(request.GET.get("q", ""), parameters, tree)
    safety = safety_of(search_request.query.text)
    # what the links of the page repeat
    request.GET = _canonical(search_request.query, parameters)  # type: ignore[assignment]  # mutable
    context = {
        "search_request": search_request,
        "query": search_request.query.text,
        "sections": tree,
        "all_sections": sections.flattened(tree),
        "kinds": KINDS,
        "periods": PERIODS,
        "longest": LONGEST,
        "hide_search": True,  # the page has its own field
        "safety": safety,
    }
    if safety.is_guarded:
        context["help_articles"] = help_articles(safety, search_request.query.text)
        return leave_no_trace(render(request, "search/guarded.html", context))
    context |= _search(search_request, parameters, tree, is_urgent=safety.is_urgent)
    # the title stays in the history of a phone
    context["says_words"] = context["searched"] and not safety.has_answer and context["query"]
    response = render(request, "search/results.html", context)
    return leave_no_trace(response) if safety.has_answer else response


def _parameters(given: QueryDict) -> dict[str, str]:
    return {name: normalise_line(given.get(name, "")[:LONGEST_PARAMETER]) for name in PARAMETERS}


def _parse(text: str, parameters: dict[str, str], tree: list[Section]) -> SearchRequest:
    query = parse_query(text)
    kind, path, period = parameters["type"], parameters["rubrique"], parameters["depuis"]
    return SearchRequest(
        query=query,
        kind=kind if kind in dict(KINDS) else "",
        section=sections.at(path, tree),
        tag=parameters["mot"] if name_key(parameters["mot"]) else "",
        author=parameters["auteur"] if name_key(parameters["auteur"]) else "",
        period=period if period in dict(PERIODS) else "",
        since=_date(parameters["du"]),
        until=_date(parameters["au"]),
        by_date=parameters["tri"] == "date" or not query.required,
    )


def _canonical(query: Query, parameters: dict[str, str]) -> QueryDict:
    canonical = QueryDict(mutable=True)
    canonical["q"] = query.text
    canonical.update({name: value for name, value in parameters.items() if value})
    return canonical


def _search(
    search_request: SearchRequest,
    parameters: dict[str, str],
    tree: list[Section],
    *,
    is_urgent: bool,
) -> dict[str, Any]:
    """Return what the template shows of the kind that is asked for."""
    query = search_request.query
    if search_request.kind == "auteurs":
        authors = names.authors(query)
        return {"authors": authors, "count": len(authors), "searched": bool(query.required)}
    if search_request.kind == "themes":
        found_sections, found_tags = names.sections(query, tree), names.tags(query)
        return {
            "found_sections": found_sections,
            "found_tags": found_tags,
            "count": len(found_sections) + len(found_tags),
            "searched": bool(query.required),
        }
    if query.is_empty and (query.text or not search_request.filters.any):
        return {"results": Results(), "searched": False}
    return _search_articles(
        search_request,
        tree,
        after=parameters["apres"],
        before=parameters["avant"],
        is_urgent=is_urgent,
    )


def _search_articles(
    search_request: SearchRequest,
    tree: list[Section],
    *,
    after: str,
    before: str,
    is_urgent: bool,
) -> dict[str, Any]:
    """Return a page of articles; of a short first page the nearest ones instead, and the subjects
    and people of the same name above it."""
    query, filters = search_request.query, search_request.filters
    is_first = not (after or before)
    fewest = PAGE_SIZE if query.required and is_first else 0
    by_date = search_request.by_date
    results = find(query, filters, by_date=by_date, after=after, before=before, fewest=fewest)
    is_short = results.count < fewest
    unknown = unknown_words(query) if is_short else {}
    words, mistyped = ([word.folded for word in given] for given in (query.typed, unknown))
    medicines = found(words, mistyped) if is_first else []
    near = nearest(query, filters, unknown, sought(medicines)) if is_short else Nearest()
    if is_urgent:  # no « vouliez-vous dire » and nothing far-fetched beside a danger
        near, unknown = Nearest(near.whole), {}
    return {
        "results": results,
        "page": results.page,
        "count": results.count,
        "near": near,
        "medicines": medicines,
        "matches": names.of_the_name(query, tree) if is_first else [],
        "searched": True,
        "proposal": None if results.count else proposal(query, filters, unknown),
    }


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
