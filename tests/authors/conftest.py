from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from authors.models import Author


def with_verified_address(author: Author) -> Author:
    email = author.user.email
    EmailAddress.objects.create(user=author.user, email=email, verified=True, primary=True)
    return author


@pytest.fixture
def verified(chloe: Author) -> Author:
    return with_verified_address(chloe)


@pytest.fixture
def limits_without_cache(settings: Any) -> None:
    """The limits of production, and a cache that never answers, as `lib/caching.py` shows it."""
    settings.ACCOUNT_RATE_LIMITS = {}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
