"""Mail servers that are absent, refuse, hang or send a byte at a time break no page, lose no mail.

Members sign up, forget their password and change their address while the server behaves in each of
these ways; then it behaves well, and every mail has to come once. A worker that is killed while it
sends repeats one mail at most, under the same Message-ID. Without a worker (JOBS=immediate) the
pages answer as quickly. On SQLite, or on PostgreSQL by `python -m tests.postgres`.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator

from proofs.members import PASSWORD, Member
from proofs.site import environment
from tests.demo_server import run
from tests.serving import ROOT, serving
from tests.smtp_server import SmtpServer

WAYS = ["well", "absent", "refuses", "rejects", "hangs", "drips"]
QUICK = 5.0  # seconds of a page at the most, on a busy machine; a mail may take thirty
KILLS = 4
IN_A_ROW = 25  # mails that wait when the worker is killed
PATIENCE = 420  # seconds until all has come: the rest after a kill, and the longest rests before
PREPARE = f"""
import django; django.setup()
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from tests.factories import make_author
for way in {[*WAYS, "alone"]!r}:
    user = make_author(way, member=True).user
    user.email, user.password = way + "@example.org", make_password({PASSWORD!r})
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""
POST = """
import django; django.setup()
from outbox import posting
for n in range({number}):
    posting.post(to=f"k{{n}}@example.org", subject="Un objet", body="Un texte")
"""
STATES = """
import json, django; django.setup()
from outbox.models import Mail
print(json.dumps(list(Mail.objects.values_list("state", "message_id", "body"))))
"""


def main() -> None:
    failed = []
    for scene in (with_a_worker, without_a_worker):
        with tempfile.TemporaryDirectory(prefix="carevox-proof-") as folder, SmtpServer() as mails:
            env = environment(folder, EMAIL_URL=f"smtp://127.0.0.1:{mails.port}")
            run("manage.py", "migrate", "-v", "0", **env)
            run("manage.py", "flush", "--noinput", "-v", "0", **env)
            run("manage.py", "collectstatic", "--noinput", "-v", "0", **env)
            run("-c", PREPARE, **env)
            failed += [claim for claim, holds in scene(mails, env) if not told(claim, holds)]
    sys.exit(f"mail: {len(failed)} claims do not hold" if failed else 0)


def told(claim: str, holds: bool) -> bool:
    print(f"{'seen' if holds else 'NOT SEEN'}: {claim}", flush=True)
    return holds


def with_a_worker(mails: SmtpServer, env: dict[str, str]) -> Iterator[tuple[str, bool]]:
    env["JOBS"] = "database"
    with serving(**env) as server, working(env):
        for way in WAYS:
            yield pages_answer(server.url, mails, way)
        mails.behave("well")
        began = time.monotonic()
        arrived = wait_until(lambda: len(mails.mails) >= 3 * len(WAYS)) and all_known(env)
        ids = Counter(sent["Message-ID"] for sent in mails.mails)
        yield (
            f"{len(ids)} of {3 * len(WAYS)} mails came, each once, "
            f"{time.monotonic() - began:.0f} s after the server was well",
            arrived and set(ids.values()) == {1},
        )
    yield from killed(mails, env)


def killed(mails: SmtpServer, env: dict[str, str]) -> Iterator[tuple[str, bool]]:
    mails.mails.clear()
    mails.behave("drips", pace=0.005)  # so that a kill falls into a mail
    run("-c", POST.format(number=IN_A_ROW), **env)
    for _kill in range(KILLS):
        with working(env) as process:
            so_far = len(mails.mails)
            wait_until(lambda known=so_far: len(mails.mails) > known + 1)  # type: ignore[misc]  # bound
            time.sleep(random.uniform(0, 0.6))
            process.kill()
    mails.behave("well")
    with working(env):
        wait_until(lambda: len({sent["To"] for sent in mails.mails}) >= IN_A_ROW)
        all_known(env)
    came = Counter(sent["To"] for sent in mails.mails)
    ids = {sent["Message-ID"] for sent in mails.mails}
    repeats = sum(came.values()) - IN_A_ROW
    yield (
        f"{len(came)} of {IN_A_ROW} mails came in spite of {KILLS} kills, {repeats} repeated "
        f"under {len(ids)} Message-IDs",
        len(came) == len(ids) == IN_A_ROW and repeats <= KILLS,
    )
    rows = states(env)
    yield (
        "all are known to have left, and no text is kept",
        all(state == "SENT" and not body for state, _id, body in rows),
    )


def without_a_worker(mails: SmtpServer, env: dict[str, str]) -> Iterator[tuple[str, bool]]:
    env["JOBS"] = "immediate"
    with serving(**env) as server:
        mails.behave("hangs")
        yield pages_answer(server.url, mails, "alone", behave=False)
        mails.behave("well")
        wait_until(lambda: len(mails.mails) >= 3)
        ids = Counter(sent["Message-ID"] for sent in mails.mails)
        yield (
            f"without a worker {len(ids)} of 3 mails came once the server was well",
            list(ids.values()) == [1] * 3,
        )


def pages_answer(url: str, mails: SmtpServer, way: str, *, behave: bool = True) -> tuple[str, bool]:
    """Sign up, reset and change an address; tell how long the slowest page took."""
    if behave:
        mails.behave(way, pace=1)
        time.sleep(1)  # for the worker to meet the server as it is now
    member = Member(url)
    member.sign_up(f"Neuf {way}", f"neuf-{way}@example.org")
    member = Member(url)
    member.forget_password(f"{way}@example.org")
    member.sign_in(f"{way}@example.org")
    member.change_address(f"{way}-autre@example.org")
    slowest = max(member.seconds)
    return f"{way}: every page answered, the slowest in {slowest:.2f} s", slowest < QUICK


@contextlib.contextmanager
def working(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--no-startup-delay"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def states(env: dict[str, str]) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = json.loads(run("-c", STATES, **env))
    return rows


def all_known(env: dict[str, str]) -> bool:
    """Wait until the site knows too that all have left: a kill before would repeat one."""
    return wait_until(lambda: all(row[0] == "SENT" for row in states(env)), pause=2)


def wait_until(holds: Callable[[], bool], pause: float = 0.05) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(pause)
    return False


if __name__ == "__main__":
    main()
