# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Currencies by code, sign and name, in English and Arabic, and which of several is meant."""

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.entities.figures.patterns import WORDS, expand
from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.tokenizer import word_set

with (FOLDER / "currencies.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
# Every code before or behind a sum, and what it stands for; `Rs` for a rupee.
CODES = {row["code"]: row["code"] for row in _ROWS} | expand(WORDS["codes"])
COUNTRIES = {row["code"]: row["countries"].split("|") for row in _ROWS}
SIGNS = expand(WORDS["signs"])
# Codes that are also words, of these those that are so with any number, and those that number
# rooms, roads, flights and cards.
WORD_CODES, SHOUTED_CODES, LABEL_CODES = (
    word_set(WORDS["words"][name]) for name in ("word_codes", "shouted_codes", "label_codes")
)
_DOUBTFUL = word_set(WORDS["words"]["doubtful"])  # names that are words or weights far more often
_EMIRATI_FILS = 100
_MARKS = dict.fromkeys(map(chr, range(0x64B, 0x653)), None)  # Arabic vowel signs
_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "’": "'", "ـ": None} | _MARKS
)


class Unit(NamedTuple):
    """What a name of money behind a number may mean."""

    name: str  # in the singular
    by_country: Mapping[str, str]  # ISO 3166-1 alpha-2 to ISO 4217
    otherwise: str | None
    is_named: bool = False  # whether the text names the nation, or there is only one such currency
    parts: int = 1  # of it that make a unit of the currency

    @property
    def is_doubtful(self) -> bool:
        """Whether the name is a word or a weight more often than money."""
        return not self.is_named and self.name in _DOUBTFUL


def fold(words: str) -> str:
    """Words of a unit's name in one case and spelling."""
    if words.isalpha() and words.isascii():
        return words.lower()
    return " ".join(words.lower().translate(_FOLD).replace(".", "").replace("-", " ").split())


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every name of money, folded, that may stand behind a number."""
    shared, spellings = _shared_names()
    found: dict[str, Unit] = {}
    for spelling, name in spellings.items():
        printed = WORDS["shared"].get(name)
        default = (printed[0] or None) if printed else min(shared[name].values())
        found[spelling] = Unit(name, shared[name], default)
    # The names that mean one currency: those of the table with their nations, and others.
    named = {fold(row[key]): row["code"] for row in _ROWS for key in ("arabic", "plural", "name")}
    for phrase, code in {**named, **expand(WORDS["aliases"])}.items():
        found.setdefault(phrase, Unit(phrase, {}, code, is_named=" " in phrase))
    for demonym, country in load_gazetteers().demonyms.items():
        for name, by_country in shared.items():
            if country in by_country and name.isascii():
                unit = Unit(name, {}, by_country[country], is_named=True)
                found.setdefault(f"{demonym} {name}", unit)
    for parts, homes, phrases in WORDS["parts_of_units"]:
        is_one = isinstance(homes, str)
        by_country = {} if is_one else expand({key: homes[key].replace(" ", "|") for key in homes})
        for phrase in phrases.split("|"):
            default = homes if is_one else None
            found[phrase] = Unit(phrase, by_country, default, is_named=" " in phrase, parts=parts)
    return _plurals(found) | found


def _shared_names() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """The currencies of each name by country, and the name that each spelling of one word means."""
    shared: dict[str, dict[str, str]] = {}
    spellings: dict[str, str] = {}
    known = expand({name: words for name, (_, words) in WORDS["shared"].items()})
    for row in _ROWS:
        english, plural, arabic = (fold(row[key]) for key in ("name", "plural", "arabic"))
        for singular, *others in ((english.split()[-1], plural.split()[-1]), (arabic.split()[0],)):
            name = known.get(singular, singular)
            spellings |= dict.fromkeys((singular, *others), name)
            tender = dict.fromkeys(row["countries"].split("|"), row["code"])
            shared.setdefault(name, {}).update(tender)
    for name, more in WORDS["also"].items():
        shared[name] |= more
    return shared | WORDS["only"], spellings | known


def _plurals(singulars: Mapping[str, Unit]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    plurals = {name: words.split("|") for name, words in WORDS["plurals"].items()}
    for phrase, unit in singulars.items():
        first, _, rest = phrase.partition(" ")
        if phrase.isascii():
            found[f"{phrase}s"] = unit
        for plural in plurals.get(first, ()):
            found[f"{plural} {rest}".strip()] = unit
            found[f"{plural} {rest}ا"] = unit
    return found


def choose_currency(unit: Unit, countries: Sequence[str]) -> tuple[str | None, int]:
    """The currency that a unit is in a story about some countries, and its parts in the unit.

    The first of the countries counts most; the dollar is only that of the first. `None` where it
    is open.
    """
    if unit.name == "fils" or unit.name.startswith("فل"):
        first = next((one for one in countries if one in unit.by_country or one == "AE"), None)
        return ("AED", _EMIRATI_FILS) if first == "AE" else (unit.by_country.get(first or ""), 1000)
    relevant = countries[:1] if unit.name == "dollar" else countries
    found = next((unit.by_country[one] for one in relevant if one in unit.by_country), None)
    return found or unit.otherwise, unit.parts
