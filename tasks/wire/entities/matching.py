"""Across articles: whether two persons whose names sound alike are one.

Two different people often share a name, and one person's name is often spelt in two ways; so a
likeness of names is only a reason to look for evidence. What lacks it stays apart, to be settled
by a reader. Organisations and places need none of this: their canonical names tell them apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tasks.wire.entities.identities import NAMESAKE_PARTS, TELLING_PARTS
from tasks.wire.entities.persons import (
    GivenNames,
    core_parts,
    is_given,
    parts_in_common,
    tokens_agree,
)

_COUNTRY = "country:"


class Verdict(StrEnum):
    """What is to be done with two persons."""

    SAME = "same"  # join
    MAYBE = "maybe"  # keep apart, and list for a reader to settle
    DIFFERENT = "different"  # keep apart


class Evidence(StrEnum):
    """Why two persons are one, or may be; the strongest first."""

    PARTS = "three parts of the name agree"
    ORGANISATION = "named beside the same organisation"
    COUNTRY = "named with the same country"
    SAME_NAME = "the same name, in other company"
    SAME_SOUND = "names that sound alike, in other company"


EVIDENCE = tuple(Evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a person from the articles that name them.

    Attributes:
        parts: the parts of the name, each as `GivenNames.token` gives it.
        companions: whom the person is often named with: ids of organisations in the same sentence,
            and countries as `country_companion` gives them.
    """

    parts: tuple[str, ...]
    companions: frozenset[str] = frozenset()


def country_companion(code: str) -> str:
    """A country that an article is about, as a companion of the persons it names."""
    return _COUNTRY + code


def name_parts(name: str, given: GivenNames) -> tuple[str, ...]:
    """The parts of a person's name as they are compared across articles."""
    return tuple(given.token(part) for part in core_parts(name))


def blocking_key(name: str, given: GivenNames) -> str | None:
    """What the names of two persons must share for the two to be compared at all.

    Returns:
        The sounds of the first and the last part, as in `#0|rmsn`; `None` for a name of one part,
        which never makes one person of two.
    """
    parts = core_parts(name)
    if len(parts) < NAMESAKE_PARTS:
        return None
    return f"{given.sound(parts[0])}|{given.sound(parts[-1])}"


def decide(left: Profile, right: Profile) -> tuple[Verdict, Evidence | None]:
    """Whether two persons are one, and why.

    They are when three parts of their names agree, or two parts and an organisation or a country
    named with both. Where both parts are common given names, a country is not enough.

    Args:
        left: one person.
        right: the other.

    Returns:
        The verdict, and its evidence if it is not `DIFFERENT`.
    """
    common = _parts_in_common(left.parts, right.parts)
    if common < NAMESAKE_PARTS:
        return Verdict.DIFFERENT, None
    if common >= TELLING_PARTS:
        return Verdict.SAME, Evidence.PARTS
    shared = left.companions & right.companions
    if any(not one.startswith(_COUNTRY) for one in shared):
        return Verdict.SAME, Evidence.ORGANISATION
    shorter = left.parts if len(left.parts) <= len(right.parts) else right.parts
    if shared and not all(map(is_given, shorter)):
        return Verdict.SAME, Evidence.COUNTRY
    is_same_name = left.parts == right.parts
    return Verdict.MAYBE, Evidence.SAME_NAME if is_same_name else Evidence.SAME_SOUND


def contradict(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names, each by its parts, can't be one person's."""
    return _parts_in_common(left, right) < NAMESAKE_PARTS


@lru_cache(maxsize=65_536)
def _parts_in_common(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    return parts_in_common(left, right, tokens_agree)
