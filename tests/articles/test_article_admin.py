import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import publishing
from articles.models import Article
from pictures.models import Picture
from taxonomy.models import Tag
from tests.factories import (
    image_bytes,
    make_article,
    make_author,
    make_picture,
    make_rating,
    make_section,
)

EMPTY_INLINES = {
    f"{name}-{part}": "0"
    for name in ("sources", "decisions")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def form_of(article=None, **changes):
    section, author = (
        (article.section, article.author)
        if article
        else (make_section("Santé"), make_author("Plume", role="WRITER"))
    )
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


def put_online(editor, article, *, kind="UPDATE", words="", new_slug="", **changes):
    """Save the form of a published article and put that version online."""
    asked = {"replace-kind": kind, "replace-words": words, "replace-new_slug": new_slug}
    sent = form_of(article, **{"slug": article.slug, **changes}) | asked | {"_replace": "1"}
    return editor.post(f"/admin/articles/article/{article.pk}/change/", sent, follow=True)


def test_editor_writes_with_tags_sources_and_picture_and_publishes(editor, client):
    data = form_of(
        upload=SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg"),
        upload_alt="Un chat",
        upload_credit="Photo : Alice",
        _publish="1",
        **{
            "sources-TOTAL_FORMS": "1",
            "sources-0-position": "1",
            "sources-0-url": "https://example.org/page",
            "sources-0-title": "",
        },
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
        (
            {"sources-TOTAL_FORMS": "1", "sources-0-position": "1", "sources-0-publisher": "HAS"},
            "titre ou une adresse",
        ),
    ],
)
def test_bad_articles_are_told_in_french(editor, changes, message):
    response = editor.post("/admin/articles/article/add/", form_of(**changes))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("upload", [b"<svg/>", b"", image_bytes()[:3000]])
def test_hostile_uploads_are_told_in_french(editor, upload):
    response = editor.post(
        "/admin/articles/article/add/",
        form_of(upload=SimpleUploadedFile("x.jpg", upload, "image/jpeg"), upload_credit="x"),
    )
    assert response.status_code == 200
    assert not Article.objects.exists()


def test_picture_without_credit_is_refused(editor):
    response = editor.post(
        "/admin/articles/article/add/",
        form_of(upload=SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg")),
    )
    assert "sans crédit" in response.content.decode()


def test_picture_of_a_refused_form_is_chosen_and_not_lost(editor):
    upload = SimpleUploadedFile("x.jpg", image_bytes(), "image/jpeg")
    sent = {"upload": upload, "upload_alt": "Un chat", "upload_credit": "Photo : Alice"}
    written = form_of(title="", **sent)
    answer = editor.post("/admin/articles/article/add/", written)
    picture = Picture.objects.get()
    assert answer.context["adminform"].form["lead_image"].value() == str(picture.pk)
    assert "choisie en tête" in answer.content.decode()
    again = {**written, "title": "Un titre", "lead_image": picture.pk, "upload": ""}
    editor.post("/admin/articles/article/add/", again)
    assert Article.objects.get().lead_image.alt == "Un chat"


def test_changed_text_is_dated_and_kept(editor, bruno):
    article = make_article()
    put_online(editor, article, body="<p>Corrigé.</p>")
    article.refresh_from_db()
    assert article.body == "<p>Corrigé.</p>"
    assert article.modified_at
    assert [version.actor for version in article.revisions.all()] == [bruno.user, None]


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
    old = article.get_absolute_url()
    put_online(editor, article, title="Après")
    article.refresh_from_db()
    assert article.get_absolute_url() == old
    put_online(editor, article, title="Après tout", new_slug="on")
    article.refresh_from_db()
    assert article.slug == "apres-tout"
    assert client.get(old)["location"] == article.get_absolute_url()


def test_log_says_who_changed_author_section_and_address(editor, bruno):
    article, other, section = (
        make_article(title="Avant"),
        make_author("Autre"),
        make_section("Sommeil"),
    )
    page = f"/admin/articles/article/{article.pk}/change/"
    editor.post(page, form_of(article, slug=article.slug))
    assert not article.decisions.exclude(kind="MOVE").exists()
    changed = {"title": "Après", "author": other.pk, "section": section.pk}
    put_online(editor, article, new_slug="on", **changed)
    logged = article.decisions.exclude(kind__in=["MOVE", "REPLACED"]).order_by("kind")
    assert [(decision.kind, decision.note, decision.actor) for decision in logged] == [
        ("ADDRESS", "avant → apres", bruno.user),
        ("AUTHOR", "Alice → Autre", bruno.user),
        ("SECTION", "Santé → Sommeil", bruno.user),
    ]
    assert "Alice → Autre" in editor.get(page).content.decode()


def test_readers_of_a_withdrawn_article_see_its_reason_not_its_log(editor, client):
    article = make_article()
    publishing.withdraw(article, actor=None, reason="Dose fausse.")
    editor.post(
        f"/admin/articles/article/{article.pk}/change/",
        form_of(article, author=make_author("Autre").pk, slug=article.slug),
    )
    assert "Dose fausse." in client.get(article.get_absolute_url()).content.decode()


def test_withdrawing_asks_for_the_reason(editor, client):
    article = make_article()
    page = f"/admin/articles/article/{article.pk}/retirer/"
    assert editor.get(page).status_code == 200
    assert editor.post(page, {"reason": ""}).status_code == 422
    assert editor.post(page, {"reason": "La source a disparu."}).status_code == 302
    assert client.get(article.get_absolute_url()).status_code == 410


def test_actions_publish_and_withdraw_many(editor):
    drafts = [make_article(published=False) for _n in range(2)] + [
        make_article(published=False, body="")
    ]
    chosen = {"_selected_action": [article.pk for article in drafts]}
    html = editor.post(
        "/admin/articles/article/",
        {"action": "publish_selected", "apply": "1", **chosen},
        follow=True,
    ).content.decode()
    assert "2 articles publiés." in html
    assert "Il manque le texte" in html
    asked = editor.post("/admin/articles/article/", {"action": "withdraw_selected", **chosen})
    assert 'name="_selected_action"' in asked.content.decode()
    assert Article.objects.withdrawn().count() == 0
    editor.post(
        "/admin/articles/article/", {"action": "withdraw_selected", "reason": "Erreur.", **chosen}
    )
    assert Article.objects.withdrawn().count() == 2


def test_published_article_is_not_deleted_a_draft_is(editor):
    published, draft = make_article(), make_article(published=False)
    assert (
        editor.post(f"/admin/articles/article/{published.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert (
        editor.post(f"/admin/articles/article/{draft.pk}/delete/", {"post": "yes"}).status_code
        == 302
    )


def test_picture_goes_through_the_cleaner(editor):
    data = {
        "upload": SimpleUploadedFile("x.png", image_bytes(form="PNG"), "image/png"),
        "alt": "Un chat",
        "credit": "Photo",
        "licence": "CC0",
    }
    response = editor.post("/admin/pictures/picture/add/", data, follow=True)
    assert response.status_code == 200
    assert "Un chat" in response.content.decode()
    bad = editor.post(
        "/admin/pictures/picture/add/",
        {**data, "upload": SimpleUploadedFile("x.png", b"no", "image/png")},
    )
    assert "n’est pas une image lisible" in bad.content.decode()


def test_sources_are_numbered_in_the_order_that_was_asked(editor):
    article = make_article(published=False)
    first = {"sources-TOTAL_FORMS": "3"} | {
        f"sources-{n}-title": name for n, name in enumerate("ABC")
    }
    editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, **first))
    sources = list(article.sources.all())
    assert [(source.title, source.position) for source in sources] == [("A", 1), ("B", 2), ("C", 3)]
    moved = {"sources-TOTAL_FORMS": "3", "sources-INITIAL_FORMS": "3"}
    for n, (source, rank) in enumerate(zip(sources, ("1", "2", "1"), strict=True)):
        moved |= {
            f"sources-{n}-id": source.pk,
            f"sources-{n}-title": source.title,
            f"sources-{n}-position": rank,
            f"sources-{n}-article": article.pk,
        }
    editor.post(f"/admin/articles/article/{article.pk}/change/", form_of(article, **moved))
    assert [(source.title, source.position) for source in article.sources.all()] == [
        ("C", 1),
        ("A", 2),
        ("B", 3),
    ]


def test_pictures_of_the_library_are_found_by_their_words(editor, as_, client):
    wanted = make_picture(alt="Un chat qui dort")
    make_picture(alt="Une boîte")
    found = editor.get("/admin/pictures/picture/choix/", {"q": "chat dort"}).json()
    assert [row["src"] for row in found["pictures"]] == [f"/media/{wanted.name}"]
    assert found["more"] is False
    assert client.get("/admin/pictures/picture/choix/").status_code == 302
