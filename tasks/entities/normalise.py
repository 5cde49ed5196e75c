"""Normalises a full name to an identity, given the countries that its text names."""

import re
from collections import Counter
from dataclasses import dataclass

from tasks.core.records import EntityType, Form, entity_id
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.organisations import core_name, without_legal_form
from tasks.entities.person_names import core_parts, initials
from tasks.entities.places import NEAR, disambiguate
from tasks.entities.tokenizer import phrase_key, without_marks

TELLING_PARTS = 3  # name parts that no two people are likely to share
NAMESAKE_PARTS = 2
_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_GENERIC = re.compile(
    r"^(?:ministry of|.* ministry$|(?:supreme|high|criminal|constitutional|appeals) court|"
    r"court of|national assembly|house of representatives|public prosecution|civil defence|"
    r"national guard|foreign office|central bank$|shura council|coast guard|parliament$|senate$)"
)
_MINISTRY = re.compile(r"(?!Prime)([A-Z].+) Ministry")
_PORTFOLIOS = {"Foreign": "Foreign Affairs", "Defense": "Defence", "Labor": "Labour"}


@dataclass(frozen=True, slots=True)
class Identity:
    """The person, organisation or place that a name stands for."""

    type: EntityType
    key: str  # what its id is made from; equal for spellings that differ in form only
    name: str  # the canonical one
    country_code: str | None  # ISO 3166-1 alpha-2, where one applies
    is_local: bool = False  # whether the name says who is meant within its article only

    def id_in(self, article_id: int) -> str:
        """The entity's id, in the story that names it."""
        scope = f" in {article_id}" if self.is_local else ""
        return entity_id(self.type, self.key + scope)


def identify_person(
    name: str, gazetteers: Gazetteers, *, home: str | None = None, office: str | None = None
) -> Identity:
    """The person of a name, in the fullest form that the article prints, or of an alias.

    Three parts of a name identify a person, and so does an alias of the table. Names of two parts
    have namesakes: the country that the article places the person in separates them. One part
    identifies nobody outside of its article, unless the person holds an office of which a country
    has only one, as with `King Hamad`.
    """
    known = gazetteers.known_persons.get(gazetteers.given_names.spelling(name))
    full = known or name
    parts = core_parts(full)
    key, plain = " ".join(parts) or phrase_key(full), _plain(full)
    if known or len(parts) >= TELLING_PARTS:
        return Identity(_PERSON, key, plain, None)
    if len(parts) < NAMESAKE_PARTS and office is None:
        letters = f"{initials(full)} {key}".strip()
        return Identity(_PERSON, letters, plain, None, is_local=True)
    where = f"{key} @{home}" if home else key
    return Identity(_PERSON, f"{office} {where}" if len(parts) == 1 else where, plain, home)


def identify_place(name: str, countries: Counter[str], gazetteers: Gazetteers) -> Identity:
    """The place of a printed name, in a text that names or implies some countries."""
    bare = _plain(name).removesuffix(" crossing")
    places = gazetteers.places.lookup(bare)
    if not places:
        return Identity(_PLACE, phrase_key(bare), _plain(name), None)
    place = disambiguate(bare, places, countries)
    canonical = place.name
    if place.country_code in NEAR and not (place.name.isascii() or place.is_written):
        # Compiled names of cities nearby are transliterations with dots and bars, which no English
        # copy uses: the printed name is better, or where that is Arabic the letters without them.
        canonical = bare if bare.isascii() else without_marks(place.name)
    return Identity(_PLACE, place.reference, canonical, place.country_code)


def may_need_country(name: str, gazetteers: Gazetteers) -> bool:
    """Whether bodies of several countries go by a name."""
    return _is_generic(name) or len(gazetteers.organisations.lookup(name)) > 1


def identify_organisation(
    name: str, qualifier: str | None, countries: Counter[str], gazetteers: Gazetteers
) -> Identity:
    """The organisation of a full name as printed, in a text that names or implies some countries.

    One of the curated organisations, chosen by the country that qualifies the name where one does;
    else one named as printed, with its country in brackets where every country has such a body.
    """
    main = qualifier or (countries.most_common(1)[0][0] if countries else None)
    name = gazetteers.aliases.get((_ORGANISATION, phrase_key(name)), name)
    is_generic = _is_generic(name)
    known = gazetteers.organisations.lookup(name) or gazetteers.organisations.lookup(
        core_name(name)
    )
    if is_generic:
        chosen = next((one for one in known if main and one.country_code == main), None)
    elif qualifier is not None and len(known) > 1:
        chosen = next((one for one in known if one.country_code in (qualifier, None)), None)
    else:
        chosen = max(known, key=lambda one: countries[one.country_code or ""], default=None)
    if chosen is not None:
        key = core_name(chosen.name)
        return Identity(_ORGANISATION, key, chosen.name, chosen.country_code)
    plain = _plain(without_legal_form(name))
    if match := _MINISTRY.fullmatch(plain):
        portfolio = match[1]
        plain = name = f"Ministry of {_PORTFOLIOS.get(portfolio, portfolio)}"
    country = gazetteers.places.country(main) if is_generic and main else None
    if country is None:
        return Identity(_ORGANISATION, core_name(name), plain, None)
    qualified = f"{plain} ({country.name})"
    return Identity(_ORGANISATION, phrase_key(qualified), qualified, main)


def _is_generic(name: str) -> bool:
    return _GENERIC.match(phrase_key(name)) is not None


def _plain(name: str) -> str:
    """A name on one line; capitals throughout are for headlines and datelines, not for names."""
    one_line = " ".join(name.split())
    return one_line.title() if one_line.isupper() and " " in one_line else one_line


def surface_form(  # noqa: PLR0911 - one line a form
    surface: str, identity: Identity, gazetteers: Gazetteers
) -> Form:
    """How a printed name is related to the canonical name."""
    if phrase_key(surface) == phrase_key(identity.name):
        return Form.EXACT
    if identity.type is _PERSON:
        parts, full = core_parts(surface), core_parts(identity.name)
        agree = gazetteers.given_names.agree
        if parts and all(any(agree(part, one) for one in full) for part in parts):
            return Form.SHORT if len(parts) < len(full) else Form.TRANSLITERATION
        return Form.TABLE
    if core_name(surface) == core_name(identity.name):
        return Form.EXACT
    letters = surface.replace(".", "")
    if letters.isalnum() and letters.isupper():
        return Form.ACRONYM
    if identity.type is _ORGANISATION:
        words = iter(core_name(identity.name).split())  # used up one by one, so that order counts
        if all(word in words for word in core_name(surface).split()):
            return Form.SHORT
    return Form.TABLE
