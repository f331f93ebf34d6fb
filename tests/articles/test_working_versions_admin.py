"""Where an editor finds what was saved and is not online yet."""

import pytest
from django.db import connection

from articles.models import Article
from articles.models.versioned import WAITS
from articles.publishing.replacing import replace_live
from tests.articles.test_article_admin import form_of, put_online
from tests.articles.test_replacing import save
from tests.factories import make_article

LIST = "/admin/articles/article/"


@pytest.fixture
def article(db):
    return make_article(title="Le sirop")


def html_of(answer):
    return answer.content.decode()


def test_first_page_list_and_form_tell_of_it(editor, article):
    other = make_article(title="Un autre")
    save(article, title="Le sirop corrigé")
    assert "versions à mettre en ligne" in html_of(editor.get("/admin/"))
    listed = editor.get(LIST, {"version": "en-attente"})
    assert list(listed.context["cl"].queryset) == [article]
    assert "nouvelle version" in html_of(listed)
    form = html_of(editor.get(f"{LIST}{article.pk}/change/"))
    assert "que les lecteurs ne voient pas" in form
    assert 'value="Le sirop corrigé"' in form
    assert "que les lecteurs ne voient pas" not in html_of(editor.get(f"{LIST}{other.pk}/change/"))


def test_saving_says_that_readers_do_not_see_it(editor, article):
    sent = form_of(article, slug=article.slug, title="Corrigé")
    html = html_of(editor.post(f"{LIST}{article.pk}/change/", sent, follow=True))
    assert "Version 2 enregistrée" in html
    assert "Voir sur le site" in html


def test_typo_goes_online_in_one_step(editor, article):
    html = html_of(put_online(editor, article, kind="TYPO", title="Le sirops"))
    assert "plus de 20 caractères" in html  # the form of the test has another text
    assert "De la version 1" in html
    article.refresh_from_db()
    assert (article.title, article.last_version) == ("Le sirop", 2)


def test_refused_words_come_back_beside_their_field(editor, article):
    answer = put_online(editor, article, kind="ERROR", words="", title="Corrigé")
    assert answer.status_code == 422
    assert "Dites aux lecteurs ce qui a changé." in html_of(answer)
    page = f"{LIST}{article.pk}/mettre-en-ligne/"
    sent = {"replace-kind": "ERROR", "replace-words": "Le nom était faux.", "replace-version": "2"}
    assert editor.post(page, sent).status_code == 302
    article.refresh_from_db()
    assert article.title == "Corrigé"


def test_page_that_compared_another_version_puts_nothing_online(editor, article):
    save(article, title="Deux")
    save(article, title="Trois")
    page = f"{LIST}{article.pk}/mettre-en-ligne/"
    answer = editor.post(page, {"replace-kind": "UPDATE", "replace-version": "2"})
    assert "relisez-la" in html_of(answer)
    assert 'value="3"' in html_of(answer)
    article.refresh_from_db()
    assert article.title == "Le sirop"


def test_nothing_to_put_online_is_said(editor, article):
    page = f"{LIST}{article.pk}/mettre-en-ligne/"
    assert "déjà la dernière version" in html_of(editor.get(page))


def test_preview_shows_the_working_version(editor, article):
    save(article, title="Corrigé")
    assert "Corrigé" in html_of(editor.get(f"{LIST}{article.pk}/apercu/"))


def test_settings_take_effect_at_once_and_bring_no_text_along(editor, article, client):
    save(article, title="Corrigé")
    sent = form_of(article, slug=article.slug, title="Corrigé", comments_open="")
    sent["body"] = article.body
    sent |= {"keywords": "", "interests": article.interests}
    html = html_of(editor.post(f"{LIST}{article.pk}/change/", sent, follow=True))
    assert "Version" not in html.partition('class="messagelist"')[2].partition("</ul>")[0]
    article.refresh_from_db()
    assert not article.comments_open
    assert article.title == "Le sirop"
    replace_live(article, kind="UPDATE", actor=None)
    assert article.title == "Corrigé"
    assert not article.comments_open


def test_waiting_versions_are_found_by_their_own_index(article):
    for n in range(30):
        make_article(title=f"Titre {n}")
    save(article, title="Corrigé")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read at once
    assert "article_waits" in Article.objects.filter(WAITS).order_by("id").only("id").explain()
