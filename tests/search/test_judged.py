"""Two hundred questions of readers: what the search answered when they were written, and now.

docs/decisions/0019-search-that-understands.md tells how they were graded.
"""

import pytest

from tests.search.judged_questions import judge, mean_ndcg, publish_articles, share_useful

pytestmark = pytest.mark.django_db


LEAST = {"open": (0.66, 0.77), "held": (0.62, 0.69)}  # NDCG, share of useful first screens


def test_questions_find_what_answers_them():
    names = publish_articles()
    for half, (ndcg, useful) in LEAST.items():
        judged = judge(half, names)
        assert len(judged) == 100
        assert mean_ndcg(judged) >= ndcg, half
        assert share_useful(judged) >= useful, half
