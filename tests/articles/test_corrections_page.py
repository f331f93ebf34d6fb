"""What readers are told of what has changed: on the article, in its feed, in the list of all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Article, Correction
from articles.publishing.replacing import replace_live
from articles.revisions import versions
from tests.factories import make_article

PAGE = "/rectificatifs/"


def correct(article, kind="ERROR", words="La dose était fausse."):
    content = versions.latest(article).content
    other = {**content, "body": f"{content['body']}<p>Mieux {article.last_version}.</p>"}
    versions.record(article, actor=None, content=other)
    return replace_live(article, kind=kind, words=words, actor=None)


def html_of(client, page):
    return client.get(page).content.decode()


@pytest.fixture
def article(db):
    return make_article(title="Le sirop")


@pytest.mark.parametrize("kind", ["ERROR", "PRECISION"])
def test_article_feed_and_list_tell_what_was_wrong(client, article, kind):
    label = str(correct(article, kind).get_kind_display()).capitalize()
    for page in (article.get_absolute_url(), "/feed/", "/feed/atom/", PAGE):
        html = html_of(client, page)
        assert "La dose était fausse." in html, page
        assert label in html, page
    assert article.get_absolute_url() in html_of(client, PAGE)


def test_update_is_told_on_its_article_only(client, article):
    correct(article, "UPDATE", "Chiffres de novembre.")
    assert "Chiffres de novembre." in html_of(client, article.get_absolute_url())
    assert "Aucun rectificatif" in html_of(client, PAGE)


def test_typo_and_update_without_words_say_nothing(client, article):
    correct(article, "UPDATE", "")
    html = html_of(client, article.get_absolute_url())
    assert "depuis la publication" not in html
    assert "modifié le" in html


def test_corrections_of_a_withdrawn_article_leave_the_list(client, article):
    correct(article)
    publishing.withdraw(article, actor=None, reason="Faux.")
    assert "La dose était fausse." not in html_of(client, PAGE)


def test_list_costs_the_same_at_any_length(client, article, monkeypatch):
    monkeypatch.setattr("articles.views.corrections.PAGE_SIZE", 2)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        return len(found)

    correct(article)
    client.get(PAGE)
    one = queries()
    for n in range(4):
        correct(article, words=f"Erreur {n}.")
    assert queries() == one <= 6
    first = html_of(client, PAGE)
    assert first.count("corrections__item") == 2
    assert "apres=" in first


def test_corrections_cost_their_article_no_query(client, article):
    def queries():
        client.get(article.get_absolute_url())
        with CaptureQueriesContext(connection) as found:
            client.get(article.get_absolute_url())
        return len(found)

    correct(article, "UPDATE", "")
    before = queries()
    for n in range(3):
        correct(article, words=f"Erreur {n}.")
    assert queries() == before <= 8


def test_article_carries_its_latest_corrections(client, article, monkeypatch):
    monkeypatch.setattr(Article, "MOST_TOLD", 2)
    for n in range(3):
        correct(article, words=f"Erreur {n}.")
    rows = [row.as_told for row in article.corrections.all() if row.is_told]
    assert article.told_corrections == rows[:2]


def test_a_correction_never_changes(article):
    correct(article)
    kept = Correction.objects.get()
    kept.words = "Autre chose."
    kept.save()
    kept.refresh_from_db()
    assert kept.words == "La dose était fausse."
