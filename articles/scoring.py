"""How well an article is rated, so that one enthusiastic vote does not beat thirty good ones. Pure.

The Bayesian mean: to the readers' ratings are added PRIOR_VOTES imaginary ones in the middle of the
scale.

    score = (PRIOR_VOTES * PRIOR_MEAN + sum of the ratings) / (PRIOR_VOTES + number of ratings)

One 5 gives 3.2; four votes of 4 give 3.3; thirty of 4.5 give 4.1. With many votes the score becomes
their mean. It is the posterior mean of a normal model with a known prior: the weighted rating
(v·R + m·C) / (v + m) that IMDb gave for its Top 250, with v votes of mean R, m = PRIOR_VOTES and
C = PRIOR_MEAN. Here the prior is the middle of the scale rather than the mean of the site, so that
an article's score depends on its own votes only.
"""

from __future__ import annotations

from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.expressions import CombinedExpression

PRIOR_VOTES = 10
PRIOR_MEAN = 3


def score(count: int, total: int) -> float:
    """Return the score of an article that has `count` ratings of sum `total`."""
    return (PRIOR_VOTES * PRIOR_MEAN + total) / (PRIOR_VOTES + count)


def sql_score() -> ExpressionWrapper[CombinedExpression]:
    """Return the same for the database, over the counters of Article."""
    return ExpressionWrapper(
        (F("ratings_sum") + float(PRIOR_VOTES * PRIOR_MEAN)) / (F("ratings_count") + PRIOR_VOTES),
        output_field=FloatField(),
    )
