"""What pictures take of the memory of a real worker: python -m proofs.pictures

The corpus goes through the library and the profile, first one by one, then four at once; the
widths are made by a worker of jobs. No answer may be an error of the site.
"""

from __future__ import annotations

import http.client
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

from proofs.picture_corpus import corpus
from proofs.site import environment
from tests.demo_server import run
from tests.serving import Server, serving

LIMIT = 300  # MB
BOUNDARY, TOKEN = "a-picture-follows", "a" * 32
ACCOUNTS = """
import django; django.setup()
from django.test import Client
from tests.factories import make_author
# a member may send their profile 30 times an hour
for name, fields in (("Bruno", {"role": "EDITOR"}), *((f"Chloé{n}", {}) for n in range(8))):
    client = Client()
    client.force_login(make_author(name, member=True, **fields).user,
        backend="allauth.account.auth_backends.AuthenticationBackend")
    print(client.cookies["sessionid"].value + "." + name)
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="carevox-proof-") as folder:
        env = environment(folder, REQUIRE_STAFF_MFA="off", JOBS="database", TRUSTED_PROXY_COUNT="1")
        run("manage.py", "migrate", "-v", "0", **env, DEBUG="on")
        run("manage.py", "collectstatic", "--noinput", "-v", "0", **env)
        editor, *members = run("-c", ACCOUNTS, **env, DEBUG="on").split()
        with serving(workers=1, **env) as server:
            peaks = [upload_all(server, editor, cycle(members))]
        print("the widths, made by a worker of jobs", flush=True)
        peaks.append(make_widths(**{**env, "LOG_LEVEL": "WARNING"}))
    print(f"peak of the web worker {peaks[0]} MB, of the worker of jobs {peaks[1]} MB")
    sys.exit(max(peaks) >= LIMIT)


def upload_all(server: Server, editor: str, members: Iterator[str]) -> int:
    """Return the peak of the worker in MB."""
    (worker,) = server.workers()
    print(f"before the first picture: {peak_of(worker)} MB")
    sent = []
    for name, data in corpus():
        answers = [
            post(server, editor, "/admin/pictures/picture/add/", "upload", data),
            post(server, next(members), "/compte/profil/", "picture", data),
        ]
        print(f"{peak_of(worker):4} MB after {name}: {answers}", flush=True)
        sent.append(data)

    heaviest = sorted(sent, key=len)[-5:]

    def send_shuffled(seed: int) -> None:
        for data in [*heaviest, *random.Random(seed).sample(sent, len(sent) // 2)]:
            post(server, next(members), "/compte/profil/", "picture", data)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(send_shuffled, range(4)))
    print(f"{peak_of(worker):4} MB after four at once")
    assert server.workers() == [worker], "a worker died"
    return peak_of(worker)


def post(server: Server, session: str, address: str, field: str, data: bytes) -> int:
    """Send the form; return the status. Raise for an error of the site."""
    session, _dot, pseudonym = session.partition(".")
    fields = {"alt": "", "credit": "Photo", "licence": "CC0", "pseudonym": pseudonym}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="a.jpg"\r\n'
    body = "".join([*parts, file, "Content-Type: image/jpeg\r\n\r\n"]).encode()
    headers = {
        "Host": "localhost",
        "X-Forwarded-For": f"198.{random.randrange(256)}.{random.randrange(256)}.1",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("POST", address, body + data + f"\r\n--{BOUNDARY}--\r\n".encode(), headers)
    status = connection.getresponse().status
    connection.close()
    assert status in {200, 302, 303, 422}, (address, status)
    return status


def make_widths(**env: str) -> int:
    """Make the widths of the library in a worker of jobs; return its peak in MB."""
    # not by getrusage, which begins with the peak of this process
    measured = (
        "import os; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'db_worker', '--batch', '--no-startup-delay']);"
        "from proofs.pictures import peak_of; print(peak_of(os.getpid()))"
    )
    return int(run("-c", measured, **env).split()[-1])


def peak_of(process: int) -> int:
    """Return the most memory that a process has held, in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
