"""The operators' journal: JSON, a request id, no reader's address and no path read."""

import json
import logging
import sys

from carevox.logs import JsonFormatter, logger
from tests.factories import make_article


def record(**changes):
    values = {"name": "carevox", "level": logging.INFO, "pathname": "", "lineno": 1, "msg": "dit %s", "args": ("là",), "exc_info": None}
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
        response = client.get(article.get_absolute_url(), headers={"X-Request-ID": "abcdef-123456"}, REMOTE_ADDR="203.0.113.9")
    assert response.headers["X-Request-ID"] == "abcdef-123456"
    written = " ".join(json.dumps(line.__dict__, default=str) for line in caplog.records if line.name == logger.name)
    assert '"status": 200' in written
    assert "203.0.113.9" not in written
    assert article.slug not in written


def test_forged_request_id_is_replaced(client, db):
    assert client.get("/healthz", headers={"X-Request-ID": "x y<script>"}).headers["X-Request-ID"].isalnum()
