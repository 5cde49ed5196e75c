"""Organisations: the curated ones by name, legal forms and acronyms."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from tasks.entities.phrase_matcher import PhraseMatcher
from tasks.entities.tokenizer import Sentence, key, phrase_key, word_set
from tasks.entities.words import LEGAL_FORMS

_MIN_TITLE_CASE = 4  # headlines print "Adnoc" and "Opec", but "Who" is no acronym
_MIN_PREFIX = 3  # letters of an acronym that may be only the first of a name's initials
_NO_INITIALS = word_set("of the and for in on to & al de du des la")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation of the curated table."""

    name: str  # the canonical one; a ministry's carries its country in brackets
    aliases: tuple[str, ...]  # other names in Latin letters that can mean nothing else
    doubtful: tuple[str, ...]  # names, perhaps its own, that are words or other bodies' names too
    acronym: str | None
    country_code: str | None  # ISO 3166-1 alpha-2 of its seat; `None` for international bodies
    kind: str  # ministry, bank, airline ...

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by in Latin letters."""
        acronym = (self.acronym,) if self.acronym else ()
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.doubtful, *acronym)))


class OrganisationIndex:
    """The curated organisations by name."""

    __slots__ = ("_acronyms", "_every", "_sure")

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        named = [(name, each) for each in organisations for name in each.names]
        sure = [(name, each) for name, each in named if name not in each.doubtful]
        self._every = PhraseMatcher(named)
        self._sure = PhraseMatcher(pair for pair in sure if not _is_acronym(pair[0]))
        # Acronyms are looked up as printed, since "Who" is not "WHO".
        self._acronyms: dict[str, tuple[Organisation, ...]] = {}
        for name, each in sure:
            if _is_acronym(name):
                is_long = len(name) >= _MIN_TITLE_CASE
                for form in (name, name.capitalize()) if is_long else (name,):
                    self._acronyms[form] = (*self._acronyms.get(form, ()), each)

    def lookup(self, name: str) -> tuple[Organisation, ...]:
        """The organisations that go by a name, doubtful names included."""
        return self._every.lookup(name)

    def matches(self, sentence: Sentence) -> list[tuple[int, int, tuple[Organisation, ...]]]:
        """Names in a sentence that can only be an organisation's, in order.

        Each is its first word, one past its last, and the organisations of that name.
        """
        names = list(self._sure.matches(sentence))
        words, acronyms = sentence.words, self._acronyms
        short = [index for index in sentence.openings if words[index] in acronyms]
        if not short:
            return names
        covered = {index for start, end, _ in names for index in range(start, end)}
        names += [(at, at + 1, acronyms[words[at]]) for at in short if at not in covered]
        return sorted(names, key=itemgetter(0))


def _is_acronym(name: str) -> bool:
    return name.isalnum() and name.isupper()


@lru_cache(maxsize=16_384)
def core_name(name: str) -> str:
    """A name as it is compared: folded, without "the" and without its legal form.

    `Halmar Energy P.J.S.C.` and `The Halmar Energy Company` give `halmar energy`.
    """
    words = phrase_key(name.replace("&", " and ")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and _is_legal_form(words[-1]):
        words.pop()
    return " ".join(words)


def without_legal_form(name: str) -> str:
    """A name as printed, less the legal form at its end."""
    words = name.split()
    while len(words) > 1 and _is_legal_form(key(words[-1])):
        words.pop()
    return " ".join(words).rstrip(",")


def _is_legal_form(word: str) -> bool:
    return word in LEGAL_FORMS or not word.isalnum()


@lru_cache(maxsize=16_384)
def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether capitals may stand for a name: its initials, or they begin with them."""
    letters = acronym.replace(".", "").upper()
    words = phrase_key(name).split()
    initials = "".join(word[0] for word in words if word not in _NO_INITIALS).upper()
    every = "".join(word[0] for word in words).upper()
    is_prefix = len(letters) >= _MIN_PREFIX and initials.startswith(letters)
    return letters in (initials, every) or is_prefix
