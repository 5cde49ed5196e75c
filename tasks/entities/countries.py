"""Which countries a text is about, as far as its places and adjectives of nationality tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tasks.entities.gazetteers import Gazetteers
from tasks.entities.places import Place
from tasks.entities.tokenizer import key

_NAMESAKES = frozenset(("GE",))  # countries with a namesake that copy names as often
_CERTAIN, _LIKELY = 2, 1  # a name with namesakes abroad counts for less
_CAPITALISED = re.compile(r"([A-Z][\w'\u2019]+)(?: ([A-Z][\w'\u2019]+))?")


def spoken_of(names: Iterable[str], texts: Sequence[str], knowledge: Gazetteers) -> Counter[str]:
    """How strongly each country is named or implied.

    Args:
        names: names of places, each as often as it stands in the texts.
        texts: searched for adjectives and nouns of nationality.
        knowledge: the tables.

    Returns:
        Weights by ISO 3166-1 alpha-2 code.
    """
    counts: Counter[str] = Counter()
    for name, times in Counter(names).items():
        places = knowledge.gazetteer.every.meanings(name)
        code = country_of(places)
        if code:
            is_plain = any(place.is_country for place in places) or all(
                place.country_code == code for place in places
            )
            counts[code] += times * (_CERTAIN if is_plain else _LIKELY)
    for text in texts:
        for code in nationalities(text, knowledge):
            counts[code] += _CERTAIN
    return counts


def nationalities(text: str, knowledge: Gazetteers) -> list[str]:
    """The country of each adjective or noun of nationality in a text, in order."""
    found = []
    code_of = knowledge.demonyms.get
    for first, second in _CAPITALISED.findall(text):
        one, other = key(first), key(second)
        code = code_of(f"{one} {other}") or code_of(one) or code_of(other)
        if code:
            found.append(code)
    return found


def country_named(name: str, knowledge: Gazetteers) -> str | None:
    """The country that a name is of; `None` where it is no country's."""
    for place in knowledge.gazetteer.sure.meanings(name):
        if place.is_country:
            return place.country_code
    return None


def country_of(places: Sequence[Place]) -> str | None:
    """The country that a place name speaks for: its own, or that of the largest namesake."""
    if not places:
        return None
    return max(places, key=lambda place: (place.is_country, place.population)).country_code


def resolved(candidates: Iterable[Place], countries: Counter[str]) -> Place:
    """Which of several namesakes a text means.

    Args:
        candidates: the namesakes, at least one.
        countries: how often the text names or implies each country.

    Returns:
        A country before anything else, save one whose namesake lies in a country more spoken of;
        then the one in the country most spoken of; then the largest.
    """
    known = tuple(candidates)
    is_doubtful = any(place.is_country and place.reference in _NAMESAKES for place in known)

    def rank(place: Place) -> tuple[bool, int, bool, int]:
        spoken = countries.get(place.country_code or "", 0)
        is_first = place.is_supranational or (place.is_country and not is_doubtful)
        return is_first, spoken, place.is_country, place.population

    return max(known, key=rank)
