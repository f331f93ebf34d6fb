import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.sitemaps import entries
from lib import cached
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_picture, make_section

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")


@pytest.fixture
def magazine(db):
    section = make_section("Les Actus", parent=make_section("Médicaments & Soins"))
    author = make_author("Alice", role="WRITER")
    old = make_article(
        section=section,
        author=author,
        lead_image=make_picture(),
        published_at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC),
    )
    new = make_article(section=section, author=author, title="Le sel & l’eau <b>")
    new.tags.set(Tag.objects.named(["santé publique"]))
    draft = make_article(
        section=section, author=author, published=False, title="Un brouillon caché"
    )
    draft.tags.set(Tag.objects.named(["jamais paru"]))
    return old, new, draft


def read(client, path):
    """Parse a sitemap and hold it against the schema: names, order and forms of what stands in
    it."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["content-type"] == "application/xml; charset=utf-8"
    tree = ElementTree.fromstring(response.content)
    kind = {"urlset": "url", "sitemapindex": "sitemap"}[tree.tag.removeprefix(MAP)]
    assert 1 <= len(tree) <= 50_000
    for node in tree:
        assert node.tag == MAP + kind
        tags = [child.tag for child in node]
        assert tags[0] == f"{MAP}loc"
        assert set(tags) <= {f"{MAP}loc", f"{MAP}lastmod", f"{NEWS}news", f"{IMAGE}image"}
        assert tags == sorted(
            tags,
            key=lambda tag: [f"{MAP}loc", f"{MAP}lastmod", f"{NEWS}news", f"{IMAGE}image"].index(
                tag
            ),
        )
        assert node.findtext(f"{MAP}loc").startswith("http://localhost/")
        assert len(node.findtext(f"{MAP}loc")) < 2048
        if f"{MAP}lastmod" in tags:
            assert MOMENT.fullmatch(node.findtext(f"{MAP}lastmod"))
    return {node.findtext(f"{MAP}loc").removeprefix("http://localhost"): node for node in tree}


def test_index_names_sitemaps_that_all_answer(client, magazine):
    files = read(client, "/sitemap.xml")
    found = {path for file in files for path in read(client, file)}
    old, new, draft = magazine
    assert {
        "/sitemaps/articles-2026-03.xml",
        "/sitemaps/pages.xml",
        "/sitemaps/actualites.xml",
    } <= set(files)
    assert {
        "/",
        "/medicaments-soins/",
        "/a-propos/contact/",
        "/auteurs/alice/",
        "/mots-cles/sante-publique/",
    } <= found
    assert {old.get_absolute_url(), new.get_absolute_url()} <= found
    assert draft.get_absolute_url() not in found
    assert "/mots-cles/jamais-paru/" not in found
    for path in found:
        assert client.get(path).status_code == 200, path


def test_index_asks_for_no_date_of_single_articles_and_remembers(client, magazine, monkeypatch):
    monkeypatch.setattr(cached, "SHARE", 10**9)
    with CaptureQueriesContext(connection) as queries:
        first = read(client, "/sitemap.xml")
    assert "django_datetime_trunc" not in "".join(query["sql"] for query in queries)
    with CaptureQueriesContext(connection) as again:
        assert list(read(client, "/sitemap.xml")) == list(first)
    assert len(again) == len(queries) - 3


def test_months_are_cut_at_midnight_in_paris_and_tell_their_last_change(db):
    first, last = (
        datetime(2026, 2, 28, 22, 59, tzinfo=UTC),
        datetime(2026, 2, 28, 23, 30, tzinfo=UTC),
    )
    make_article(published_at=datetime(2025, 11, 2, tzinfo=UTC))
    make_article(published_at=first)
    make_article(published_at=last)
    changed = make_article(published_at=last + timedelta(days=2))
    Article.objects.filter(pk=changed.pk).update(modified_at=last + timedelta(days=9))
    months = [(month.name, month.articles, month.changed_at) for month in entries.months()]
    assert months == [
        ("2026-03", 2, last + timedelta(days=9)),
        ("2026-02", 1, first),
        ("2025-11", 1, datetime(2025, 11, 2, tzinfo=UTC)),
    ]


def test_withdrawn_article_leaves_the_sitemaps(client, magazine):
    publishing.withdraw(magazine[0], actor=None, reason="Faux.")
    assert "/sitemaps/articles-2026-03.xml" not in read(client, "/sitemap.xml")
    assert client.get("/sitemaps/articles-2026-03.xml").status_code == 404


def test_last_change_is_that_of_the_text(client, magazine):
    new = magazine[1]
    publishing.mark_modified(new)
    month = timezone.localtime(new.published_at).strftime("%Y-%m")
    node = read(client, f"/sitemaps/articles-{month}.xml")[new.get_absolute_url()]
    assert datetime.fromisoformat(node.findtext(f"{MAP}lastmod")) == new.modified_at
    section = read(client, "/sitemaps/pages.xml")["/medicaments-soins/"]
    assert datetime.fromisoformat(section.findtext(f"{MAP}lastmod")) == new.modified_at


def test_pictures_stand_beside_their_article(client, magazine):
    node = read(client, "/sitemaps/articles-2026-03.xml")[magazine[0].get_absolute_url()]
    assert node.findtext(f"{IMAGE}image/{IMAGE}loc").startswith("http://localhost/media/pictures/")


def test_news_are_of_the_last_two_days(client, magazine):
    make_article(title="Trop vieux", published_at=timezone.now() - timedelta(hours=49))
    found = read(client, "/sitemaps/actualites.xml")
    assert list(found) == [magazine[1].get_absolute_url()]
    news = found[magazine[1].get_absolute_url()].find(f"{NEWS}news")
    assert [child.tag.removeprefix(NEWS) for child in news] == [
        "publication",
        "publication_date",
        "title",
    ]
    assert news.findtext(f"{NEWS}title") == "Le sel & l’eau <b>"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "fr"


def test_quiet_day_is_not_an_empty_sitemap(client, db):
    assert list(read(client, "/sitemaps/actualites.xml")) == ["/"]


def test_big_month_is_cut_into_files(client, magazine, monkeypatch):
    monkeypatch.setattr(entries, "LIMIT", 2)
    for n in range(4):
        make_article(published_at=datetime(2026, 3, 10 + n, tzinfo=UTC))
    files = [file for file in read(client, "/sitemap.xml") if "2026-03" in file]
    assert files == [
        "/sitemaps/articles-2026-03.xml",
        "/sitemaps/articles-2026-03-2.xml",
        "/sitemaps/articles-2026-03-3.xml",
    ]
    assert len({path for file in files for path in read(client, file)}) == 5
    assert client.get("/sitemaps/articles-2026-03-4.xml").status_code == 404


def test_articles_of_one_moment_are_cut_by_their_ids(client, db, monkeypatch):
    monkeypatch.setattr(entries, "LIMIT", 2)
    moment = datetime(2026, 3, 10, tzinfo=UTC)
    made = [make_article(published_at=moment).get_absolute_url() for _n in range(5)]
    files = [file for file in read(client, "/sitemap.xml") if "2026-03" in file]
    assert [path for file in files for path in read(client, file)] == made


def test_no_file_is_reached_by_counting_rows(client, magazine, monkeypatch):
    monkeypatch.setattr(entries, "LIMIT", 2)
    for n in range(4):
        make_article(
            published_at=datetime(2026, 3, 10 + n, tzinfo=UTC), author=make_author()
        ).tags.set(Tag.objects.named([f"mot {n}"]))
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        found = {path: list(read(client, path)) for path in read(client, "/sitemap.xml")}
    assert [query["sql"] for query in queries if "OFFSET" in query["sql"]] == []
    words = [path for file, paths in found.items() if "mots-cles" in file for path in paths]
    assert len(words) == len(set(words)) == 5
    assert max(len(paths) for file, paths in found.items() if "auteurs" in file) == 2


def test_file_of_people_who_are_all_gone_is_not_named(client, db, monkeypatch):
    monkeypatch.setattr(entries, "LIMIT", 1)
    first, gone, last = (make_article(author=make_author()) for _n in range(3))
    publishing.withdraw(gone, actor=None, reason="Faux.")
    files = [file for file in read(client, "/sitemap.xml") if "auteurs" in file]
    assert [path for file in files for path in read(client, file)] == [
        article.author.get_absolute_url() for article in (first, last)
    ]


def test_queries_do_not_grow_with_the_site(client, magazine):
    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            for path in (
                "/sitemap.xml",
                "/sitemaps/pages.xml",
                "/sitemaps/actualites.xml",
                "/sitemaps/auteurs.xml",
                "/sitemaps/mots-cles.xml",
            ):
                client.get(path)
        return len(queries)

    before = cost()
    for _n in range(10):
        make_article(
            section=make_section(), author=make_author(), lead_image=magazine[0].lead_image
        ).tags.set(Tag.objects.named(["un", "deux"]))
    assert cost() == before


@pytest.mark.parametrize(
    "path",
    [
        "/sitemaps/articles-2026-13.xml",
        "/sitemaps/articles-1999-01.xml",
        "/sitemaps/auteurs-9.xml",
        "/sitemaps/rien.xml",
    ],
)
def test_sitemap_that_does_not_exist_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_robots_are_told_where_to_go_and_where_not(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost/sitemap.xml" in text
    for path in ("/admin/", "/compte/", "/reactions/"):
        assert f"Disallow: {path}\n" in text
        assert f"Disallow: /en{path}\n" in text
    for path in ("/compte/signup/", "/compte/login/"):
        assert f"Allow: {path}\n" in text
        assert f"Allow: /en{path}\n" in text
    assert "/recherche" not in text
