"""A click log as a news portal has it, generated: the same for the same size."""

from __future__ import annotations

import numpy as np

START = 1_700_000_000
DAYS = 5
END = START + DAYS * 86_400
ARTICLES = 9_000


def news_log(readings: int, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return visits, articles and Unix seconds, in the order of time.

    2.8 readings a visit; new articles come all the time, the newest few are promoted and take most
    readings; every second step of a visit follows one of a few links that each article has to
    others.
    """
    random = np.random.default_rng(seed)
    length = np.minimum(1 + random.geometric(1 / 1.86, int(readings / 2.8) + 10), 60)
    visit = np.repeat(np.arange(len(length)), length)[:readings]
    readings = len(visit)
    place = np.arange(readings) - np.r_[0, np.cumsum(length)][visit]
    since = np.cumsum(np.where(place == 0, 0, random.lognormal(4.6, 1.5, readings)))
    start = np.repeat(random.random(len(length)) * (DAYS * 86_400 - 3_600), length)[:readings]
    moment = np.minimum(start + since - since[np.arange(readings) - place], DAYS * 86_400 - 1)

    newest = ARTICLES / 2 * (1 + moment / (DAYS * 86_400))
    article = np.maximum(
        newest - np.exp(random.random(readings) ** 1.6 * np.log(ARTICLES / 2)), 0
    ).astype(np.int64)
    article = np.where(random.random(readings) < 0.85, article - article % 23, article)
    for step in range(1, 12):
        follows = np.flatnonzero((place == step) & (random.random(readings) < 0.5))
        source = article[follows - 1]
        article[follows] = np.maximum(
            source - (source * 7 + random.geometric(0.4, len(follows)) * 13) % 997 - 1, 0
        )

    order = np.argsort(moment, kind="stable")
    return visit[order], article[order], START + moment[order].astype(np.int64)
