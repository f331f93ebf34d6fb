"""The filters that a person keeps, on every list of the admin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from finding import saved
from lib.refused import Refused

View = Callable[..., HttpResponse]
KEEP, FORGET = "_keep_filter", "_forget_filter"  # fields of the forms beside the filters


def with_saved_filters(view: View) -> View:
    """Let a list keep and forget what it is asked for, and show what was kept. One query."""

    @wraps(view)
    def listed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and (KEEP in request.POST or FORGET in request.POST):
            return _answer(request)
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            context = response.context_data or {}
            if "cl" in context and not context["cl"].is_popup:
                context["saved_filters"] = saved.of(request.user, context["cl"].model)
        return response

    return listed


def _answer(request: HttpRequest) -> HttpResponse:
    model_admin = admin_of_list(request)
    if model_admin is None or not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if FORGET in request.POST:
        saved.forget(request.user, model_admin.model, pk=request.POST[FORGET])
        messages.success(request, _("Le filtre est retiré."))
        return HttpResponseRedirect(request.get_full_path())
    try:
        name = request.POST[KEEP]
        kept = saved.keep(request.user, model_admin.model, name=name, asked=request.GET)
        messages.success(request, _("Le filtre « %(name)s » est gardé.") % {"name": kept.name})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(request.get_full_path())


def admin_of_list(request: HttpRequest) -> admin.ModelAdmin[Any] | None:
    """Return what answers the list that is asked for; None on any other page."""
    page = request.resolver_match and request.resolver_match.url_name
    for model, model_admin in admin.site._registry.items():
        if page == f"{model._meta.app_label}_{model._meta.model_name}_changelist":
            return model_admin
    return None
