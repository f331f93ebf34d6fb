"""French without a prefix, English below /en/: chosen and kept by the address alone."""

import re
from datetime import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from lib.web.honeypot import stamp
from lib.web.languages import in_language, language_of, neutral
from magazine.models import SiteSettings
from redirects.models import Redirect
from taxonomy import moving
from tests.carevox.test_foreign_words import visible
from tests.factories import PASSWORD


@pytest.mark.parametrize(
    ("path", "language", "bare"),
    [
        ("/", "fr", "/"),
        ("/en/", "en", "/"),
        ("/en", "en", "/"),
        ("/en/sante/", "en", "/sante/"),
        ("/en-forme/", "fr", "/en-forme/"),
        ("/EN/", "fr", "/EN/"),
        ("/enfants/", "fr", "/enfants/"),
        ("//en/", "fr", "//en/"),
        ("/en//evil.example/", "en", "/%2Fevil.example/"),
    ],
)
def test_address_names_its_language(path, language, bare):
    assert (language_of(path), neutral(path)) == (language, bare)
    assert in_language(path, "en") == f"/en{bare}"
    assert in_language(path, "fr") == bare


def links(html):
    return re.findall(r'(?:href|action)="(/[^"]*)"', html)


def test_reader_sets_english_in_the_footer_and_keeps_it(client, article, chloe):
    """Home, article, a form with errors, a list: every link leads on in English."""
    path = article.get_absolute_url()
    choice = re.search(
        r'href="([^"]+)" lang="en" hreflang="en"', client.get(path).content.decode()
    )[1]
    assert choice == f"/en{path}"
    pages = [
        "/en/",
        choice,
        "/en/compte/signup/",
        "/en/medicaments-soins/",
        "/en/auteurs/alice/",
        "/en/mots-cles/sante-publique/",
        "/en/a-propos/vie-privee/",
    ]
    pages.append(f"{choice}/signalement/")
    for page in pages:
        html = client.get(page).content.decode()
        assert '<html lang="en">' in html, page
        left = [
            link for link in links(html) if not link.startswith(("/en/", "/static/", "/media/"))
        ]
        back = neutral(page)
        assert [
            link for link in left if link != back and not re.fullmatch(r"/a-propos/[\w-]+/", link)
        ] == [], page
    assert set(client.cookies) <= {"csrftoken"}  # of the two pages with a form


def test_forms_answer_in_the_language_of_their_address(as_, client, article, chloe):
    path = f"/en{article.get_absolute_url()}"
    answer = client.post("/en/compte/signup/", {"pseudonym": "", "opened": stamp()})
    assert b"Error:" in answer.content
    assert client.post(f"{path}/reactions/", {"text": "Merci"})["location"].startswith(
        "/en/compte/login/?next=/en/"
    )
    assert client.get(f"{path}/note/?value=4")["location"].startswith("/en/compte/login/?next=/en/")
    member = as_(chloe)
    assert member.post(f"{path}/note/", {"value": 4})["location"] == f"{path}#note"
    assert b"Thank you" in member.get(path).content
    refused = member.post(f"{path}/reactions/", {"text": "", "opened": stamp()})
    assert refused.status_code == 422
    assert b"<title>Error:" in refused.content
    assert (
        member.post(f"{path}/signalement/", {"reason": "OTHER", "opened": stamp()})["location"]
        == path
    )


def test_sign_in_and_out_keep_the_language(client, chloe):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(
        user=chloe.user, email=chloe.user.email, verified=True, primary=True
    )
    assert (
        client.get("/en/compte/profil/")["location"] == "/en/compte/login/?next=/en/compte/profil/"
    )
    assert (
        client.post("/en/compte/login/", {"login": chloe.user.email, "password": PASSWORD})[
            "location"
        ]
        == "/en/"
    )
    assert client.post("/en/compte/logout/")["location"] == "/en/"


def test_staff_without_second_factor_is_led_on_in_its_language(as_, bruno, settings):
    settings.REQUIRE_STAFF_MFA = True
    assert as_(bruno).get("/en/admin/")["location"] == "/en/compte/2fa/"
    assert as_(bruno).get("/en/admin/articles/article/")["location"] == "/en/compte/2fa/"


def test_admin_speaks_both(as_, bruno):
    assert b"Dashboard" in as_(bruno).get("/en/admin/").content
    assert "Tableau de bord" in as_(bruno).get("/admin/").content.decode()


def test_browser_language_and_cookies_choose_nothing(client, article):
    client.cookies["django_language"] = "en"
    answer = client.get("/", headers={"accept-language": "en"})
    assert b'<html lang="fr">' in answer.content
    assert answer["Content-Language"] == "fr"
    assert "Accept-Language" not in answer.get("Vary", "")


def test_article_has_one_address_whatever_the_interface(client, article):
    path = article.get_absolute_url()
    html = client.get(f"/en{path}").content.decode()
    assert f'<link rel="canonical" href="http://localhost{path}">' in html
    assert f'<meta property="og:url" content="http://localhost{path}">' in html
    assert "hreflang" not in html.partition("</head>")[0]
    wrong = re.sub(r"article/.*-", "article/autre-", path)
    assert client.get(f"/en{wrong}")["location"] == f"/en{path}"


def test_pages_tell_other_sites_their_language_and_an_article_that_of_its_text(client, article):
    for path, locale in [
        ("/", "fr_FR"),
        ("/en/", "en_GB"),
        ("/en/medicaments-soins/", "en_GB"),
        (f"/en{article.get_absolute_url()}", "fr_FR"),
    ]:
        assert (
            f'<meta property="og:locale" content="{locale}">' in client.get(path).content.decode()
        ), path


def test_footer_names_other_places_in_the_language_of_the_page(client, db):
    SiteSettings.objects.create(pk=1, facebook_url="https://facebook.example/cv")
    assert ">CareVox sur Facebook<" in client.get("/").content.decode()
    assert ">CareVox on Facebook<" in client.get("/en/").content.decode()


def test_other_pages_name_their_twins(client, article):
    for path in ("/", "/en/"):
        head = client.get(path).content.decode().partition("</head>")[0]
        assert f'<link rel="canonical" href="http://localhost{path}">' in head
        found = re.findall(r'hreflang="([\w-]+)" href="http://localhost([^"]+)"', head)
        assert found == [("fr", "/"), ("en", "/en/"), ("x-default", "/")]


@pytest.mark.parametrize(
    ("path", "search"), [("/nulle-part/", "/recherche"), ("/en/nulle-part/", "/en/recherche")]
)
def test_missing_page_searches_in_its_language(client, db, path, search):
    assert (
        f'<form class="search search--large" action="{search}"' in client.get(path).content.decode()
    )


def test_old_addresses_lead_on_in_the_language_asked_for(client, article):
    Redirect.objects.create(old_path="/vieux/", new_path="/medicaments-soins/", is_prefix=True)
    assert client.get("/vieux/les-actus/")["location"] == "/medicaments-soins/les-actus/"
    assert (
        client.get("/en/vieux/les-actus/?x=1")["location"] == "/en/medicaments-soins/les-actus/?x=1"
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_of_addresses_and_languages_are_reserved(language):
    with translation.override(language):
        assert {
            "en",
            "fr",
            "admin",
            "compte",
            "auteurs",
            "mots-cles",
            "a-propos",
            "reactions",
            "healthz",
            "media",
            "static",
        } <= moving.reserved_slugs()


def test_french_text_is_marked_and_typeset_on_an_english_page(client, article):
    html = client.get(f"/en{article.get_absolute_url()}").content.decode()
    assert '<h1 class="headline__title" lang="fr">Vraiment utile\u202f?</h1>' in html
    assert '<div class="prose" lang="fr">' in html
    assert "oui\u202f!" in html
    english = visible(html, "fr")
    assert "\u202f" not in english
    assert "\u00a0" not in english
    assert (
        ' lang="fr"'
        not in client.get(article.get_absolute_url()).content.decode().partition("<body")[2]
    )


def test_numbers_and_dates_follow_the_language(client, article):
    article.refresh_from_db()
    assert "sur 5" in client.get("/").content.decode()
    assert "14 mars" in short("fr")
    assert "14 March" in short("en")


def short(language):
    with translation.override(language):
        source = "{% load text_tags %}{{ day|day }} {{ n|thousands }} {{ mean|one_decimal }}"
        return Template(source).render(
            Context({"day": datetime(2026, 3, 14), "n": 12345, "mean": 4.3})
        )


def test_numbers_are_localised():
    assert short("fr").endswith("12\xa0345 4,3")
    assert short("en").endswith("12,345 4.3")
