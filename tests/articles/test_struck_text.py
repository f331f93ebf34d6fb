"""A dose that was struck out is dead wherever a text is read, and what is not kept is said."""

import pytest

from articles.models import Article
from articles.rendering import render
from articles.revisions.text import written
from lib.html.policy import clean_html
from lib.text import plain_text, word_count
from magazine.models import SitePage
from tests.articles.test_article_admin import form_of
from tests.factories import make_article

TYPED = "<p>Ne dépassez pas <del>4444 mg</del><ins>3333 mg</ins> par jour.</p>"
KEPT = "<p>Ne dépassez pas <s>4444 mg</s>3333 mg par jour.</p>"


def test_plain_text_leaves_struck_words_out():
    assert plain_text(KEPT) == "Ne dépassez pas 3333 mg par jour."
    assert plain_text("<p>a<s>b<s>c</s>d</s>e</s>f</p>") == "aef"
    assert word_count(KEPT) == word_count("<p>Ne dépassez pas 3333 mg par jour.</p>")


def test_comparison_shows_what_is_struck():
    assert written(KEPT) == "Ne dépassez pas ~~4444 mg~~3333 mg par jour."


@pytest.fixture
def article(editor):
    """Posted as by a form without scripts."""
    editor.post("/admin/articles/article/add/", form_of(body=TYPED, _publish="1"))
    return Article.objects.get()


def test_form_without_scripts_keeps_the_dose_struck(article):
    assert article.body == KEPT
    assert "<s>" in article.body_html


@pytest.mark.parametrize("typed", [TYPED, KEPT, "<p>Pas <strike>4444 mg</strike> 3333 mg</p>"])
def test_any_other_path_does_too(typed, db):
    article = make_article(body=typed)
    article.refresh_from_db()
    assert article.body == clean_html(typed)
    assert "<s>4444 mg</s>" in article.body


def test_struck_dose_is_seen_struck_and_said_nowhere_as_alive(article, client):
    page = client.get(article.get_absolute_url()).content.decode().replace("\u00a0", " ")
    dead = '<s><span class="unseen">[barré : </span>4444'
    assert page.count("4444") == page.count(dead) == 1
    assert "3333" in page
    for path in ("/", f"{article.section.get_absolute_url()}", "/recherche?q=dépassez"):
        assert "4444" not in client.get(path).content.decode(), path


def test_struck_dose_is_not_found(article, client):
    assert article.title in client.get("/recherche?q=3333").content.decode()
    assert article.get_absolute_url() not in client.get("/recherche?q=4444").content.decode()


def test_feed_shows_it_struck_or_not_at_all(article, client):
    feed = client.get("/feed/").content.decode()
    struck = ("&lt;s&gt;", "<s>")
    for before in feed.split("4444")[:-1]:
        assert any(sign in before[-60:] for sign in struck)


def test_who_saves_an_article_is_told_what_is_not_kept(editor):
    body = (
        TYPED + '<p>Voir</p><img src="https://x.example/a.png"><iframe src="//x.example"></iframe>'
    )
    html = editor.post(
        "/admin/articles/article/add/", form_of(body=body), follow=True
    ).content.decode()
    assert "Le texte est enregistré, sauf : la marque de 1 insertion" in html
    assert "1 image, après « …" in html
    assert "1 cadre d’un autre site" in html


def test_who_saves_a_page_of_the_site_is_told_too(editor):
    page = SitePage.objects.create(title="Une page", slug="une-page", body="<p>x</p>")
    form = {"title": page.title, "slug": page.slug, "column": page.column, "position": "1"}
    path = f"/admin/magazine/sitepage/{page.pk}/change/"
    html = editor.post(
        path, form | {"body": "<p>a<video></video></p>"}, follow=True
    ).content.decode()
    assert "sauf : 1 vidéo, après « a »" in html
    html = editor.post(path, form | {"body": "<p>a</p><p></p>"}, follow=True).content.decode()
    assert "sauf" not in html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('<ul style="text-decoration:line-through">4 g</ul>', "<s>4 g</s>"),
        ("<del><div></del>4 g</div>", "<s>4 g</s>"),
    ],
)
def test_words_where_none_should_stand_stay_struck(typed, kept):
    assert kept in clean_html(typed)


def test_heading_of_struck_words_stays_on_the_page():
    assert render("<h2><s>4 g par jour</s></h2><p>x</p>", {}, {}).html.startswith("<h2>")
