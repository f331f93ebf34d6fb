"""The nginx of `deploy/`, in front of granian: long headers pass, and every page is ours.

Nothing is needed but nginx; the site lies in an embedded database. What nginx answers by itself,
to a request that it refuses or while nobody is behind it, is in French and in the look of the site.
"""

from __future__ import annotations

import http.client
import sys
import tempfile
from pathlib import Path

from proofs.site import HOST, behind_nginx
from tests import nginx
from tests.demo_server import run
from tests.serving import serving

PREPARE = """
import django; django.setup()
from tests.factories import make_article
print(make_article().get_absolute_url())
"""
seen: list[tuple[bool, str]] = []


def main() -> None:
    if not nginx.is_here():
        sys.exit("proxy: nginx is missing: apt install nginx.")
    with tempfile.TemporaryDirectory(prefix="carevox-proxy-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        env = behind_nginx(folder)
        for command in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
            run("manage.py", *command, **env)
        article = run("-c", PREPARE, **env)
        with (
            serving(workers=1, **env) as server,
            nginx.proxied(server.port, data=folder, host=HOST) as port,
        ):
            with_site(port, article)
            server.process.terminate()
            server.process.wait(20)
            without_site(port, article)
    for holds, what in seen:
        print(f"{'seen' if holds else 'NOT SEEN'}: {what}")
    sys.exit(any(not holds for holds, _what in seen))


def with_site(port: int, article: str) -> None:
    query = "x=" + "a" * 3900
    moved = ask(port, f"{article})?{query}")
    see(moved.getheader("Location") == f"{article}?{query}", "a redirect with a query of 3.9 kB")
    cookie = "; ".join(f"other{n}={'c' * 3000}" for n in range(4))
    see(ask(port, "/", Cookie=cookie).status == 200, "12 kB of cookies of other sites")
    for path in ("/", "/static/css/site.css", "/favicon.ico", "/static/pages/panne.html"):
        answer = ask(port, path)
        strict = answer.getheader("Strict-Transport-Security", "").startswith("max-age=63072000")
        see(answer.status == 200 and strict, f"HTTPS only for {path}")
    is_page(ask(port, "/?" + "a" * 20_000), {400, 414}, "an address of 20 kB")
    is_page(ask(port, "/", Cookie="c" * 40_000), {400}, "40 kB of cookies")
    is_page(ask(port, "/", "POST", length=10**9), {413}, "a form of a gigabyte")
    many = [ask(port, "/", "POST") for _turn in range(60)]
    slower = [answer for answer in many if answer.status == 429]
    see(bool(slower) and 'lang="fr"' in text_of(slower[0]), "too many forms at once, in French")


def without_site(port: int, article: str) -> None:
    for method in ("GET", "POST"):
        answer = ask(port, article, method, place="127.9.0.1")
        is_page(answer, {503}, f"nobody behind nginx, to a {method}")
    see(ask(port, "/static/css/site.css").status == 200, "the style of that page")


def ask(
    port: int,
    path: str,
    method: str = "GET",
    length: int = 0,
    place: str = "127.0.0.1",
    **headers: str,
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, 30, source_address=(place, 0))
    told = {"Host": HOST, **headers, **({"Content-Length": str(length)} if length else {})}
    connection.request(method, path, headers=told)
    answer = connection.getresponse()
    answer.text = answer.read().decode(errors="replace")  # type: ignore[attr-defined]  # kept for later
    connection.close()
    return answer


def text_of(answer: http.client.HTTPResponse) -> str:
    return str(answer.text)  # type: ignore[attr-defined]  # from above


def is_page(answer: http.client.HTTPResponse, statuses: set[int], what: str) -> None:
    text = text_of(answer)
    in_our_look = '<html lang="fr">' in text and "/static/css/site." in text and "masthead" in text
    see(answer.status in statuses and in_our_look, f"our page for {what} ({answer.status})")
    passes = answer.getheader("Retry-After") is not None
    see(passes == (answer.status == 503), f"when to come back only from a failure of ours, {what}")


def see(holds: bool, what: str) -> None:
    seen.append((holds, what))


if __name__ == "__main__":
    main()
