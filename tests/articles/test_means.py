"""The mean of the readers' ratings: rounded as people round, and the same wherever it stands."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from authors.models import Author
from lib.counting import mean
from lib.templatetags.text_tags import one_decimal
from tests.factories import make_article

MEANS = [
    (17, 4, "4,3"),
    (34, 7, "4,9"),
    (87, 20, "4,4"),
    (9, 2, "4,5"),
    (61, 20, "3,1"),
    (5, 1, "5,0"),
    (99, 20, "5,0"),
    (1, 1, "1,0"),
    (10, 3, "3,3"),
]


@pytest.mark.parametrize(("total", "count", "shown"), MEANS)
def test_means_are_rounded_half_up(total, count, shown):
    with translation.override("fr"):
        assert one_decimal(mean(total, count)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(4.25, "4,3"), (4.857, "4,9"), (4.35, "4,4"), (0, "0,0"), (None, "")]
)
def test_numbers_of_other_kinds_are_rounded_alike(value, shown):
    with translation.override("fr"):
        assert one_decimal(value) == shown


def test_nothing_has_no_mean():
    assert mean(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(n, 5 * n), st.just(n))))
def test_mean_is_the_exact_quotient_rounded_once(numbers):
    total, count = numbers
    tenths = Fraction(total, count) * 10 + Fraction(1, 2)
    assert mean(total, count) == Decimal(tenths.numerator // tenths.denominator) / 10
    assert mean(total, count) == mean(total, count).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize(("total", "count", "shown"), MEANS[:4])
def test_one_mean_on_the_page_in_lists_in_rankings_and_in_the_admin(
    client, editor, db, total, count, shown
):
    article = make_article(title="Le sel")
    numbers = {"ratings_count": count, "ratings_sum": total}
    Article.objects.filter(pk=article.pk).update(**numbers)
    Author.objects.filter(pk=article.author_id).update(**numbers)
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'score__value">{shown}' in page
    assert f"{shown} sur 5" in page
    assert client.get(article.author.get_absolute_url()).content.decode().count(shown) >= 1
    assert shown in client.get("/").content.decode()
    assert f"{shown} sur 5" in client.get("/les-mieux-notes/").content.decode()
    listed = editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert f"{shown} sur 5" in listed
