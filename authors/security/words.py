"""The words that guessers try first: those of French, and passwords that leaked.

`data/french_words.txt.gz` holds the French ones with their ranks; `data/README.md` says where they
come from and by which command they were made.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import tarfile
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

from lib.text import fold

FRENCH = Path(__file__).parent / "data" / "french_words.txt.gz"
BY_FREQUENCY, BY_NAME = ("commonWords", "wikipedia"), ("firstnames", "lastnames")
SPARED = 0.5  # digits that a listed word saves a guesser at least, against trying all letters


@cache
def costs() -> dict[str, float]:
    """Return for each folded word how many digits the number of guesses has that lead to it."""
    ranks = {key_of(word): rank for rank, word in enumerate(_leaked(), start=1)}
    for line in gzip.decompress(FRENCH.read_bytes()).decode().splitlines():
        word, rank = line.split()
        ranks[word] = min(int(rank), ranks.get(word, int(rank)))
    return {word: math.log10(rank) for word, rank in ranks.items() if word}


def key_of(word: str) -> str:
    """Return the word as it is looked for: letters and digits alone, without case or accents."""
    return "".join(sign for sign in fold(word) if sign.isalnum())


def _leaked() -> list[str]:
    path = CommonPasswordValidator().DEFAULT_PASSWORD_LIST_PATH
    return gzip.decompress(Path(path).read_bytes()).decode().split()


def ranked(package: Path) -> dict[str, int]:
    """Return the words of the npm package with their ranks; names are in no order, all last."""
    ranks: dict[str, int] = {}
    with tarfile.open(package) as files:
        for name in (*BY_FREQUENCY, *BY_NAME):
            words = json.load(files.extractfile(f"package/src/{name}.json"))  # type: ignore[arg-type]  # a file
            for place, word in enumerate(words, start=1):
                rank = place if name in BY_FREQUENCY else len(words)
                ranks[key_of(word)] = min(rank, ranks.get(key_of(word), rank))
    return {word: rank for word, rank in ranks.items() if len(word) > math.log10(rank) + SPARED}


def main(package: str) -> None:
    ranks = ranked(Path(package))
    lines = sorted(f"{word} {rank}\n" for word, rank in ranks.items())
    FRENCH.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    sys.stdout.write(f"{len(lines)} words in {FRENCH.name}\n")


if __name__ == "__main__":
    main(sys.argv[1])
