"""The menu of the admin: by work, not by app."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from carevox.admin import headings

GROUPS: dict[str, tuple[str | Promise, list[str]]] = {
    "write": (
        _("Écrire"),
        [
            "articles.article",
            "pictures.picture",
            "authors.author",
            "taxonomy.section",
            "taxonomy.tag",
            "frontpage.frontpageslot",
        ],
    ),
    "moderate": (
        _("Modérer"),
        [
            "comments.comment",
            "comments.report",
            "comments.moderationdecision",
            "magazine.contactmessage",
            "articles.urgentnotice",
        ],
    ),
    "site": (
        _("Le site"),
        [
            "magazine.sitesettings",
            "magazine.sitepage",
            "care.carecard",
            "care.helpline",
            "search.synonym",
            "redirects.redirect",
            "outbox.mail",
        ],
    ),
    "measure": (
        _("Mesurer"),
        [
            "articles.rating",
            "readings.blocktally",
            "readings.alsoviewed",
            "readings.override",
            "readings.bannednetwork",
        ],
    ),
    "accounts": (
        _("Comptes et accès"),
        [
            "authors.user",
            "account.emailaddress",
            "mfa.authenticator",
            "auth.group",
            "django_tasks_database.dbtaskresult",
        ],
    ),
}


def groups(request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
    """Return the menu in the shape of Django's list of apps; what no group names comes last."""
    known = _known(request)
    found = [
        _group(key, name, [known.pop(label) for label in labels if label in known])
        for key, (name, labels) in GROUPS.items()
    ]
    found.append(_group("other", _("Autres"), list(known.values())))
    return [group for group in found if group["models"]]


def _group(key: str, name: str | Promise, models: list[dict[str, Any]]) -> dict[str, Any]:
    return {"app_label": key, "name": name, "app_url": "", "models": models}


def _known(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return what the person may look at: label -> entry."""
    return {
        entry["model"]._meta.label_lower: {
            **entry,
            "name": headings.of_list(entry["model"]._meta),
            "new_name": headings.of_new(entry["model"]._meta),
        }
        for app in admin.site._build_app_dict(request).values()
        for entry in app["models"]
    }
