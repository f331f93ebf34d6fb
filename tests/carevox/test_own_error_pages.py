"""With DEBUG, as in the demonstration, errors get the site's own pages."""

import logging

import pytest
from django.conf import settings

OWN = "carevox.middleware.own_error_pages.OwnErrorPagesMiddleware"


@pytest.fixture
def demo(client, db, settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, OWN]
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", ["/nulle-part", "/nulle-part/du-tout/", "/auteurs/personne/"])
def test_unknown_address_gets_the_page_that_searches(demo, path):
    answer = demo.get(path, follow=True)
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "DEBUG" not in html
    assert 'role="search"' in html


def test_missing_slash_still_leads_on(demo):
    assert demo.get("/auteurs").status_code == 301


def test_error_of_our_own_gets_our_page_and_is_logged(demo, caplog, monkeypatch):
    monkeypatch.setattr("authors.views.INDEX_SIZE", "no number")
    with caplog.at_level(logging.ERROR, logger="django.request"):
        answer = demo.get("/auteurs/")
    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()
    assert any(record.exc_info for record in caplog.records)


def test_production_goes_djangos_way():
    assert OWN not in settings.MIDDLEWARE
