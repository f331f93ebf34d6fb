"""Looking for some words gives what reading all of them gives."""

import random

import pytest

from lib.french import IRREGULAR, composed, extract, marked, stem, words

LETTERS = [
    *"aàâeéèœŒæyYsSdDlL  '’\n_-.«»,…μжßKſ0123🦠\u0301",
    "vitamine ",
    "hépatite ",
    "l’",
    "yeux ",
    "hôpitaux ",
]


def random_text(seed):
    chosen = random.Random(seed)
    return composed("".join(chosen.choice(LETTERS) for _n in range(300)))


@pytest.mark.parametrize("seed", range(100))
def test_wanted_words_are_found_wherever_they_are(seed):
    text = random_text(seed)
    everything = list(words(text))
    tokens = sorted({word.token for word in everything})
    for size in (1, 2, 5):
        wanted = set(random.Random(seed).sample(tokens, min(size, len(tokens))))
        assert list(words(text, wanted=wanted)) == [
            word for word in everything if word.token in wanted
        ]
    assert list(words(text, wanted=set())) == []


def test_irregular_words_are_found_by_their_token():
    for word, regular in IRREGULAR.items():
        assert extract(f"Voici {word} ici.", {stem(regular)})


def test_letter_names_a_vitamin_only_beside_it():
    assert "<mark>D</mark>" in marked("La vitamine D", {"d"})
    assert "<mark>" not in marked("Une vitamine n’a pas d goût", {"d", "a"})
    assert [word.token for word in words("D", before="vitamine")] == ["d"]
    assert [word.token for word in words("D", before="la")] == []
