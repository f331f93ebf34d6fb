import pytest

from articles.models import Article
from articles.scoring import score, sql_score
from tests.factories import make_article, make_rating


def test_one_five_does_not_beat_many_good_notes():
    assert score(1, 5) < score(4, 16) < score(30, 135)


def test_unrated_article_stands_in_the_middle_of_the_scale():
    assert score(0, 0) == 3


def test_many_votes_outweigh_the_imaginary_ones():
    assert score(10_000, 45_000) == pytest.approx(4.5, abs=0.01)


def test_a_better_rating_never_lowers_the_score():
    assert all(
        score(n, total) < score(n, total + 1) for n in range(1, 20) for total in range(n, 5 * n)
    )


def test_database_and_python_agree(db):
    for values in ([5], [4, 4, 4], [1, 2], []):
        article = make_article()
        for value in values:
            make_rating(article, value=value)
    for article in Article.objects.annotate(score=sql_score()):
        assert article.score == pytest.approx(score(article.ratings_count, article.ratings_sum))
