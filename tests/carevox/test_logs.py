"""The operators' log: JSON, a request id, no reader's address and no path read."""

import io
import json
import logging
import logging.config
import re
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from articles import publishing
from carevox import env
from carevox.logs import JsonFormatter
from carevox.middleware.request_id import logger
from tests.factories import make_article


def record(**changes):
    values = {
        "name": "carevox",
        "level": logging.INFO,
        "pathname": "",
        "lineno": 1,
        "msg": "dit %s",
        "args": ("là",),
        "exc_info": None,
    }
    return logging.LogRecord(**{**values, **changes})


def test_line_is_one_json_object():
    line = JsonFormatter().format(record())
    assert "\n" not in line
    assert json.loads(line)["message"] == "dit là"


def test_error_comes_with_its_trace():
    try:
        raise ValueError("cassé")
    except ValueError:
        line = JsonFormatter().format(record(exc_info=sys.exc_info()))
    assert "ValueError: cassé" in json.loads(line)["error"]


def test_request_is_logged_by_its_route(client, db, caplog):
    article = make_article()
    with caplog.at_level(logging.INFO, logger=logger.name):
        response = client.get(
            article.get_absolute_url(),
            headers={"X-Request-ID": "abcdef-123456"},
            REMOTE_ADDR="203.0.113.9",
        )
    assert response.headers["X-Request-ID"] == "abcdef-123456"
    written = " ".join(
        json.dumps(line.__dict__, default=str)
        for line in caplog.records
        if line.name == logger.name
    )
    assert '"status": 200' in written
    assert "203.0.113.9" not in written
    assert article.slug not in written


def test_forged_request_id_is_replaced(client, db):
    assert (
        client.get("/healthz", headers={"X-Request-ID": "x y<script>"})
        .headers["X-Request-ID"]
        .isalnum()
    )


def configure(form, level):
    """Set the log up as production does; return what stands on its standard error, as it grows."""
    config = env.logging_config(form, level)
    config["handlers"]["out"]["stream"] = io.StringIO()
    logging.config.dictConfig(config)
    return config["handlers"]["out"]["stream"].getvalue


@pytest.fixture(params=["json", "text"])
def log(request):
    loggers = [logging.getLogger(name) for name in ("", "django")]
    before = [(one, list(one.handlers), one.level) for one in loggers]
    yield configure(request.param, "INFO")
    for one, handlers, level in before:
        one.handlers = handlers
        one.setLevel(level)


@pytest.fixture
def reader(client):
    client.raise_request_exception = False
    return client


def test_page_that_is_not_there_leaves_no_path(reader, db, log):
    assert reader.get("/sante/article/le-vih-et-moi-1").status_code == 404
    assert reader.get("/nulle-part/du-tout.php").status_code == 404
    written = log()
    assert "404" in written
    assert "vih" not in written
    assert "nulle-part" not in written


def test_withdrawn_article_leaves_no_path(reader, db, log):
    article = make_article(title="Le VIH et moi")
    publishing.withdraw(article, actor=None, reason="Faux.")
    assert reader.get(article.get_absolute_url()).status_code == 410
    written = log()
    assert "410" in written
    assert "vih-et-moi" not in written


def test_failure_leaves_its_trace_and_no_path(reader, db, log, monkeypatch):
    article = make_article(title="Le VIH et moi")
    monkeypatch.setattr("articles.views.pages.render", lambda *args, **kwargs: 1 / 0)
    assert reader.get(article.get_absolute_url()).status_code == 500
    written = log()
    assert "ZeroDivisionError" in written
    assert "Internal Server Error: ^(?P<section_path>" in written
    assert "vih-et-moi" not in written


def test_refused_and_forged_requests_leave_no_path(reader, db, log):
    article = make_article(title="Le VIH et moi")
    assert reader.put(article.get_absolute_url()).status_code in {403, 405}
    reader.handler.enforce_csrf_checks = True
    assert (
        reader.post("/a-propos/contact/?page=vih-et-moi", {"text": "vih-et-moi"}).status_code == 403
    )
    written = log()
    assert "403" in written
    assert "vih-et-moi" not in written
    assert "/a-propos/contact/" not in written


def test_level_holds_for_what_django_writes_too(reader, db, log):
    log = configure("text", "ERROR")
    reader.get("/nulle-part/")
    assert log() == ""


def test_error_reports_leave_without_the_request(monkeypatch):
    given = {}
    monkeypatch.setitem(
        sys.modules, "sentry_sdk", SimpleNamespace(init=lambda **options: given.update(options))
    )
    env.error_reports("https://key@errors.example/1", release="1")
    assert given["before_send"]({"request": {"url": "/sante/"}, "level": "error"}, {}) == {
        "level": "error"
    }
    assert not given["include_local_variables"]


def test_proxy_writes_neither_reader_nor_page():
    conf = (settings.BASE_DIR / "deploy" / "nginx" / "carevox.conf").read_text(encoding="utf-8")
    [form] = re.findall(r"log_format carevox '([^']*)'", conf)
    assert not {
        "uri",
        "request",
        "request_uri",
        "document_uri",
        "args",
        "remote_addr",
        "http_referer",
        "http_user_agent",
    } & set(re.findall(r"\$(\w+)", form))
    servers = conf.split("server {")[1:]
    assert all(
        set(re.findall(r"access_log ([^;]*);", server))
        <= {"off", "/var/log/nginx/carevox.log carevox"}
        for server in servers
    )
    assert all(
        "access_log" in server and re.search(r"error_log \S+ alert;", server) for server in servers
    )
