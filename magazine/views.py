"""The site's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lib.html.boxes import with_boxes
from lib.web import living
from lib.web.http import read_only
from magazine.models import SitePage, SiteSettings


def page_address(slug: str) -> str:
    return get_object_or_404(SitePage, slug=slug).get_absolute_url()


@living.lives(page_address)
@read_only
def page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(SitePage, slug=slug)
    site = SiteSettings.current()
    context = {"page": page, "body": with_boxes(site.filled(page.body)), "magazine": site}
    return render(request, "magazine/page.html", context)
