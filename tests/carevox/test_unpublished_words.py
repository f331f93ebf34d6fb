"""Readers see only what was published: a word of a working version stands nowhere they can look."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.models import Source
from articles.publishing.replacing import replace_live
from articles.revisions import versions
from taxonomy.models import Tag
from tests.articles.test_article_admin import form_of
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

WORD = "zorglubine"
ADDRESS = re.compile(r'(?:href|src|action|data-record)="([^"#]+)|<(?:loc|link|guid)[^>]*>([^<]+)')
MOST_PAGES = 400
BEGINNINGS = (
    *("/", "/feed/", "/feed/atom/", "/sitemap.xml", "/robots.txt", "/archives/", "/en/"),
    *("/rectificatifs/", "/les-plus-lus/", "/mots-cles/", "/auteurs/", "/avertissements/feed/"),
    *(f"/recherche?q={WORD}", "/recherche?q=symptomes", f"/recherche/suggestions?q={WORD[:5]}"),
    *(f"/mots-cles/{WORD}/", f"/mots-cles/{WORD}/feed/", "/mots-cles/rhume/feed/"),
)


@pytest.fixture
def article(db):
    article = make_article(title="Les symptomes", body="<p>Ce que disent les symptomes.</p>")
    article.tags.set(Tag.objects.named(["rhume"]))
    Source.objects.create(article=article, url="https://example.org/a")
    versions.record(article, actor=None)
    make_rating(article)
    make_comment(article)
    make_article(title="Un autre texte", body="<p>Encore les symptomes.</p>")
    return article


def with_the_word(article):
    """Return what the form sends when the word stands in each field of the text."""
    parts = ("kicker", "title", "subtitle", "standfirst", "signature", "lead_caption")
    sent = {part: f"{WORD} {part}" for part in parts} | {
        "body": f"<h2>{WORD}</h2><p>{WORD}</p>",
        "keywords": f"rhume, {WORD}",
        "interests": "DECLARED",
        "interests_detail": WORD,
        "lead_image": make_picture(alt=f"Une {WORD}").pk,
        "sources-TOTAL_FORMS": "1",
        "sources-0-title": WORD,
        "sources-0-url": f"https://{WORD}.example.org/",
        "slug": article.slug,
        "section": make_section("Ailleurs").pk,
        "author": make_author("Autre").pk,
        "is_help": "on",
    }
    return form_of(article, **sent)


def everything_readers_can_ask(client):
    """Ask every page that leads on from the first ones; yield its address and what it says."""
    waiting, seen = list(BEGINNINGS), set(BEGINNINGS)
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        answer = client.get(address)
        head = " ".join(f"{name}: {value}" for name, value in answer.items())
        said = head + b"".join(answer).decode("utf-8", "replace")
        yield address, said
        for found in ADDRESS.findall(said):
            place = urlsplit(urljoin(f"http://testserver{address}", unescape("".join(found))))
            target = place.path + (f"?{place.query}" if place.query else "")
            is_ours = place.netloc in {"testserver", urlsplit(settings.SITE_URL).netloc}
            if is_ours and target not in seen and not target.startswith(("/static/", "/media/")):
                seen.add(target)
                waiting.append(target)


def test_word_of_a_working_version_is_nowhere(article, editor, client):
    page = f"/admin/articles/article/{article.pk}/change/"
    assert editor.post(page, with_the_word(article)).status_code == 302
    assert WORD in editor.get(page).content.decode()
    call_command("rebuild_search", verbosity=0)
    call_command("render_texts", verbosity=0)
    pages = dict(everything_readers_can_ask(client))
    article.refresh_from_db()
    assert article.get_absolute_url() in pages
    echoes = {address for address in pages if WORD in address}  # what was asked is said again
    assert [a for a, said in pages.items() if WORD in said and a not in echoes] == []
    assert len(echoes) > 3
    for address in echoes:
        assert f"article/les-symptomes-{article.pk}" not in pages[address]


def test_the_same_search_finds_the_word_once_it_is_online(article, editor, client):
    editor.post(f"/admin/articles/article/{article.pk}/change/", with_the_word(article))
    article.refresh_from_db()
    replace_live(article, kind="UPDATE", actor=None)
    saying = [place for place, said in everything_readers_can_ask(client) if WORD in said]
    assert {"/", "/feed/", article.get_absolute_url(), f"/mots-cles/{WORD}/"} <= set(saying)


def test_every_kind_of_public_page_is_asked(article, client):
    """A page that the crawl does not reach could say anything."""
    asked = [address.partition("?")[0] for address, _said in everything_readers_can_ask(client)]
    french = (client.get(path) for path in asked if not path.startswith("/en/"))
    names = {page.resolver_match.view_name for page in french if page.status_code == 200}
    assert names >= {
        *("articles:detail", "articles:section", "articles:tag"),
        *("articles:feed", "articles:feed_atom", "articles:section_feed", "articles:tag_feed"),
        *("articles:archives", "articles:month", "comments:feed", "search:results"),
        *("authors:detail", "sitemap"),
    }
