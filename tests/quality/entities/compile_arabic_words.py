"""Compiles data/entities/arabic_words.txt: which Arabic place names are words or given names too.

    pip install faker==40.54.0
    python -m tests.quality.entities.compile_arabic_words ANERCorp data/entities/arabic_words.txt

From how often each stands outside of place names in a tagged corpus, one `word TAG` a line, and
from Faker's Arabic given names (MIT). Only words that the table of places has are kept,
alone or behind a letter that is written onto them.
"""

import argparse
from collections import Counter
from importlib import import_module
from pathlib import Path

from tasks.entities.gazetteers import load_gazetteers
from tasks.entities.places import NEAR
from tasks.entities.rules import CLITICS
from tasks.entities.tokenizer import key

HEADING = (
    "# Arabic spellings of places that are words (`cue`, `never` where frequent) or given names\n"
    "# (`never`), and those that mostly are places (`place`). Made by tests/quality/entities/compile_arabic_words.py from counts in a tagged\n"
    "# corpus and Faker's given names (MIT licence).\n"
)
_PROVIDERS = ("ar_AA", "ar_PS", "ar_SA", "ar_DZ")
_FREQUENT = 20  # uses as a word, from which a preposition before it tells nothing
_RARE, _LARGE = 2, 500_000  # uses as a word that say nothing of a near city of this size
_SHARE = 2  # times as often a word as a place


def main() -> None:
    """Reads the corpus and Faker's lists and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    words, places = _count(arguments.corpus)
    given = _given_names()
    single = [name for name in load_gazetteers().places.arabic.names() if " " not in name]
    lines = []
    large = [
        name
        for name in single
        if any(
            place.country_code in NEAR and place.population >= _LARGE
            for place in load_gazetteers().places.arabic.lookup(name)
        )
    ]
    unsure = [name for name in single if places[name] <= words[name]]
    for word in sorted({*single, *(letter + name for letter in CLITICS for name in unsure)}):
        is_frequent = words[word] >= _FREQUENT and words[word] > _SHARE * places[word]
        if is_frequent or (word in given and not places[word]):
            lines.append(f"{word}\tnever")
        elif words[word] > (_RARE if word in large else 0) and words[word] >= places[word]:
            lines.append(f"{word}\tcue")
        elif places[word] and word in single:
            lines.append(f"{word}\tplace")
    arguments.path.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")


def _count(corpus: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands outside of every name or in a person's, and in a place's."""
    words: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.partition(" ")
        if tag == "O" or tag.endswith("PERS"):
            words[key(word)] += 1
        elif tag.endswith("LOC"):
            places[key(word)] += 1
    return words, places


def _given_names() -> frozenset[str]:
    found: set[str] = set()
    for provider in _PROVIDERS:
        module = import_module(f"faker.providers.person.{provider}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female"):
            found.update(key(name) for name in getattr(module, attribute, ()))
    return frozenset(found)


if __name__ == "__main__":
    main()
