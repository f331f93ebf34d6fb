"""The demo magazine and the sites of any size for benchmarks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Rating, Source
from authors.models import Author, User
from comments.models import Comment
from demo import bulk, content
from taxonomy.models import Section


def recount(*options):
    out = StringIO()
    call_command("recount", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


def test_demo_is_refused_outside_debug(db):
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo_content")
    assert not User.objects.exists()


def test_demo_magazine_is_alive_and_its_numbers_are_right(db, debug, client):
    out = StringIO()
    call_command("demo_content", stdout=out)
    for email in content.ACCOUNTS.values():
        assert email in out.getvalue()
    articles = Article.objects.published()
    assert articles.count() >= 24
    assert articles.values("section").distinct().count() >= 8
    assert Comment.objects.filter(parent__isnull=False).exists()
    assert all(article.words_count for article in articles)
    assert articles.filter(standfirst="").count() <= 1
    assert Source.objects.filter(url__startswith="https://").count() > 40
    assert set(Author.objects.values_list("role", flat=True)) == set(Author.Role.values)
    assert "0 differences" in recount("--check")
    assert client.get("/").status_code == 200


def test_demo_run_again_adds_nothing(db, debug):
    call_command("demo_content", stdout=StringIO())
    before = (
        Article.objects.count(),
        Comment.objects.count(),
        Rating.objects.count(),
        User.objects.count(),
    )
    call_command("demo_content", stdout=StringIO())
    assert (
        Article.objects.count(),
        Comment.objects.count(),
        Rating.objects.count(),
        User.objects.count(),
    ) == before


def test_bulk_site_has_the_asked_size_and_right_numbers(db, debug):
    call_command(
        "demo_content",
        "--articles",
        "60",
        "--readers",
        "40",
        "--comments",
        "300",
        "--ratings",
        "200",
        stdout=StringIO(),
    )
    assert (
        Article.objects.published().count(),
        Comment.objects.count(),
        Rating.objects.count(),
    ) == (60, 300, 200)
    assert "0 differences" in recount("--check")
    assert {len(comment.path) % Comment.PATH_STEP for comment in Comment.objects.all()} == {0}


def test_same_seed_gives_the_same_site(db):
    def made():
        for rows in (
            Comment.objects,
            Rating.objects,
            Article.objects,
            Author.objects,
            Section.objects.filter(parent__isnull=False),
            Section.objects,
        ):
            rows.all().delete()
        bulk.build(bulk.Size(articles=10, readers=20, comments=30, ratings=20), seed=7)
        return list(
            Article.objects.order_by("published_at").values_list("title", "ratings_sum")
        ), list(Comment.objects.order_by("pk").values_list("text", flat=True))

    assert made() == made()


def test_recount_names_and_corrects_what_is_wrong(db):
    bulk.build(bulk.Size(articles=3, readers=10, comments=6, ratings=6), seed=1)
    article = Article.objects.first()
    Article.objects.filter(pk=article.pk).update(comments_count=99)
    with pytest.raises(SystemExit) as stopped:
        recount("--check")
    assert stopped.value.code == 1
    assert Article.objects.get(pk=article.pk).comments_count == 99
    said = recount()
    assert f"articles.Article {article.pk}: comments_count 99 -> {article.comments_count}" in said
    assert "SELECT count(*)" in said
    assert Article.objects.get(pk=article.pk).comments_count == article.comments_count
    assert "0 differences" in recount("--check")


def test_cards_stand_on_the_articles_that_they_belong_to_and_on_no_other(db, debug):
    call_command("demo_content", stdout=StringIO())
    shown = Article.objects.exclude(care_card=None).values_list("title", "care_card__slug")
    assert {title.partition(" ")[0] + " " + slug for title, slug in shown} == {
        "Ce intoxication",
        "À respiration",
        "Henné respiration",
        "Canicule urgence",
        "Idées suicide",
    }
    crisis = Article.objects.get(is_sensitive=True)
    assert crisis.is_help
    assert crisis.lead_image is None
    assert crisis.comments.visible().count() == crisis.comments_count == 1
