"""With DEBUG, as in the demonstration, errors get the site's own pages."""

import logging

import pytest
from django.conf import settings

OWN = "carevox.middleware.own_error_pages"
OUTERMOST, INNERMOST = f"{OWN}.OwnServerErrorMiddleware", f"{OWN}.OwnErrorPagesMiddleware"


@pytest.fixture
def demo(client, db, settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [OUTERMOST, *settings.MIDDLEWARE, INNERMOST]
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


def test_who_must_sign_in_again_is_led_there(demo, chloe):
    """allauth raises an error and makes a redirect of it."""
    demo.force_login(chloe.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for path in ("/compte/2fa/totp/activate/", "/compte/2fa/webauthn/add/"):
        answer = demo.get(path)
        assert answer.status_code == 302
        assert answer["location"].startswith("/compte/reauthenticate/")


def test_production_goes_djangos_way():
    assert not any(name.startswith(OWN) for name in settings.MIDDLEWARE)
