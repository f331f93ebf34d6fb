"""Who else has the text open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editing.models import Presence
from tests.editing.test_autosaves import OTHER_TAB, send
from tests.factories import make_article, make_author


@pytest.fixture
def number(db):
    return make_article().pk


@pytest.fixture
def other(as_, db):
    return as_(make_author("Verveine", member=True, role="EDITOR"))


def test_two_editors_see_each_other(editor, other, number):
    assert send(editor, {}, number).json()["names"] == []
    assert send(other, {}, number, OTHER_TAB).json()["names"] == ["Bruno"]
    assert send(editor, {}, number).json()["names"] == ["Verveine"]


def test_own_other_tab_is_no_stranger(editor, number):
    send(editor, {}, number)
    company = send(editor, {}, number, OTHER_TAB).json()
    assert (company["names"], company["is_own_tab"]) == ([], True)


def test_who_has_left_or_is_silent_is_gone(editor, other, number):
    send(other, {}, number, OTHER_TAB)
    send(other, {"leaves": True}, number, OTHER_TAB)
    assert send(editor, {}, number).json()["names"] == []
    send(other, {}, number, OTHER_TAB)
    Presence.objects.filter(tab=OTHER_TAB).update(seen_at=timezone.now() - timedelta(minutes=1))
    assert send(editor, {}, number).json()["names"] == []


def test_take_over_is_told_to_the_other(editor, other, number):
    send(editor, {}, number)
    assert send(other, {"takes_over": True}, number, OTHER_TAB).json()["taken_by"] == ""
    assert send(editor, {}, number).json()["taken_by"] == "Verveine"
    send(editor, {"takes_over": True}, number)
    assert send(editor, {}, number).json()["taken_by"] == ""
    assert send(other, {}, number, OTHER_TAB).json()["taken_by"] == "Bruno"


def test_other_texts_are_other_company(editor, other, number):
    send(editor, {}, number)
    assert send(other, {}, make_article().pk, OTHER_TAB).json()["names"] == []
