"""A live text and its working version."""

import pytest

from articles import publishing
from articles.models import Article, Correction, Source
from articles.publishing.replacing import replace_live
from articles.revisions import versions
from lib.refused import Refused
from taxonomy.models import Tag
from tests.factories import make_article, make_picture


@pytest.fixture
def article(db):
    return make_article(title="Le titre", body="<p>Les symptomes.</p>")


def save(article, *, tags=(), sources=(), **parts):
    """Keep a working version, as the form does."""
    content = {**versions.latest(article).content, "tags": list(tags), "sources": list(sources)}
    return versions.record(article, actor=None, content={**content, **parts})


def test_publication_makes_the_version_that_readers_see(article):
    assert (article.live_version, article.last_version) == (1, 1)
    assert not article.has_working_version


def test_saved_text_waits_beside_the_live_one(article):
    save(article, title="Un autre", tags=["chat"], sources=[source("https://example.org/b")])
    article.refresh_from_db()
    assert article.has_working_version
    assert article.title == "Le titre"
    assert not article.tags.exists()
    assert not article.sources.exists()
    versions.load_working(article)
    assert article.title == "Un autre"


def source(url, title=""):
    dates = {"published_on": "", "accessed_on": "2026-01-02"}
    return {"title": title, "publisher": "", "url": url, **dates}


def test_replacement_writes_text_keywords_and_sources(article):
    kept = Source.objects.create(article=article, url="https://example.org/a")
    gone = Source.objects.create(article=article, url="https://example.org/c")
    versions.record(article, actor=None)
    picture = make_picture()
    rows = [source("https://example.org/b"), source("https://example.org/a", "Livre")]
    save(article, title="Un autre", tags=["chat"], sources=rows, lead_image=picture.pk)
    replace_live(article, kind="UPDATE", actor=None)
    assert (article.title, article.lead_image) == ("Un autre", picture)
    assert [tag.name for tag in article.tags.all()] == ["chat"]
    assert [(row.url, row.position) for row in article.sources.all()] == [
        ("https://example.org/b", 1),
        ("https://example.org/a", 2),
    ]
    assert article.sources.get(url="https://example.org/a").pk == kept.pk
    assert not Source.objects.filter(pk=gone.pk).exists()
    assert article.modified_at
    assert not article.has_working_version


def test_typo_is_silent(article):
    save(article, body="<p>Les symptômes.</p>")
    replace_live(article, kind="TYPO", actor=None)
    assert article.body == "<p>Les symptômes.</p>"
    assert article.modified_at is None
    assert list(Correction.objects.public()) == []
    assert article.decisions.first().note == "faute de frappe, version 1 → 2"


def test_more_than_a_typo_is_refused_and_nothing_changes(article):
    save(article, body="<p>Les 3 symptômes.</p>")
    with pytest.raises(Refused, match="un nombre change"):
        replace_live(article, kind="TYPO", actor=None)
    article.refresh_from_db()
    assert (article.body, article.live_version) == ("<p>Les symptomes.</p>", 1)


@pytest.mark.parametrize("kind", ["PRECISION", "ERROR"])
def test_readers_are_told_of_precisions_and_errors(article, bruno, kind):
    save(article, body="<p>Les 3 symptômes.</p>")
    with pytest.raises(Refused, match="Dites aux lecteurs"):
        replace_live(article, kind=kind, actor=bruno.user)
    replace_live(article, kind=kind, words="Ils sont trois.", actor=bruno.user)
    correction = Correction.objects.public().get()
    assert (correction.words, correction.actor) == ("Ils sont trois.", bruno.user)
    assert (correction.from_version, correction.to_version) == (1, 2)
    assert article.decisions.first().reason == "Ils sont trois."


def test_another_version_saved_meanwhile_is_not_put_online_unseen(article):
    save(article, title="Deux")
    save(article, title="Trois")
    with pytest.raises(Refused, match="La version 3"):
        replace_live(article, kind="UPDATE", actor=None, seen_version=2)
    with pytest.raises(Refused, match="nature"):
        replace_live(article, kind="OTHER", actor=None)


def test_what_goes_back_to_the_live_text_does_not_wait(article):
    save(article, title="Deux")
    save(article)
    versions.restore(article, article.revisions.get(number=1), actor=None)
    article.refresh_from_db()
    assert (article.live_version, article.last_version) == (3, 3)
    with pytest.raises(Refused, match="déjà"):
        replace_live(article, kind="UPDATE", actor=None)


def test_text_that_lost_its_title_does_not_go_online(article):
    save(article, title="")
    with pytest.raises(Refused, match="Il manque le titre"):
        replace_live(article, kind="UPDATE", actor=None)
    article.refresh_from_db()
    assert article.title == "Le titre"


def test_draft_has_nothing_to_replace(db):
    with pytest.raises(Refused, match="Seul un article publié"):
        replace_live(make_article(published=False), kind="UPDATE", actor=None)


def test_working_version_of_a_withdrawn_text_comes_with_its_return(article):
    save(article, title="Corrigé")
    publishing.withdraw(article, actor=None, reason="Faux.")
    article.refresh_from_db()
    assert article.title == "Le titre"
    publishing.publish(article, actor=None)
    article.refresh_from_db()
    assert article.title == "Corrigé"
    assert article.modified_at
    assert not article.has_working_version


def test_restoring_a_published_text_makes_a_working_version(article):
    save(article, title="Deux")
    replace_live(article, kind="UPDATE", actor=None)
    versions.restore(article, article.revisions.get(number=1), actor=None)
    article.refresh_from_db()
    assert (article.title, article.has_working_version) == ("Deux", True)


def test_picture_of_a_working_version_is_not_free_to_go(article):
    picture = make_picture()
    save(article, body=f'<p>Voici.</p><img src="/media/{picture.name}" alt="x">')
    assert list(picture.articles.all()) == [article]


def test_article_that_was_never_kept_is_kept_before_its_working_version(db):
    article = make_article(title="Le titre")
    article.revisions.all().delete()
    Article.objects.update(live_version=0, last_version=0)
    article.refresh_from_db()
    content = versions.snapshot(article, Tag.objects.none(), Source.objects.none())
    versions.record(article, actor=None, content={**content, "title": "Un autre"})
    assert [v.content["title"] for v in article.revisions.all()] == ["Un autre", "Le titre"]
    assert (article.live_version, article.last_version) == (1, 2)


def test_version_that_waits_goes_online_whatever_happened_to_the_rows(article):
    article.tags.set(Tag.objects.named(["zona"]))
    versions.record(article, actor=None)
    save(article, tags=["zona"], body="<p>Prenez 3 g.</p>")
    Tag.objects.update(name="Zonas", key="zonas")
    correction = replace_live(article, kind="ERROR", words="La dose est de 3 g.", actor=None)
    assert article.body == "<p>Prenez 3 g.</p>"
    assert article.live_version == article.last_version == correction.to_version


def test_emptied_text_does_not_come_back_from_a_withdrawal(article):
    save(article, body="")
    publishing.withdraw(article, actor=None, reason="Faux.")
    with pytest.raises(Refused, match="Il manque le texte"):
        publishing.publish(article, actor=None)
    article.refresh_from_db()
    assert (article.status, article.body) == ("WITHDRAWN", "<p>Les symptomes.</p>")


def test_title_that_was_never_public_is_not_on_the_page_of_a_withdrawal(article, client):
    publishing.withdraw(article, actor=None, reason="Faux.")
    article.title = "Un titre secret"
    article.save()
    content = {**versions.latest(article).content, "title": "Un titre secret"}
    versions.record(article, actor=None, content=content)
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Le titre" in html
    assert "secret" not in html
