"""Within one article: which names are of one person, organisation or place, and its best name."""

import re
from collections import Counter
from collections.abc import Sequence

from tasks.core.records import EntityType
from tasks.entities.countries import country_named, nationalities, spoken_of
from tasks.entities.firms import core_name, is_acronym_of
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import (
    Identity,
    identify_organisation,
    identify_person,
    identify_place,
    may_need_country,
)
from tasks.entities.person_names import core_parts, parts_in_common
from tasks.entities.propagation import ACRONYM, may_be_left_out
from tasks.entities.roles import Standings, printed_roles
from tasks.entities.spans import Span
from tasks.entities.tokenizer import phrase_key

_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_NEAR = 30  # code points before a name in which a country qualifies it
_AFTER_NAME = re.compile(r"\sof\s(?:the\s)?((?:[A-Z][\w'\u2019-]+)(?:\s[A-Z][\w'\u2019-]+)?)")


def resolve_coreferences(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], knowledge: Gazetteers
) -> list[list[Identity]]:
    """The identity of every name of an article.

    Args:
        texts: its title and body.
        spans: the names in each.
        knowledge: the tables.

    Returns:
        For each text the identities of its spans, in order.
    """
    return CoreferenceResolver(texts, spans, knowledge).identities


class CoreferenceResolver:
    """What is learnt of one article's names.

    Args:
        texts: its title and body.
        spans: the names in each.
        knowledge: the tables.

    Attributes:
        countries: how strongly each country is named or implied, by code.
        roles: for each text, what each person is said to be beside the name.
        identities: for each text, whom or what each name is of.
    """

    def __init__(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], knowledge: Gazetteers
    ) -> None:
        self._knowledge = knowledge
        named = [
            (span.type, text[span.start : span.end])
            for text, found in reversed(list(zip(texts, spans, strict=True)))
            for span in found
        ]
        self.countries = spoken_of(
            (name for kind, name in named if kind is _PLACE), texts, knowledge
        )
        self.roles = [
            printed_roles(text, found, knowledge) for text, found in zip(texts, spans, strict=True)
        ]
        self._persons = _Persons([name for kind, name in named if kind is _PERSON], knowledge)
        self._organisations = _Organisations(
            [name for kind, name in named if kind is _ORGANISATION],
            _acronyms(texts, spans),
            knowledge,
        )
        self._standings = Standings(self.countries, knowledge)
        self._hear_of_persons(texts, spans)
        self._known: dict[tuple[EntityType, str], Identity] = {}
        self.identities = [
            [self._identity(text, span) for span in found]
            for text, found in zip(texts, spans, strict=True)
        ]

    def _hear_of_persons(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> None:
        for text, found, roles in zip(texts, spans, self.roles, strict=True):
            for span, role in zip(found, roles, strict=True):
                if role is not None:
                    name = self._persons.full_name(text[span.start : span.end])
                    self._standings.hear(name, role, text, span.start)

    def _identity(self, text: str, span: Span) -> Identity:
        name = text[span.start : span.end]
        if span.type is _ORGANISATION:
            return self._organisation(text, span, name)
        known = self._known.get((span.type, name))
        if known is None:
            known = self._person(name) if span.type is _PERSON else self._place(name)
            self._known[span.type, name] = known
        return known

    def _person(self, name: str) -> Identity:
        full = self._persons.full_name(name)
        home, office = self._standings.home(full), self._standings.office(full)
        return identify_person(full, self._knowledge, home=home, office=office)

    def _place(self, name: str) -> Identity:
        return identify_place(name, self.countries, self._knowledge)

    def _organisation(self, text: str, span: Span, name: str) -> Identity:
        full = self._organisations.full_name(name)
        beside = (
            self._country_beside(text, span) if may_need_country(full, self._knowledge) else None
        )
        return identify_organisation(full, beside, self.countries, self._knowledge)

    def _country_beside(self, text: str, span: Span) -> str | None:
        """The country that qualifies a name: `Iraqi Oil Ministry`, `Ministry of Oil of Iraq`."""
        before = text[max(0, span.start - _NEAR) : span.start].rstrip()
        words = re.sub(r"['\u2019]s?$", "", before).split()
        for count in (1, 2, 3):
            name = " ".join(words[-count:])
            codes = nationalities(name, self._knowledge) if count < 3 else []  # noqa: PLR2004
            if codes:
                return codes[-1]
            code = country_named(name, self._knowledge)
            if code:
                return code
        after = _AFTER_NAME.match(text, span.end)
        return country_named(after[1], self._knowledge) if after else None


class _Persons:
    """The persons of an article: each full name once, and whom the short forms mean."""

    def __init__(self, names: Sequence[str], knowledge: Gazetteers) -> None:
        self.knowledge = knowledge
        self.full: list[tuple[str, tuple[str, ...]]] = []
        counts = Counter(names)
        order = {name: index for index, name in enumerate(dict.fromkeys(names))}
        for name in sorted(counts, key=lambda each: (-len(core_parts(each)), order[each])):
            parts = core_parts(name)
            if len(parts) > 1 and self._among_full(parts) is None:
                self.full.append((name, parts))

    def full_name(self, name: str) -> str:
        """The fullest name of the article that a name may stand for; itself where none is."""
        parts = core_parts(name)
        if len(parts) > 1:
            is_alias = (_PERSON, phrase_key(name)) in self.knowledge.aliases
            return name if is_alias else self._among_full(parts) or name
        return self._short(parts) or name if parts else name

    def _among_full(self, parts: tuple[str, ...]) -> str | None:
        for name, known in self.full:
            if parts_in_common(parts, known, self.knowledge.given_names.agree):
                return name
        tails = [name for name, known in self.full if known[-len(parts) :] == parts]
        return tails[0] if tails else None

    def _short(self, parts: tuple[str, ...]) -> str | None:
        """The full name that one part stands for: as its last part, its first, then any."""
        part, given = parts[0], self.knowledge.given_names
        for agrees in (str.__eq__, given.agree):
            for place in (-1, 0, None):
                for name, known in self.full:
                    where = known if place is None else (known[place],)
                    if any(agrees(part, one) for one in where):
                        return name
        return None


class _Organisations:
    """The organisations of an article: which full name a short one or an acronym means."""

    def __init__(
        self, names: Sequence[str], acronyms: dict[str, str], knowledge: Gazetteers
    ) -> None:
        self.knowledge = knowledge
        self.order = {name: index for index, name in enumerate(dict.fromkeys(names))}
        full = sorted((name for name in self.order if " " in name), key=len, reverse=True)
        self.full = [(name, core_name(name)) for name in full]
        self._found = acronyms

    def full_name(self, name: str) -> str:
        """The longest name of the article that a name may stand for; itself where none is."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> str:
        core = core_name(name)
        directory = self.knowledge.directory
        known = directory.named(name)
        is_sure = known and not any(name in each.doubtful or each.acronym == name for each in known)
        is_acronym = " " not in name and name.isupper()
        for full, full_core in self.full:
            if full == name:
                continue
            if full_core == core or (known and directory.named(full) == known):
                return full if len(full) > len(name) else name
            if is_sure:
                continue
            if is_acronym and is_acronym_of(name, full):
                return full
            is_later = self.order.get(name, 0) > self.order[full]
            if _opens(core, full_core, is_later=is_later):
                return full
        return name


def _opens(short: str, full: str, *, is_later: bool) -> bool:
    """Whether a full name is a short one and words that copy leaves out.

    A short name that comes first is another body, unless no more than its trade is left out:
    `Emirates` and then `Emirates NBD` are two.
    """
    if not full.startswith(f"{short} "):
        return False
    rest = full[len(short) :].split()
    return all(map(may_be_left_out, rest)) or (is_later and len(rest) == 1)


def _acronyms(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> dict[str, str]:
    """Acronyms that stand in brackets behind an organisation's name, and that name."""
    found: dict[str, str] = {}
    for text, marks in zip(texts, spans, strict=True):
        for span in marks:
            match = ACRONYM.match(text, span.end) if span.type is _ORGANISATION else None
            if match and " " in text[span.start : span.end]:
                found.setdefault(match[1], text[span.start : span.end])
    return found
