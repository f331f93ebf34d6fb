"""A real server on loopback: granian with workers that can be killed.

For tests of crowds and for benchmarks.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        """Return the ids of the processes that serve now."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if (
                    parent == self.process.pid
                    and b"resource_tracker" not in (folder / "cmdline").read_bytes()
                ):
                    found.append(int(folder.name))
        return sorted(found)

    def kill_one(self) -> int:
        """Kill a worker as a crash would; return its id."""
        worker = self.workers()[0]
        os.kill(worker, signal.SIGKILL)
        return worker


@contextlib.contextmanager
def serving(
    *, application: str = "carevox.wsgi:application", workers: int = 2, **env: str
) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    command += [
        "--blocking-threads",
        "4",
        "--backlog",
        "1024",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level",
        "error",
        application,
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if "QUIET" in env else None,
    )
    server = Server(port, process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: Server) -> None:
    for _attempt in range(200):
        if server.process.poll() is not None:
            raise RuntimeError("the server did not start")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{server.url}/healthz", timeout=5)
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def database_url(settings: dict[str, Any]) -> str:
    """Return the address of a database as another process has to name it."""
    name = str(settings["NAME"])
    if str(settings["ENGINE"]).endswith("sqlite3"):
        return f"sqlite:///{name}"
    host = settings["HOST"] or settings["OPTIONS"]["host"]
    return f"postgres://{settings['USER']}@/{quote(name)}?host={host}"
