"""Readers for tests: each has an address, a network and a browser of its own."""

from datetime import datetime, time, timedelta
from unittest import mock
from urllib.parse import urlencode

from django.utils import timezone

from articles.models import Article
from readings import salt, visitors
from readings.beacon import queue
from readings.beacon.beacons import Beacon
from readings.models import AlsoViewed, Reading, Variant

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def address(number):
    """Return the address of a reader who shares the network with nobody."""
    return f"10.{number // 256 % 256}.{number % 256}.7"


def tell(client, article, act="read", *, number=1, ip=None, browser=BROWSER, position=0, **headers):
    """Tell, as reading.js does, that the article was read; return the answer."""
    fields = {"act": act, "article": getattr(article, "pk", article), "position": position}
    return send(
        client,
        fields,
        REMOTE_ADDR=ip or address(number),
        headers={"user-agent": browser, **headers},
    )


def send(client, fields, **extra):
    return client.post(
        "/lectures/", urlencode(fields), content_type="application/x-www-form-urlencoded", **extra
    )


def visit(articles, *, number, at=None, minutes_apart=1):
    """Let one reader read these articles in this order, by the same path as the view's."""
    at = at or timezone.now()
    who = hidden(f"visitor {number}", f"network {number}")
    for step, article in enumerate(articles):
        queue.queue.put(
            Beacon("read", article.pk, *who, at + timedelta(minutes=step * minutes_apart))
        )


def hidden(*texts):
    """Return these texts as today's salt hides them."""
    key = salt.current().value
    return tuple(visitors._hash(text, key) for text in texts)


def read_pairs():
    return list(
        Reading.objects.order_by("read_at", "id").values_list("visitor", "visit", "article")
    )


def shown(article, variant=Variant.CONTROL):
    return [entry.neighbour for entry in AlsoViewed.objects.shown_beside(article, variant)[:5]]


def readers_of(articles, number, *, first=100, minutes_ago=60):
    for n in range(number):
        visit(articles, number=first + n, at=timezone.now() - timedelta(minutes=minutes_ago))


def count(article):
    return Article.objects.get(pk=article.pk).readings_count


def noon(days_ago=0):
    return timezone.make_aware(
        datetime.combine(timezone.localdate() - timedelta(days=days_ago), time(12))
    )


def at(moment):
    """Set the clock of the site."""
    return mock.patch("django.utils.timezone.now", return_value=moment)
