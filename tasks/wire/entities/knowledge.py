"""Everything that is known of names before a text is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.wire.entities.lexicon import Lexicon
from tasks.wire.entities.organisations import Directory
from tasks.wire.entities.persons import GivenNames
from tasks.wire.entities.places import Gazetteer
from tasks.wire.entity import EntityType


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The tables of `data/entities`, ready for looking up.

    Attributes:
        gazetteer: places by name.
        directory: curated organisations by name.
        lexicon: what single words are known for.
        given_names: spellings of given names.
        demonyms: folded demonym ("qatari") to ISO 3166-1 alpha-2 code.
        aliases: type and folded alias ("hemedti") to the name it stands for.
        known_persons: every alias of a person and every name that has one, in the common spelling
            of `GivenNames.spelling`, to that name.
    """

    gazetteer: Gazetteer
    directory: Directory
    lexicon: Lexicon
    given_names: GivenNames
    demonyms: Mapping[str, str]
    aliases: Mapping[tuple[EntityType, str], str]
    known_persons: Mapping[str, str]
