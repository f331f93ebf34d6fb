"""Where readers meet an urgent notice: the article, the lists that name it, the feed."""

import json
from datetime import UTC, datetime

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import notices, publishing
from articles.models import UrgentNotice
from care.models import CareCard
from tests.articles.test_notices import PAGE, WORDS, issue
from tests.factories import make_article, make_author, make_section

FORMATS = ["/avertissements/feed/", "/avertissements/feed/atom/"]


def page(client, article, language=""):
    return client.get(f"{language}{article.get_absolute_url()}").content.decode()


def queries_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries]


def test_notice_stands_above_everything_of_the_article(client, db):
    card = CareCard.objects.create(slug="sirop", title="Un malaise", urgent_numbers="15 = SAMU")
    article = make_article(care_card=card, kicker="Enquête")
    notice = issue(article, text="Le lot 12 est rappelé :\n\nne le prenez plus !")
    UrgentNotice.objects.filter(pk=notice.pk).update(issued_at=datetime(2026, 11, 29, tzinfo=UTC))
    html = page(client, article)
    block = html[html.index('role="note"') : html.index("article__head")]
    for said in (
        "Avertissement du 29 novembre 2026",
        "Médicament ou produit rappelé",
        "<p>Le lot 12 est rappelé\u00a0:</p>",
        "<p>ne le prenez plus\u202f!</p>",
        f'href="{PAGE}"',
        ">ansm.sante.fr</a>",
    ):
        assert said in block, said
    assert html.index('role="note"') < html.index("Enquête") < html.index("care-card__title")


def test_notice_is_gone_from_the_page_once_it_has_ended(client, db):
    article = make_article()
    notices.end(issue(article), actor=None, reason="Rappel levé.")
    assert 'role="note"' not in page(client, article)


def test_words_of_a_notice_are_no_markup(client, db):
    article = make_article()
    issue(article, text="<script>alert(1)</script> & <b>gras</b>", source="")
    html = page(client, article)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html
    assert "Lu sur" not in html


def test_notice_on_an_english_page_is_in_two_languages(client, db):
    article = make_article()
    issue(article)
    html = page(client, article, "/en")
    assert "Medicine or product recalled" in html
    assert '<div class="urgent-notice__text" lang="fr">' in html


def test_page_without_a_notice_costs_no_query_more_and_with_one_a_single_one(client, db):
    article = make_article()
    path = article.get_absolute_url()
    client.get(path)
    before = queries_of(client, path)
    assert not [sql for sql in before if "urgentnotice" in sql]
    issue(article)
    after = queries_of(client, path)
    assert len(after) == len(before) + 1


def test_preview_of_editors_shows_it_too(editor):
    article = make_article()
    issue(article)
    html = editor.get(f"/admin/articles/article/{article.pk}/apercu/").content.decode()
    assert 'role="note"' in html


@pytest.mark.parametrize("path", ["/", "/sante/", "/auteurs/alice/", "/recherche?q=sirop"])
def test_lists_name_it_among_the_facts_without_a_query(client, db, path):
    articles = [
        make_article(
            section=make_section("Santé"),
            author=make_author("Alice", role="WRITER"),
            title="Le sirop de saison",
        )
    ]
    articles.append(make_article(title="Un autre sirop"))
    issue(articles[0])
    issue(articles[1])
    assert not [sql for sql in queries_of(client, path) if "articles_urgentnotice" in sql]
    assert client.get(path).content.decode().count("teaser__notice") >= 2


def test_warning_leaves_the_entry_of_the_article_in_its_feeds_as_it_was(client, db):
    article = make_article(section=make_section("Santé"))
    before = client.get("/sante/feed/")
    issue(article)
    after = client.get("/sante/feed/")
    assert (after["ETag"], after.content) == (before["ETag"], before.content)


@pytest.mark.parametrize("path", FORMATS)
def test_feed_has_all_notices_the_newest_first(client, db, path):
    first, second = make_article(title="Un sirop"), make_article(title="Un vaccin")
    issue(first)
    issue(second, kind="ADVICE", text="Le rappel se fait à 25 ans & non à 30.", source="")
    feed = feedparser.parse(client.get(path).content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [
        "Avertissement\u00a0: Un vaccin",
        "Avertissement\u00a0: Un sirop",
    ]
    newest, oldest = feed.entries
    assert newest.link == f"http://localhost{second.get_absolute_url()}"
    assert newest.tags[0].term == "conseil changé"
    assert "25\u00a0ans &amp; non" in newest.content[0].value
    assert PAGE in oldest.content[0].value
    assert newest.id != oldest.id


def test_feed_in_json_names_the_magazine_as_author(client, db):
    issue(make_article())
    item = json.loads(client.get("/avertissements/feed/json/").content)["items"][0]
    assert item["authors"][0]["name"]
    assert WORDS.split(":")[0].strip() in item["content_html"]


def test_ended_notice_comes_again_under_its_name_and_says_so(client, db):
    notice = issue(make_article(title="Un sirop"))
    before = client.get(FORMATS[1])
    (old,) = feedparser.parse(before.content).entries
    notices.end(notice, actor=None, reason="Rappel levé.")
    after = client.get(FORMATS[1], headers={"If-None-Match": before["ETag"]})
    (new,) = feedparser.parse(after.content).entries
    assert (new.id, new.title) == (old.id, "Avertissement retiré\u00a0: Un sirop")
    assert "a été retiré le" in new.content[0].value
    assert new.updated >= old.updated


def test_notice_of_a_withdrawn_article_leaves_the_feed(client, db):
    article = make_article()
    issue(article)
    before = client.get(FORMATS[0])
    publishing.withdraw(article, actor=None, reason="Faux.")
    after = client.get(FORMATS[0], headers={"If-None-Match": before["ETag"]})
    assert feedparser.parse(after.content).entries == []
    assert after["Last-Modified"] >= before["Last-Modified"]


def test_feed_is_bounded_and_cheap(client, db, monkeypatch):
    monkeypatch.setattr("articles.feeds.notices.NEWEST", 2)
    for _n in range(4):
        issue(make_article())
    assert len(queries_of(client, FORMATS[0])) <= 4
    assert len(feedparser.parse(client.get(FORMATS[0]).content).entries) == 2
    etag = client.get(FORMATS[0])["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(FORMATS[0], headers={"If-None-Match": etag}).status_code == 304
    assert len(queries) <= 3


def test_feed_without_notices_is_a_feed(client, db):
    answer = client.get("/avertissements/feed/")
    feed = feedparser.parse(answer.content)
    assert (answer.status_code, feed.bozo, feed.entries) == (200, False, [])
