import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from magazine.models import SitePage, SiteSettings
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)


@pytest.fixture
def busy_site(db):
    picture = make_picture()
    writer = make_author("Alice", role="WRITER")
    for top in ("Santé", "Famille", "Soins"):
        section = make_section("Suite", parent=make_section(top))
        for _n in range(12):
            article = make_article(section=section, author=writer, lead_image=picture)
            make_comment(article, writer)
            for _vote in range(3):
                make_rating(article)
    return writer


@pytest.mark.parametrize("path", ["/", "/sante/", "/sante/suite/", "/auteurs/alice/"])
def test_lists_cost_at_most_six_queries(client, busy_site, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert len(queries) <= 6, [query["sql"][:100] for query in queries]


def test_home_shows_sections_and_rankings(client, busy_site):
    html = client.get("/").content.decode()
    for words in ("Santé", "Les plus commentés", "Les mieux notés", "Qui valide ici"):
        assert words in html


def test_empty_site_still_answers(client, db):
    assert "Aucun article pour le moment." in client.get("/").content.decode()


def test_section_pages_neither_skip_nor_repeat_while_articles_are_published(client, db):
    section = make_section("Santé")
    titles = {make_article(section=section, title=f"Titre numéro {n:02}").title for n in range(45)}
    seen, path = [], "/sante/"
    while path:
        page = client.get(path).context["page"]
        seen += [article.title for article in page.items]
        make_article(section=section, title=f"Paru entre-temps {len(seen)}")
        path = f"/sante/?apres={page.older}" if page.older else ""
    assert [title for title in seen if title.startswith("Titre")] == sorted(titles, reverse=True)


def test_newer_link_leads_back(client, db):
    section = make_section("Santé")
    for _n in range(25):
        make_article(section=section)
    first = client.get("/sante/").context["page"]
    second = client.get(f"/sante/?apres={first.older}").context["page"]
    again = client.get(f"/sante/?avant={second.newer}").context["page"]
    assert [article.pk for article in again.items] == [article.pk for article in first.items]


@pytest.mark.parametrize("cursor", ["x", "\x00", "W10", "é" * 500, "1:2:3"])
def test_broken_cursor_shows_the_first_page(client, db, cursor):
    make_section("Santé")
    assert client.get("/sante/", {"apres": cursor}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nulle-part/",
        "/sante/nulle-part/",
        "/auteurs/personne/",
        "/mots-cles/aucun/",
        "/a-propos/rien/",
        "/x/article/y-999999999999999999",
    ],
)
def test_unknown_addresses_are_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_site_page_stands_in_the_footer(client, db):
    page = SitePage.objects.create(
        title="Une page à nous", slug="une-page", body="<p>Oui.</p>", column="magazine"
    )
    assert "Une page à nous" in client.get("/").content.decode()
    assert "Oui." in client.get(page.get_absolute_url()).content.decode()


def test_settings_name_the_site(client, db):
    SiteSettings.objects.create(
        pk=1, name="Santé & Voix", facebook_url="https://facebook.example/cv"
    )
    html = client.get("/").content.decode()
    assert "Santé &amp; Voix" in html
    assert "https://facebook.example/cv" in html


@pytest.mark.parametrize(
    ("prefix", "language", "words"),
    [("", "fr", "Une panne de notre côté"), ("/en", "en", "Something went wrong on our side")],
)
def test_failure_is_told_without_database_or_context(rf, prefix, language, words):
    from django.utils import translation
    from django.views.defaults import server_error

    with translation.override(language):
        html = server_error(rf.get(f"{prefix}/")).content.decode()
    assert words in html
    assert f'<html lang="{language}">' in html
    assert f'href="{prefix}/"' in html


def test_errors_name_their_field(client, db):
    html = client.post("/compte/signup/", {}).content.decode()
    assert "Pseudonyme\u00a0: Ce champ est obligatoire." in html
    assert "&lt;li&gt;" not in html
    assert "placeholder" not in html


def test_probe_answers(client, db):
    answer = client.get("/healthz").json()
    assert (answer["database"], answer["cache"], answer["jobs"]) == ("ok", "ok", "ok")


def test_failed_csrf_gives_the_text_back(db, chloe):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(chloe.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    article = make_article()
    response = client.post(
        article.get_absolute_url() + "/reactions/", {"text": "Un texte que je ne veux pas perdre."}
    )
    assert response.status_code == 403
    assert "Un texte que je ne veux pas perdre." in response.content.decode()
