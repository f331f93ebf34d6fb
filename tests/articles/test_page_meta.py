"""What pages say to machines."""

import json
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.archives import Month
from articles.models import Source
from lib.web.languages import in_language, neutral
from magazine.models import SiteSettings
from pictures.models import Picture
from sharing import pictures
from taxonomy.models import Section, Tag
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

LISTS = [
    "/archives/",
    "/auteurs/",
    "/les-plus-lus/toujours/",
    "/les-plus-commentes/jour/",
    "/les-mieux-notes/annee/",
]
HOSTILE = "Un titre </script><script>alert(1)</script> & « fin »"


@pytest.fixture
def article(db):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins"))
    author = make_author("Alice", role="WRITER", credentials="pharmacienne")
    article = make_article(section=section, author=author, title=HOSTILE, lead_image=make_picture())
    Source.objects.create(article=article, url="https://www.has-sante.fr/", title="HAS")
    article.tags.set(Tag.objects.named(["santé publique"]))
    return article


def meta(html):
    pairs = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(content) for name, content in pairs}


def data(html):
    [json_ld] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    graph = json.loads(json_ld)
    assert graph["@context"] == "https://schema.org"
    return {part["@type"]: part for part in graph["@graph"]}


def paths(article):
    return [
        "/",
        *LISTS,
        Month.of(article.published_at).get_absolute_url(),
        "/medicaments-soins/",
        "/medicaments-soins/les-actus/",
        article.author.get_absolute_url(),
        "/mots-cles/sante-publique/",
        "/a-propos/vie-privee/",
        "/a-propos/contact/",
        article.get_absolute_url(),
    ]


def test_every_page_tells_its_address_and_describes_itself(client, article):
    for path in paths(article):
        html = client.get(path).content.decode()
        said = meta(html)
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [
            f"http://localhost{path}"
        ]
        assert said["og:url"] == f"http://localhost{path}"
        assert 50 <= len(said["description"]) <= 160, (path, said["description"])
        assert said["og:description"] == said["description"]
        assert said["og:title"]
        assert said["og:image"].startswith("http://localhost/")
        assert said["og:image:width"].isdecimal()
        assert said["twitter:card"] == "summary_large_image"
        assert 'type="application/rss+xml"' in html


def test_names_are_described_as_they_are_written(client, db):
    make_article(author=make_author("Pile & face d'abord", role="WRITER"))
    said = meta(client.get("/auteurs/pile-face-d-abord/").content.decode())
    assert (
        said["description"] == "Les articles et les réactions de Pile & face d'abord sur CareVox."
    )


@pytest.fixture
def long_lists(db, monkeypatch):
    """Two pages of everything that has pages; return their addresses."""
    for module in (
        "authors.views",
        "articles.views.pages",
        "articles.views.archives",
        "frontpage.views",
    ):
        monkeypatch.setattr(f"{module}.PAGE_SIZE", 2)
    monkeypatch.setattr("authors.views.INDEX_SIZE", 2)
    monkeypatch.setattr("comments.views.COMMENTS_OF_AUTHOR", 2)
    alice = make_author("Alice", role="WRITER")
    for n in range(3):
        article = make_article(
            author=alice if n else make_author("Zoé"),
            section=Section.objects.first() or make_section("Santé"),
        )
        make_article(author=make_author(f"Plume {n}"))
        make_article(author=alice)
        article.tags.set(Tag.objects.named(["sommeil"]))
        make_comment(article, alice)
        make_rating(article)
    paths = [
        "/sante/",
        "/mots-cles/sommeil/",
        "/auteurs/alice/",
        "/auteurs/alice/reactions/",
        "/auteurs/",
        "/les-mieux-notes/toujours/",
    ]
    return [*paths, Month.of(article.published_at).get_absolute_url()]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_page_of_a_list_has_its_own_address_and_title(client, long_lists, prefix):
    for path in (f"{prefix}{path}" for path in long_lists):
        first = client.get(path)
        later = f"{path}?{urlencode({'apres': first.context['page'].older})}"
        with CaptureQueriesContext(connection) as queries:
            html = unescape(client.get(later).content.decode())
        assert len(queries) <= 6, (path, [query["sql"][:100] for query in queries])
        assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [
            f"http://localhost{later}"
        ]
        assert meta(html)["og:url"] == f"http://localhost{later}"
        twins = dict(re.findall(r'hreflang="(fr|en)" href="http://localhost([^"]+)"', html))
        assert twins == {"fr": neutral(later), "en": in_language(later, "en")}
        titles = [
            re.search("<title>(.*?)</title>", page)[1] for page in (first.content.decode(), html)
        ]
        assert titles[0] != titles[1], path
        assert meta(html)["og:title"] != meta(first.content.decode())["og:title"]


def test_way_back_to_the_first_page_and_a_broken_cursor_are_the_first_page(client, long_lists):
    for path in long_lists:
        second = client.get(path, {"apres": client.get(path).context["page"].older}).context["page"]
        for query in ({"avant": second.newer}, {"apres": "faux"}):
            html = client.get(path, query).content.decode()
            assert f'<link rel="canonical" href="http://localhost{path}">' in html, (path, query)


def test_pages_tell_of_their_own_feed(client, article):
    for path, feed in [
        ("/medicaments-soins/les-actus/", "/medicaments-soins/les-actus/feed/"),
        ("/auteurs/alice/", "/auteurs/alice/feed/"),
        ("/mots-cles/sante-publique/", "/mots-cles/sante-publique/feed/"),
        (article.get_absolute_url(), "/medicaments-soins/les-actus/feed/"),
        (article.get_absolute_url(), f"{article.get_absolute_url()}/reactions/feed/"),
        (article.get_absolute_url(), "/avertissements/feed/"),
        ("/", "/avertissements/feed/"),
    ]:
        html = client.get(path).content.decode()
        for told in ("/feed/", feed, f"{feed}atom/"):
            assert re.search(
                (
                    rf'<link rel="alternate" type="application/(rss|atom)\+xml" '
                    rf'title="[^"]+" href="{told}">'
                ),
                html,
            ), (path, told)


def test_share_picture_is_shown_once_it_is_drawn_and_the_lead_picture_before(client, article):
    assert (
        "/media/pictures/"
        in meta(client.get(article.get_absolute_url()).content.decode())["og:image"]
    )
    name = pictures.draw_picture.func(article.pk)
    said = meta(client.get(article.get_absolute_url()).content.decode())
    assert said["og:image"] == f"http://localhost/media/{name}"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")


def test_sizes_of_pictures_are_plain_numbers(client, article):
    """A width of "1 600", with the space of French thousands, is not a number for a browser."""
    Picture.objects.update(width=1600, height=1067)
    for path in ("/", article.get_absolute_url()):
        html = client.get(path).content.decode()
        assert 'width="1600" height="1067"' in html, path


def test_article_without_picture_still_has_its_page(client, db):
    assert "og:image" not in meta(client.get(make_article().get_absolute_url()).content.decode())


def test_no_title_ends_the_structured_data(client, article):
    html = client.get(article.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert data(html)["Article"]["headline"] == HOSTILE


def test_article_says_what_a_medical_page_says(client, article):
    found = data(client.get(article.get_absolute_url()).content.decode())
    page, text, person = found["MedicalWebPage"], found["Article"], found["Person"]
    assert page["mainEntity"]["@id"] == text["@id"]
    assert page["breadcrumb"]["@id"] == found["BreadcrumbList"]["@id"]
    assert text["author"]["@id"] == person["@id"]
    assert text["publisher"]["@id"] == found["Organization"]["@id"]
    assert (person["name"], person["jobTitle"]) == ("Alice", "pharmacienne")
    assert text["citation"] == [
        {"@type": "CreativeWork", "name": "HAS", "url": "https://www.has-sante.fr/"}
    ]
    assert [item["name"] for item in found["BreadcrumbList"]["itemListElement"]] == [
        "CareVox",
        "Médicaments & Soins",
        "Les Actus",
        HOSTILE,
    ]
    assert "reviewedBy" not in page
    publishing.mark_modified(article)
    assert (
        data(client.get(article.get_absolute_url()).content.decode())["Article"]["dateModified"]
        == article.modified_at.isoformat()
    )


def test_no_article_carries_a_rating_that_search_engines_refuse(client, article):
    """Review snippets stand on books, recipes, courses…: no type of article is one of them."""
    make_rating(article, value=5)
    html = client.get(article.get_absolute_url()).content.decode()
    assert "AggregateRating" not in html
    assert "aggregateRating" not in html


def test_other_pages_say_what_they_are(client, article):
    home = data(client.get("/").content.decode())
    assert (
        home["WebSite"]["potentialAction"]["target"]["urlTemplate"]
        == "http://localhost/recherche?q={search_term_string}"
    )
    assert home["Organization"]["name"] == "CareVox"
    author = data(client.get("/auteurs/alice/").content.decode())
    assert author["ProfilePage"]["mainEntity"]["@id"] == author["Person"]["@id"]
    section = data(client.get("/medicaments-soins/les-actus/").content.decode())["BreadcrumbList"][
        "itemListElement"
    ]
    assert [item["item"] for item in section] == [
        "http://localhost/",
        "http://localhost/medicaments-soins/",
        "http://localhost/medicaments-soins/les-actus/",
    ]
    names = {
        "/mots-cles/sante-publique/": "santé publique",
        "/archives/": "Archives",
        "/auteurs/": "Les auteurs",
    }
    month = Month.of(article.published_at)
    names |= {
        "/les-plus-lus/mois/": "Les plus lus en trente jours",
        month.get_absolute_url(): f"Archives : {month}",
    }
    for path, name in names.items():
        assert data(client.get(path).content.decode())["CollectionPage"]["name"] == name


def test_ways_to_share_are_those_of_the_settings(client, article):
    html = client.get(article.get_absolute_url()).content.decode()
    for name in (
        "mailto:?subject=",
        "share.joinmastodon.org",
        "bsky.app",
        "facebook.com/sharer",
        "x.com/intent",
    ):
        assert name in html
    SiteSettings.objects.create(
        pk=1, shares_on_facebook=False, shares_on_x=False, twitter_url="https://twitter.example/cv"
    )
    html = client.get(article.get_absolute_url()).content.decode()
    assert "facebook.com/sharer" not in html
    assert "x.com/intent" not in html
    assert "https://twitter.example/cv" in html
    assert "Flux RSS de la rubrique" in html


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/sante/article/le-sel-et-nous-999", "sante le sel et nous"),
        ("/%F0%9F%98%80%00", ""),
        ('/"><script>', "script"),
        ("/" + "mot-" * 300 + "/", "mot"),
    ],
)
def test_missing_page_proposes_a_search_for_its_words(client, db, path, words):
    response = client.get(path)
    assert response.status_code == 404
    assert f'name="q" maxlength="200" value="{words}"' in response.content.decode()
