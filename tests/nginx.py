"""The nginx of `deploy/` on loopback, without TLS, in front of a server of ours.

For proofs; it is not part of the requirements.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.serving import ROOT

CONF = ROOT / "deploy" / "nginx" / "carevox.conf"
FRAME = """
daemon off;
worker_processes 2;
{user}
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    {paths}
    {conf}
}}
"""
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def is_here() -> bool:
    return shutil.which("nginx") is not None


@contextlib.contextmanager
def proxied(upstream: int, *, data: Path, host: str) -> Iterator[int]:
    """Yield the port of an nginx that leads to the server; `data` holds static/ and media/."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="carevox-nginx-") as folder:
        file = Path(folder) / "nginx.conf"
        file.write_text(_conf(folder, upstream, port, data, host))
        process = subprocess.Popen(["nginx", "-p", folder, "-c", str(file)])
        try:
            _wait(process, port)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _conf(folder: str, upstream: int, port: int, data: Path, host: str) -> str:
    """Return the file of `deploy/`, changed in nothing but places and TLS."""
    text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", CONF.read_text(), flags=re.DOTALL)
    text = re.sub(r"listen (\[::\]:)?443 ssl http2;", "", text)
    text = re.sub(r"    ssl_\w+ .*\n", "", text)
    text = text.replace("server_name www.example.org;", f"server_name {host}; listen {port};")
    text = text.replace("/var/lib/carevox", str(data)).replace("/var/log/nginx", folder)
    text = text.replace("127.0.0.1:8001", f"127.0.0.1:{upstream}").replace("$scheme", "https")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in KINDS)
    is_root = subprocess.run(["id", "-u"], capture_output=True, check=True).stdout == b"0\n"
    user = "user root;" if is_root else ""
    return FRAME.format(user=user, folder=folder, paths=paths, conf=text)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _attempt in range(100):
        if process.poll() is not None:
            raise RuntimeError("nginx did not start")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")
