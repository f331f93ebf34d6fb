"""A member at a browser without JavaScript: forms are fetched, filled in and sent."""

from __future__ import annotations

import re
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

PASSWORD = "une phrase assez longue"
LONGEST = 90  # seconds that a page is waited for
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Member:
    """`seconds` holds how long each answer to a form took."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seconds: list[float] = []
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def sign_up(self, pseudonym: str, email: str) -> None:
        fields = {"pseudonym": pseudonym, "email": email, "password1": PASSWORD, "charter": "on"}
        self._send("/compte/signup/", "Confirmez votre adresse", **fields)

    def sign_in(self, email: str) -> None:
        self._send("/compte/login/", "Mon compte", login=email, password=PASSWORD)

    def forget_password(self, email: str) -> None:
        self._send("/compte/password/reset/", "Regardez vos e-mails", email=email)

    def change_address(self, email: str) -> None:
        once_more = "/compte/reauthenticate/?next=/compte/email/"
        self._send(once_more, "Changer d’adresse", password=PASSWORD)
        self._send("/compte/email/", "attend votre confirmation", email=email, action_add="")

    def _send(self, path: str, expected: str, **fields: str) -> None:
        with self._opener.open(self.url + path, timeout=LONGEST) as page:
            hidden = dict(HIDDEN.findall(page.read().decode()))
        data = urlencode({**hidden, **fields}).encode()
        began = time.monotonic()
        with self._opener.open(self.url + path, data, timeout=LONGEST) as answer:
            text = answer.read().decode()
        self.seconds.append(time.monotonic() - began)
        if expected not in text:
            raise SystemExit(f"{path} did not say « {expected} » but: {text[:300]}")
