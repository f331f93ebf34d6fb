"""A shared cache that is frozen or gone costs speed, never a page."""

import socket
import time

import pytest

from carevox import env
from lib import caching
from lib.web import limits


@pytest.fixture
def frozen():
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def gone():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture(autouse=True)
def _awake(monkeypatch):
    monkeypatch.setattr(caching.PatientCache, "_resting_until", 0.0)


def cache_of(url):
    config = env.cache().parse(url)
    return caching.PatientCache(config["LOCATION"], {"OPTIONS": config["OPTIONS"]})


@pytest.mark.parametrize("state", ["frozen", "gone"])
def test_every_operation_answers_at_once(request, state):
    cache = cache_of(request.getfixturevalue(state))
    started = time.monotonic()
    assert cache.get("a", "else") == "else"
    assert cache.add("a", 1) is True
    assert cache.incr("a") is None
    cache.set("a", 1)
    cache.set_many({"a": 1})
    assert cache.get_many(["a"]) == {}
    assert cache.has_key("a") is False
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert time.monotonic() - started < caching.REST_SECONDS, (
        "the server is asked once, then left alone"
    )


def test_limits_let_everybody_pass_meanwhile(frozen, monkeypatch):
    monkeypatch.setattr(limits, "cache", cache_of(frozen))
    assert all(limits.allow("post", "chloe", limit=1, seconds=60).allowed for _try in range(5))


def test_server_is_asked_again_after_the_rest(gone, monkeypatch):
    cache = cache_of(gone)
    cache.get("a")
    asked = []
    monkeypatch.setattr(
        caching.RedisCache, "get", lambda *args, **kwargs: asked.append(1) or "back"
    )
    assert cache.get("a") is None
    monkeypatch.setattr(caching.PatientCache, "_resting_until", time.monotonic() - 1)
    assert cache.get("a") == "back"
    assert asked == [1]
