"""Fifty members who rate, react and sign in, and a book of what was acknowledged to them."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from proofs.site import HOST

SECRET = "a" * 32
TURNS, PAUSE = 2, 1.0  # of a member in a scene; seconds between two of its requests
OF_NGINX = "revenez en arrière"  # its page cannot hold the text, which is still in the browser
WRONG = 14  # passwords that an attacker tries


@dataclass
class Answer:
    status: int  # 0: the connection broke, and nobody knows what became of the request
    location: str = ""
    body: str = ""
    cookies: str = ""

    @property
    def is_for_readers(self) -> bool:
        """Tell whether a person can read it: it leads on, or is a page in French."""
        return bool(300 <= self.status < 400 and self.location) or '<html lang="fr"' in self.body


@dataclass
class Member:
    """One member with an address, a session and a password of its own."""

    number: int
    author: int
    email: str
    password: str
    session: str
    port: int

    def ask(self, method: str, path: str, session: str | None = None, **sent: object) -> Answer:
        cookie = f"sessionid={self.session if session is None else session}; csrftoken={SECRET}"
        headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "Cookie": cookie,
            "X-CSRFToken": SECRET,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        place = (f"127.{self.number + 1}.0.1", 0)  # a network of its own
        connection = http.client.HTTPConnection("127.0.0.1", self.port, 60, source_address=place)
        try:
            connection.request(method, path, urlencode(sent), headers)
            answer = connection.getresponse()
            cookies = " ".join(answer.headers.get_all("Set-Cookie", []))
            location = answer.headers.get("Location", "")
            return Answer(answer.status, location, answer.read().decode(), cookies)
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()

    def sign_in(self, password: str) -> Answer:
        return self.ask("POST", "/compte/login/", "", login=self.email, password=password)


def is_signed_in(answer: Answer) -> bool:
    return bool(re.search(r"sessionid=\w", answer.cookies)) and answer.location == "/"


@dataclass
class Book:
    """What the site has acknowledged, and every answer that no person could read."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    notes: dict[tuple[int, int], list[tuple[bool, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    tried: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    signed_in: int = 0

    def write(self, what: str, answer: Answer) -> Answer:
        with self.lock:
            self.statuses[answer.status] += 1
            if not answer.is_for_readers:
                self.unreadable.append(f"{what}: {answer.status} {answer.body[:80]!r}")
        return answer


@dataclass
class Crowd:
    members: list[Member]
    articles: list[tuple[int, str]]  # id, path
    stamp: str
    book: Book = field(default_factory=Book)

    def play(self) -> None:
        """Let all members act at once, until each has had its turns."""
        with ThreadPoolExecutor(len(self.members)) as pool:
            list(pool.map(self._act, self.members))

    def _act(self, member: Member) -> None:
        chance = random.Random(member.number)
        time.sleep(chance.random() * PAUSE)
        for _turn in range(TURNS):
            article, path = chance.choice(self.articles)
            self._rate(member, article, path, chance.randint(1, 5))
            time.sleep(PAUSE)
            self._react(member, path)
            time.sleep(PAUSE)
        if member.number % 5 == 0:
            answer = self.book.write("sign in", member.sign_in(member.password))
            self.book.signed_in += is_signed_in(answer)

    def _rate(self, member: Member, article: int, path: str, value: int) -> None:
        answer = self.book.write("rate", member.ask("POST", f"{path}/note/", value=value))
        history = self.book.notes[article, member.author]
        history.append((answer.status == 303 and "login" not in answer.location, value))

    def _react(self, member: Member, path: str) -> None:
        """Write, and send the same form once more if it was not taken, as a person would."""
        text, submission = f"Réaction {uuid4()}", uuid4()
        self.book.tried.add(text)
        for _attempt in range(2):
            answer = self.book.write(
                "react",
                member.ask(
                    "POST",
                    f"{path}/reactions/",
                    text=text,
                    submission=submission,
                    opened=self.stamp,
                ),
            )
            if answer.status == 303 and "/reactions/" in answer.location:
                self.book.texts.add(text)
                return
            if answer.status == 503 and text not in answer.body and OF_NGINX not in answer.body:
                self.book.unreadable.append(
                    f"react: the text is not given back: {answer.body[:80]}"
                )
            time.sleep(PAUSE)


def stops_brute_force(member: Member) -> bool:
    """Try wrong passwords from one place, then the right one: it must not open any more."""
    for n in range(WRONG):
        member.sign_in(f"un mot de passe inventé {n}")
    return not is_signed_in(member.sign_in(member.password))
