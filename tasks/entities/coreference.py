"""Within one article: which names are of one person, organisation or place, and its best name."""

import re
from collections.abc import Sequence

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.normalise import (
    Identity,
    identify_organisation,
    identify_person,
    identify_place,
    may_need_country,
)
from tasks.entities.organisations import core_name, is_acronym_of
from tasks.entities.person_names import core_parts, parts_in_common
from tasks.entities.propagation import ACRONYM, is_optional_word
from tasks.entities.roles import RoleEvidence, extract_roles
from tasks.entities.tokenizer import Span, phrase_key

_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_NEAR = 30  # code points before a name in which a country qualifies it
_MAX_DEMONYM = 2  # words of an adjective of nationality
_AFTER_NAME = re.compile(r"\sof\s(?:the\s)?((?:[A-Z][\w'\u2019-]+)(?:\s[A-Z][\w'\u2019-]+)?)")


class CoreferenceResolver:
    """Links the names of one article: spans of its title and of its body, sorted, not overlapping.

    `countries` holds how strongly each country is named or implied, `roles` and `identities` hold
    for each text what is printed next to each person and the identity of each name.
    """

    def __init__(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], gazetteers: Gazetteers
    ) -> None:
        self._gazetteers = gazetteers
        named = [
            (span.type, text[span.start : span.end])
            for text, found in reversed(list(zip(texts, spans, strict=True)))
            for span in found
        ]
        self.countries = gazetteers.weigh_countries(
            (name for kind, name in named if kind is _PLACE), texts
        )
        self.roles = [
            extract_roles(text, found, gazetteers) for text, found in zip(texts, spans, strict=True)
        ]
        acronyms: dict[str, str] = {}  # those in brackets behind an organisation's name
        for text, found in zip(texts, spans, strict=True):
            for span in found:
                match = ACRONYM.match(text, span.end) if span.type is _ORGANISATION else None
                if match and " " in text[span.start : span.end]:
                    acronyms.setdefault(match[1], text[span.start : span.end])
        self._persons = _Persons([name for kind, name in named if kind is _PERSON], gazetteers)
        self._organisations = _Organisations(
            [name for kind, name in named if kind is _ORGANISATION], acronyms, gazetteers
        )
        self._evidence = RoleEvidence(self.countries, gazetteers)
        for text, found, roles in zip(texts, spans, self.roles, strict=True):
            for span, role in zip(found, roles, strict=True):
                if role is not None:
                    name = self._persons.full_name(text[span.start : span.end])
                    self._evidence.add(name, role, text, span.start)
        self._known: dict[tuple[EntityType, str], Identity] = {}
        self.identities = [
            [self._identify(text, span) for span in found]
            for text, found in zip(texts, spans, strict=True)
        ]

    def _identify(self, text: str, span: Span) -> Identity:
        name = text[span.start : span.end]
        if span.type is _ORGANISATION:
            full = self._organisations.full_name(name)
            is_ambiguous = may_need_country(full, self._gazetteers)
            qualifier = self._qualifying_country(text, span) if is_ambiguous else None
            return identify_organisation(full, qualifier, self.countries, self._gazetteers)
        known = self._known.get((span.type, name))
        if known is None:
            if span.type is _PERSON:
                full = self._persons.full_name(name)
                home, office = self._evidence.home(full), self._evidence.office(full)
                known = identify_person(full, self._gazetteers, home=home, office=office)
            else:
                known = identify_place(name, self.countries, self._gazetteers)
            self._known[span.type, name] = known
        return known

    def _qualifying_country(self, text: str, span: Span) -> str | None:
        """The country in `Iraqi Oil Ministry` or `Ministry of Oil of Iraq`."""
        country_code_of = self._gazetteers.places.country_code_of
        before = text[max(0, span.start - _NEAR) : span.start].rstrip()
        words = re.sub(r"['\u2019]s?$", "", before).split()
        for count in (1, 2, 3):
            name = " ".join(words[-count:])
            if count <= _MAX_DEMONYM and (codes := self._gazetteers.find_nationalities(name)):
                return codes[-1]
            if code := country_code_of(name):
                return code
        after = _AFTER_NAME.match(text, span.end)
        return country_code_of(after[1]) if after else None


class _Persons:
    """The persons of an article: each full name once, and what short forms stand for."""

    def __init__(self, names: Sequence[str], gazetteers: Gazetteers) -> None:
        self._aliases = gazetteers.aliases
        self._agree = gazetteers.given_names.agree
        self._full: list[tuple[str, tuple[str, ...]]] = []
        distinct = dict.fromkeys(names)
        for name in sorted(distinct, key=lambda name: -len(core_parts(name))):
            parts = core_parts(name)
            if len(parts) > 1 and self._find_full(parts) is None:
                self._full.append((name, parts))

    def full_name(self, name: str) -> str:
        """The fullest name of the article that a name may stand for, or the name itself."""
        parts = core_parts(name)
        if len(parts) > 1:
            is_alias = (_PERSON, phrase_key(name)) in self._aliases
            return name if is_alias else self._find_full(parts) or name
        for agree in (str.__eq__, self._agree) if parts else ():
            for place in (-1, 0, None):  # as its last part, its first, then any
                for full, known in self._full:
                    where = known if place is None else (known[place],)
                    if any(agree(parts[0], one) for one in where):
                        return full
        return name

    def _find_full(self, parts: tuple[str, ...]) -> str | None:
        for name, known in self._full:
            if parts_in_common(parts, known, self._agree):
                return name
        return next((name for name, known in self._full if known[-len(parts) :] == parts), None)


class _Organisations:
    """The organisations of an article: which full name a short one or an acronym means."""

    def __init__(
        self, names: Sequence[str], acronyms: dict[str, str], gazetteers: Gazetteers
    ) -> None:
        self._known = gazetteers.organisations
        self._order = {name: index for index, name in enumerate(dict.fromkeys(names))}
        full = sorted((name for name in self._order if " " in name), key=len, reverse=True)
        self._full = [(name, core_name(name)) for name in full]
        self._found = acronyms

    def full_name(self, name: str) -> str:
        """The longest name of the article that a name may stand for, or the name itself."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> str:
        core = core_name(name)
        known = self._known.lookup(name)
        is_sure = known and not any(name in one.doubtful or one.acronym == name for one in known)
        is_acronym = " " not in name and name.isupper()
        for full, full_core in self._full:
            if full == name:
                continue
            if full_core == core or (known and self._known.lookup(full) == known):
                return full if len(full) > len(name) else name
            if is_sure:
                continue
            if is_acronym and is_acronym_of(name, full):
                return full
            # A short name that comes first is another body, unless only its trade is left
            # out: "Emirates" and then "Emirates NBD" are two.
            rest = full_core[len(core) :].split() if full_core.startswith(f"{core} ") else []
            is_later = self._order.get(name, 0) > self._order[full]
            if rest and (all(map(is_optional_word, rest)) or (is_later and len(rest) == 1)):
                return full
        return name
