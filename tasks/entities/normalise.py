"""Who or what one full name is of, given the countries that its text speaks of."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.core.records import EntityType, Form, entity_id
from tasks.entities.countries import resolved
from tasks.entities.firms import core_name, without_legal_form
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.organisations import Organisation
from tasks.entities.person_names import core_parts
from tasks.entities.places import NEAR, Place
from tasks.entities.tokenizer import phrase_key, without_marks

TELLING_PARTS = 3  # name parts that no two people are likely to share
NAMESAKE_PARTS = 2
_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_GENERIC = re.compile(
    r"^(?:ministry of|.* ministry$|(?:supreme|high|criminal|constitutional|appeals) court|"
    r"court of|national assembly|house of representatives|public prosecution|civil defence|"
    r"national guard|foreign office|central bank$|shura council|coast guard|parliament$|senate$)"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who or what a name is of.

    Attributes:
        type: person, organisation or place.
        key: what its id is made from; equal for spellings that differ in form only.
        name: its canonical name.
        country_code: ISO 3166-1 alpha-2, where one applies.
        is_local: whether the name tells who is meant within its article only.
    """

    type: EntityType
    key: str
    name: str
    country_code: str | None
    is_local: bool = False


def identity_id(identity: Identity, article_id: int) -> str:
    """The id of what a name is of.

    Args:
        identity: who or what it is of.
        article_id: the story that names it.
    """
    scope = f" in {article_id}" if identity.is_local else ""
    return entity_id(identity.type, identity.key + scope)


def identify_person(
    name: str, knowledge: Gazetteers, *, home: str | None = None, office: str | None = None
) -> Identity:
    """The person of a name or of an alias.

    Three parts of a name tell who is meant, and so does an alias of the table. Of two parts there
    are namesakes, told apart by the country that they are of. One part tells nothing outside of
    its article, unless an office does of which a country has one, as with `King Hamad`.

    Args:
        name: the fullest form that the article prints.
        knowledge: the tables.
        home: the country that the article sees the person in.
        office: the person's sole office, if any.
    """
    known = knowledge.known_persons.get(knowledge.given_names.spelling(name))
    full = known or name
    parts = core_parts(full)
    key, plain = " ".join(parts) or phrase_key(full), _plain(full)
    if known or len(parts) >= TELLING_PARTS:
        return Identity(_PERSON, key, plain, None)
    if len(parts) < NAMESAKE_PARTS and office is None:
        return Identity(_PERSON, key, plain, None, is_local=True)
    where = f"{key} @{home}" if home else key
    return Identity(_PERSON, f"{office} {where}" if len(parts) == 1 else where, plain, home)


def identify_place(name: str, countries: Counter[str], knowledge: Gazetteers) -> Identity:
    """The place of a name.

    Args:
        name: as printed.
        countries: how often the text names or implies each country.
        knowledge: the tables.
    """
    gazetteer = knowledge.gazetteer
    bare = _plain(name).removesuffix(" crossing")
    places = gazetteer.every.meanings(bare) or gazetteer.arabic.meanings(bare)
    if not places:
        return Identity(_PLACE, phrase_key(bare), _plain(name), None)
    place = resolved(places, countries)
    return Identity(_PLACE, place.reference, _printable(place, bare), place.country_code)


def _printable(place: Place, printed: str) -> str:
    """A place's name as English copy prints it.

    Compiled names of cities nearby are transliterations with dots and bars, which no copy uses:
    there the printed name is better, or where that is Arabic the letters without their marks.
    """
    if place.country_code not in NEAR or place.name.isascii() or place.is_written:
        return place.name
    return printed if printed.isascii() else without_marks(place.name)


def may_need_country(name: str, knowledge: Gazetteers) -> bool:
    """Whether bodies of several countries go by a name."""
    return _is_generic(name) or len(knowledge.directory.named(name)) > 1


def identify_organisation(
    name: str, beside: str | None, countries: Counter[str], knowledge: Gazetteers
) -> Identity:
    """The organisation of a full name.

    Args:
        name: as printed.
        beside: the country that qualifies it there, where one does.
        countries: how often the text names or implies each country.
        knowledge: the tables.

    Returns:
        One of the curated organisations; else one named as printed, with its country in brackets
        where every country has a body of that name.
    """
    main = beside or (countries.most_common(1)[0][0] if countries else None)
    name = knowledge.aliases.get((_ORGANISATION, phrase_key(name)), name)
    is_generic = _is_generic(name)
    directory = knowledge.directory
    known = directory.named(name) or directory.named(core_name(name))
    if is_generic and main is None:
        known = ()
    chosen = _chosen(known, countries, beside, main if is_generic else None)
    if chosen is not None:
        key = core_name(chosen.name)
        return Identity(_ORGANISATION, key, chosen.name, chosen.country_code)
    plain = _plain(without_legal_form(name))
    place = knowledge.gazetteer.country(main) if is_generic and main else None
    if place is None:
        return Identity(_ORGANISATION, core_name(name), plain, None)
    named = f"{plain} ({place.name})"
    return Identity(_ORGANISATION, phrase_key(named), named, main)


def _chosen(
    known: Sequence[Organisation],
    countries: Counter[str],
    beside: str | None,
    main: str | None,
) -> Organisation | None:
    """Which of the organisations of one name is meant; none where a generic one is abroad."""
    if main is not None:
        return next((each for each in known if each.country_code == main), None)
    if beside is not None and len(known) > 1:
        return next((each for each in known if each.country_code in (beside, None)), None)
    return max(known, key=lambda each: countries.get(each.country_code or "", 0), default=None)


def _is_generic(name: str) -> bool:
    return _GENERIC.match(phrase_key(name)) is not None


def _plain(name: str) -> str:
    """A name on one line; capitals throughout are for headlines and datelines, not for names."""
    one_line = " ".join(name.split())
    return one_line.title() if one_line.isupper() and " " in one_line else one_line


def form_of(surface: str, identity: Identity, knowledge: Gazetteers) -> Form:
    """How a printed name stands to the canonical name of what it names.

    Args:
        surface: as printed.
        identity: what it names.
        knowledge: the tables.
    """
    if phrase_key(surface) == phrase_key(identity.name):
        return Form.EXACT
    if identity.type is EntityType.PERSON:
        return _of_person(surface, identity.name, knowledge)
    if core_name(surface) == core_name(identity.name):
        return Form.EXACT
    if _is_acronym(surface):
        return Form.ACRONYM
    if identity.type is EntityType.ORGANIZATION and _is_part(surface, identity.name):
        return Form.SHORT
    return Form.TABLE


def _of_person(surface: str, name: str, knowledge: Gazetteers) -> Form:
    parts, full = core_parts(surface), core_parts(name)
    given = knowledge.given_names
    if parts and all(any(given.agree(part, one) for one in full) for part in parts):
        return Form.SHORT if len(parts) < len(full) else Form.TRANSLITERATION
    return Form.TABLE


def _is_acronym(surface: str) -> bool:
    letters = surface.replace(".", "")
    return letters.isalnum() and letters.isupper()


@lru_cache(maxsize=16_384)
def _is_part(surface: str, name: str) -> bool:
    """Whether the words of a name stand in the full one, in their order."""
    words = iter(core_name(name).split())
    return all(word in words for word in core_name(surface).split())
