"""Parts of the machine are taken away while fifty members rate, react and sign in.

Granian behind the nginx of `deploy/` (without nginx, granian alone), PostgreSQL on a small disk of
its own, Redis: all started here, on loopback. The cache freezes, the database stops, its disk fills
up, workers are killed. Nothing that was acknowledged may be lost or doubled, every answer is a page
in French or leads to one, what was typed comes back, and passwords cannot be guessed meanwhile.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofs.crowd import WRONG, Crowd, Member, stops_brute_force
from proofs.site import HOST, behind_nginx
from tests import nginx
from tests.demo_server import run
from tests.postgres import Cluster, cluster
from tests.serving import Server, serving

MEMBERS, DISK = 50, "224m"
SAFE = "-c shared_buffers=32MB -c max_connections=60 -c max_wal_size=64MB -c min_wal_size=32MB"
PREPARE = f"""
import json, django; django.setup()
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from allauth.account.models import EmailAddress
from authors.models import Author, User
from lib.web.honeypot import stamp
from tests.factories import make_article, make_author
articles = [make_article(author=make_author(f"Plume {{n}}", role="WRITER")) for n in range(4)]
password, members = make_password("une phrase assez longue"), []
for n in range({MEMBERS} + 2):
    user = User.objects.create(email=f"m{{n}}@example.org", password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    author = Author.objects.create(user=user, pseudonym=f"Membre numéro {{n}}")
    session = SessionStore()
    session.update({{"_auth_user_id": str(user.pk), "_auth_user_hash": user.get_session_auth_hash(),
        "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0]}})
    session.create()
    members.append([n, author.pk, user.email, "une phrase assez longue", session.session_key])
print(json.dumps({{"articles": [[a.pk, a.get_absolute_url()] for a in articles],
    "members": members, "stamp": stamp()}}))
"""
STORED = """
import json, django; django.setup()
from articles.models import Rating
from comments.models import Comment
print(json.dumps({"texts": list(Comment.objects.values_list("text", flat=True)),
    "notes": list(Rating.objects.values_list("article", "reader", "value"))}))
"""


@dataclass
class Parts:
    """What can be taken away, and who is attacked meanwhile."""

    server: Server
    database: Cluster
    redis: int
    env: dict[str, str]
    attacked: list[Member] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)

    def guess(self) -> None:
        member = self.attacked.pop()
        if not stops_brute_force(member):
            self.guessed.append(f"{WRONG} wrong passwords were tried, and the right one opens")


def main() -> None:
    if shutil.which("redis-server") is None:
        sys.exit("failures: redis-server is missing: apt install redis-server.")
    with tempfile.TemporaryDirectory(prefix="carevox-drill-") as name, contextlib.ExitStack() as on:
        folder, scenes = Path(name), dict(SCENES)
        folder.chmod(0o755)
        disk = on.enter_context(small_disk(folder / "disk"))
        if not disk.is_mount():
            scenes.pop("the disk is full")
            print("the disk is full: left out, no small disk can be mounted here (run it as root)")
        database = on.enter_context(cluster(SAFE, data=_emptied(disk / "data")))
        redis, address = on.enter_context(cache())
        env = behind_nginx(folder, DATABASE_URL=database.url, CACHE_URL=address)
        for command in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
            run("manage.py", *command, **env)
        made = json.loads(run("-c", PREPARE, **env))
        server = on.enter_context(serving(workers=2, **env))
        port = server.port
        if nginx.is_here():
            port = on.enter_context(nginx.proxied(server.port, data=folder, host=HOST))
        failed = drill(made, port, Parts(server, database, redis, env), scenes) + _counters(env)
    for line in failed:
        print(f"NOT SEEN: {line}")
    sys.exit(1 if failed else 0)


def drill(
    made: dict[str, Any], port: int, parts: Parts, scenes: dict[str, Callable[[Parts], None]]
) -> list[str]:
    """Play the scenes and return what did not hold."""
    members = [Member(*told, port=port) for told in made["members"]]
    crowd, failed = Crowd(members[:MEMBERS], made["articles"], made["stamp"]), []
    parts.attacked = members[MEMBERS:]
    for name, trouble in scenes.items():
        before = crowd.book.statuses.copy()
        taking = threading.Thread(target=trouble, args=[parts])
        taking.start()
        crowd.play()
        taking.join()
        told = dict(sorted((crowd.book.statuses - before).items()))
        print(f"{name}: answers {told}, well again after {_well_again(parts.server):.1f} s")
        failed += [f"{name}: {line}" for line in [*crowd.book.unreadable[:5], *parts.guessed]]
        crowd.book.unreadable.clear()
        parts.guessed.clear()
    print(f"{crowd.book.signed_in} signed in; {len(crowd.book.texts)} reactions acknowledged")
    return failed + lost_or_doubled(crowd, json.loads(run("-c", STORED, **parts.env)))


def lost_or_doubled(crowd: Crowd, stored: dict[str, Any]) -> list[str]:
    texts, book = list(map(str, stored["texts"])), crowd.book
    found = [f"lost: {text}" for text in book.texts - set(texts)]
    found += [f"doubled: {text}" for text in set(texts) if texts.count(text) > 1]
    found += [f"from nowhere: {text}" for text in set(texts) - book.tried]
    notes = {(row[0], row[1]): row[2] for row in stored["notes"]}
    for key, history in book.notes.items():
        last = max((n for n, (acknowledged, _v) in enumerate(history) if acknowledged), default=0)
        possible: set[int | None] = {
            value for n, (_acknowledged, value) in enumerate(history) if n >= last
        }
        if not any(acknowledged for acknowledged, _value in history):
            possible.add(None)
        if notes.get(key) not in possible:
            found.append(f"the rating of {key} is {notes.get(key)}, not one of {possible}")
    return found


# --- the troubles: each begins after a second and ends by itself


def calm(parts: Parts) -> None:
    parts.guess()


def frozen(parts: Parts) -> None:
    time.sleep(1)
    os.kill(parts.redis, signal.SIGSTOP)
    parts.guess()
    time.sleep(3)
    os.kill(parts.redis, signal.SIGCONT)


def stopped(parts: Parts) -> None:
    time.sleep(1)
    parts.database.stop()
    time.sleep(3)
    parts.database.start()


def full(parts: Parts) -> None:
    time.sleep(1)
    ballast = parts.database.data.parent / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(2**16))
    time.sleep(4)
    ballast.unlink()
    for _second in range(5):  # it ends when it can write no more of its log; a unit starts it again
        if not parts.database.is_running():
            parts.database.start()
        time.sleep(1)


def killed(parts: Parts) -> None:
    for _turn in range(2):
        time.sleep(1.5)
        parts.server.kill_one()


SCENES = {
    "all is well": calm,
    "Redis is frozen": frozen,
    "PostgreSQL is stopped": stopped,
    "the disk is full": full,
    "workers are killed": killed,
}


# --- the machine


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", str(place)]
    is_mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield place
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


@contextlib.contextmanager
def cache() -> Iterator[tuple[int, str]]:
    """Yield the process of a Redis and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="carevox-redis-") as folder:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
        process = subprocess.Popen([*command, "--dir", folder], stdout=subprocess.DEVNULL)
        try:
            yield process.pid, f"redis://127.0.0.1:{port}/0"
        finally:
            process.kill()
            process.wait()


def _emptied(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _well_again(server: Server) -> float:
    """Wait until the probe says so; return the seconds."""
    started = time.monotonic()
    while time.monotonic() - started < 60:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{server.url}/healthz", timeout=9),
        ):
            return time.monotonic() - started
        time.sleep(0.2)
    sys.exit("failures: the site does not come back.")


def _counters(env: dict[str, str]) -> list[str]:
    said = run("manage.py", "recount", "--check", **env)
    return [] if "recount: 0 difference" in said else [said]


if __name__ == "__main__":
    main()
