"""The versions of an article in the admin."""

import re

from tests.articles.test_article_admin import form_of
from tests.factories import make_article


def test_history_compares_and_restores(editor):
    article = make_article(published=False, title="Un")
    page = f"/admin/articles/article/{article.pk}/"
    for title in ("Deux", "Trois"):
        editor.post(page + "change/", form_of(article, title=title))
    html = editor.get(page + "history/").content.decode()
    assert re.search(r"<td><del>Deux</del></td>\s*<td><ins>Trois</ins></td>", html)
    editor.post(page + "versions/1/retablir/")
    article.refresh_from_db()
    assert article.title == "Deux"
    assert editor.get(page + "history/", {"de": "x", "a": "9999999999"}).status_code == 200


def test_history_without_versions_says_so(editor):
    html = editor.get(
        f"/admin/articles/article/{make_article(published=False).pk}/history/"
    ).content.decode()
    assert "Aucune version n’est gardée" in html
    assert 'type="radio"' not in html


def test_history_leads_to_versions_beyond_the_first_page(editor, monkeypatch):
    monkeypatch.setattr("articles.admin.history.SHOWN", 2)
    article = make_article(published=False, title="Un")
    page = f"/admin/articles/article/{article.pk}/"
    for title in ("Deux", "Trois", "Quatre"):
        editor.post(page + "change/", form_of(article, title=title))
    newest = editor.get(page + "history/").content.decode()
    assert 'href="?avant=2"' in newest
    assert 'href="?"' not in newest
    oldest = editor.get(page + "history/", {"avant": "2"}).content.decode()
    assert 'href="?avant=' not in oldest
    assert 'href="?"' in oldest
    assert 'name="avant" value="2"' in oldest
    assert 'name="de" value="1"' in oldest
    assert 'name="de" value="2"' not in oldest
