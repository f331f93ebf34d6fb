"""Every URL of the site for every role: no error, and nothing that belongs to somebody else."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import URLPattern, URLResolver, get_resolver

from articles import publishing
from articles.models import Article, Source
from articles.revisions import versions
from carevox.permissions import PERMISSIONS
from comments import moderation
from comments.models import Report
from redirects.models import Redirect
from taxonomy.models import Tag
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

pytestmark = pytest.mark.untraced
ROLES = ["visitor", "reader", "writer", "moderator", "editor"]


@pytest.fixture
def world(db):
    section = make_section("Les Actus", parent=make_section("Soins"))
    alice = make_author("Alice", role="WRITER", member=True)
    article = make_article(section=section, author=alice, lead_image=make_picture())
    draft = make_article(published=False, author=alice, title="Un brouillon secret")
    gone = make_article(author=alice)
    publishing.withdraw(gone, actor=None, reason="Chiffres faux.")
    article.tags.set(Tag.objects.named(["sommeil"]))
    Source.objects.create(article=article, url="https://www.has-sante.fr/")
    Redirect.objects.create(old_path="/vieux/", new_path="/soins/")
    versions.record(article, actor=None, note="")
    make_rating(article)
    comment = make_comment(article, alice)
    moderation.report(reason=Report.Reason.values[0], message="", reporter=None, comment=comment)
    return {
        "article": article,
        "draft": draft,
        "gone": gone,
        "comment": comment,
        "author": alice,
        "section": section,
    }


@pytest.fixture
def people(as_, client, world):
    members = {"reader": "READER", "writer": "WRITER", "moderator": "MODERATOR", "editor": "EDITOR"}
    return {"visitor": client} | {
        name: as_(make_author(f"{name} de nuit", member=True, role=role))
        for name, role in members.items()
    }


def patterns(resolver=None, prefix=""):
    """Yield every named address with the words that its arguments take."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)


def address(pattern, world):
    """Fill in a pattern with what the world holds; an article's own pattern is asked by hand."""
    if "(?P<" in pattern or pattern.startswith("^") or "(?:" in pattern or "<path:" in pattern:
        return None
    filled = re.sub(
        r"<(?:\w+:)?(\w+)>", lambda match: str(SAMPLE.get(match[1], world["comment"].pk)), pattern
    )
    return "/" + re.sub(r"[$^\\]", "", filled).lstrip("/")


SAMPLE = {
    "slug": "alice",
    "key": "abc-def",
    "uidb36": "1",
    "content_type_id": 1,
    "object_id": 1,
    "app_label": "articles",
    "tag_slug": "sommeil",
}


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_and_says_who_may_keep_it(people, world, role):
    asked = sorted({found for pattern in patterns() if (found := address(pattern, world))})
    assert len(asked) > 60
    article, draft, gone = (world[name].get_absolute_url() for name in ("article", "draft", "gone"))
    asked += [
        article,
        draft,
        gone,
        "/soins/",
        "/soins/les-actus/",
        f"{article}/note/",
        f"{article}/reactions/",
        f"{article}/signalement/",
        "/auteurs/alice/",
    ]
    for path in asked:
        for prefix in ("", "/en") if path in TWICE else ("",):
            answer = people[role].get(f"{prefix}{path}")
            status = answer.status_code
            assert status in {200, 301, 302, 303, 400, 401, 403, 404, 405, 410}, (path, status)
            assert kept_by(answer) == may_keep(path, answer), (path, answer["Cache-Control"])


TWICE = {"/", "/compte/profil/", "/compte/login/", "/admin/", "/a-propos/contact/"}


def kept_by(answer):
    said = answer.get("Cache-Control", "")
    if "no-store" in said:
        return "nobody"
    return "the browser" if {"private", "no-cache"} <= set(said.split(", ")) else "all"


def may_keep(path, answer):
    if path == "/compte/profil/":  # people write there
        return "the browser"
    kind = answer["Content-Type"]
    if path == "/trouver-de-l-aide/":  # a trace betrays
        return "nobody"
    if path.startswith(("/compte/", "/admin/", "/healthz")) and "javascript" not in kind:
        return "nobody"
    return "the browser" if kind.startswith("text/html") and answer.status_code != 301 else "all"


def admin_addresses(world):
    draft, comment = world["draft"].pk, world["comment"].pk
    return {
        "/admin/": {"moderator", "editor"},
        "/admin/articles/article/": {"moderator", "editor"},
        "/admin/articles/article/add/": {"editor"},
        f"/admin/articles/article/{draft}/change/": {"moderator", "editor"},
        f"/admin/articles/article/{draft}/preview/": {"moderator", "editor"},
        f"/admin/articles/article/{draft}/history/": {"moderator", "editor"},
        "/admin/taxonomy/section/": {"moderator", "editor"},
        "/admin/taxonomy/section/add/": {"editor"},
        "/admin/articles/rating/": {"editor"},
        "/admin/articles/urgentnotice/": {"editor"},
        "/admin/redirects/redirect/": {"editor"},
        "/admin/search/synonym/": {"editor"},
        "/admin/comments/comment/": {"moderator", "editor"},
        f"/admin/comments/comment/{comment}/change/": {"moderator", "editor"},
        "/admin/comments/report/": {"moderator", "editor"},
        "/admin/authors/author/": {"moderator", "editor"},
        "/admin/authors/author/add/": {"editor"},
        "/admin/authors/user/": set(),
        "/admin/auth/group/": set(),
        "/admin/outbox/mail/": set(),
        "/admin/magazine/sitesettings/": {"editor"},
        "/admin/magazine/sitepage/": {"editor"},
    }


@pytest.mark.parametrize("role", ROLES)
def test_admin_opens_to_those_who_may(people, world, role):
    wrong = {}
    for path, may in admin_addresses(world).items():
        status = people[role].get(path).status_code
        opened = status == 200 or (
            path.endswith(("sitesettings/", "preview/")) and status == 302 and role in may
        )
        if opened != (role in may):
            wrong[path] = status
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_drafts_are_seen_by_nobody_on_the_site(people, world, role):
    assert people[role].get(world["draft"].get_absolute_url()).status_code == 404
    assert people[role].get(world["gone"].get_absolute_url()).status_code == 410
    for path in ("/", "/auteurs/alice/", "/soins/"):
        assert "brouillon secret" not in people[role].get(path).content.decode()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["modifier", "retrait"])
def test_reactions_of_others_are_out_of_reach(people, world, role, action):
    path = f"/reactions/{world['comment'].pk}/{action}/"
    for answer in (people[role].get(path), people[role].post(path, {"text": "pris"})):
        assert answer.status_code == 404 or (
            role == "visitor" and answer["location"].startswith("/compte/login/")
        )
    world["comment"].refresh_from_db()
    assert world["comment"].text != "pris"
    assert world["comment"].is_visible


@pytest.mark.parametrize("role", ["visitor", "reader", "writer", "moderator"])
def test_only_editors_change_articles(people, world, role):
    people[role].post(
        f"/admin/articles/article/{world['draft'].pk}/change/", {"title": "Volé", "_publish": "1"}
    )
    people[role].post(
        "/admin/articles/article/",
        {"action": "publish_selected", "apply": "1", "_selected_action": world["draft"].pk},
    )
    world["draft"].refresh_from_db()
    assert world["draft"].title == "Un brouillon secret"
    assert world["draft"].status == Article.Status.DRAFT


@pytest.mark.parametrize("role", ["visitor", "reader", "writer"])
def test_only_moderators_hide(people, world, role):
    fields = {
        "action": "hide_selected",
        "_selected_action": world["comment"].pk,
        "apply": "1",
        "reason": "INSULT",
    }
    assert people[role].post("/admin/comments/comment/", fields).status_code in {302, 403}
    world["comment"].refresh_from_db()
    assert world["comment"].is_visible


def test_permissions_of_the_groups_exist(db):
    """A group that lacks a renamed permission would lock editors out silently."""
    for group, names in PERMISSIONS.items():
        for label in {name.partition(".")[0] for name in names}:
            codenames = {name.partition(".")[2] for name in names if name.startswith(f"{label}.")}
            assert Permission.objects.filter(
                content_type__app_label=label, codename__in=codenames
            ).count() == len(codenames)
        assert Group.objects.get(name=group).permissions.count() == len(names)
