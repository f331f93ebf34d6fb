from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.factories import make_article, make_section
from tests.search.search_corpus import make_corpus


@pytest.fixture(scope="module")
def corpus(django_db_setup, django_db_blocker):
    """Publish the magazine once; each test then has its own savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_corpus()
        transaction.set_rollback(True)


@pytest.fixture
def many(db):
    section = make_section("Beaucoup")
    made = []
    for n in range(23):
        place = (
            {"title": f"Scorbut {n}"}
            if n % 3 == 0
            else {"standfirst": f"Scorbut {n}."}
            if n % 3 == 1
            else {"body": f"<p>Scorbut {n}.</p>"}
        )
        at = timezone.now() - timedelta(days=20 * (22 - n))
        made.append(make_article(section=section, published_at=at, **place).pk)
    return made
