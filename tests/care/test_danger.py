"""What people type in danger, and what only sounds like it.

`care/data/phrasings/` was read while the rules grew and the model learnt; the lists in
`phrasings/` here were written by people who had seen neither, and opened once each
(docs/decisions/0018-care-cards.md).
"""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care import likeness
from care.danger import called_up
from care.models import CareCard
from care.phrases import Vocabulary, read_lines, split_words, unglued
from care.reading import small_words
from care.sounds import is_one_slip_away, sound_of
from care.starters import FRANCE

HELD = Path(__file__).with_name("phrasings")
MOST_SHOWN = 0.05  # of the harmless neighbours
CARDS = sorted(
    (CareCard(**fields) for fields in tomllib.loads(FRANCE.read_text("utf-8"))["cards"]),
    key=lambda card: card.position,
)


def held(name):
    rows = (HELD / f"{name}_held.tsv").read_text(encoding="utf-8").splitlines()
    return [row.split("\t")[1] for row in rows]


DANGER = {
    "learnt": [phrase for _slug, phrase in likeness.danger_phrasings()],
    "held": held("danger"),
}
HARMLESS = {"learnt": likeness.harmless_phrasings(), "held": held("neighbours")}


def urgent(text):
    return {
        called.card.slug for called in called_up(text, CARDS, is_query=True) if not called.is_calm
    }


def calm(text):
    return {called.card.slug for called in called_up(text, CARDS, is_query=True) if called.is_calm}


@pytest.mark.parametrize("name", DANGER)
@pytest.mark.untraced
def test_whoever_is_in_danger_is_told_whom_to_call(name):
    assert len(DANGER[name]) >= 150
    assert [text for text in DANGER[name] if not urgent(text)] == []


@pytest.mark.parametrize("name", HARMLESS)
@pytest.mark.untraced
def test_nobody_else_is_frightened(name):
    found = HARMLESS[name]
    assert len(found) >= 150
    shown = [text for text in found if urgent(text)]
    assert len(shown) <= MOST_SHOWN * len(found), shown


def test_words_that_ask_how_to_die_are_guarded():
    guarded = {card.slug for card in CARDS if card.is_guarded}
    asked = [text for slug, text in likeness.danger_phrasings() if slug in guarded]
    assert sum(bool(urgent(text) & guarded) for text in asked) > 0.9 * len(asked)


def test_the_model_is_of_these_phrasings():
    kept = json.loads(likeness.LEARNT.read_text(encoding="utf-8"))
    assert kept["phrasings"] == likeness.digest(), "run manage.py learn_danger"


def test_learning_tells_danger_from_the_rest(tmp_path, monkeypatch):
    (tmp_path / "danger.tsv").write_text("a\tau secours vite\nb\tvite au secours\n" * 3)
    (tmp_path / "harmless.txt").write_text("recette de soupe\nsoupe de saison\n" * 3)
    monkeypatch.setattr(likeness, "PHRASINGS", tmp_path)
    monkeypatch.setattr(likeness, "LEARNT", tmp_path / "likeness.json")
    likeness.learn()
    learnt = likeness.learnt()
    likeness.learnt.cache_clear()
    assert learnt.score("secours") > 0 > learnt.score("la soupe")


def test_the_model_alone_never_outweighs_a_harmless_phrase():
    card = CareCard(slug="suicide", title="T", urgent_numbers="15", harmless_words="plus etre la")
    assert called_up("je veux plus être là", [card], is_query=True) == []
    card.harmless_words = ""
    assert called_up("je veux plus être là", [card], is_query=True)
    assert called_up("je veux plus être là", [card]) == []  # a text is no query


def test_a_subject_frightens_only_where_the_rest_is_like_danger():
    card = CareCard(
        slug="suicide",
        title="T",
        urgent_numbers="15",
        know_text="C",
        explicit_words="mourir",
        subject_words="corde",
    )

    def is_calm(text):
        return [called.is_calm for called in called_up(text, [card], is_query=True)]

    assert is_calm("corde à sauter au collège en sport") == [True]
    assert is_calm("j'ai préparé la corde je veux plus vivre") == [False]
    assert is_calm("mourir de rire au balcon") == [False]  # what editors call explicit always shows


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("aide à mourir : la loi", "fin-de-vie"),
        ("prévention du suicide", "suicide"),
        ("dépression", "depression"),
        ("arrêter de boire", "addictions"),
        ("ivg délai", "contraception-ivg"),
    ],
)
def test_a_subject_shows_its_calm_card(text, slug):
    assert urgent(text) == set()
    assert slug in calm(text)


def test_words_are_read_as_they_sound_glued_and_parted():
    assert sound_of("mourire") == sound_of("mourrir") == sound_of("mourir")
    assert urgent("jveumourir") == urgent("je veu mou rir") == {"suicide"}
    assert is_one_slip_away("suicide", "suiicde")
    assert not is_one_slip_away("suicide", "suicidaire")


def test_lines_are_read_by_their_signs():
    families = {"bebe": "bebe/nourrisson"}
    [phrase] = read_lines("@bébé fièvre + 38-43 !jours", families)
    (baby, _fever), (degrees, days) = phrase
    assert baby.entries == {"bebe", "nourrisson"}
    assert degrees.entries == {"38-43"}
    assert days.is_barred
    for broken in ("@personne mourir", "!mourir", "mourir + "):
        with pytest.raises(ValueError, match=r"."):
            read_lines(broken, families)


def test_numbers_are_read_in_any_notation():
    assert split_words("38°5, 39,2 et 40 °C") == ["38.5", "39.2", "et", "40", "c"]


def test_a_word_of_its_own_is_not_taken_apart():
    vocabulary = Vocabulary(frozenset({"mourir"}), frozenset({"demourir"}))
    assert unglued("demourir", vocabulary, small_words()) == []
    assert unglued("jeveuxmourir", vocabulary, frozenset({"veux", "je"})) == [
        "je",
        "veux",
        "mourir",
    ]


@given(st.text(max_size=300))
def test_any_text_whatever_is_read(text):
    called_up(text, CARDS)


def test_a_text_twice_as_long_costs_twice_as_much(monkeypatch):
    """A word costs the same wherever it stands."""
    read = []
    whole = Vocabulary.read
    monkeypatch.setattr(
        Vocabulary, "read", lambda self, word: read.append(word) or whole(self, word)
    )
    called_up("mal au genou depuis hier " * 40, CARDS)
    once = len(read)
    read.clear()
    called_up("mal au genou depuis hier " * 80, CARDS)
    assert once < len(read) <= 2 * once
    read.clear()
    called_up("mal au genou depuis hier " * 4000, CARDS)
    assert len(read) <= 2500  # the rest is not read
