"""Structured data of each kind of page, one tag each; none makes a query."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from articles import structured_data
from authors.models import Author
from lib.paging import KeysetPage
from lib.templatetags.meta_tags import plain
from taxonomy.models import Section

register = template.Library()


@register.inclusion_tag("_structured_data.html", takes_context=True)
def structured_article(context: RequestContext, picture: dict[str, Any] | None) -> dict[str, Any]:
    """`picture`: the one that other sites show (`sharing_tags.shared_picture`)."""
    article = context["article"]
    parts = {name: context[name] for name in ("trail", "sources", "tags", "magazine")}
    return {"data": structured_data.article_page(article, picture=picture, **parts)}


@register.inclusion_tag("_structured_data.html", takes_context=True)
def structured_section(
    context: RequestContext, section: Section, trail: list[Section], page: KeysetPage[Any]
) -> dict[str, Any]:
    above = [(step.name, step.get_absolute_url()) for step in trail[:-1]]
    return {
        "data": structured_data.listing(
            section.name,
            page.address(section.get_absolute_url()),
            above=above,
            magazine=context["magazine"],
        )
    }


@register.inclusion_tag("_structured_data.html", takes_context=True)
def structured_list(
    context: RequestContext, title: str, path: str, page: KeysetPage[Any] | None = None
) -> dict[str, Any]:
    """For keywords, rankings, archives, authors: whatever lists."""
    return {
        "data": structured_data.listing(
            plain(title), page.address(path) if page else path, magazine=context["magazine"]
        )
    }


@register.inclusion_tag("_structured_data.html", takes_context=True)
def structured_author(context: RequestContext, author: Author) -> dict[str, Any]:
    return {"data": structured_data.profile(author, context["magazine"])}


@register.inclusion_tag("_structured_data.html", takes_context=True)
def structured_site(context: RequestContext) -> dict[str, Any]:
    magazine = context["magazine"]
    return {
        "data": structured_data.document(
            structured_data.website(magazine), structured_data.organisation(magazine)
        )
    }
