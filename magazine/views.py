"""The site's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from magazine.models import SitePage


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "magazine/page.html", {"page": get_object_or_404(SitePage, slug=slug)})
