"""A crowd writes while workers are killed.

No acknowledged write is lost or doubled, and every counter is right.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from articles.models import Rating
from authors.models import Author, User
from authors.roles import grant_role
from comments.models import Comment
from lib.web.honeypot import stamp
from tests.factories import make_article, make_author
from tests.serving import database_url, serving

CLIENTS, ROUNDS, SECRET = 200, 3, "a" * 32


class Member:
    """One member with a cookie and an address of its own."""

    def __init__(self, number: int, author: Author, session: str, server) -> None:
        self.number, self.author, self.server = number, author, server
        cookies = f"{django_settings.SESSION_COOKIE_NAME}={session}; csrftoken={SECRET}"
        self.headers = {
            "Cookie": cookies,
            "X-CSRFToken": SECRET,
            "X-Forwarded-For": f"10.{number // 250}.{number % 250}.1",
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": "localhost",
            "Origin": "http://localhost",
        }
        self.chance = random.Random(number)

    def post(self, path: str, **fields: object) -> tuple[int, str]:
        """Return status and the address led to.

        Status 0 when the connection broke: written or not, nobody knows.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request("POST", path, urlencode(fields), self.headers)
            response = connection.getresponse()
            response.read()
            return response.status, response.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            return 0, ""
        finally:
            connection.close()


class Book:
    """What the server has acknowledged."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.notes: dict[tuple[int, int], list[tuple[bool, int | None]]] = defaultdict(list)
        self.texts: list[str] = []
        self.tried: set[str] = set()
        self.hidden: set[int] = set()
        self.statuses: Counter[int] = Counter()


@pytest.fixture
def crowd(transactional_db):
    articles = [make_article(author=make_author(f"Plume {n}", role="WRITER")) for n in range(4)]
    users = User.objects.bulk_create(
        [User(email=f"m{n}@example.org", password="!") for n in range(CLIENTS)]
    )
    authors = Author.objects.bulk_create(
        [
            Author(
                user=user, pseudonym=f"Membre {n}", pseudonym_key=f"membre{n}", slug=f"membre-{n}"
            )
            for n, user in enumerate(users)
        ]
    )
    sessions = []
    for author in authors:
        session = SessionStore()
        session["_auth_user_id"], session["_auth_user_backend"] = (
            str(author.user_id),
            "allauth.account.auth_backends.AuthenticationBackend",
        )
        session["_auth_user_hash"] = author.user.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    for author in authors[::10]:
        grant_role(author, "MODERATOR")
    return articles, authors, sessions


def act(member: Member, articles, book: Book, killer: "Killer") -> None:
    for turn in range(ROUNDS):
        article = articles[(member.number + turn) % len(articles)]
        rate(member, article, book)
        react(member, article, book)
        if member.number % 10 == 0:
            hide(member, book)
        killer.step()


def rate(member: Member, article, book: Book) -> None:
    for value in (member.chance.randint(1, 5), member.chance.randint(1, 5), None):
        if value is None and member.number % 2:
            return
        fields = {"withdraw": "1"} if value is None else {"value": value}
        status, _address = member.post(f"{article.get_absolute_url()}/note/", **fields)
        book.notes[article.pk, member.author.pk].append((status == 303, value))
        book.statuses[status] += 1


def react(member: Member, article, book: Book) -> None:
    """Write, and send the same form again until it is acknowledged, as a person would."""
    text, submission = f"Réaction {uuid4()}", uuid4()
    book.tried.add(text)
    for _attempt in range(5):
        status, _address = member.post(
            f"{article.get_absolute_url()}/reactions/",
            text=text,
            submission=submission,
            opened=stamp(),
        )
        book.statuses[status] += 1
        if status == 303:
            book.texts.append(text)
            break
    if member.number % 3 == 0:
        member.post(
            f"{article.get_absolute_url()}/reactions/",
            text=text,
            submission=submission,
            opened=stamp(),
        )


def hide(member: Member, book: Book) -> None:
    connection.close()
    chosen = Comment.objects.visible().order_by("?").values_list("pk", flat=True).first()
    connection.close()
    if chosen is None:
        return
    status, _address = member.post(
        "/admin/comments/comment/",
        action="hide_selected",
        _selected_action=chosen,
        apply="1",
        reason="INSULT",
        explanation="",
    )
    book.statuses[status] += 1
    if status == 302:
        book.hidden.add(chosen)


class Killer:
    """Kills a worker at a third and at two thirds of the work."""

    def __init__(self, server, steps: int) -> None:
        self.server, self.due, self.done, self.killed, self.lock = (
            server,
            [steps // 3, 2 * steps // 3],
            0,
            [],
            threading.Lock(),
        )

    def step(self) -> None:
        with self.lock:
            self.done += 1
            if self.due and self.done >= self.due[0]:
                self.due.pop(0)
                self.killed.append(self.server.kill_one())


def test_crowd_writes_while_workers_die(crowd, settings):
    articles, authors, sessions = crowd
    env = {
        "DJANGO_SETTINGS_MODULE": "tests.crowd_settings",
        "DATABASE_URL": database_url(connection.settings_dict),
    }
    connection.close()
    book = Book()
    with serving(workers=2, **env) as server:
        members = [
            Member(n, author, session, server)
            for n, (author, session) in enumerate(zip(authors, sessions, strict=True))
        ]
        killer = Killer(server, CLIENTS * ROUNDS)
        with ThreadPoolExecutor(CLIENTS) as pool:
            for future in [pool.submit(act, member, articles, book, killer) for member in members]:
                future.result()
    print(dict(book.statuses), len(book.hidden), "hidden; killed", killer.killed)  # noqa: T201  shown with -s
    assert len(killer.killed) == 2
    assert book.statuses[303] > CLIENTS * ROUNDS * 2
    assert set(book.statuses) <= {0, 303, 302}, book.statuses

    written = Counter(Comment.objects.values_list("text", flat=True))
    assert set(book.texts) <= set(written)
    assert max(written.values()) == 1
    assert set(written) <= book.tried
    for (article, reader), history in book.notes.items():
        last = max(
            (n for n, (acknowledged, _value) in enumerate(history) if acknowledged), default=-1
        )
        possible = (
            {value for n, (_acknowledged, value) in enumerate(history) if n >= last}
            if last >= 0
            else {None, *(value for _ack, value in history)}
        )
        row = Rating.objects.filter(article=article, reader=reader).values_list("value", flat=True)
        assert len(row) <= 1
        assert (row[0] if row else None) in possible
    hidden = set(Comment.objects.exclude(state=Comment.State.VISIBLE).values_list("pk", flat=True))
    assert book.hidden
    assert book.hidden <= hidden

    out = StringIO()
    call_command("recount", "--check", stdout=out)
    assert re.search(r"recount: 0 difference", out.getvalue()), out.getvalue()
