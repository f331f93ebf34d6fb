import pytest

from articles import publishing
from articles.models import Article, Rating
from articles.voting import cast_rating, withdraw_rating
from authors.models import Author
from lib.refused import Refused
from tests.factories import make_article, make_author, make_rating


def numbers(article):
    article.refresh_from_db()
    article.author.refresh_from_db()
    return (
        article.ratings_count,
        article.ratings_sum,
        article.author.ratings_count,
        article.author.ratings_sum,
    )


def test_first_vote_counts_for_article_and_author(chloe):
    article = make_article()
    cast_rating(article=article, reader=chloe, value=4)
    assert numbers(article) == (1, 4, 1, 4)


def test_second_vote_replaces_the_first(chloe):
    article = make_article()
    cast_rating(article=article, reader=chloe, value=4)
    cast_rating(article=article, reader=chloe, value=1)
    assert numbers(article) == (1, 1, 1, 1)
    assert Rating.objects.get().value == 1


def test_same_vote_again_changes_nothing(chloe):
    article = make_article()
    first = cast_rating(article=article, reader=chloe, value=4)
    assert cast_rating(article=article, reader=chloe, value=4).updated_at == first.updated_at


def test_withdrawn_vote_leaves_no_number(chloe):
    article = make_article()
    cast_rating(article=article, reader=chloe, value=5)
    assert withdraw_rating(article=article, reader=chloe)
    assert numbers(article) == (0, 0, 0, 0)
    assert article.average_rating is None


def test_withdrawing_without_a_vote_says_so(chloe):
    assert not withdraw_rating(article=make_article(), reader=chloe)


@pytest.mark.parametrize("value", [0, 6, -1])
def test_vote_goes_from_one_to_five(chloe, value):
    with pytest.raises(Refused, match="1 à 5"):
        cast_rating(article=make_article(), reader=chloe, value=value)


def test_nobody_rates_their_own_article(alice):
    with pytest.raises(Refused, match="auteur"):
        cast_rating(article=make_article(author=alice), reader=alice, value=5)


def test_draft_takes_no_vote(chloe):
    with pytest.raises(Refused):
        cast_rating(article=make_article(published=False), reader=chloe, value=5)


def test_votes_of_a_deleted_reader_leave_the_numbers(chloe):
    article = make_article()
    make_rating(article, chloe, 5)
    make_rating(article, make_author(), 2)
    chloe.delete()
    assert numbers(article) == (1, 2, 1, 2)


def test_bulk_delete_of_votes_keeps_the_numbers_right(db):
    article = make_article()
    for value in (1, 3, 5):
        make_rating(article, value=value)
    Rating.objects.filter(value__gt=1).delete()
    assert numbers(article) == (1, 1, 1, 1)


def test_saving_an_older_copy_keeps_the_votes_and_the_decision(chloe, bruno):
    article = make_article(published=False)
    copy, author = Article.objects.get(pk=article.pk), Author.objects.get(pk=article.author_id)
    publishing.publish(article, actor=bruno.user)
    cast_rating(article=article, reader=chloe, value=5)
    copy.title, author.biography = "Un autre titre", "Une autre vie."
    copy.save()
    author.save()
    copy.refresh_from_db()
    author.refresh_from_db()
    assert (copy.title, copy.status, copy.ratings_sum) == (
        "Un autre titre",
        Article.Status.PUBLISHED,
        5,
    )
    assert (author.biography, author.articles_count, author.ratings_sum) == ("Une autre vie.", 1, 5)
