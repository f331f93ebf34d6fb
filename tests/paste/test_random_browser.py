"""A short piece of writing at random; `python -m proofs.writing` does a longer one."""

import pytest

from articles.models import Article
from tests.browsing import sign_in
from tests.factories import make_article, make_author, make_picture
from tests.paste.hand import Hand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEED, STEPS = 1, 60


def test_writing_at_random_loses_nothing(quiet_page, live_server, transactional_db):
    make_picture(alt="Un chat")
    article = make_article(published=False, body="<p>Avant</p><p>Après</p>")
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    hand = Hand(quiet_page, SEED, lambda: Article.objects.get().body)
    quiet_page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    hand.write(STEPS)
    assert hand.saves >= 2
