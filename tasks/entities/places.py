"""Countries, regions and cities by name, and which of several namesakes is meant."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.entities.phrase_matcher import PhraseMatcher
from tasks.entities.tokenizer import phrase_key, word_set

NEAR = word_set("AE BH DZ EG IL IQ IR JO KW LB LY MA MR OM PS QA SA SD SY TN TR YE AF AZ PK SO DJ")
# Inhabitants from which a city's name alone is taken for the city. Copy of the region names its
# own towns without a country; far towns of that size share their names with persons and words.
_SURE_NEAR = 60_000
_SURE_FAR = 400_000
ARABIC_TO = "\u0644"  # written onto a name; it takes the first letter of an article: `للدوحة`
# Countries with a namesake that copy names as often: a state, and in Arabic the city of Amman.
_NAMESAKES = frozenset(("GE", "OM"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One country, region or city."""

    # `QA` for a country (ISO 3166-1), `US-TX` for a region (ISO 3166-2), `GN290030` for a city
    # (GeoNames), `X:west bank` for what none of them has.
    reference: str
    country_code: str | None  # ISO 3166-1 alpha-2, `None` where several share it
    population: int  # 0 where unknown
    name: str  # the canonical spelling
    sure: tuple[str, ...]  # spellings that are taken for the place without any context
    spellings: tuple[str, ...]  # other Latin ones
    arabic: tuple[str, ...]
    is_written: bool  # whether its name was chosen by hand

    @property
    def is_country(self) -> bool:
        """Whether it is a country."""
        return self.reference == self.country_code

    def is_called(self, folded: str) -> bool:
        """Whether a name, folded by `phrase_key`, is its own rather than another name of it."""
        return folded == phrase_key(self.name) or (
            self.is_written and any(folded == phrase_key(name) for name in self.sure)
        )


class PlaceIndex:
    """Places, hand-written ones first, by every spelling, by the sure ones and by the Arabic ones.

    Doubtful names, which are words or people's names far more often, are not sure.
    """

    __slots__ = ("_by_reference", "_doubtful", "arabic", "every", "sure")

    def __init__(self, places: Iterable[Place], doubtful: Iterable[str]) -> None:
        known = tuple(places)
        self._doubtful = refused = frozenset(map(phrase_key, doubtful))
        self.sure = PhraseMatcher(
            (spelling, place)
            for place in known
            for spelling in place.sure
            if phrase_key(spelling) not in refused
        )
        self.every = PhraseMatcher(
            (spelling, place) for place in known for spelling in (*place.sure, *place.spellings)
        )
        self.arabic = PhraseMatcher(
            (spelling, place)
            for place in known
            for spelling in place.arabic
            if f"\u0627\u0644{spelling}" not in place.arabic  # "city" next to "the City": Medina
        )
        self._by_reference = {place.reference: place for place in reversed(known)}

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places that go by a name in either script, `لدوحة` as left of `للدوحة` included."""
        known = self.every.lookup(name) or self.arabic.lookup(name)
        is_contracted = not known and name.startswith(ARABIC_TO)
        return self.arabic.lookup(f"\u0627{name}") if is_contracted else known

    def is_doubtful(self, name: str) -> bool:
        """Whether a name is far more often a word or something else."""
        return phrase_key(name) in self._doubtful

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166-1 code."""
        return self._by_reference.get(code)

    def country_code_of(self, name: str) -> str | None:
        """The country that a name is of; `None` where it is no country's."""
        for place in self.sure.lookup(name):
            if place.is_country:
                return place.country_code
        return None


def is_sure(country_code: str, population: int) -> bool:
    """Whether a city of the compiled table is known well enough for its bare name to mean it."""
    return population >= (_SURE_NEAR if country_code in NEAR else _SURE_FAR)


def main_country(name: str, places: Sequence[Place]) -> str | None:
    """The country that a place name speaks for: its own, or that of the largest namesake."""
    if not places:
        return None
    own = phrase_key(name)
    return max(
        places,
        key=lambda place: (
            place.is_country,
            place.is_called(own),
            place.is_written,
            place.population,
        ),
    ).country_code


def disambiguate(name: str, candidates: Sequence[Place], countries: Counter[str]) -> Place:
    """Which of several namesakes a text means, by how strongly it names or implies each country.

    A country before anything else, save one whose namesake lies in a country that the text names
    more. Then the places that are called so before those with another name, which count only near
    by and in a country that the text names; then the one in the country it names most; then one
    whose name was chosen by hand, and the largest.
    """
    is_doubtful = any(place.is_country and place.reference in _NAMESAKES for place in candidates)
    own = phrase_key(name)

    def rank(place: Place) -> tuple[bool, bool, int, bool, bool, int]:
        is_supranational = place.country_code is None and place.is_called(own)  # a sea
        is_first = is_supranational or (place.is_country and not is_doubtful)
        weight = countries.get(place.country_code or "", 0)
        counts = place.is_called(own) or (place.country_code in NEAR and weight > 0)
        return is_first, counts, weight, place.is_country, place.is_written, place.population

    return max(candidates, key=rank)


def country_of_dateline(
    printed: str | None, countries: Counter[str], places: PlaceIndex
) -> str | None:
    """The country of a dateline's place, of namesakes the one that the story names most.

    `Doha, Qatar` has several parts, of which a country decides.
    """
    parts = [part.strip() for part in re.split(r"[,/()\[\]]", printed or "") if part.strip()]
    for part in parts[::-1]:
        if code := places.country_code_of(part):
            return code
    for part in parts:
        if known := places.lookup(part):
            own = [place for place in known if place.name.casefold() == part.casefold()]
            return max(
                own or known,
                key=lambda place: (
                    countries.get(place.country_code or "", 0),
                    not place.is_country,  # a dateline names a city: Amman, and not Oman
                    place.population,
                ),
            ).country_code  # fmt: skip
    return None
