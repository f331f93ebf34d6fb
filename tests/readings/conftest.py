from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_article, make_section


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
