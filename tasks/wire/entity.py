"""Who and what the wire writes about, and where it says so."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """The kinds of entity that are kept."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"


class Part(StrEnum):
    """The two texts of an article that mentions point into."""

    TITLE = "title"
    BODY = "body"


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


def entity_id(kind: EntityType, folded_name: str) -> str:
    """A stable id: the kind and a digest of the canonical name, folded.

    Returns:
        For example `person:9f86d081884c7d65`.
    """
    digest = hashlib.sha256(f"{kind}:{folded_name}".encode()).hexdigest()
    return f"{kind}:{digest[:16]}"
