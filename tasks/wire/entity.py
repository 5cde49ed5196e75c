"""Who and what the wire writes about, and where it says so."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class EntityType(StrEnum):
    """The kinds of entity that are kept."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"


class Part(StrEnum):
    """The two texts of an article that mentions point into."""

    TITLE = "title"
    BODY = "body"


class Form(StrEnum):
    """How a printed name stands to the canonical one."""

    EXACT = "exact"  # the same but for case, accents and legal form
    TRANSLITERATION = "transliteration"  # as many parts, spelt otherwise
    SHORT = "short"  # some of its parts
    ACRONYM = "acronym"  # its initials
    TABLE = "table"  # another name, known from the tables alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One name in one text.

    Attributes:
        article_id: the story.
        body_sha256: digest of the body it was found with, so that a revised text drops it.
        entity_id: stable id of what is named; see `entity_id`.
        type: what kind of thing is named.
        name: its canonical name.
        country_code: ISO 3166-1 alpha-2, where one applies.
        part: title or body.
        start_char: first code point of the name in that text.
        end_char: one past the last.
        surface: the name as printed: `text[start_char:end_char]`.
        recogniser: name and version of what found it.
        form: how the printed name stands to the canonical one.
        role: what the person is said to be right beside it, as printed; `None` where nothing is,
            and for all that are no persons.
    """

    article_id: int
    body_sha256: str
    entity_id: str
    type: EntityType
    name: str
    country_code: str | None
    part: Part
    start_char: int
    end_char: int
    surface: str
    recogniser: str
    form: Form
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One person in one article, with what the person may be known by in another.

    Attributes:
        article_id: the story.
        capture_id: the reading it was found in, so that another reading drops it.
        entity_id: the person.
        block_key: what the names of two persons must share for the two to be compared.
        parts: the parts of the name as they are compared.
        companions: countries that the article is about, and ids of organisations that stand in
            one sentence with the person.
    """

    article_id: int
    capture_id: str
    entity_id: str
    block_key: str
    parts: tuple[str, ...]
    companions: tuple[str, ...]


@lru_cache(maxsize=16_384)  # the same few are named all over the wire
def entity_id(kind: EntityType, folded_name: str) -> str:
    """A stable id: the kind and a digest of the canonical name, folded.

    Returns:
        For example `person:9f86d081884c7d65`.
    """
    digest = hashlib.sha256(f"{kind}:{folded_name}".encode()).hexdigest()
    return f"{kind}:{digest[:16]}"
