"""A copy has what one writes, and none of what happened to the original."""

from django.contrib.admin.models import LogEntry

from articles import notices
from articles.models import Article, Source
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_comment, make_picture, make_rating


def test_copy_has_text_keywords_sources_and_picture_of_its_own(editor, bruno):
    article = make_article(
        title="Bien dormir", standfirst="Le chapô.", lead_image=make_picture(), interests="NONE"
    )
    article.tags.set(Tag.objects.named(["sommeil", "nuit"]))
    Source.objects.create(article=article, url="https://example.org/", title="Un livre")
    make_rating(article)
    make_comment(article)
    notices.issue(article=article, kind="OTHER", text="Attention.", actor=None)
    before = Article.objects.get(pk=article.pk).author.articles_count
    answer = editor.post(f"/admin/articles/article/{article.pk}/dupliquer/")
    copy = Article.objects.exclude(pk=article.pk).get()
    assert answer["Location"] == f"/admin/articles/article/{copy.pk}/change/"
    assert (copy.title, copy.body, copy.standfirst) == (
        "Bien dormir (copie)",
        article.body,
        "Le chapô.",
    )
    assert copy.lead_image == article.lead_image
    assert copy.author == article.author
    assert set(copy.tags.names()) == {"sommeil", "nuit"}
    assert [source.title for source in copy.sources.all()] == ["Un livre"]
    assert (copy.status, copy.slug, copy.published_at, copy.has_notice) == (
        "DRAFT",
        "",
        None,
        False,
    )
    assert (copy.ratings_count, copy.comments_count, copy.readings_count) == (0, 0, 0)
    assert not copy.decisions.exists()
    assert f"article {article.pk}" in copy.revisions.get().note
    assert Article.objects.get(pk=article.pk).author.articles_count == before
    assert LogEntry.objects.get().user == bruno.user
    copy.sources.all().delete()
    assert article.sources.count() == 1


def test_only_who_may_write_copies(as_, db):
    article = make_article()
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    page = f"/admin/articles/article/{article.pk}/"
    assert moderator.post(f"{page}dupliquer/").status_code == 403
    assert "dupliquer" not in moderator.get(f"{page}change/").content.decode()
    assert Article.objects.count() == 1


def test_longest_title_leaves_room_and_a_link_copies_nothing(editor):
    article = make_article(title="a" * 250)
    address = f"/admin/articles/article/{article.pk}/dupliquer/"
    assert editor.get(address).status_code == 302
    assert Article.objects.count() == 1
    editor.post(address)
    assert len(Article.objects.latest("pk").title) <= 250
