"""Looking for some words gives what reading all of them gives; what a query finds is marked."""

import random
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.french import compounds, marking, words
from lib.french.compounds import clauses, phrase, wholes
from lib.french.marking import extract, found, marked
from lib.french.stems import IRREGULAR, stem
from lib.french.words import common_words, composed, lone_token, tokens

LETTERS = [
    *"aàâeéèœŒæyYsSdDlL  '’\n_.«»,…μжßKſ0123🦠\u0301²½₂",
    "vitamine ",
    "hépatite ",
    "l’",
    "yeux ",
    "hôpitaux ",
    "S.A.M.U. ",
    "1\u202f000 ",
    "B12 ",
    "500mg ",
    "vers ",
    "des vers ",
]


def random_text(seed):
    chosen = random.Random(seed)
    return composed("".join(chosen.choice(LETTERS) for _n in range(300)))


def ways(text):
    return {way for _words, ways in clauses(composed(text)) for way in ways}


@pytest.mark.parametrize("seed", range(100))
def test_wanted_words_are_found_wherever_they_are(seed):
    text = random_text(seed)
    counting = list(words.words(text))
    places = {word.start for word in counting}
    common = [word for word in common_words(text) if word.start not in places]
    everything = sorted([*counting, *common], key=lambda word: word.start)
    known = sorted({word.token for word in everything})
    for size in (1, 2, 5):
        wanted = set(random.Random(seed).sample(known, min(size, len(known))))
        expected = [word for word in everything if word.token in wanted]
        once = {(word.start, word.end): word.token for word in reversed(expected)}
        assert {
            (word.start, word.end): word.token for word in found(text, {(t,) for t in wanted})
        } == once
    assert list(found(text, set())) == []


def test_irregular_words_are_found_by_their_token():
    for word, regular in IRREGULAR.items():
        assert extract(f"Voici {word} ici.", {(stem(regular),)})


def test_letter_names_a_vitamin_only_beside_it():
    assert "<mark>D</mark>" in marked("La vitamine D", {("d",)})
    assert "<mark>" not in marked("Une vitamine n’a pas d goût", {("d",), ("a",)})
    assert [word.token for word in words.words("D", before="vitamine")] == ["d"]
    assert [word.token for word in words.words("D", before="la")] == []


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("b12", "La B 12 à 12 ans", "La <mark>B 12</mark> à 12 ans"),
        ("b12", "La B-12", "La <mark>B-12</mark>"),
        ("B-12", "La B12", "La <mark>B12</mark>"),
        ("1000 mg", "1 000 mg", "<mark>1 000</mark> <mark>mg</mark>"),
        ("1000mg", "1\u202f000 mg", "<mark>1\u202f000 mg</mark>"),
        ("SAMU", "le S.A.M.U. vient", "le <mark>S.A.M.U</mark>. vient"),
        ("weekend", "un week-end", "un <mark>week-end</mark>"),
        ("week-end", "un weekend en week-end", "un <mark>weekend</mark> en <mark>week-end</mark>"),
        ("antiinflammatoire", "un anti-inflammatoire", "un <mark>anti-inflammatoire</mark>"),
        ("test", "un auto-test", "un auto-<mark>test</mark>"),
        ("autonomie", "une auto", "une auto"),
        ("½", "1/2 ou ½", "<mark>1/2</mark> ou <mark>½</mark>"),
        ("CO2", "le CO₂", "le <mark>CO₂</mark>"),
    ],
)
def test_what_a_query_finds_is_marked(query, text, shown):
    assert marked(text, ways(query)) == shown


def test_phrase_is_marked_as_one_and_its_words_alone_are_not():
    wanted = set(phrase(ways for _words, ways in clauses("mal de dos")))
    assert wanted == {("mal", "dos")}
    shown = "<mark>maux de dos</mark>, du mal au pied"
    assert marked("maux de dos, du mal au pied", wanted) == shown


def test_lone_common_word_is_marked():
    assert marked("On va vers lui", {(lone_token("vers"),)}) == "On va <mark>vers</mark> lui"
    assert "<mark>" not in marked("On va vers lui", {("ver",)})
    assert "<mark>vers</mark>" in marked("Des vers blancs", {("ver",)})


def test_word_with_a_hyphen_is_one_word_too():
    assert {word.token for word in wholes("10-12 ans, B-12, covid-19, Week-end, SARS-CoV-2")} == {
        "weekend",
        "sarscov2",
    }


def test_tokens_have_letters_and_digits_of_ascii_only():
    for seed in range(20):
        text = random_text(seed)
        beside = [word.token for words_of in (common_words, wholes) for word in words_of(text)]
        assert all(re.fullmatch("[a-z0-9]+", token) for token in [*tokens(text), *beside])


@pytest.mark.parametrize("unit", ["a", "1 000 ", "a1", "a-", "S.", "1", "½", "vers ", "d ", "1-"])
def test_work_grows_with_the_text(unit, monkeypatch):
    """What is cut out and read as a word is counted: twice the text is twice the work."""
    counted = 0

    class Counting(str):
        __slots__ = ()

        def __getitem__(self, key):
            return count(super().__getitem__(key))

    def count(part):
        nonlocal counted
        counted += len(part)
        return part

    def work(size):
        nonlocal counted
        counted, text = 0, Counting(unit * size)
        results = [list(words.words(text)), list(common_words(text)), list(wholes(text))]
        results.append(list(found(text, {("a",), ("b", "c"), ("1000", "a"), ("ver",)})))
        return counted + sum(map(len, results))

    for module in (compounds, marking):
        original = module.whole_token
        monkeypatch.setattr(module, "whole_token", lambda part, read=original: read(count(part)))
    small = work(2_000)
    assert work(4_000) <= 2.2 * small + 100


def test_compounds_are_read_from_both_sides():
    assert ("antiinflammatoir",) in ways("anti-inflammatoires")
    assert compounds.whole_token("B-12") == ""


def test_threads_do_not_disturb_each_other():
    forms = ["respiratoire", "insomniaques", "vaccinations", "apnee", "poux", "ronflements"] * 400
    alone = [stem(form) for form in forms]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(stem, forms, chunksize=25))
    assert together == alone
