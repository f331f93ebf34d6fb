import json
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from comments import moderation
from magazine.models import SiteSettings
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_comment, make_picture, make_section

ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = (
    '<h2>Un intertitre</h2><p>Voir <a href="/a-propos/contact/">nous écrire</a> ou <a '
    'href="#note-1">1</a>.</p>'
)


@pytest.fixture
def magazine(db):
    """A section with a sub-section, an author with a picture, twenty-five articles, of which one
    has everything."""
    top = make_section("Médicaments & Soins")
    section = make_section("Les Actus", parent=top)
    author = make_author("Alice", role="WRITER")
    picture = make_picture()
    for n in range(24):
        make_article(
            section=section,
            author=author,
            lead_image=picture,
            published_at=timezone.now() - timedelta(days=n + 1),
        )
    article = make_article(
        section=section,
        author=author,
        lead_image=picture,
        title="L'eau & le sel : « trop » ?",
        standfirst="Moins de sel < 5 g.",
        body=TEXT,
    )
    article.tags.set(Tag.objects.named(["santé publique", "e-santé"]))
    make_comment(article, text="Merci <script> https://example.org/x")
    article.refresh_from_db()
    return article


FEEDS = [
    "/feed/",
    "/medicaments-soins/feed/",
    "/medicaments-soins/les-actus/feed/",
    "/auteurs/alice/feed/",
    "/mots-cles/sante-publique/feed/",
    "reactions",
]


def address(path, article, form=""):
    return (article.get_absolute_url() + "/reactions/feed/" if path == "reactions" else path) + form


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize(
    ("form", "kind"), [("", "application/rss+xml"), ("atom/", "application/atom+xml")]
)
def test_feed_is_read_without_complaint_twice(client, magazine, path, form, kind):
    url = address(path, magazine, form)
    response = client.get(url)
    assert response["content-type"] == f"{kind}; charset=utf-8"
    feed = feedparser.parse(
        response.content, response_headers={"content-type": response["content-type"]}
    )
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.entries
    assert {link.rel: link.href for link in feed.feed.links}["self"] == f"http://localhost{url}"
    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        client.get(url, headers={"If-Modified-Since": response["Last-Modified"]}).status_code == 304
    )


@pytest.mark.parametrize("path", FEEDS)
def test_feed_costs_at_most_six_queries_and_less_when_nothing_changed(client, magazine, path):
    url = address(path, magazine)
    with CaptureQueriesContext(connection) as queries:
        etag = client.get(url)["ETag"]
    assert len(queries) <= 6, [query["sql"][:120] for query in queries]
    with CaptureQueriesContext(connection) as queries:
        client.get(url, headers={"If-None-Match": etag})
    assert len(queries) <= 5


def entry(client, path="/feed/atom/", title="sel"):
    return next(
        entry
        for entry in feedparser.parse(client.get(path).content).entries
        if title in entry.title
    )


@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/"])
def test_correction_comes_again_under_the_same_name_with_a_new_date(client, magazine, path):
    old, before = client.get(path), entry(client, path)
    magazine.title = "Le sel, corrigé"
    magazine.save()
    publishing.mark_modified(magazine)
    response = client.get(
        path, headers={"If-None-Match": old["ETag"], "If-Modified-Since": old["Last-Modified"]}
    )
    assert response.status_code == 200
    after = entry(client, path, "corrigé")
    assert after.id == before.id
    assert after.updated > before.updated
    assert after.published == before.published


def test_name_of_an_entry_survives_slug_section_and_title(client, magazine):
    before = entry(client).id
    magazine.section, magazine.slug = make_section("Ailleurs"), "d-autres-mots"
    magazine.save()
    magazine.save(update_fields=["slug"])
    after = entry(client)
    assert after.id == before == f"tag:localhost,2012:article-{magazine.pk}"
    assert "/ailleurs/article/d-autres-mots" in after.link


def test_old_article_comes_again_when_it_is_corrected(client, magazine):
    oldest = Article.objects.published().recent().last()
    assert oldest.title not in client.get("/feed/").content.decode()
    publishing.mark_modified(oldest)
    assert oldest.title in client.get("/feed/").content.decode()


def test_withdrawn_article_leaves_every_feed(client, magazine):
    old = client.get("/feed/")
    assert f"tag:localhost,2012:article-{magazine.pk}<" in old.content.decode()
    reactions = address("reactions", magazine)
    publishing.withdraw(magazine, actor=None, reason="Une source a disparu.")
    for path in FEEDS[:-1]:
        assert f"article-{magazine.pk}<" not in client.get(path).content.decode()
    assert client.get(reactions).status_code == 404
    assert client.get("/feed/", headers={"If-None-Match": old["ETag"]}).status_code == 200


def test_feeds_of_what_is_not_public_are_not_found(client, db):
    draft = make_article(published=False)
    for path in (
        f"{draft.get_absolute_url()}/reactions/feed/",
        "/nulle-part/feed/",
        "/auteurs/personne/feed/atom/",
        "/mots-cles/rien/feed/json/",
        "/feed/xml/",
    ):
        assert client.get(path).status_code == 404, path


def test_feed_without_entries_keeps_its_date(client, db):
    make_section("Vide")
    for form in ("", "atom/", "json/"):
        first, second = client.get(f"/vide/feed/{form}"), client.get(f"/vide/feed/{form}")
        assert first.content == second.content
        assert first["Last-Modified"] == "Sun, 01 Jan 2012 00:00:00 GMT"


def test_hidden_reaction_leaves_the_feed(client, magazine):
    url = address("reactions", magazine)
    comment = make_comment(magazine, text="Un autre mot.")
    old = client.get(url)
    moderation.hide(comment, actor=None, reason="INSULT")
    response = client.get(url, headers={"If-None-Match": old["ETag"]})
    assert "Un autre mot." not in response.content.decode()
    assert len(feedparser.parse(response.content).entries) == 1


def test_rss_says_what_the_validator_asks_for(client, magazine):
    tree = ElementTree.fromstring(client.get("/feed/").content)
    channel, item = tree.find("channel"), tree.find("channel/item")
    assert channel.findtext("language") == "fr"
    assert channel.find(f"{ATOM}link").attrib == {"rel": "self", "href": "http://localhost/feed/"}
    assert item.find("guid").attrib == {"isPermaLink": "false"}
    assert item.find("author") is None
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Alice"
    assert item.findtext("pubDate").endswith(("+0000", "+0100", "+0200"))
    media = item.find("{http://search.yahoo.com/mrss/}content").attrib
    assert (media["type"], media["medium"], media["width"], media["height"]) == (
        "image/jpeg",
        "image",
        "900",
        "600",
    )
    assert [node.text for node in item.findall("category")] == [
        "Les Actus",
        "e-santé",
        "santé publique",
    ]


@pytest.mark.parametrize("path", FEEDS)
def test_html_of_a_feed_stands_on_its_own(client, magazine, path):
    for item in feedparser.parse(
        client.get(address(path, magazine, "atom/")).content,
        sanitize_html=False,
        resolve_relative_uris=False,
    ).entries:
        html = item.content[0].value
        assert 'href="/' not in html
        assert 'href="#' not in html
        assert 'src="/' not in html
        assert "class=" not in html
        assert "<script" not in html
        assert "aria-" not in html


def test_whole_text_is_there_with_its_warning_and_the_way_to_the_sources(client, magazine):
    html = entry(client, "/feed/").content[0].value
    for part in (
        "Un intertitre",
        "http://localhost/a-propos/contact/",
        "Moins de sel &lt; 5",
        "avis médical",
        "#sources",
        "Photo\u00a0: Alice",
    ):
        assert part in html, part


def test_json_feed_holds_the_same(client, magazine):
    response = client.get("/feed/json/")
    feed = json.loads(response.content)
    assert response["content-type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    first = feed["items"][0]
    assert first["id"] == f"tag:localhost,2012:article-{magazine.pk}"
    assert first["authors"] == [{"name": "Alice", "url": "http://localhost/auteurs/alice/"}]
    assert first["image"].startswith("http://localhost/media/pictures/")
    assert client.get("/feed/json/", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_feed_is_renewed_by_a_new_name_of_the_site(client, magazine):
    old = client.get("/feed/")
    SiteSettings.objects.create(pk=1, name="Santé & Voix")
    response = client.get("/feed/", headers={"If-None-Match": old["ETag"]})
    assert feedparser.parse(response.content).feed.title == "Santé & Voix"


def test_feed_sets_no_cookie_and_may_be_cached(client, magazine):
    response = client.get("/feed/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_feed_names_the_public_address_whatever_host_was_asked(client, magazine, settings):
    settings.ALLOWED_HOSTS = ["*"]
    body = client.get("/feed/", headers={"Host": "evil.example"}).content.decode()
    assert "evil.example" not in body
