"""What each role may do in the admin: the whole list, applied after every `migrate`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission

from authors.roles import EDITORS, MODERATORS


def _all(model: str, *verbs: str) -> list[str]:
    app, _dot, name = model.partition(".")
    return [f"{app}.{verb}_{name}" for verb in verbs or ("add", "change", "delete", "view")]


PERMISSIONS: dict[str, list[str]] = {
    MODERATORS: [
        *_all("comments.comment", "view", "change"),
        *_all("comments.report", "view", "change"),
        *_all("comments.moderationdecision", "view"),
        *_all("articles.article", "view"),
        *_all("articles.articledecision", "view"),
        *_all("articles.revision", "view"),
        *_all("pictures.picture", "view"),
        *_all("taxonomy.section", "view"),
        *_all("taxonomy.tag", "view"),
        *_all("authors.author", "view"),
    ],
    EDITORS: [
        "articles.publish_article",
        *_all("articles.article"),
        *_all("articles.source"),
        *_all("articles.urgentnotice", "view"),
        *_all("articles.rating", "view"),
        *_all("articles.articledecision", "view"),
        *_all("articles.revision", "view"),
        *_all("pictures.picture"),
        *_all("taxonomy.section", "add", "change", "view"),
        *_all("taxonomy.tag", "add", "change", "view"),
        *_all("care.carecard"),
        *_all("care.helpline"),
        *_all("redirects.redirect"),
        *_all("search.synonym"),
        *_all("authors.author", "add", "change", "view"),
        *_all("magazine.sitesettings", "add", "change", "view"),
        *_all("magazine.sitepage", "add", "change", "view"),
        *_all("magazine.contactmessage", "change", "view"),
        *_all("frontpage.frontpageslot"),
        *_all("readings.override", "add", "delete", "view"),
        *_all("readings.bannednetwork", "add", "delete", "view"),
        *_all("readings.alsoviewed", "view"),
        *_all("readings.blocktally", "view"),
    ],
}


def apply(**_: Any) -> None:
    """Give the group of each role exactly its permissions.

    To be called once Django has made those of all models; KeyError for one that none has.
    """
    known = {f"{app}.{code}": pk for pk, app, code in _rows()}
    for group_name, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=group_name)
        group.permissions.set([known[name] for name in names])


def _rows() -> Iterable[tuple[int, str, str]]:
    return Permission.objects.values_list("pk", "content_type__app_label", "codename")
