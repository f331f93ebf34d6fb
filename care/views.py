"""« Trouver de l’aide »: one page of numbers and places, and nothing kept of a visit."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from care.models import CareCard, HelpLine
from lib.web.http import read_only


@read_only
def help_page(request: HttpRequest) -> HttpResponse:
    order = list(HelpLine.Kind)
    lines = sorted(HelpLine.objects.all(), key=lambda line: order.index(HelpLine.Kind(line.kind)))
    groups = [
        (HelpLine.Kind(kind).label, list(found))
        for kind, found in groupby(lines, key=lambda line: line.kind)
    ]
    valid_in = CareCard.objects.in_order().values_list("valid_in", flat=True).first() or ""
    context = {"groups": groups, "valid_in": valid_in}
    return leave_no_trace(render(request, "care/help_page.html", context))


def leave_no_trace(response: HttpResponse) -> HttpResponse:
    """Have the browser keep nothing of the page: on a shared phone a trace betrays."""
    patch_cache_control(response, private=True, no_store=True)
    return response
