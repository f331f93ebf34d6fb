"""Hostile strings in every field, parameter and header.

They are stored clean or refused with a message, and never an error of the server.
"""

import pytest

from articles.models import Article
from comments.models import Comment
from lib.web.honeypot import stamp
from taxonomy.models import Tag
from tests.articles.test_article_admin import form_of
from tests.factories import make_article, make_comment, make_section

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>",
    "foreign picture": '<img src="//evil.example/x.png"><a href="javascript:alert(1)">x</a>',
    "quotes": "\"'`«»\\",
    "nul": "a\x00b",
    "controls": "".join(map(chr, range(1, 32))),
    "a megabyte": "x" * 1_000_000,
    "right to left": "\u202eedoc\u202c\u2066\u2069",
    "zero width": "\u200bmod\u200dérateur\ufeff",
    "zalgo": "e\u0301" * 500,
    "emoji": "👩‍⚕️" * 50,
    "template": "{{ 7*7 }}{% csrf_token %}%(x)s %s {0}",
    "sql": "'; DROP TABLE articles_article; --",
    "number": "9" * 400,
    "path": "../../etc/passwd\r\nSet-Cookie: a=b",
}
pytestmark = pytest.mark.untraced
each_string = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@pytest.fixture
def article(db):
    return make_article(section=make_section("Santé"))


def posts(article, comment, text):
    place = article.get_absolute_url()
    bot = {"opened": stamp(), "website_2": ""}
    return [
        (
            "/compte/signup/",
            {
                "pseudonym": text,
                "email": f"{text}@example.org",
                "password1": text,
                "charter": text,
                **bot,
            },
        ),
        (
            "/compte/signup/",
            {
                "pseudonym": "Zoé",
                "email": text,
                "password1": "une phrase assez longue",
                "charter": "on",
                "opened": text,
            },
        ),
        ("/compte/login/", {"login": text, "password": text, "next": text}),
        ("/compte/password/reset/", {"email": text}),
        ("/compte/email/", {"action_add": "", "email": text}),
        ("/compte/password/change/", {"oldpassword": text, "password1": text, "password2": text}),
        (
            "/compte/profil/",
            {"pseudonym": text, "biography": text, "signature": text, "website": text},
        ),
        ("/compte/profil/", {"pseudonym": "Chloé", "biography": text, "signature": text}),
        (f"{place}/note/", {"value": text}),
        (
            f"{place}/reactions/",
            {"text": text, "submission": "4be0643f-1d98-573b-97cd-ca98a65347dd", **bot},
        ),
        (f"{place}/reactions/", {"text": "Bonjour", "submission": text, "parent": text, **bot}),
        (f"{place}/signalement/", {"reason": text, "message": text, **bot}),
        (f"/reactions/{comment.pk}/modifier/", {"text": text}),
        (f"/reactions/{comment.pk}/signalement/", {"reason": "AUTRE", "message": text, **bot}),
    ]


@each_string
def test_every_public_form(as_, chloe, client, article, text):
    comment = make_comment(article, chloe)
    for sender in (as_(chloe), client):
        for path, fields in posts(article, comment, text):
            response = sender.post(path, fields)
            assert response.status_code < 500, path
            assert b"<script>alert" not in response.content, path
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")
    for kept in Comment.objects.values_list("text", flat=True):
        assert "\x00" not in kept
        assert "\u202e" not in kept
        assert len(kept) <= Comment.MAX_TEXT


def test_broken_bytes(as_, chloe, article):
    """Bytes that are not UTF-8, and a lone surrogate, as no browser but any robot sends them."""
    member, comment = as_(chloe), make_comment(article, chloe)
    for path in (
        f"/reactions/{comment.pk}/modifier/",
        "/compte/profil/",
        f"{article.get_absolute_url()}/reactions/",
        "/compte/login/",
    ):
        body = "&".join(
            f"{name}=%ff%ed%b3%bf"
            for name in (
                "text",
                "pseudonym",
                "biography",
                "login",
                "password",
                "submission",
                "opened",
            )
        )
        assert (
            member.post(path, body, content_type="application/x-www-form-urlencoded").status_code
            < 500
        ), path
        assert member.get(path + "?note=%ff&apres=%ed%b3%bf").status_code < 500


@each_string
def test_every_parameter_and_header(client, article, text):
    words = text[:2000]
    names = ("apres", "avant", "page", "note", "repondre", "next", "q", "rubrique")
    asked = [(article.get_absolute_url(), {name: words}) for name in names]
    asked += [("/sante/", {name: words}) for name in ("apres", "avant")]
    asked += [
        (path, dict.fromkeys(names, words))
        for path in ("/", "/sante/", f"/auteurs/{article.author.slug}/", "/compte/login/")
    ]
    for path, parameters in asked:
        assert client.get(path, parameters).status_code < 500, (path, parameters)
    headers = {
        "X-Forwarded-For": words,
        "User-Agent": words,
        "Referer": words,
        "Accept-Language": words,
        "X-Request-ID": words,
        "If-None-Match": words,
    }
    clean = {
        name: value.encode("latin-1", "ignore")
        .decode("latin-1")
        .replace("\r", "")
        .replace("\n", "")
        .replace("\x00", "")
        for name, value in headers.items()
    }
    answer = client.get(article.get_absolute_url(), headers=clean)
    assert answer.status_code == 200
    client.cookies["sessionid"] = client.cookies["csrftoken"] = (
        "".join(letter for letter in words if letter.isalnum())[:200] or "x"
    )
    assert client.get("/compte/login/").status_code < 500


@each_string
def test_every_path(client, article, text):
    from urllib.parse import quote

    words = quote(text[:500], errors="replace")
    for path in (
        f"/{words}",
        f"/auteurs/{words}/",
        f"/mots-cles/{words}/",
        f"/sante/article/{words}-{article.pk}",
        f"/reactions/{words}/",
        f"/a-propos/{words}/",
    ):
        assert client.get(path).status_code in {200, 301, 302, 404, 410}, path


@each_string
def test_the_editors_form(as_, bruno, article, text):
    editor = as_(bruno)
    together = [
        ("section", "author", "lead_image", "status", "interests"),
        ("kicker", "subtitle", "signature", "lead_caption", "interests_detail"),
    ]
    alone = [("title",), ("standfirst",), ("keywords",), ("slug",), ("body",)]
    sources = {
        f"sources-0-{name}": text
        for name in ("position", "url", "title", "publisher", "published_on", "accessed_on")
    }
    for fields in (dict.fromkeys(names, text) for names in (*alone, *together)):
        response = editor.post(
            "/admin/articles/article/add/",
            form_of(
                article, **fields, **sources, **({"sources-TOTAL_FORMS": "1"} if sources else {})
            ),
        )
        assert response.status_code in {200, 302, 413}, (fields, response.status_code)
        assert b"<script>alert" not in response.content
        sources = {}
    response = editor.post(
        "/admin/articles/article/add/", form_of(article, body=f"<p>Avant {text}</p>", _publish="1")
    )
    assert response.status_code in {200, 302}
    for stored in Article.objects.all():
        whole = stored.title + stored.standfirst + stored.body + stored.body_html
        for danger in (
            "<script",
            "onerror=alert(1)>",
            "//evil.example/x.png",
            "javascript:",
            "\x00",
            "\u202e",
        ):
            assert danger not in stored.body + stored.body_html
        assert "\x00" not in whole
    for path in ("/admin/articles/article/", "/admin/comments/comment/", "/admin/authors/author/"):
        assert editor.get(path, {"q": text[:2000]}).status_code in {200, 302}
        assert editor.get(
            path, {"section": text[:200], "p": text[:50], "o": text[:50]}
        ).status_code in {200, 302, 400}


@each_string
def test_other_forms_of_the_admin(as_, bruno, article, text):
    editor = as_(bruno)
    for path, fields in (
        (
            "/admin/taxonomy/section/add/",
            {
                "name": text,
                "parent": text,
                "slug": text,
                "description": text,
                "position": text,
                "colour": text,
            },
        ),
        (
            "/admin/taxonomy/section/add/",
            {
                "name": text,
                "parent": "",
                "slug": "",
                "description": "",
                "position": "1",
                "colour": "",
            },
        ),
        (
            "/admin/frontpage/frontpageslot/add/",
            {
                "article": text,
                "place": text,
                "position": text,
                "starts_at_0": text,
                "starts_at_1": text,
            },
        ),
        (
            "/admin/readings/override/add/",
            {"article": text, "neighbour": text, "kind": text, "reason": text},
        ),
        ("/admin/readings/bannednetwork/add/", {"network": text, "reason": text}),
        (
            "/admin/care/carecard/add/",
            {
                "title": text,
                "slug": text,
                "position": text,
                "urgent_numbers": text,
                "know_text": text,
                "explicit_words": text,
                "checked_on": text,
            },
        ),
        (
            "/admin/care/helpline/add/",
            {"name": text, "number": text, "kind": text, "web": text, "position": text},
        ),
        ("/admin/redirects/redirect/add/", {"old_path": text, "new_path": text}),
        ("/admin/search/synonym/add/", {"words": text, "others": text, "kind": text}),
        ("/admin/taxonomy/tag/add/", {"name": text, "slug": text}),
        ("/admin/pictures/picture/add/", {"alt": text, "credit": text, "licence": text}),
        (
            "/admin/authors/author/add/",
            {
                "pseudonym": text,
                "kind": "PERSON",
                "biography": text,
                "website": text,
                "role": "READER",
            },
        ),
        (
            "/admin/magazine/sitesettings/1/change/",
            {"name": text, "promise": text, "facebook_url": text},
        ),
        (
            "/admin/magazine/sitepage/add/",
            {"title": text, "slug": text, "body": text, "column": text, "position": text},
        ),
        ("/admin/articles/article/", {"action": text, "_selected_action": text}),
    ):
        assert editor.post(path, fields).status_code in {200, 302, 403, 413, 422}, path
    assert all("\x00" not in name for name in Tag.objects.values_list("name", flat=True))
