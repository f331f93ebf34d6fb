"""What a reading costs the server, and what the block costs a page.

    python -m benchmarks.readings

Each server has one worker; its CPU time is read from /proc, so that what the client takes does not
count. The bare Django view is measured in the same run: on another machine compare the ratio.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.measuring import cpu_seconds
from tests.serving import ROOT, Server, serving

CLIENTS, READINGS, ARTICLES = 4, 6_000, 200
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ENV = {
    "DJANGO_SETTINGS_MODULE": "carevox.settings",
    "SECRET_KEY": "benchmark-" * 6,
    "SITE_URL": "http://localhost",
    "LOG_LEVEL": "WARNING",
    "TRUSTED_PROXY_COUNT": "1",
}
BLOCK = """
import time
import django; django.setup()
from django.template import engines
from django.test import Client, RequestFactory
from taxonomy import sections
from articles.models import Article
from readings.recommendations import building
from readings.templatetags.readings_tags import also_viewed
building.build_lists()
article = Article.objects.published().for_page().order_by("pk")[0]
client, path = Client(SERVER_NAME="localhost"), article.get_absolute_url()
template = engines["django"].from_string("{% load readings_tags %}{% also_viewed article %}")
context, request = {"article": article, "sections": sections.tree()}, RequestFactory().get(path)
def cpu(work, times=300):
    for _n in range(30): work()
    start = time.process_time()
    for _n in range(times): work()
    return (time.process_time() - start) / times * 1e3
page, block = cpu(lambda: client.get(path)), cpu(lambda: template.render(context, request))
over = ": OVER" if block > page / 10 else ""
print(f"{'the block, of a page':22} {block:8.2f} {page:8.2f} {block / page:8.2f}   a tenth{over}")
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="carevox-benchmark-") as folder:
        env = {**ENV, "DATA_DIR": folder, "STATIC_ROOT": f"{folder}/static"}
        run = {**os.environ, **env}
        for command in (
            ["manage.py", "migrate", "-v", "0"],
            ["manage.py", "collectstatic", "-v", "0", "--no-input"],
            ["-c", SITE],
        ):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=run, check=True)
        with serving(workers=1, application="benchmarks.bare:application") as server:
            bare = cost(server)
        with serving(workers=1, **env) as server:
            reading = cost(server)
            time.sleep(3)
        report(reading, bare)
        subprocess.run([sys.executable, "-c", KEPT], cwd=ROOT, env=run, check=True)
        subprocess.run([sys.executable, "-c", BLOCK], cwd=ROOT, env=run, check=True)


def report(reading: tuple[float, float], bare: tuple[float, float]) -> None:
    (cost_us, taken), (bare_us, bare_taken) = reading, bare
    over = ": OVER" if cost_us > 1000 else ""
    slow = ": UNDER" if cost_us > 500 else ""
    print(f"{'CPU of the server':22} {'ms':>8} {'beside':>8} {'ratio':>8}   budget")
    print(
        f"{'a reading, bare view':22} {cost_us / 1e3:8.2f} {bare_us / 1e3:8.2f}"
        f" {cost_us / bare_us:8.2f}   1 ms{over}"
    )
    print(
        f"{'taken a second by a core':24} {1e6 / cost_us:6.0f} {1e6 / bare_us:8.0f}"
        f" {bare_us / cost_us:8.2f}   2000{slow}"
    )
    print(
        f"{'as these clients sent':24} {taken:6.0f} {bare_taken:8.0f} {taken / bare_taken:8.2f}",
        flush=True,
    )


KEPT = """
import django; django.setup()
from readings.models import Reading
print(f"{Reading.objects.count()} readings kept")
"""
SITE = f"""
import django; django.setup()
from demo import bulk
bulk.build(bulk.Size(articles={ARTICLES}, readers=100, comments=1000, ratings=1000), seed=1)
"""


def cost(server: Server) -> tuple[float, float]:
    """Return CPU microseconds a reading and readings a second."""
    send(server, 0, 200)
    before, start = cpu_seconds(server), time.perf_counter()
    share = READINGS // CLIENTS
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda part: send(server, part * share, share), range(CLIENTS)))
    seconds = time.perf_counter() - start
    time.sleep(3)  # what waits is written
    return (cpu_seconds(server) - before) / READINGS * 1e6, READINGS / seconds


def send(server: Server, first: int, number: int) -> None:
    """Tell that many readings, each visitor five, from networks that are all different."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for n in range(first, first + number):
        reader = n // 5
        headers = {
            "User-Agent": BROWSER,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"{11 + reader // 65536}.{reader // 256 % 256}.{reader % 256}.1",
        }
        body = f"act=read&article={1 + n * 7 % ARTICLES}&position=0"
        try:
            connection.request("POST", "/lectures/", body, headers)
            answer = connection.getresponse()
        except (http.client.HTTPException, OSError):  # a connection that the server has closed
            connection.close()
            connection.request("POST", "/lectures/", body, headers)
            answer = connection.getresponse()
        answer.read()
        if answer.status != 204:
            raise SystemExit(f"answered {answer.status}")


if __name__ == "__main__":
    main()
