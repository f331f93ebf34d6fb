import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, ArticleDecision
from articles.revisions import versions
from lib.refused import Refused
from tests.factories import make_article, make_author, make_rating


def counts(author):
    author.refresh_from_db()
    return author.articles_count, author.ratings_count, author.ratings_sum


def test_publishing_dates_names_and_counts(bruno):
    article = make_article(published=False, title="Ces médecins qui postent sur Twitter")
    publishing.publish(article, actor=bruno.user)
    assert article.is_published
    assert article.published_at
    assert article.slug == "ces-medecins-qui-postent-sur"
    assert counts(article.author) == (1, 0, 0)
    decision = ArticleDecision.objects.get()
    assert (decision.from_status, decision.to_status, decision.actor) == (
        "DRAFT",
        "PUBLISHED",
        bruno.user,
    )


def test_withdrawal_takes_article_and_votes_off_the_author(bruno):
    article = make_article()
    make_rating(article, value=5)
    publishing.withdraw(article, actor=bruno.user, reason="Source perdue")
    assert counts(article.author) == (0, 0, 0)


def test_republished_article_brings_its_votes_back_and_keeps_its_date(bruno):
    article = make_article()
    first_date = article.published_at
    make_rating(article, value=5)
    publishing.withdraw(article, actor=bruno.user, reason="Erreur")
    publishing.publish(article, actor=bruno.user)
    assert article.published_at == first_date
    assert counts(article.author) == (1, 1, 5)


def rewrite(article, body):
    article.body = body
    article.save()
    versions.record(article, actor=None)


def test_text_changed_during_a_withdrawal_is_dated_when_it_comes_back(bruno):
    article = make_article()
    versions.record(article, actor=None)
    publishing.withdraw(article, actor=bruno.user, reason="Dose fausse")
    rewrite(article, "<p>La dose juste.</p>")
    publishing.mark_modified(article)
    assert article.modified_at is None
    before = timezone.now()
    publishing.publish(article, actor=bruno.user)
    article.refresh_from_db()
    assert article.modified_at >= before > article.published_at
    assert article.changed_at == article.modified_at


def test_text_that_comes_back_as_it_was_is_not_dated(bruno):
    article = make_article()
    versions.record(article, actor=None)
    publishing.withdraw(article, actor=bruno.user, reason="Vérification")
    rewrite(article, "<p>Un essai.</p>")
    rewrite(article, "<p>Un texte assez long pour être lu.</p>")
    publishing.publish(article, actor=bruno.user)
    assert article.modified_at is None


def test_first_version_kept_during_a_withdrawal_is_a_change(bruno):
    article = make_article()
    publishing.withdraw(article, actor=bruno.user, reason="Dose fausse")
    rewrite(article, "<p>La dose juste.</p>")
    publishing.publish(article, actor=bruno.user)
    assert article.modified_at


def test_withdrawal_needs_a_reason(bruno):
    article = make_article()
    with pytest.raises(Refused, match="pourquoi"):
        publishing.withdraw(article, actor=bruno.user, reason="  ")
    assert Article.objects.get().is_published


def test_article_is_not_published_twice(bruno):
    article = make_article()
    with pytest.raises(Refused, match="publié"):
        publishing.publish(article, actor=bruno.user)
    assert counts(article.author) == (1, 0, 0)


def test_empty_article_is_not_published(bruno):
    article = make_article(published=False, body="")
    with pytest.raises(Refused, match="le texte"):
        publishing.publish(article, actor=bruno.user)
    assert not ArticleDecision.objects.exists()


def test_reassigned_article_moves_between_the_counts(db):
    article, other = make_article(), make_author("Autre")
    make_rating(article, value=3)
    former = article.author
    publishing.reassign(article, author=other, actor=None)
    assert counts(former) == (0, 0, 0)
    assert counts(other) == (1, 1, 3)


def test_reassigned_draft_moves_no_count(db):
    article, other = make_article(published=False), make_author("Autre")
    publishing.reassign(article, author=other, actor=None)
    assert counts(other) == (0, 0, 0)


def test_deleted_article_leaves_the_counts(db):
    article = make_article()
    make_rating(article, value=3)
    author = article.author
    Article.objects.all().delete()
    assert counts(author) == (0, 0, 0)


def test_database_refuses_a_published_article_without_date(db):
    article = make_article(published=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status="PUBLISHED", slug="x")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "AUTHOR"},
        {"kind": "AUTHOR", "note": "x", "to_status": "DRAFT"},
        {"kind": "MOVE", "note": "x"},
        {"kind": "REPORTS", "note": "1"},
        {"kind": "NOTICE", "note": "conseil changé"},
        {"kind": "NOTICE_END", "note": "conseil changé"},
    ],
)
def test_database_refuses_a_decision_that_does_not_say_what(db, fields):
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleDecision.objects.create(article=article, **fields)


def test_modified_date_is_for_published_texts(db):
    draft, article = make_article(published=False), make_article()
    publishing.mark_modified(draft)
    publishing.mark_modified(article)
    assert draft.modified_at is None
    assert article.modified_at is not None
