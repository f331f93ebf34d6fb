"""The cast, the browser, and no silent skip under CI.

Alice writes, Bruno edits, Chloé reads, Denis troubles.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from authors.models import Author
from carevox.static import FLAT, JOINED, flattened, joined
from readings import salt, visitors
from search.fulltext import forget_months
from tests.factories import make_author
from tests.settings import SCRATCH

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
    or ""
)
pytest.register_assert_rewrite("tests.accessibility")
# how long an example takes says nothing on a busy machine
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # Playwright runs a loop in the thread that also asks the database


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests that ask no database: they say the same on each",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        others = [item for item in items if not _asks_database(item)]
        items[:] = [item for item in items if _asks_database(item)]
        config.hook.pytest_deselected(items=others)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let coverage rest where other tests reach the same lines.

    It makes a page half as slow again. (`no_cover` does nothing on several processes.)
    """
    if not (item.get_closest_marker("browser") or item.get_closest_marker("untraced")):
        return (yield)
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]  # None is none
    try:
        return (yield)
    finally:
        threading.settrace(in_threads)  # type: ignore[arg-type]  # None is none
        sys.settrace(here)


def _asks_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
    salt.forget_copy()
    visitors.forget_bans()
    forget_months()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do at once what waits for the commit: the transaction of a test has none."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **_: do())


@pytest.fixture
def alice(db: None) -> Author:
    return make_author("Alice", member=True, role=Author.Role.WRITER)


@pytest.fixture
def bruno(db: None) -> Author:
    return make_author("Bruno", member=True, role=Author.Role.EDITOR)


@pytest.fixture
def chloe(db: None) -> Author:
    return make_author("Chloé", member=True)


@pytest.fixture
def denis(db: None) -> Author:
    return make_author("Denis", member=True)


@pytest.fixture
def as_(db: None) -> Any:
    """Return a client signed in as an author."""

    def sign_in(author: Author) -> Client:
        client = Client()
        client.force_login(
            author.user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in


@pytest.fixture
def editor(as_: Any, bruno: Author) -> Client:
    client: Client = as_(bruno)
    return client


# --- the browser ---


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        pytest.fail("Chromium is missing: apt install chromium, or name it in CHROMIUM.")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def _flat_files() -> None:
    """Serve one style sheet and one script, as production does.

    Forty imports a page are most of the time that a browser test takes.
    """
    folder = SCRATCH / "flat"
    for name, made in ((FLAT, flattened), (JOINED, joined)):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(made(name), encoding="utf-8")
    settings.STATICFILES_DIRS.insert(0, folder)
    finders.get_finder.cache_clear()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], _flat_files: None) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR"}


@pytest.fixture
def quiet_page(page: Any, live_server: Any) -> Iterator[Any]:
    """A page that must stay silent: no console error, no violation of the policy, no other host."""
    complaints: list[str] = []
    answered = "the server responded with a status of 422"  # how a form with errors comes back
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type in {"error", "warning"} and answered not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url)
            if not request.url.startswith((live_server.url, "data:", "blob:"))
            else None
        ),
    )
    yield page
    assert complaints == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # the old kind of hook
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped under CI: {report.longrepr}"
