"""What an editor sees before readers do: the page of a text that is not saved, in the admin."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin import preview
from articles.models import Article, ArticleDecision, Revision, Source, TaggedArticle
from articles.views.pages import article_context
from authors.models import Author
from pictures.models import Picture
from redirects.models import Redirect
from search.models import SearchEntry, SearchWord
from taxonomy.models import Tag
from tests.articles.test_article_admin import form_of, put_online
from tests.factories import image_bytes, make_article, make_author, make_picture, make_rating

KEPT = (
    Article,
    Author,
    Tag,
    TaggedArticle,
    Source,
    Picture,
    Revision,
    ArticleDecision,
    Redirect,
    SearchEntry,
    SearchWord,
    LogEntry,
)


def test_preview_of_a_new_article_shows_what_was_saved(editor):
    response = editor.post(
        "/admin/articles/article/add/", form_of(title="Presque paru", _preview="1"), follow=True
    )
    assert Article.objects.get().title == "Presque paru"
    assert "Presque paru" in response.content.decode()
    assert "D’où vient cet article" in response.content.decode()


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in KEPT}, sorted(
        Path(settings.MEDIA_ROOT).rglob("*")
    )


@pytest.mark.parametrize("published", [True, False])
def test_preview_shows_what_was_sent_and_writes_nothing(
    editor, client, published, django_capture_on_commit_callbacks
):
    article = make_article(title="Le titre public", published=published)
    make_rating(article) if published else None
    page, lead, other = (
        f"/admin/articles/article/{article.pk}/change/",
        make_picture(alt="Une lampe"),
        make_author("Autre"),
    )
    editor.post(page, form_of(article, title=article.title))
    before, public = everything(), client.get(article.get_absolute_url()).content
    sent = form_of(
        article,
        title="Le titre essayé",
        body="<p>Un essai.</p>",
        author=other.pk,
        keywords="inédit",
        lead_image=lead.pk,
        new_slug="on",
    )
    sent |= {
        "_preview": "1",
        "draft": "un-brouillon",
        "sources-TOTAL_FORMS": "1",
        "sources-0-title": "Une source inédite",
        "base_version": article.revisions.count(),
    }
    with django_capture_on_commit_callbacks() as jobs:
        response = editor.post(page, sent)
    html = response.content.decode()
    for shown in (
        "Le titre essayé",
        "Un essai.",
        "inédit",
        "Une source inédite",
        "Une lampe",
        "Autre",
        "n’est pas enregistré",
    ):
        assert shown in html
    assert response["Content-Security-Policy"] == client.get("/")["Content-Security-Policy"]
    assert (everything(), client.get(article.get_absolute_url()).content) == (before, public)
    assert jobs == []
    assert "saved_drafts" not in editor.session


@pytest.mark.django_db(transaction=True)
def test_preview_asks_the_database_to_read_only(editor):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/change/"
    sent = form_of(article, keywords="inédit", upload_credit="Moi", _preview="1")
    sent |= {"sources-TOTAL_FORMS": "1", "sources-0-title": "Une source inédite"}
    with CaptureQueriesContext(connection) as queries:
        editor.post(page, sent | {"upload": SimpleUploadedFile("x.jpg", image_bytes())})
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]] == []


@pytest.mark.django_db(transaction=True)
def test_others_write_while_a_preview_is_drawn(as_, monkeypatch):
    article, other = make_article(title="Avant"), make_author("Autre")
    written = []

    def draw(*args, **kwargs):
        with ThreadPoolExecutor(1) as pool:
            written.append(pool.submit(rename, other.pk).result())
        return article_context(*args, **kwargs)

    monkeypatch.setattr(preview, "article_context", draw)
    editor = as_(make_author("Bruno", member=True, role="EDITOR"))
    page = f"/admin/articles/article/{article.pk}/change/"
    html = editor.post(page, form_of(article, title="Essai", _preview="1")).content.decode()
    assert "Essai" in html
    assert written == [1]


def rename(pk):
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 500")
        return Author.objects.filter(pk=pk).update(biography="Écrit entre-temps")
    finally:
        connection.close()


def test_preview_dates_a_published_text_as_putting_it_online_would(editor):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/change/"
    put_online(editor, article, title=article.title)
    Article.objects.update(modified_at=None)
    same = editor.post(page, form_of(article, title=article.title, _preview="1"))
    changed = editor.post(page, form_of(article, title="Autre titre", _preview="1"))
    assert "modifié le" not in same.content.decode()
    assert "modifié le" in changed.content.decode()


def test_preview_keeps_the_order_of_sources_and_leaves_out_the_removed(editor):
    article = make_article(published=False)
    sources = [
        Source.objects.create(article=article, title=name, position=n)
        for n, name in enumerate(("Une", "Deux", "Trois"), 1)
    ]
    sent = form_of(
        article, _preview="1", **{"sources-TOTAL_FORMS": "3", "sources-INITIAL_FORMS": "3"}
    )
    for n, (source, rank) in enumerate(zip(sources, (1, 2, 1), strict=True)):
        sent |= {
            f"sources-{n}-id": source.pk,
            f"sources-{n}-title": source.title,
            f"sources-{n}-position": rank,
        }
        sent |= {f"sources-{n}-article": article.pk}
    sent["sources-1-DELETE"] = "on"
    html = editor.post(f"/admin/articles/article/{article.pk}/change/", sent).content.decode()
    assert re.findall(r'sources__name"[^>]*>([^<]+)<', html) == ["Trois", "Une"]


def test_preview_shows_keywords_in_the_order_of_the_page(editor):
    article = make_article()
    article.tags.set(Tag.objects.named(["tri"]))
    article.tags.add(*Tag.objects.named(["aidants"]))
    sent = form_of(article, keywords="prévention, aidants, tri", _preview="1")
    html = editor.post(f"/admin/articles/article/{article.pk}/change/", sent).content.decode()
    shown = re.findall(r'property="article:tag" content="([^"]+)"', html)
    assert shown == ["tri", "aidants", "prévention"]


def test_new_article_that_is_sent_to_be_seen_and_published_is_published(editor):
    answer = editor.post("/admin/articles/article/add/", form_of(_preview="1", _publish="1"))
    assert answer.status_code == 302
    assert Article.objects.get().is_published


@pytest.mark.django_db(transaction=True)
def test_copy_that_is_sent_to_be_seen_is_saved_whole_or_not_at_all(editor, monkeypatch):
    article = make_article()
    monkeypatch.setattr("articles.revisions.versions.record", lambda *args, **kwargs: 1 / 0)
    editor.raise_request_exception = False
    sent = form_of(article, _preview="1", _saveasnew="1")
    assert editor.post(f"/admin/articles/article/{article.pk}/change/", sent).status_code == 500
    assert Article.objects.count() == 1


def test_preview_leaves_no_file_of_an_upload(editor):
    article, before = make_article(), everything()
    upload = SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg")
    html = editor.post(
        f"/admin/articles/article/{article.pk}/change/",
        form_of(article, upload=upload, upload_credit="Moi", _preview="1"),
    ).content.decode()
    assert "L’image envoyée paraîtra" in html
    assert everything() == before


def test_preview_with_an_error_brings_the_form_back(editor):
    article = make_article()
    html = editor.post(
        f"/admin/articles/article/{article.pk}/change/",
        form_of(article, title="", body="<p>Un essai.</p>", _preview="1"),
    ).content.decode()
    assert "obligatoire" in html
    assert "Un essai." in html


def test_preview_of_a_known_article_opens_beside_its_form(editor):
    add, page = (
        "/admin/articles/article/add/",
        f"/admin/articles/article/{make_article().pk}/change/",
    )
    assert (
        'value="Prévisualiser" name="_preview" formtarget="_blank"'
        in editor.get(page).content.decode()
    )
    assert (
        'value="Enregistrer et prévisualiser" name="_preview">' in editor.get(add).content.decode()
    )


def test_preview_says_that_it_is_one_and_takes_no_vote(editor):
    article = make_article(published=False)
    html = editor.get(f"/admin/articles/article/{article.pk}/apercu/").content.decode()
    assert "Aperçu pour la rédaction" in html
    assert 'name="value"' not in html
    assert 'name="text"' not in html
    assert "Signaler cet article" not in html
