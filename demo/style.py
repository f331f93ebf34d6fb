"""The page /style/: each component in each of its states.

The real partials draw them from objects that are never saved. In the URLconf with DEBUG only. To
add a component, add its lines to `components()`; docs/design.md lists them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from demo import style_samples as samples
from lib.french.marking import marked
from lib.french.words import tokens
from lib.web.http import read_only

NAMING = re.compile(
    r'\b(id|for|aria-labelledby|aria-describedby|href|aria-label|name)="(#?)([^"]*)"'
)
REGION = re.compile(
    r'<section((?: (?!aria-label)[\w-]+(?:="[^"]*")?)*)(?: aria-label(?:ledby)?="[^"]*")?'
)
REFERRING = {"id", "for", "aria-labelledby", "aria-describedby"}


@dataclass(frozen=True)
class Sample:
    """One drawing: what is special about it, the template, and what the template takes."""

    component: str
    label: str
    template: str
    context: dict[str, Any]


def components() -> Iterator[Sample]:
    yield from _frame()
    yield from _article()
    yield from _corrections()
    yield from _readers()
    yield from _teasers()
    yield from _rankings()
    yield from _lists()
    yield from _search()
    yield from _forms()


def _frame() -> Iterator[Sample]:
    tops = samples.sections()
    yield Sample("masthead", "une page", "_masthead.html", {"page_section": tops[0]})
    yield Sample("masthead", "page d’accueil", "_masthead.html", {"is_home": True})
    yield Sample(
        "breadcrumb",
        "trois niveaux",
        "_breadcrumb.html",
        {"trail": [tops[0], *tops[0].subsections]},
    )
    yield Sample(
        "notice",
        "résultat d’une action",
        "_messages.html",
        {"messages": ["Votre réaction est publiée !"]},
    )


def _article() -> Iterator[Sample]:
    usual, bare, worst = samples.article(), samples.bare_article(), samples.long_article()
    for label, article in (("habituel", usual), ("sans rien", bare), ("250 caractères", worst)):
        yield Sample("headline", label, "articles/_article_head.html", {"article": article})
    yield Sample(
        "margin",
        "tout est dit",
        "articles/_margin.html",
        {"article": usual, "sources": samples.sources()},
    )
    yield Sample("margin", "tout manque", "articles/_margin.html", {"article": bare, "sources": []})
    yield Sample("picture", "de tête", "articles/_lead_picture.html", {"article": usual})
    notices = (("avec sa source", samples.notice()), ("600 caractères", samples.long_notice()))
    for label, notice in notices:
        yield Sample("urgent-notice", label, "articles/_urgent_notice.html", {"notice": notice})
    yield Sample("care-card", "trois niveaux", "care/_care_card.html", samples.care_card())
    yield Sample("toc", "six parties", "articles/_toc.html", {"parts": samples.headings(6)})
    yield Sample(
        "prose",
        "tout ce qu’un texte peut contenir",
        "demo/_style_prose.html",
        {"html": samples.prose()},
    )
    yield Sample(
        "sources",
        "adresses nues de 100 caractères",
        "articles/_sources.html",
        {"sources": samples.sources()},
    )
    yield Sample("sources", "aucune", "articles/_sources.html", {"sources": []})
    yield Sample(
        "disclaimer", "", "articles/_disclaimer.html", {"address": "https://www.example.org/"}
    )
    yield Sample("tags", "trente mots-clés", "articles/_tags.html", {"tags": samples.tags(30)})
    yield Sample(
        "share",
        "",
        "sharing/_share.html",
        {"article": usual, "address": "https://www.example.org/"},
    )
    yield Sample("author-box", "habituel", "authors/_author_box.html", {"author": usual.author})
    yield Sample(
        "author-box", "nouvelle plume", "authors/_author_box.html", {"author": samples.new_author()}
    )
    yield Sample(
        "author-box",
        "2 000 articles",
        "authors/_author_box.html",
        {"author": samples.busy_author()},
    )


def _corrections() -> Iterator[Sample]:
    told = {"corrections": samples.corrections()}
    yield Sample("corrections", "une erreur, une précision", "articles/_corrections.html", told)


def _readers() -> Iterator[Sample]:
    article, reader = samples.article(), samples.new_author()
    panel = {"article": article, "choices": range(1, 6), "csrf_token": "x" * 64}
    yield Sample("rating", "visiteur", "articles/_rating.html", panel)
    yield Sample("rating", "membre", "articles/_rating.html", {**panel, "reader": reader})
    yield Sample(
        "rating",
        "déjà notée",
        "articles/_rating.html",
        {**panel, "reader": reader, "own": samples.rating(article, reader)},
    )
    yield Sample(
        "rating",
        "refusée",
        "articles/_rating.html",
        {**panel, "reader": reader, "error": "Choisissez une note de 1 à 5."},
    )
    yield Sample(
        "rating",
        "pas encore noté",
        "articles/_rating.html",
        {**panel, "article": samples.bare_article()},
    )
    yield Sample(
        "thread",
        "visiteur",
        "comments/_comment_thread.html",
        {"article": article, "page": samples.thread(article), "reader": None},
    )
    form = samples.comment_form()
    yield Sample(
        "comment-form", "membre", "comments/_comment_form.html", {"article": article, "form": form}
    )
    yield Sample(
        "comment-form",
        "avec une erreur",
        "comments/_comment_form.html",
        {"article": article, "form": samples.comment_form({"text": ""})},
    )


def _teasers() -> Iterator[Sample]:
    usual, bare, worst = samples.article(), samples.bare_article(), samples.long_article()
    for label, article, kind in (
        ("de tête", usual, "lead"),
        ("en ligne", usual, "row"),
        ("en bloc", usual, "block"),
        ("petit", usual, "small"),
    ):
        yield Sample("teaser", label, "demo/_style_teaser.html", {"article": article, "kind": kind})
    yield Sample(
        "teaser", "sans image ni note", "demo/_style_teaser.html", {"article": bare, "kind": "row"}
    )
    warned = {"article": samples.article(has_notice=True), "kind": "row"}
    yield Sample("teaser", "avec un avertissement", "demo/_style_teaser.html", warned)
    yield Sample(
        "teaser",
        "titre de 250 caractères",
        "demo/_style_teaser.html",
        {"article": worst, "kind": "row"},
    )


def _rankings() -> Iterator[Sample]:
    usual, bare, worst = samples.article(), samples.bare_article(), samples.long_article()
    ranked = [
        {"article": article, "place": place, "readings": 3000 // place}
        for place, article in enumerate((usual, worst, bare), 1)
    ]
    for label, fact in (
        ("lectures", "readings"),
        ("commentaires", "comments"),
        ("notes", "ratings"),
    ):
        yield Sample("ranking", label, "_ranking.html", {"entries": ranked, "fact": fact})
    yield Sample(
        "ranking",
        "toute la liste",
        "_ranking.html",
        {"entries": ranked, "fact": "comments", "long": True},
    )


def _lists() -> Iterator[Sample]:
    usual, bare, worst = samples.article(), samples.bare_article(), samples.long_article()
    beside = [{"neighbour": article} for article in (usual, worst, bare)]
    for label, from_readings in (("d’après les lectures", True), ("à défaut de lectures", False)):
        yield Sample(
            "also-viewed",
            label,
            "readings/_also_viewed.html",
            {
                "entries": beside,
                "from_readings": from_readings,
                "sections": samples.sections(),
            },
        )
    for label, newer, older in (
        ("première page", "", "y"),
        ("au milieu", "x", "y"),
        ("dernière page", "x", ""),
    ):
        yield Sample(
            "pagination",
            label,
            "_keyset_pagination.html",
            {"page": {"newer": newer, "older": older}},
        )
    yield Sample(
        "archives", "une année", "articles/_months.html", {"year": 2025, "months": samples.months()}
    )
    yield Sample("board", "", "frontpage/_board.html", {})


def _search() -> Iterator[Sample]:
    usual, worst = samples.article(), samples.long_article()
    field = {
        "id": "q-exemple",
        "css": "search--large",
        "label": "Recherche dans le site",
        "query": "œdème",
    }
    yield Sample("search", "le champ", "_search_form.html", field)
    wanted = {(token,) for token in tokens("médecins preuves appliquer")}
    for label, article in (("habituel", usual), ("titre de 250 caractères", worst)):
        found = {
            "article": article,
            "title": marked(article.title, wanted),
            "extract": marked(article.standfirst, wanted),
        }
        yield Sample("search-result", label, "search/_search_result.html", found)
    nothing = {
        "query": "melatonyne",
        "searched": True,
        "count": 0,
        "proposal": {"text": "mélatonine"},
        "search_request": {"filters": {"any": True}},
    }
    yield Sample(
        "search-empty", "une faute de frappe, des filtres", "search/_search_empty.html", nothing
    )


def _forms() -> Iterator[Sample]:
    yield Sample("form", "vide", "demo/_style_form.html", {"form": samples.example_form()})
    yield Sample(
        "form",
        "avec des erreurs",
        "demo/_style_form.html",
        {"form": samples.example_form({"name": "", "reason": ""})},
    )
    yield Sample(
        "account-links", "", "account/_account_links.html", {"author": samples.new_author()}
    )


def draw(request: HttpRequest, state: Sample, number: int) -> SafeString:
    """Return the state's HTML, its names made its own, so that all states can stand on one page."""
    html = render_to_string(
        state.template, {"sections": samples.sections(), **state.context}, request=request
    )

    def own(match: re.Match[str]) -> str:
        attribute, sharp, value = match.groups()
        if attribute == "aria-label":
            return f'aria-label="{value} ({number})"'
        if attribute in REFERRING or sharp:
            value = " ".join(f"{name}-{number}" for name in value.split())
        elif attribute == "name" and value == "value":
            value = f"value-{number}"
        return f'{attribute}="{sharp}{value}"'

    several = REGION.sub(r"<div\1", html).replace(
        "</section>", "</div>"
    )  # a region is named once on a page; these are many
    return mark_safe(NAMING.sub(own, several))  # noqa: S308  our own partials, escaped by the template engine


@read_only
def show(request: HttpRequest) -> HttpResponse:
    drawn: dict[str, list[dict[str, Any]]] = {}
    for number, state in enumerate(components(), 1):
        drawn.setdefault(state.component, []).append(
            {"label": state.label, "template": state.template, "html": draw(request, state, number)}
        )
    return render(request, "demo/style.html", {"components": drawn, "swatches": samples.SWATCHES})
