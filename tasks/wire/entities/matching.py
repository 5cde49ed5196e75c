"""Across articles: whether two names are of one person, organisation or place.

Two different people often share a name, and one person's name is often spelt in two ways; so a
likeness of names is only a reason to look for evidence. What lacks it stays apart, to be settled
by a person.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from tasks.wire.entities.countries import spoken_of
from tasks.wire.entities.identities import (
    Identity,
    may_need_country,
    named_organisation,
    named_person,
    named_place,
)
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.persons import core_parts, parts_in_common
from tasks.wire.entity import EntityType

_ENOUGH_PARTS = 3  # name parts in common that need no other evidence
_FEWEST_PARTS = 2  # below this, names alone never make one person of two


class Verdict(StrEnum):
    """What is to be done with two entities."""

    SAME = "same"  # merge
    MAYBE = "maybe"  # keep apart, and list for a person to settle
    DIFFERENT = "different"  # keep apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of an entity from the articles that name it.

    Attributes:
        type: person, organisation or place.
        name: its canonical name.
        organisations: canonical names of organisations named beside it.
        places: canonical names of places named beside it.
    """

    type: EntityType
    name: str
    organisations: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def blocking_key(name: str, kind: EntityType, knowledge: Knowledge) -> str:
    """What two entities must share to be compared at all.

    Returns:
        For a person the sounds of the first and the last part, as in `#0|rmsn`; for others the
        key of the identity that the name alone gives.
    """
    if kind is EntityType.PERSON:
        parts = core_parts(named_person(name, knowledge).name)
        sound = knowledge.given_names.sound
        return f"{sound(parts[0])}|{sound(parts[-1])}" if parts else ""
    return _identity(Profile(type=kind, name=name), knowledge).key


def decide(left: Profile, right: Profile, knowledge: Knowledge) -> Verdict:
    """Whether two entities of one type are one.

    Persons are one when three parts of their names agree, or two parts and an organisation or
    place named beside both, or when the alias table says so. Where both parts are common given
    names, a shared place is not enough.

    Args:
        left: one entity.
        right: the other, of the same type.
        knowledge: the tables.
    """
    one, other = _identity(left, knowledge), _identity(right, knowledge)
    if left.type is not EntityType.PERSON:
        return Verdict.SAME if one.key == other.key else Verdict.DIFFERENT
    known = knowledge.aliases.values()
    if one.key == other.key and (one.name in known and other.name in known):
        return Verdict.SAME
    parts = core_parts(one.name), core_parts(other.name)
    common = parts_in_common(*parts, knowledge.given_names)
    if common < _FEWEST_PARTS:
        return Verdict.DIFFERENT if not common else Verdict.MAYBE
    if common >= _ENOUGH_PARTS or _is_evident(left, right, min(parts, key=len), knowledge):
        return Verdict.SAME
    return Verdict.MAYBE


def _is_evident(
    left: Profile, right: Profile, parts: tuple[str, ...], knowledge: Knowledge
) -> bool:
    """Whether the company that two names keep shows one person."""
    if _shared(left.organisations, right.organisations, EntityType.ORGANIZATION, knowledge):
        return True
    are_common = all(knowledge.given_names.knows(part) for part in parts)
    return not are_common and _shared(left.places, right.places, EntityType.PLACE, knowledge)


def _shared(
    left: frozenset[str], right: frozenset[str], kind: EntityType, knowledge: Knowledge
) -> bool:
    keys = (
        {_identity(Profile(type=kind, name=name), knowledge).key for name in names}
        for names in (left, right)
    )
    return not next(keys).isdisjoint(next(keys))


def _identity(profile: Profile, knowledge: Knowledge) -> Identity:
    if profile.type is EntityType.PERSON:
        return named_person(profile.name, knowledge)
    countries = _countries(profile, knowledge)
    if profile.type is EntityType.PLACE:
        return named_place(profile.name, countries, knowledge)
    beside = None
    if may_need_country(profile.name, knowledge) and countries:
        beside = countries.most_common(1)[0][0]
    return named_organisation(profile.name, beside, countries, knowledge)


def _countries(profile: Profile, knowledge: Knowledge) -> Counter[str]:
    return spoken_of(sorted(profile.places), (), knowledge)
