"""The demo magazine, served as production would, for tests.lighthouse and tests.screenshots.

Granian, hashed names, compressed pages, DEBUG off. The data go to a temporary folder and away with
it. One article more than in the demo: as long as they come.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.serving import ROOT, serving

LONG_ARTICLE = """
import datetime, django; django.setup()
from tests.factories import make_author, make_long_article
when = datetime.datetime(2019, 5, 2, 9, tzinfo=datetime.timezone.utc)
writer = make_author("Plume endurante", role="WRITER")
print(make_long_article(author=writer, published_at=when).get_absolute_url())
"""


@contextmanager
def magazine(prepared_by: str = "") -> Iterator[tuple[str, str]]:
    """Serve it after this program has run; yield the address of the site and the path of the long
    article."""
    with tempfile.TemporaryDirectory(prefix="carevox-magazine-") as folder:
        data = {
            "DATA_DIR": folder,
            "STATIC_ROOT": f"{folder}/static",
            "SECRET_KEY": "magazine-only-" * 4,
            "LOG_LEVEL": "ERROR",
            "REQUIRE_STAFF_MFA": "off",
        }
        env = {
            **data,
            "SITE_URL": "http://localhost:8000",
            "MINIMUM_FORM_SECONDS": "0",
            "DJANGO_SETTINGS_MODULE": "carevox.settings",
        }
        for command in (["migrate", "-v", "0"], ["demo_content"]):
            run("manage.py", *command, **env, DEBUG="on")
        long_article = run("-c", LONG_ARTICLE, **env, DEBUG="on")
        run("-c", prepared_by, **env, DEBUG="on")
        run("manage.py", "collectstatic", "--noinput", "-v", "0", **env)
        with serving(application="tests.demo_wsgi:application", **env) as server:
            yield server.url.replace("127.0.0.1", "localhost"), long_article


def run(*arguments: str, **env: str) -> str:
    """Return what a Python program of ours prints in this environment; its error ends this one."""
    command, everything = [sys.executable, *arguments], {**os.environ, **env}
    done = subprocess.run(command, cwd=ROOT, env=everything, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)[:60]}: {done.stderr[-2000:]}")
    return done.stdout.strip()
