"""Passwords that are guessed soon are refused with what to do instead; good ones are not."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from authors.models import Author, User
from authors.security import passwords, words
from authors.security.guesses import LONGEST, digits_of_guesses
from tests.authors.test_accounts import signup
from tests.factories import PASSWORD

DIGITS, KEYS, COMMON, OWN, SHORT = (
    "chiffres",
    "clavier",
    "courants",
    "ressemble à votre pseudonyme",
    "12 caract",
)
REFUSED = [
    ("123456789012", DIGITS),
    ("384720573391", DIGITS),
    ("12.04.1985 12:30", DIGITS),
    ("٣٨٤٧٢٠٥٧٣٣٩١", DIGITS),
    ("?!?!-?!?!-?!", DIGITS),
    ("aaaaaaaaaaaa", KEYS),
    ("AAAAaaaaAAAA", KEYS),
    ("abcabcabcabc", KEYS),
    ("abcdefghijkl", KEYS),
    ("azertyuiop12", KEYS),
    ("AZERTYUIOP!!", KEYS),
    ("poiuytreza12", KEYS),
    ("qsdfghjklm34", KEYS),
    ("qwertyuiop12", KEYS),
    ("1qaz2wsx3edc", KEYS),
    ("1aqw2zsx3edc", KEYS),
    ("abababcdcdcd", KEYS),
    ("z-z-z-z-z-z-z-z-z", KEYS),
    ("a" * 500, KEYS),
    ("motdepasse12", COMMON),
    ("MotDePasse!!2024", COMMON),
    ("mot de passe", COMMON),
    ("m0td3p4sse!!", COMMON),
    ("essapedtom12", COMMON),
    ("12motdepasse", COMMON),
    ("password1234", COMMON),
    ("bonjourbonjour12", COMMON),
    ("jean-marie1985", COMMON),
    ("Élisabeth1960", COMMON),
    ("marseille13000", COMMON),
    ("noel25122024", COMMON),
    ("loulou20101225", KEYS),
    ("soleil soleil soleil", KEYS),
    ("je t’aime toi", COMMON),
    ("carevox-2026!", OWN),
    ("court", SHORT),
]
TAKEN = [
    PASSWORD,
    "une phrase bien longue",
    "une autre phrase longue",
    "cheval pile agrafe correct",
    "trois petits chats",
    "xk7Qp2!vR9zL",
    "пароль длинный и новый",
    "蝴蝶在花园里飞来飞去很美",
    "Doliprane & camomille",
    "a1" * 4 + "kz93ßwq0!",
]


def said(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(("password", "why"), REFUSED)
def test_guessed_passwords_are_refused_with_one_reason(password, why):
    messages = said(password)
    assert any(why in message for message in messages), messages
    assert len(messages) == 1 + (why == SHORT and len(password) < 8)


@pytest.mark.parametrize("password", TAKEN)
def test_good_passwords_are_taken(password):
    assert said(password) == []


@pytest.mark.parametrize(
    "password",
    [
        "JeanneRoux-1234",
        "roux.jeanne.jeanne",
        "j3anne.r0ux!2024",
        "jeanneroux@exemple",
        "rouxrouxroux",
    ],
)
def test_password_is_not_one_s_own_address(password):
    assert said(password, User(email="jeanne.roux@exemple.org"))


@pytest.mark.parametrize(
    ("pseudonym", "password"),
    [
        ("Zorglub le Grand", "zorglub.2024!"),
        ("Dr Klørfâx", "KLORFAX-klorfax-1"),
        ("蝴蝶飞舞花园", "蝴蝶飞舞花园 2024 xy"),
    ],
)
def test_password_is_not_one_s_own_pseudonym(client, db, pseudonym, password):
    answer = client.post("/compte/signup/", signup(pseudonym=pseudonym, password1=password))
    assert answer.status_code == 422
    assert OWN in answer.content.decode()
    assert not User.objects.exists()


def test_member_is_told_too(as_, chloe):
    author = Author.objects.get()
    author.pseudonym = "Zorglub"
    author.save()
    answer = as_(chloe).post(
        "/compte/password/change/",
        {"oldpassword": PASSWORD, "password1": "zorglub-2024!", "password2": "zorglub-2024!"},
    )
    assert OWN in answer.content.decode()


def test_each_leaked_and_each_french_word_is_refused_with_digits_after_it():
    costs = words.costs()
    some = random.Random(7).sample(sorted(word for word in costs if 4 <= len(word) <= 14), 300)
    for word in some:
        assert digits_of_guesses(f"{word.title()}2024!", costs.get) < passwords.ENOUGH, word


@given(st.text(st.characters(codec="utf-8"), max_size=80))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_has_an_answer(password):
    assert all(message.endswith(".") for message in said(password))
    digits = digits_of_guesses(password)
    assert 0 <= digits <= LONGEST
    assert digits_of_guesses(password, words.costs().get) <= digits


def test_worst_repetitions_take_no_longer_than_a_long_word():
    """A string holds at most twice its length of different repetitions: no more parts are read."""
    read = []
    digits_of_guesses("abaababaabaab" * 5, lambda word: read.append(word))
    assert len(read) < 60_000


def test_list_is_made_anew_by_its_command(tmp_path, capsys, monkeypatch):
    package, made = tmp_path / "package.tgz", tmp_path / "words.txt.gz"
    with tarfile.open(package, "w:gz") as files:
        for name, held in {
            "commonWords": ["de", "l'", "Été", "ete", "bonjour"],
            "wikipedia": ["bonjour", "œdème"],
            "firstnames": ["zoé", "abel"],
            "lastnames": ["martin"],
        }.items():
            file = tarfile.TarInfo(f"package/src/{name}.json")
            data = json.dumps(held).encode()
            file.size = len(data)
            files.addfile(file, io.BytesIO(data))
    monkeypatch.setattr(words, "FRENCH", made)
    words.main(str(package))
    assert gzip.decompress(made.read_bytes()).decode().split("\n") == [
        "abel 2",
        "bonjour 1",
        "de 1",
        "ete 3",
        "l 2",
        "martin 1",
        "oedeme 2",
        "zoe 2",
        "",
    ]
    assert "8 words" in capsys.readouterr().out
