import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.factories import make_article, make_section


@pytest.fixture(autouse=True)
def _same_salts_each_time(monkeypatch):
    """Draw the same salts in every run: who sees which arm of a trial comes from them."""
    drawn = random.Random(10)
    monkeypatch.setattr("readings.salt.secrets", SimpleNamespace(token_bytes=drawn.randbytes))


@pytest.fixture
def site(db):
    """Nine published articles in two sections."""
    care, family = make_section("Soins"), make_section("Famille")
    start = timezone.now() - timedelta(days=10)
    return [
        make_article(
            title=f"Article {n}",
            section=care if n < 5 else family,
            published_at=start + timedelta(days=n),
        )
        for n in range(9)
    ]
