"""The site's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lib.web.http import read_only
from magazine.models import SitePage, SiteSettings


@read_only
def page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(SitePage, slug=slug)
    site = SiteSettings.current()
    context = {"page": page, "body": site.filled(page.body), "magazine": site}
    return render(request, "magazine/page.html", context)
