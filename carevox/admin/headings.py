"""What the screens of the admin are called: a list by its rows, a form by what it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from carevox.admin import deletion

Words = str | Promise
View = Callable[..., HttpResponse]

# Where the name of the rows is not the name of the work.
LISTS: dict[str, Words] = {
    "frontpage.frontpageslot": _("Première page"),
    "search.synonym": _("Mots qui vont ensemble"),
}
ALONE = {"magazine.sitesettings"}  # the one row of its list
# French has genders: each kind of thing says how a new one is called.
NEW: dict[str, Words] = {
    "account.emailaddress": _("Nouvelle adresse e-mail"),
    "articles.article": _("Nouvel article"),
    "auth.group": _("Nouveau groupe"),
    "authors.author": _("Nouvel auteur"),
    "care.carecard": _("Nouvelle carte d’aide"),
    "care.helpline": _("Nouveau numéro d’aide"),
    "frontpage.frontpageslot": _("Nouvelle place de la première page"),
    "magazine.sitepage": _("Nouvelle page du site"),
    "pictures.picture": _("Nouvelle image"),
    "readings.bannednetwork": _("Nouveau réseau écarté"),
    "readings.override": _("Nouvel article imposé ou écarté"),
    "redirects.redirect": _("Nouvelle redirection"),
    "search.synonym": _("Nouvelle paire de mots"),
    "taxonomy.section": _("Nouvelle rubrique"),
    "taxonomy.tag": _("Nouveau mot-clé"),
}


def of_list(opts: Options[Model]) -> str:
    return str(LISTS.get(opts.label_lower) or capfirst(opts.verbose_name_plural))


def of_new(opts: Options[Model]) -> str:
    return str(NEW.get(opts.label_lower) or capfirst(opts.verbose_name))


def naming_the_thing(view: View) -> View:
    """Give the page that the admin is about to draw its heading and the words that go with it."""

    @wraps(view)
    def named(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            _name(response.context_data or {})
        return response

    return named


def _name(context: dict[str, Any]) -> None:
    if (opts := context.get("opts")) is None:
        return
    context["list_name"], context["new_name"] = of_list(opts), of_new(opts)
    if heading := _heading(context, opts):
        context["title"], context["subtitle"] = heading, None
    deletion.say(context)


def _heading(context: dict[str, Any], opts: Options[Model]) -> str:
    """Return the heading of one of Django's own screens; nothing for a page of ours."""
    if "cl" in context:
        return of_list(opts)
    if "adminform" in context:
        if opts.label_lower in ALONE:
            return of_list(opts)
        return of_new(opts) if context["add"] else str(context["original"])
    thing = {"name": context.get("object")}
    if "deleted_objects" in context:
        is_kept = context["protected"] or context["perms_lacking"]
        kept, gone = _t("« %(name)s » ne se supprime pas"), _t("Supprimer « %(name)s »")
        return (kept if is_kept else gone) % thing
    if "action_list" in context:
        return _t("Historique de « %(name)s »") % thing
    if "deletable_objects" in context:
        return _t("Supprimer : %(things)s") % {"things": opts.verbose_name_plural}
    return ""
