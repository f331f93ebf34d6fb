"""How much a query is like what people in danger type: a net below the phrases of the cards.

Phrases cannot name every way of saying it. A linear model over the parts of words has learnt from
`data/phrasings/` what danger looks like (`learn`, run by `manage.py learn_danger`); it adds to
what the words of the cards say, or outweighs the weaker of them (`care/danger.py`).
"""

from __future__ import annotations

import base64
import json
import math
import random
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from care.phrases import split_words
from care.sounds import sound_of

DATA = Path(__file__).resolve().parent / "data"
PHRASINGS, LEARNT = DATA / "phrasings", DATA / "likeness.json"
BUCKETS = 1 << 16  # of hashed parts of words
PARTS, SOUND_PARTS = range(2, 6), range(3, 7)  # letters of a part
MOST_BETWEEN = 1  # words between the two of a pair
MOST_WORDS = 40  # of a query; longer texts are no queries
SEED, ROUNDS, RATE, DECAY = 1, 15, 0.5, 1e-5
STEPS = 127  # a weight is kept as one signed byte

Example = tuple[list[tuple[int, float]], float]  # parts with their shares; 1 danger, -1 none


@dataclass(frozen=True)
class Model:
    """weights: of each bucket; rarities: what a part counts, rare ones more; bias: of all."""

    weights: list[float]
    rarities: list[float]
    bias: float

    def score(self, text: str) -> float:
        """Return the log odds of danger: above 0 the text is more like danger than not."""
        return self.bias + sum(
            self.weights[bucket] * share for bucket, share in shares(text, self.rarities)
        )


def shares(text: str, rarities: list[float]) -> list[tuple[int, float]]:
    """Return what each part of the text counts: parts of words together 1, parts of how they sound
    1, whole words and pairs of them 1."""
    counted: dict[int, float] = {}
    for block in _blocks(text):
        size = math.sqrt(sum(rarities[bucket] ** 2 for bucket in block)) or 1.0
        for bucket in block:
            counted[bucket] = counted.get(bucket, 0.0) + rarities[bucket] / size
    return sorted(counted.items())


def _blocks(text: str) -> tuple[list[int], list[int], list[int]]:
    words = split_words(text)[:MOST_WORDS]
    sounds = [sound_of(word) for word in words]
    pairs = {
        f"{sound} + {other}"
        for place, sound in enumerate(sounds)
        for other in sounds[place + 1 : place + 2 + MOST_BETWEEN]
    }
    return (
        _hashed(_parts(words, PARTS)),
        _hashed({f"~{part}" for part in _parts(sounds, SOUND_PARTS)}),
        _hashed({f"= {sound}" for sound in sounds} | pairs),
    )


def _parts(words: list[str], sizes: range) -> set[str]:
    return {
        f" {word} "[start : start + size]
        for word in words
        for size in sizes
        for start in range(len(word) + 3 - size)
    }


def _hashed(features: set[str]) -> list[int]:
    return sorted({zlib.crc32(feature.encode()) % BUCKETS for feature in features})


def danger_phrasings() -> list[tuple[str, str]]:
    """Return (slug of the card, phrase)."""
    lines = (PHRASINGS / "danger.tsv").read_text(encoding="utf-8").splitlines()
    return [(slug, phrase) for slug, _tab, phrase in (line.partition("\t") for line in lines)]


def harmless_phrasings() -> list[str]:
    return (PHRASINGS / "harmless.txt").read_text(encoding="utf-8").splitlines()


@lru_cache(1)
def learnt() -> Model:
    """Return the model that was learnt last."""
    kept = json.loads(LEARNT.read_text(encoding="utf-8"))
    return Model(
        _unpacked(kept["weights"], kept["weight_step"]),
        _unpacked(kept["rarities"], kept["rarity_step"]),
        kept["bias"],
    )


def _unpacked(text: str, step: float) -> list[float]:
    return [(byte - 256 if byte > STEPS else byte) * step for byte in base64.b64decode(text)]


@lru_cache(1)
def _known_words() -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Return sound of a word -> cards whose phrasings have it, and how many phrasings each has."""
    cards_of: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for slug, phrase in danger_phrasings():
        sizes[slug] += 1
        for sound in {sound_of(word) for word in split_words(phrase)}:
            cards_of.setdefault(sound, Counter())[slug] += 1
    return cards_of, sizes


def likeliest_card(text: str) -> str:
    """Return the slug of the card whose phrasings share the most telling words with the text."""
    cards_of, sizes = _known_words()
    votes = dict.fromkeys(sizes, 0.0)
    for sound in {sound_of(word) for word in split_words(text)}:
        found = cards_of.get(sound, Counter())
        spread = sum(count / sizes[slug] for slug, count in found.items())
        for slug, count in found.items():
            votes[slug] += count / sizes[slug] / spread / math.sqrt(len(found))
    return max(votes, key=lambda slug: votes[slug])


def digest() -> int:
    """Return a number of the phrasings, kept with the model, which tells whether it is of them."""
    names = ("danger.tsv", "harmless.txt")
    return zlib.crc32(b"".join((PHRASINGS / name).read_bytes() for name in names))


def learn() -> None:
    """Learn from the phrasings and keep the model: logistic regression with a rate of its own for
    each weight (Duchi, Hazan and Singer 2011). Half a minute; the same phrasings give the same
    model."""
    texts = [(phrase, 1.0) for _slug, phrase in danger_phrasings()]
    texts += [(phrase, -1.0) for phrase in harmless_phrasings()]
    rarities = _rarities([text for text, _sign in texts])
    examples = [(shares(text, rarities), sign) for text, sign in texts]
    weights, bias = _fitted(examples)
    rarity_step, weight_step = max(rarities) / STEPS, max(map(abs, weights)) / STEPS
    kept = {
        "phrasings": digest(),
        "bias": round(bias, 6),
        "weight_step": weight_step,
        "rarity_step": rarity_step,
        "weights": _packed(weights, weight_step),
        "rarities": _packed(rarities, rarity_step),
    }
    LEARNT.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
    learnt.cache_clear()


def _rarities(texts: list[str]) -> list[float]:
    """Return what a part counts by how few texts have it; nothing for one that only one has."""
    counts = Counter(bucket for text in texts for block in _blocks(text) for bucket in block)
    rarities = [0.0] * BUCKETS
    for bucket, count in counts.items():
        if count > 1:
            rarities[bucket] = math.log((1 + len(texts)) / (1 + count)) + 1
    return rarities


def _fitted(examples: list[Example]) -> tuple[list[float], float]:
    weights, slopes = [0.0] * BUCKETS, [1e-6] * BUCKETS
    bias, bias_slope = 0.0, 1e-6
    dangers = sum(sign > 0 for _shares, sign in examples)
    worth = {1.0: len(examples) / 2 / dangers, -1.0: len(examples) / 2 / (len(examples) - dangers)}
    order = random.Random(SEED)  # noqa: S311  (the same order each time)
    for _round in range(ROUNDS):
        order.shuffle(examples)
        for parts, sign in examples:
            score = bias + sum(weights[bucket] * share for bucket, share in parts)
            slope = -sign * worth[sign] / (1 + math.exp(max(-30.0, min(30.0, sign * score))))
            for bucket, share in parts:
                step = slope * share + DECAY * weights[bucket]
                slopes[bucket] += step * step
                weights[bucket] -= RATE * step / math.sqrt(slopes[bucket])
            bias_slope += slope * slope
            bias -= RATE * slope / math.sqrt(bias_slope)
    return weights, bias


def _packed(numbers: list[float], step: float) -> str:
    return base64.b64encode(bytes(round(number / step) % 256 for number in numbers)).decode()
