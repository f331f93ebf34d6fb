from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Article, Decision, Picture, Redirect, Revision, SearchEntry, SearchWord, Source, Tag, TaggedArticle
from authors.models import Author
from comments import moderation
from lib.admin import BoundedPaginator
from tests.factories import image_bytes, make_article, make_author, make_comment, make_picture, make_rating, make_section

EMPTY_INLINES = {f"{name}-{part}": "0" for name in ("sources", "decisions") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}


def form_of(article=None, **changes):
    section, author = (article.section, article.author) if article else (make_section("Santé"), make_author("Plume", role="WRITER"))
    base = {
        "section": section.pk,
        "author": author.pk,
        "kicker": "",
        "title": "Un titre",
        "subtitle": "",
        "standfirst": "",
        "body": "<p>Un texte.</p>",
        "signature": "",
        "lead_image": "",
        "lead_caption": "",
        "keywords": "santé publique, e-Santé",
        "interests": "NONE",
        "interests_detail": "",
        "comments_open": "on",
        "slug": "",
        "upload_alt": "",
        "upload_credit": "",
        "upload_licence": "CC_BY",
        **EMPTY_INLINES,
    }
    return base | changes


@pytest.fixture
def editor(as_, bruno):
    return as_(bruno)


def test_editor_writes_with_tags_sources_and_picture_and_publishes(editor, client):
    data = form_of(
        upload=SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg"),
        upload_alt="Un chat",
        upload_credit="Photo : Alice",
        _publish="1",
        **{"sources-TOTAL_FORMS": "1", "sources-0-position": "1", "sources-0-url": "https://example.org/page", "sources-0-title": ""},
    )
    response = editor.post("/admin/articles/article/add/", data, follow=True)
    assert response.status_code == 200
    article = Article.objects.get()
    assert article.is_published
    assert article.lead_image.alt == "Un chat"
    assert sorted(tag.name for tag in article.tags.all()) == ["e-Santé", "santé publique"]
    assert article.sources.get().url == "https://example.org/page"
    assert article.revisions.get().number == 1
    assert client.get(article.get_absolute_url()).status_code == 200


def test_tags_that_differ_by_case_are_one(editor):
    Tag.objects.named(["E-SANTÉ"])
    editor.post("/admin/articles/article/add/", form_of())
    assert Tag.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "obligatoire"),
        ({"interests": "DECLARED"}, "quels liens"),
        ({"body": "x" * 300_001}, "caractères"),
        ({"keywords": "???"}, "ni lettre ni chiffre"),
        ({"keywords": "x" * 101}, "trop long"),
        ({"sources-TOTAL_FORMS": "1", "sources-0-position": "1", "sources-0-publisher": "HAS"}, "titre ou une adresse"),
    ],
)
def test_bad_articles_are_told_in_french(editor, changes, message):
    response = editor.post("/admin/articles/article/add/", form_of(**changes))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("upload", [b"<svg/>", b"", image_bytes()[:3000]])
def test_hostile_uploads_are_told_in_french(editor, upload):
    response = editor.post("/admin/articles/article/add/", form_of(upload=SimpleUploadedFile("x.jpg", upload, "image/jpeg"), upload_credit="x"))
    assert response.status_code == 200
    assert not Article.objects.exists()


def test_picture_without_credit_is_refused(editor):
    response = editor.post("/admin/articles/article/add/", form_of(upload=SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg")))
    assert "sans crédit" in response.content.decode()


def test_changed_text_is_dated_and_kept(editor, bruno):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/change/"
    editor.post(page, form_of(article, title=article.title, body="<p>Corrigé.</p>"))
    article.refresh_from_db()
    assert article.body == "<p>Corrigé.</p>"
    assert article.modified_at
    assert article.revisions.get().actor == bruno.user


def test_second_editor_does_not_overwrite_the_first(editor):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/change/"
    editor.post(page, form_of(article, body="<p>Premier.</p>", base_version="0"))
    response = editor.post(page, form_of(article, body="<p>Second.</p>", base_version="0"))
    html = response.content.decode()
    assert "Quelqu’un a enregistré la version 1" in html
    assert "Second." in html
    article.refresh_from_db()
    assert article.body == "<p>Premier.</p>"


def test_new_author_takes_the_counts_along(editor):
    article, other = make_article(), make_author("Autre")
    make_rating(article, value=4)
    former = article.author
    editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, author=other.pk))
    for author in (former, other):
        author.refresh_from_db()
    assert (former.articles_count, other.articles_count, other.ratings_sum) == (0, 1, 4)


def test_slug_changes_only_when_asked(editor, client):
    article = make_article(title="Avant")
    page = f"/admin/articles/article/{article.pk}/change/"
    old = article.get_absolute_url()
    editor.post(page, form_of(article, title="Après", slug=article.slug))
    article.refresh_from_db()
    assert article.get_absolute_url() == old
    editor.post(page, form_of(article, title="Après", slug=article.slug, new_slug="on"))
    article.refresh_from_db()
    assert article.slug == "apres"
    assert client.get(old)["location"] == article.get_absolute_url()


def test_journal_says_who_changed_author_section_and_address(editor, bruno):
    article, other, section = make_article(title="Avant"), make_author("Autre"), make_section("Sommeil")
    page = f"/admin/articles/article/{article.pk}/change/"
    editor.post(page, form_of(article, slug=article.slug))
    assert not article.decisions.exclude(kind="MOVE").exists()
    editor.post(page, form_of(article, title="Après", author=other.pk, section=section.pk, slug=article.slug, new_slug="on"))
    noted = article.decisions.exclude(kind="MOVE").order_by("kind")
    assert [(decision.kind, decision.note, decision.actor) for decision in noted] == [
        ("ADDRESS", "avant → apres", bruno.user),
        ("AUTHOR", "Alice → Autre", bruno.user),
        ("SECTION", "Santé → Sommeil", bruno.user),
    ]
    assert "Alice → Autre" in editor.get(page).content.decode()


def test_readers_of_a_withdrawn_article_see_its_reason_not_its_journal(editor, client):
    article = make_article()
    publishing.withdraw(article, actor=None, reason="Dose fausse.")
    editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, author=make_author("Autre").pk, slug=article.slug))
    assert "Dose fausse." in client.get(article.get_absolute_url()).content.decode()


def test_withdrawing_asks_for_the_reason(editor, client):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/retirer/"
    assert editor.get(page).status_code == 200
    assert editor.post(page, {"reason": ""}).status_code == 422
    assert editor.post(page, {"reason": "La source a disparu."}).status_code == 302
    assert client.get(article.get_absolute_url()).status_code == 410


def test_actions_publish_and_withdraw_many(editor):
    drafts = [make_article(published=False) for _n in range(2)] + [make_article(published=False, body="")]
    chosen = {"_selected_action": [article.pk for article in drafts]}
    html = editor.post("/admin/articles/article/", {"action": "publish_selected", **chosen}, follow=True).content.decode()
    assert "2 articles publiés." in html
    assert "Il manque le texte" in html
    asked = editor.post("/admin/articles/article/", {"action": "withdraw_selected", **chosen})
    assert 'name="_selected_action"' in asked.content.decode()
    editor.post("/admin/articles/article/", {"action": "withdraw_selected", "reason": "Erreur.", **chosen})
    assert Article.objects.withdrawn().count() == 2


def test_preview_of_a_new_article_shows_what_was_saved(editor):
    response = editor.post("/admin/articles/article/add/", form_of(title="Presque paru", _preview="1"), follow=True)
    assert Article.objects.get().title == "Presque paru"
    assert "Presque paru" in response.content.decode()
    assert "D’où vient cet article" in response.content.decode()


KEPT = (Article, Author, Tag, TaggedArticle, Source, Picture, Revision, Decision, Redirect, SearchEntry, SearchWord, LogEntry)


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in KEPT}, sorted(Path(settings.MEDIA_ROOT).rglob("*"))


@pytest.mark.parametrize("published", [True, False])
def test_preview_shows_what_was_sent_and_writes_nothing(editor, client, published, django_capture_on_commit_callbacks):
    article = make_article(title="Le titre public", published=published)
    make_rating(article) if published else None
    page, lead, other = f"/admin/articles/article/{article.pk}/change/", make_picture(alt="Une lampe"), make_author("Autre")
    editor.post(page, form_of(article, title=article.title))
    before, public = everything(), client.get(article.get_absolute_url()).content
    sent = form_of(article, title="Le titre essayé", body="<p>Un essai.</p>", author=other.pk, keywords="inédit", lead_image=lead.pk, new_slug="on")
    sent |= {"_preview": "1", "draft": "un-brouillon", "sources-TOTAL_FORMS": "1", "sources-0-title": "Une source inédite", "base_version": "1"}
    with django_capture_on_commit_callbacks() as jobs:
        response = editor.post(page, sent)
    html = response.content.decode()
    for shown in ("Le titre essayé", "Un essai.", "inédit", "Une source inédite", "Une lampe", "Autre", "n’est pas enregistré"):
        assert shown in html
    assert response["Content-Security-Policy"] == client.get("/")["Content-Security-Policy"]
    assert (everything(), client.get(article.get_absolute_url()).content) == (before, public)
    assert jobs == []
    assert "saved_drafts" not in editor.session


def test_preview_leaves_no_file_of_an_upload(editor):
    article, before = make_article(), everything()
    upload = SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg")
    html = editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, upload=upload, upload_credit="Moi", _preview="1")).content.decode()
    assert "L’image envoyée paraîtra" in html
    assert everything() == before


def test_preview_with_an_error_brings_the_form_back(editor):
    article = make_article()
    html = editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, title="", body="<p>Un essai.</p>", _preview="1")).content.decode()
    assert "obligatoire" in html
    assert "Un essai." in html


def test_preview_of_a_known_article_opens_beside_its_form(editor):
    add, page = "/admin/articles/article/add/", f"/admin/articles/article/{make_article().pk}/change/"
    assert 'value="Prévisualiser" name="_preview" formtarget="_blank"' in editor.get(page).content.decode()
    assert 'value="Enregistrer et prévisualiser" name="_preview">' in editor.get(add).content.decode()


def test_history_compares_and_restores(editor):
    article = make_article(title="Un")
    page = f"/admin/articles/article/{article.pk}/"
    for title in ("Deux", "Trois"):
        editor.post(page + "change/", form_of(article, title=title))
    html = editor.get(page + "history/").content.decode()
    assert "<del>Deux</del><ins>Trois</ins>" in html
    editor.post(page + "versions/1/retablir/")
    article.refresh_from_db()
    assert article.title == "Deux"
    assert editor.get(page + "history/", {"de": "x", "a": "9999999999"}).status_code == 200


def test_history_without_versions_says_so(editor):
    html = editor.get(f"/admin/articles/article/{make_article().pk}/history/").content.decode()
    assert "Aucune version n’est gardée" in html
    assert 'type="radio"' not in html


def test_history_leads_to_versions_beyond_the_first_page(editor, monkeypatch):
    monkeypatch.setattr("articles.admin.history.SHOWN", 2)
    article = make_article(title="Un")
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


def test_published_article_is_not_deleted_a_draft_is(editor):
    published, draft = make_article(), make_article(published=False)
    assert editor.post(f"/admin/articles/article/{published.pk}/delete/", {"post": "yes"}).status_code == 403
    assert editor.post(f"/admin/articles/article/{draft.pk}/delete/", {"post": "yes"}).status_code == 302


PAGES = ["article", "section", "picture", "tag", "rating", "redirect"]


@pytest.mark.parametrize("role", [None, "READER", "WRITER"])
@pytest.mark.parametrize("model", PAGES)
def test_outsiders_see_nothing_of_the_admin(as_, client, db, role, model):
    client = as_(make_author("Denis", member=True, role=role)) if role else client
    assert client.get(f"/admin/articles/{model}/").status_code == 302


def test_moderator_reads_but_does_not_publish(as_, db):
    client = as_(make_author("Verveine", member=True, role="MODERATOR"))
    article = make_article(published=False)
    assert client.get("/admin/articles/article/").status_code == 200
    assert client.post(f"/admin/articles/article/{article.pk}/publier/").status_code == 403
    assert client.post(f"/admin/articles/article/{article.pk}/change/", form_of(article)).status_code == 403


def test_lists_cost_the_same_for_two_rows_and_for_forty(editor):
    article = make_article(lead_image=make_picture())
    paths = [
        "",
        *(f"articles/{model}/" for model in PAGES),
        *(f"comments/{model}/" for model in ("comment", "report", "moderationdecision")),
        "authors/author/",
        "carevox/sitepage/",
    ]

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(f"/admin/{path}").status_code == 200
        return len(queries)

    def costs():
        return {path: cost(path) for path in paths}

    moderation.report(reason="INSULT", comment=make_comment(article))
    make_comment(article, hidden=True)
    make_rating(article)
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
    assert {path: (few[path], many) for path, many in costs().items() if many > few[path] or many >= 15} == {}


def test_section_moves_in_the_admin(editor, client):
    top, child = make_section("Santé"), make_section("Sommeil")
    make_article(section=child)
    response = editor.post(
        f"/admin/articles/section/{child.pk}/change/",
        {"name": "Sommeil", "parent": top.pk, "slug": "sommeil", "position": "0", "description": "", "colour": ""},
        follow=True,
    )
    assert "2 pages ont changé d’adresse : les anciennes y mènent." in response.content.decode()
    assert client.get("/sommeil/")["location"] == "/sante/sommeil/"
    html = editor.post("/admin/articles/section/add/", {"name": "Admin", "slug": "", "position": "0"}).content.decode()
    assert "est une adresse du site" in html


def test_picture_goes_through_the_cleaner(editor):
    data = {"upload": SimpleUploadedFile("x.png", image_bytes(form="PNG"), "image/png"), "alt": "Un chat", "credit": "Photo", "licence": "CC0"}
    response = editor.post("/admin/articles/picture/add/", data, follow=True)
    assert response.status_code == 200
    assert "Un chat" in response.content.decode()
    bad = editor.post("/admin/articles/picture/add/", {**data, "upload": SimpleUploadedFile("x.png", b"no", "image/png")})
    assert "n’est pas une image lisible" in bad.content.decode()


def test_sources_are_numbered_in_the_order_that_was_asked(editor):
    article = make_article(published=False)
    first = {"sources-TOTAL_FORMS": "3"} | {f"sources-{n}-title": name for n, name in enumerate("ABC")}
    editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, **first))
    sources = list(article.sources.all())
    assert [(source.title, source.position) for source in sources] == [("A", 1), ("B", 2), ("C", 3)]
    moved = {"sources-TOTAL_FORMS": "3", "sources-INITIAL_FORMS": "3"}
    for n, (source, rank) in enumerate(zip(sources, ("1", "2", "1"), strict=True)):
        moved |= {f"sources-{n}-id": source.pk, f"sources-{n}-title": source.title, f"sources-{n}-position": rank, f"sources-{n}-article": article.pk}
    editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, **moved))
    assert [(source.title, source.position) for source in article.sources.all()] == [("C", 1), ("A", 2), ("B", 3)]


def test_keywords_in_use_are_suggested_to_those_who_write(editor, as_, db):
    Tag.objects.named(["Écrans", "écrans et sommeil", "sel"])
    assert editor.get("/admin/articles/article/mots-cles/", {"debut": "ecr"}).json() == {"names": ["Écrans", "écrans et sommeil"]}
    assert editor.get("/admin/articles/article/mots-cles/", {"debut": "?"}).json() == {"names": []}
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    assert moderator.get("/admin/articles/article/mots-cles/", {"debut": "ecr"}).status_code == 403


def test_pictures_of_the_library_are_found_by_their_words(editor, as_, client):
    wanted = make_picture(alt="Un chat qui dort")
    make_picture(alt="Une boîte")
    found = editor.get("/admin/articles/picture/choix/", {"q": "chat dort"}).json()
    assert [row["src"] for row in found["pictures"]] == [f"/media/{wanted.name}"]
    assert found["more"] is False
    assert client.get("/admin/articles/picture/choix/").status_code == 302


def test_no_keyword_holds_a_comma(db):
    assert Tag.objects.create(name="sel, poivre").name == "sel poivre"


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


def test_preview_says_that_it_is_one_and_takes_no_vote(editor):
    article = make_article(published=False)
    html = editor.get(f"/admin/articles/article/{article.pk}/apercu/").content.decode()
    assert "Aperçu pour la rédaction" in html
    assert 'name="value"' not in html
    assert 'name="text"' not in html
    assert "Signaler cet article" not in html
