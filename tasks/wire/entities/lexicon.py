"""What single words are known for, apart from any text."""

from collections.abc import Iterable

from tasks.wire.entities.tokens import key
from tasks.wire.entities.words import (
    FACILITIES,
    HONORIFICS,
    LEGAL_FORMS,
    NOT_NAMES,
    OFFICE_PARTS,
    OFFICES,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    PARTICLES,
    PORTFOLIOS,
    SECTORS,
)

_CLASSES = {
    "honorific": HONORIFICS,
    "office": OFFICES,
    "office_part": OFFICE_PARTS,
    "portfolio": PORTFOLIOS,
    "particle": PARTICLES,
    "org_end": ORGANISATION_ENDS,
    "org_head": ORGANISATION_HEADS,
    "facility": FACILITIES,
    "function": NOT_NAMES,
    "legal": LEGAL_FORMS,
    "sector": SECTORS,
}


class Lexicon:
    """The classes that each word belongs to.

    Args:
        first_names: given names of many languages.
        last_names: family names of many languages.
        demonyms: folded adjectives and nouns of nationality.
    """

    __slots__ = ("_classes",)

    def __init__(
        self, first_names: Iterable[str], last_names: Iterable[str], demonyms: Iterable[str]
    ) -> None:
        members = {name: frozenset(words) for name, words in _CLASSES.items()}
        members["first_name"] = frozenset(key(name) for name in first_names)
        members["last_name"] = frozenset(key(name) for name in last_names)
        members["demonym"] = frozenset(demonyms)
        found: dict[str, tuple[str, ...]] = {}
        for name, words in members.items():
            for word in words:
                found[word] = (*found.get(word, ()), name)
        self._classes = found

    def classes(self, folded: str) -> tuple[str, ...]:
        """The classes of a word, given as `tokens.key` folds it."""
        return self._classes.get(folded, ())
