"""Lists of the admin: who sees them, what they cost, what waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import notices
from comments import moderation
from lib.admin import BoundedPaginator
from redirects.models import Redirect
from taxonomy.models import Tag
from tests.articles.test_article_admin import form_of
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

PAGES = [
    "articles/article",
    "taxonomy/section",
    "pictures/picture",
    "taxonomy/tag",
    "articles/rating",
    "articles/urgentnotice",
    "redirects/redirect",
    "search/synonym",
]


@pytest.mark.parametrize("role", [None, "READER", "WRITER"])
@pytest.mark.parametrize("model", PAGES)
def test_outsiders_see_nothing_of_the_admin(as_, client, db, role, model):
    client = as_(make_author("Denis", member=True, role=role)) if role else client
    assert client.get(f"/admin/{model}/").status_code == 302


def test_moderator_reads_but_does_not_publish(as_, db):
    client = as_(make_author("Verveine", member=True, role="MODERATOR"))
    article = make_article(published=False)
    assert client.get("/admin/articles/article/").status_code == 200
    assert client.post(f"/admin/articles/article/{article.pk}/publier/").status_code == 403
    assert (
        client.post(f"/admin/articles/article/{article.pk}/change/", form_of(article)).status_code
        == 403
    )


def test_lists_cost_the_same_for_two_rows_and_for_forty(editor):
    article = make_article(lead_image=make_picture())
    paths = [
        "",
        *(f"{model}/" for model in PAGES),
        *(f"comments/{model}/" for model in ("comment", "report", "moderationdecision")),
        "authors/author/",
        "magazine/sitepage/",
    ]

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(f"/admin/{path}").status_code == 200
        return len(queries)

    def costs():
        return {path: cost(path) for path in paths}

    moderation.report(reason="INSULT", comment=make_comment(article))
    moderation.report(reason="ERROR", article=article)
    make_comment(article, hidden=True)
    make_rating(article)
    notices.issue(article=article, kind="OTHER", text="Attention.", actor=None)
    make_article(published=False, status="SUBMITTED")
    costs()
    few = costs()
    for _n in range(20):
        other = make_comment(make_article(section=make_section()), hidden=True)
        moderation.report(reason="INSULT", comment=other)
        moderation.report(reason="ERROR", article=article)
        make_article(published=False, status="SUBMITTED")
        make_picture()
        Tag.objects.named([f"mot {_n}"])
        Redirect.objects.create(old_path=f"/a{_n}/", new_path="/b/")
        make_rating(article)
        notices.issue(article=make_article(), kind="OTHER", text="Attention.", actor=None)
    assert {
        path: (few[path], many) for path, many in costs().items() if many > few[path] or many > 15
    } == {}


def test_section_filter_takes_what_is_below(editor):
    top = make_section("Santé")
    child = make_section("Sommeil", parent=top)
    make_article(title="Bien dormir", section=child)
    make_article(title="Ailleurs", section=make_section("Autre"))
    html = editor.get("/admin/articles/article/", {"rubrique": top.pk}).content.decode()
    assert "Bien dormir" in html
    assert "Ailleurs" not in html
    assert editor.get("/admin/articles/article/", {"rubrique": "x"}).status_code == 200


def test_long_lists_are_counted_to_a_bound(editor, monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "LIMIT", 2)
    for _n in range(4):
        make_article()
    html = editor.get("/admin/articles/article/").content.decode()
    assert "plus de 2 articles" in " ".join(html.split())


def test_overview_says_what_waits(editor):
    make_article(published=False, status="SUBMITTED", title="À relire")
    moderation.report(reason="INSULT", comment=make_comment(make_article()))
    html = editor.get("/admin/").content.decode()
    assert "À relire" in html
    assert "réactions signalées" in html
