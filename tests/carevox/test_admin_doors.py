"""Every address of the admin, asked and posted to by everybody: never an error of the server, and
open to those alone whom the table names."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import notices
from articles.revisions import versions
from authors.models import Author
from comments import moderation
from comments.models import Report
from frontpage.models import FrontPageSlot
from magazine.models import ContactMessage, SiteSettings
from outbox import posting
from readings.models import AlsoViewed, BannedNetwork, BlockTally, Override
from redirects.models import Redirect
from search.models import Synonym
from taxonomy.models import Tag
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
    make_user,
)

pytestmark = [pytest.mark.untraced, pytest.mark.django_db]
ROLES = ["anonymous", "reader", "author", "moderator", "editor", "superuser"]
STANDARD = ("changelist", "add", "change", "delete", "history")


class Typed(HTMLParser):
    """What a browser would send back of the forms of a page."""

    def __init__(self, html):
        super().__init__()
        self.fields, self.area, self.select = {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        has = dict(pairs)
        name, kind = has.get("name"), has.get("type", "text")
        if tag == "input" and name and kind not in {"file", "submit", "image"}:
            if kind not in {"checkbox", "radio"} or "checked" in has:
                self.fields[name] = has.get("value") or ""
        elif tag == "textarea":
            self.area = name
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in has:
            self.fields[self.select] = has.get("value", "")

    def handle_data(self, text):
        if self.area:
            self.fields[self.area] = text.strip()

    def handle_endtag(self, tag):
        if tag in {"textarea", "select"}:
            self.area = self.select = None


def make_world():
    """One row at least of everything that has a page in the admin."""
    section = make_section("Les Actus", parent=make_section("Soins"))
    alice = make_author("Alice", role="WRITER", member=True)
    article = make_article(section=section, author=alice, lead_image=make_picture())
    other = make_article(section=section, author=alice)
    versions.record(article, actor=None, note="")
    article.tags.set(Tag.objects.named(["sommeil", "siestes"]))
    make_rating(article)
    notices.issue(article=article, kind="OTHER", text="Attention.", actor=None)
    comment = make_comment(article, alice)
    moderation.report(reason=Report.Reason.values[0], message="", reporter=None, comment=comment)
    moderation.hide(make_comment(article, alice), actor=None, reason="INSULT")
    Redirect.objects.create(old_path="/vieux/", new_path="/soins/")
    Synonym.objects.create(words="bobo", others="plaie")
    FrontPageSlot.objects.create(article=article, starts_at=timezone.now())
    Override.objects.create(article=article, neighbour=other, kind="BAN", reason="Essai.")
    BannedNetwork.objects.create(prefix="192.0.2.0/24", reason="Essai.")
    AlsoViewed.objects.create(article=article, neighbour=other, rank=1, source="SUBJECT")
    BlockTally.objects.create(article=article, day=timezone.localdate(), variant="A", position=1)
    ContactMessage.objects.create(subject=ContactMessage.Subject.values[0], text="Bonjour.")
    SiteSettings.objects.get_or_create(pk=1)
    posting.post(to="chloe@example.org", subject="Un objet", body="Un texte")
    EmailAddress.objects.create(user=alice.user, email=alice.user.email, verified=True)
    Authenticator.objects.create(user=alice.user, type="totp", data={"secret": "x"})
    DBTaskResult.objects.create(
        task_path="a.b",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
    )


def make_client(role):
    client = Client()
    if role == "superuser":
        user = make_user(is_staff=True, is_superuser=True)
        Author.objects.create(user=user, pseudonym="La direction")
    elif role != "anonymous":
        named = {"author": "WRITER"}.get(role, role.upper())
        user = make_author(f"{role} de nuit", member=True, role=named).user
    if role != "anonymous":
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def patterns():
    """Yield the name and the pattern of each address of the admin, below it."""
    for entry in admin.site.get_urls():
        if isinstance(entry, URLPattern):
            yield entry.name or "catch_all", str(entry.pattern)
        else:
            yield from (
                (below.name or f"{entry.pattern}old", f"{entry.pattern}{below.pattern}")
                for below in entry.url_patterns
            )


def key_of(name):
    """Return a row that the address of this name can be asked for."""
    for model in admin.site._registry:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}"):
            key = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
            assert key is not None, f"make_world makes no {model._meta.label}"
            return key
    return 1


def address(name, pattern):
    if name == "app_list":
        return "/admin/articles/"
    if name == "catch_all":
        return "/admin/nulle-part/"
    key = key_of(name.replace("/", "_"))
    filled = re.sub(r"<\w+:number>|<path:content_type_id>", "1", pattern)
    return "/admin/" + re.sub(r"<\w+:\w+>", str(key), filled)


def is_open(answer):
    elsewhere = "login" in answer.get("location", "")
    return answer.status_code not in {403, 404, 405} and not elsewhere


PLAUSIBLE = {
    "title": "Un autre titre",
    "name": "Nouveau",
    "body": "<p>Un texte.</p>",
    "reason": "INSULT",
    "decision": "hide",
    "pseudonym": "Nouvelle plume",
    "email": "neuf@example.org",
    "old_path": "/avant/",
    "new_path": "/soins/",
    "prefix": "198.51.100.0/24",
    "new_tag_name": "un mot",
    "term": "a",
    "words": "patraque",
    "others": "souffrant",
    "action": "delete_selected",
    "_selected_action": "1",
    "post": "yes",
}
# What moderator, editor and superuser may do to the rows of each list: view, add, change, delete.
ROWS = {
    "account_emailaddress": ("", "", "vacd"),
    "articles_article": ("v", "vac", "vac"),
    "articles_rating": ("", "v", "v"),
    "articles_urgentnotice": ("", "v", "v"),
    "auth_group": ("", "", "vacd"),
    "authors_author": ("v", "vac", "vac"),
    "authors_user": ("", "", "vcd"),
    "care_carecard": ("", "vacd", "vacd"),
    "care_helpline": ("", "vacd", "vacd"),
    "comments_comment": ("v", "v", "v"),
    "comments_moderationdecision": ("v", "v", "v"),
    "comments_report": ("v", "v", "v"),
    "django_tasks_database_dbtaskresult": ("", "", "v"),
    "frontpage_frontpageslot": ("", "vacd", "vacd"),
    "magazine_contactmessage": ("", "v", "v"),
    "magazine_sitepage": ("", "vac", "vacd"),
    "magazine_sitesettings": ("", "vc", "vc"),
    "mfa_authenticator": ("", "", "vd"),
    "outbox_mail": ("", "", "v"),
    "pictures_picture": ("v", "vacd", "vacd"),
    "readings_alsoviewed": ("", "v", "v"),
    "readings_bannednetwork": ("", "vad", "vad"),
    "readings_blocktally": ("", "v", "v"),
    "readings_override": ("", "vad", "vad"),
    "redirects_redirect": ("", "vacd", "vacd"),
    "search_synonym": ("", "vacd", "vacd"),
    "taxonomy_section": ("v", "vac", "vacd"),
    "taxonomy_tag": ("v", "vac", "vacd"),
}
DOORS = {
    "v": ["GET changelist", "POST changelist", "GET change", "GET history", "POST history"],
    "a": ["GET add", "POST add"],
    "c": ["POST change"],
    "d": ["GET delete", "POST delete"],
}
LEADING_ON = (" logout", "/old")  # whoever is signed out, or asks for a row by its old address
STAFF, EDITORS = {"moderator", "editor", "superuser"}, {"editor", "superuser"}
OTHERS = {
    "GET index": STAFF,
    "POST index": STAFF,
    "GET jsi18n": STAFF,
    "GET login": STAFF,  # leads those who are in to the first page
    "POST login": STAFF,
    "GET password_change": STAFF,  # leads to the page of all members
    "POST password_change": STAFF,
    "GET password_change_done": STAFF,
    "GET magazine_sitesettings_changelist": STAFF,  # leads to the one row
    "POST magazine_sitesettings_changelist": STAFF,
    "GET app_list": STAFF,
    "POST app_list": STAFF,
    "GET articles_article_link_choice": STAFF,
    "POST articles_article_link_choice": STAFF,
    "GET articles_article_preview": STAFF,
    "POST articles_article_preview": STAFF,
    "GET articles_article_duplicate": EDITORS,
    "POST articles_article_duplicate": EDITORS,
    "GET articles_article_publish": EDITORS,
    "POST articles_article_publish": EDITORS,
    "GET articles_article_restore": EDITORS,
    "POST articles_article_restore": EDITORS,
    "GET articles_article_tag_names": EDITORS,
    "POST articles_article_tag_names": EDITORS,
    **{
        f"{verb} {form}_kept": EDITORS
        for verb in ("GET", "POST")
        for form in (
            *("articles_article", "care_carecard", "magazine_sitepage"),
            "magazine_sitesettings",
        )
    },
    "GET articles_article_replace": EDITORS,
    "POST articles_article_replace": EDITORS,
    "GET articles_article_withdraw": EDITORS,
    "POST articles_article_withdraw": EDITORS,
    "GET comments_comment_decide": STAFF,
    "POST comments_comment_decide": STAFF,
    "GET frontpage_frontpageslot_preview": EDITORS,
    "POST frontpage_frontpageslot_preview": EDITORS,
    "GET pictures_picture_choice": STAFF,
    "POST pictures_picture_choice": STAFF,
    "GET pictures_picture_send": EDITORS,
    "POST pictures_picture_send": EDITORS,
}


def expected(role):
    opened = {door for door, roles in OTHERS.items() if role in roles}
    for name, may in ROWS.items():
        verbs = may[ROLES.index(role) - 3] if role in STAFF else ""
        for verb in verbs:
            opened |= {
                f"{door.partition(' ')[0]} {name}_{door.partition(' ')[2]}" for door in DOORS[verb]
            }
    return opened


def walk(role):
    """Return what is open to the role by GET and what by POST. What deletes comes last."""
    make_world()
    client, opened = make_client(role), set()
    asked = sorted(("delete" in name, name, address(name, words)) for name, words in patterns())
    for _last, name, path in asked:
        page = client.get(path)
        assert page.status_code < 500, (role, path)
        there = Typed(page.content.decode()).fields if page.status_code == 200 else {}
        answer = client.post(path, PLAUSIBLE | there) if name != "logout" else page
        assert answer.status_code < 500, (role, path, there)
        opened |= {f"GET {name}"} if is_open(page) else set()
        opened |= {f"POST {name}"} if is_open(answer) else set()
    return {door for door in opened if not door.endswith(LEADING_ON)}


@pytest.mark.parametrize("role", ROLES)
def test_admin_is_open_to_those_alone_who_may(role):
    opened, may = walk(role), expected(role)
    assert (sorted(opened - may), sorted(may - opened)) == ([], [])


def test_table_names_every_list_of_the_admin():
    lists = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    assert lists == set(ROWS)
