"""The short way in, before Django: the same answers, and the long way for all but visitors."""

from io import BytesIO
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError

from carevox.wsgi import application
from readings import visitors
from readings.beacon.wsgi import BeaconApplication
from readings.models import Reading
from tests.factories import make_article
from tests.readings.readers import BROWSER

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def ask(body=b"", *, application=application, path="/lectures/", **environ):
    """Call as a WSGI server does; return status and body."""
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": FORM,
        "HTTP_USER_AGENT": BROWSER,
        "REMOTE_ADDR": "10.0.0.7",
        **environ,
    }
    environ = {
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        **environ,
    }
    setup_testing_defaults(environ)
    said = []
    answer = application(environ, lambda status, headers: said.append(status))
    return said[0], b"".join(answer)


def beacon(article):
    return urlencode({"act": "read", "article": article.pk}).encode()


def long_way(environ, start_response):
    start_response("418 The long way", [])
    return [environ["PATH_INFO"].encode()]


def test_visitor_takes_the_short_way():
    article = make_article()
    assert ask(beacon(article), application=BeaconApplication(long_way)) == ("204 No Content", b"")
    assert Reading.objects.get().article_id == article.pk


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_COOKIE": f"a=b; {settings.SESSION_COOKIE_NAME}=x"},
        {"path": "/"},
        {"path": "/lectures"},
    ],
)
def test_members_and_all_else_take_the_long_way(asked):
    assert ask(application=BeaconApplication(long_way), **asked) == (
        "418 The long way",
        asked.get("path", "/lectures/").encode(),
    )


@pytest.mark.parametrize(
    ("body", "environ"),
    [
        (b"", {}),
        (b"act=read&article=x", {}),
        (b"\xff=\xfe&act=%FF&article=1", {}),
        (b"act=read&article=1&more=" + b"x" * 1000, {}),
        (b"act=read&article=1", {"CONTENT_LENGTH": "un"}),
        (b"act=read&article=1", {"CONTENT_LENGTH": "-1"}),
        (b"act=read&article=1", {"CONTENT_LENGTH": "9" * 30}),
        (b"act=read&article=1", {"CONTENT_TYPE": "multipart/form-data"}),
        (b"act=read&article=1", {"CONTENT_TYPE": "multipart/form-data; boundary=\xe9"}),
        (b"act=read&article=1", {"CONTENT_TYPE": "application/json"}),
    ],
)
def test_nonsense_is_refused(body, environ):
    make_article()
    assert ask(body, **environ) == ("400 Bad Request", b"")
    assert not Reading.objects.exists()


def test_broken_connection_is_nonsense():
    class Broken(BytesIO):
        def read(self, *_):
            raise OSError("the reader has gone")

    assert ask(b"act=read&article=1", **{"wsgi.input": Broken()}) == ("400 Bad Request", b"")


def test_looking_is_not_telling():
    assert ask(REQUEST_METHOD="GET") == ("405 Method Not Allowed", b"")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_database_that_is_away_costs_a_reading_never_an_error(monkeypatch, caplog, error):
    caplog.set_level("WARNING")
    article = make_article()

    def away(_address):
        raise error

    monkeypatch.setattr(visitors, "is_banned", away)
    monkeypatch.setattr("readings.beacon.wsgi.connection.close", lambda: None)  # the test's own
    assert ask(beacon(article)) == ("204 No Content", b"")
    assert f"a beacon is lost: {error.__name__}" in caplog.text
