"""French without a prefix, English below /en/: chosen and kept by the address alone."""

import re
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest
from django.template import Context, Template
from django.utils import translation

from articles.models import Source
from lib.web.honeypot import stamp
from lib.web.languages import in_language, language_of, neutral
from magazine.models import SiteSettings
from redirects.models import Redirect
from taxonomy import moving
from taxonomy.models import Tag
from tests.architecture.test_catalogues import catalogue
from tests.factories import (
    PASSWORD,
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)


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


@pytest.fixture
def article(db):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins", colour="care"))
    author = make_author(
        "Alice", role="WRITER", biography="Elle écrit depuis toujours.", credentials="pharmacienne"
    )
    body = "<p>Une étude : oui !</p>" + "".join(
        f"<h2>Partie {n}</h2><p>Du texte.</p>" for n in range(4)
    )
    words = {
        "kicker": "Un surtitre",
        "subtitle": "Un sous-titre",
        "standfirst": "Le chapô de l’article !",
        "signature": "Alice, pharmacienne.",
    }
    article = make_article(
        section=section,
        author=author,
        title="Vraiment utile ?",
        body=body,
        lead_image=make_picture(),
        **words,
    )
    Source.objects.create(
        article=article,
        url="https://example.org/a",
        title="Une étude française",
        publisher="Éditeur",
    )
    article.tags.set(Tag.objects.named(["santé publique"]))
    for _n in range(3):
        make_rating(article)
    reply = make_comment(article, text="Une réaction : merci !")
    make_comment(article, parent=reply)
    make_comment(article, hidden=True)
    return article


def member(as_, chloe):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.get_or_create(
        user=chloe.user, email=chloe.user.email, defaults={"verified": True, "primary": True}
    )
    return as_(chloe)


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
    assert b"Site administration" in as_(bruno).get("/en/admin/").content
    assert "Site d’administration" in as_(bruno).get("/admin/").content.decode()


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


@pytest.mark.parametrize(
    ("language", "number", "written", "with_time", "short"),
    [("fr", 1, "1er mars 2026", "1er mars 2026, 09:05", "1er mars 2025"),
     ("fr", 21, "21 mars 2026", "21 mars 2026, 09:05", "21 mars 2025"),
     ("en", 1, "1 March 2026", "1 March 2026, 09:05", "1 March 2025")],
)  # fmt: skip
def test_first_of_the_month_is_written_as_people_say_it(
    language, number, written, with_time, short
):
    moment = datetime(2026, 3, number, 8, 5, tzinfo=UTC)  # nine in Paris
    source = (
        "{% load text_tags articles_tags %}{{ moment|day }}/"
        '{{ moment|day:"j F Y, H:i" }}/{{ before|short_date }}/{{ nothing|day }}'
    )
    with translation.override(language):
        said = Template(source).render(
            Context({"moment": moment, "before": moment.replace(year=2025), "nothing": None})
        )
    assert said == f"{written}/{with_time}/{short}/"


def test_midnight_in_paris_is_already_the_first():
    with translation.override("fr"):
        assert (
            Template("{% load text_tags %}{{ moment|day }}").render(
                Context({"moment": datetime(2026, 2, 28, 23, 30, tzinfo=UTC)})
            )
            == "1er mars 2026"
        )


def test_every_day_of_a_page_is_written_so():
    templates = Path(__file__).resolve().parents[2] / "templates"
    assert [
        path.name
        for path in templates.rglob("*")
        if path.is_file() and re.search(r"\|date:.j ", path.read_text(encoding="utf-8"))
    ] == []


def test_numbers_are_localised():
    assert short("fr").endswith("12\xa0345 4,3")
    assert short("en").endswith("12,345 4.3")


# --- no string of the other language, on any page ---


def visible(html, foreign):
    """Return what a reader sees or hears, without what is marked as in the other language.

    Title and addresses cannot be marked.
    """
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    said = []

    def walk(element):
        if (
            element.tag in {"script", "style", "link", "title", "textarea"}
            or element.get("lang") == foreign
        ):
            return
        said.extend(element.get(name, "") for name in ("alt", "title", "aria-label", "placeholder"))
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            said.append(element.get("value", ""))
        said.append(element.text or "")
        for child in element:
            walk(child)
            said.append(child.tail or "")

    walk(tree)
    return re.sub(r"[ \t\n]+", " ", re.sub(r"https?://\S+", "", " ".join(said)))


def patterns(language):
    """Return the strings of a language that the other one does not share, as patterns."""
    pairs = [
        (entry.msgid, text)
        for entry in catalogue("en")
        for text in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
    ]
    own = {pair[0 if language == "fr" else 1] for pair in pairs}
    other = " | ".join(pair[1 if language == "fr" else 0] for pair in pairs).casefold()
    found = {}
    for text in own:
        bare = re.sub(r"<[^>]+>", " ", text.replace("%%", "%"))
        pieces = [piece.strip(" .,:;!?()«»") for piece in re.split(r"%\(\w+\)[sd]", bare)]
        words = max(pieces, key=len)
        if len(words) > 6 and words.casefold() not in other:
            found[text] = re.compile(
                r"(?<!\w)" + re.escape(words).replace(r"\ ", r"\s+") + r"(?!\w)", re.IGNORECASE
            )
    assert len(found) > 250
    return found


FRENCH = re.compile(
    r"\b(?:le|la|les|des|une|vous|votre|vos|est|pour|avec|dans|sur|cette|votre|aucun|aucune|ou|et)\b|[éèêàçùœ]",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(?:the|your|you|this|with|from|have|has|please|been|of|and|for)\b", re.IGNORECASE
)
NAMES = re.compile(r"Chloé|Éditeur|CareVox, le magazine|Français|j F Y")


def pages(article, chloe):
    comment = make_comment(article, chloe)
    own = f"/reactions/{comment.pk}"
    for path in (
        "/",
        "/medicaments-soins/",
        "/medicaments-soins/les-actus/",
        "/auteurs/alice/",
        "/mots-cles/sante-publique/",
        "/nulle-part/",
    ):
        yield "visitor", path
    for path in (
        article.get_absolute_url(),
        "/a-propos/vie-privee/",
        "/compte/login/",
        "/compte/signup/",
        "/compte/password/reset/",
    ):
        yield "visitor", path
    for path in (
        "/compte/password/reset/done/",
        "/compte/password/reset/key/1-x/",
        "/compte/confirm-email/",
        "/compte/confirm-email/faux/",
    ):
        yield "visitor", path
    for path in (
        "/compte/profil/",
        "/compte/email/",
        "/compte/password/change/",
        "/compte/2fa/",
        "/compte/reauthenticate/",
        "/compte/logout/",
    ):
        yield "member", path
    for path in (
        "/compte/2fa/totp/activate/",
        "/compte/2fa/webauthn/",
        "/compte/2fa/webauthn/add/",
        "/compte/2fa/recovery-codes/generate/",
    ):
        yield "member", path
    for path in (
        article.get_absolute_url(),
        f"{own}/modifier/",
        f"{own}/retrait/",
        f"{own}/signalement/",
        f"{article.get_absolute_url()}/signalement/",
    ):
        yield "member", path


def posts(article):
    yield "/compte/signup/", {"pseudonym": "Modérateur", "email": "x", "password1": "x"}
    yield "/compte/profil/", {"pseudonym": "", "website": "x"}
    yield f"{article.get_absolute_url()}/reactions/", {"text": ""}
    yield (
        f"{article.get_absolute_url()}/reactions/",
        {
            "text": "Un essai",
            "preview": "1",
            "opened": stamp(),
            "submission": "0b7c1c5e-6bd7-4c0e-9d5f-6f2a8f6f1f10",
        },
    )
    yield f"{article.get_absolute_url()}/note/", {"value": "9"}
    yield f"{article.get_absolute_url()}/signalement/", {}


@pytest.mark.parametrize(
    ("language", "foreign", "telltale"),
    [("en", "fr", FRENCH), ("fr", "en", ENGLISH)],
    ids=["en", "fr"],
)
def test_no_page_holds_a_string_of_the_other_language(
    client, as_, article, chloe, language, foreign, telltale
):
    known, reader = patterns(foreign), member(as_, chloe)
    odd = {}
    answers = [
        (
            path,
            (reader if who == "member" else client).get(in_language(path, language), follow=True),
        )
        for who, path in pages(article, chloe)
    ]
    answers += [
        (
            f"POST {path}",
            (client if "signup" in path else reader).post(in_language(path, language), data),
        )
        for path, data in posts(article)
    ]
    for path, answer in answers:
        assert answer.status_code in {200, 404, 422}, path
        html = answer.content.decode()
        assert f'<html lang="{language}">' in html, path
        text = visible(html, foreign)
        found = [
            msgid
            for msgid, pattern in known.items()
            if pattern.search(f"{re.search('(?s)<title>(.*?)</title>', html)[1]} {text}")
        ]
        found += [
            text[max(0, match.start() - 30) : match.end() + 30]
            for match in telltale.finditer(NAMES.sub("", text))
        ]
        if found:
            odd[path] = sorted(set(found))[:8]
    assert odd == {}
