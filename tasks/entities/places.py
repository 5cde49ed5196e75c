"""Countries, regions and cities by name, and which of several namesakes is meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.entities.phrase_matcher import PhraseMatcher
from tasks.entities.tokenizer import phrase_key, word_set

NEAR = word_set("AE BH DZ EG IL IQ IR JO KW LB LY MA MR OM PS QA SA SD SY TN TR YE AF AZ PK SO DJ")
_SURE_NEAR = 60_000  # inhabitants from which a city's name alone is taken for the city
_SURE_FAR = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One country, region or city.

    Attributes:
        reference: `QA` for a country (ISO 3166-1), `US-TX` for a region (ISO 3166-2), `GN290030`
            for a city (GeoNames), `X:west bank` for what none of them has.
        country_code: ISO 3166-1 alpha-2, `None` where several share it.
        population: inhabitants, 0 where unknown.
        name: the spelling it goes by here.
        sure: spellings that are taken for the place without any context.
        spellings: other Latin spellings.
        arabic: Arabic spellings.
        is_written: whether its name was chosen by hand.
    """

    reference: str
    country_code: str | None
    population: int
    name: str
    sure: tuple[str, ...]
    spellings: tuple[str, ...]
    arabic: tuple[str, ...]
    is_written: bool

    @property
    def is_country(self) -> bool:
        """Whether it is a country."""
        return self.reference == self.country_code

    @property
    def is_supranational(self) -> bool:
        """Whether it is a sea, a continent or a region of several countries."""
        return self.country_code is None


class PlaceIndex:
    """Places by name.

    Args:
        places: every place, hand-written ones first.
        doubtful: names that are ordinary words or people's names far more often than places.
    """

    __slots__ = ("_by_reference", "arabic", "every", "sure")

    def __init__(self, places: Iterable[Place], doubtful: Iterable[str]) -> None:
        known = tuple(places)
        refused = frozenset(map(phrase_key, doubtful))
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
            (spelling, place) for place in known for spelling in place.arabic
        )
        self._by_reference = {place.reference: place for place in reversed(known)}

    def country(self, code: str) -> Place | None:
        """The country of a code."""
        return self._by_reference.get(code)


def is_sure(country_code: str, population: int, *, is_country: bool) -> bool:
    """Whether a compiled place is known well enough for its bare name to mean it."""
    least = _SURE_NEAR if country_code in NEAR else _SURE_FAR
    return is_country or population >= least
