"""Within one article: which names are of one person, organisation or place, and its best name."""

import re
from collections import defaultdict
from collections.abc import Sequence

from tasks.core.records import EntityType
from tasks.entities.gazetteers import CERTAIN, Gazetteers
from tasks.entities.normalise import (
    Identity,
    identify_organisation,
    identify_person,
    identify_place,
    may_need_country,
)
from tasks.entities.organisations import core_name, is_acronym_of
from tasks.entities.person_names import core_parts, initials, parts_in_common, patronymics
from tasks.entities.places import country_of_dateline
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
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        gazetteers: Gazetteers,
        *,
        dateline: str | None = None,
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
        if country := country_of_dateline(dateline, self.countries, gazetteers.places):
            self.countries[country] += CERTAIN
        self.roles = [
            extract_roles(text, found, gazetteers) for text, found in zip(texts, spans, strict=True)
        ]
        # Every place where an acronym stands behind a name: two banks may have the same one.
        self._introduced: defaultdict[str, list[tuple[str, Span]]] = defaultdict(list)
        acronyms: dict[str, str] = {}  # those in brackets behind an organisation's name
        for text, found in zip(texts, spans, strict=True):
            for span in found:
                match = ACRONYM.match(text, span.end) if span.type is _ORGANISATION else None
                if match and " " in text[span.start : span.end]:
                    acronyms.setdefault(match[1], text[span.start : span.end])
                    self._introduced[match[1]].append((text, span))
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
            for where, introducing in self._introduced.get(name, ()):
                if where == text and introducing.start < span.start:
                    name = text[introducing.start : introducing.end]
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
        self._given = gazetteers.given_names
        self._classes = gazetteers.word_classes.classes
        self._full: list[tuple[str, tuple[str, ...]]] = []
        distinct = dict.fromkeys(names)
        for name in sorted(distinct, key=lambda name: -len(core_parts(name))):
            parts = core_parts(name)
            is_full = len(parts) > 1 or (parts and initials(name))
            if is_full and self._find_full(name, parts) is None:
                self._full.append((name, parts))

    def full_name(self, name: str) -> str:
        """The fullest name of the article that a name may stand for, or the name itself."""
        is_alias = (_PERSON, phrase_key(name)) in self._aliases
        if is_alias and len(core_parts(name)) > 1:
            return name
        return self._find_full(name, core_parts(name)) or name

    def _find_full(self, name: str, parts: tuple[str, ...]) -> str | None:
        if len(parts) < 2:  # noqa: PLR2004
            return self._find_single(name, parts) if parts else None
        for full, of_full in self._full:
            if parts_in_common(parts, of_full, self._given.agree):
                return full
        starting = [
            full for full, of_full in self._full if self._agree(parts, of_full[: len(parts)])
        ]
        if starting:  # `Faisal bin Farhan` of `Faisal bin Farhan bin Abdullah`
            return starting[0] if len(starting) == 1 else None
        for full, of_full in self._full:
            is_end = self._agree(parts, of_full[-len(parts) :])
            if is_end and not self._is_father(name, parts, full, of_full):
                return full
        return None

    def _find_single(self, name: str, parts: tuple[str, ...]) -> str | None:
        """As its last part, its first, then any; what follows `bin` is the father's name."""
        letters = initials(name)
        for agree in (str.__eq__, self._given.agree):
            for place in (-1, 0, None):
                for full, of_full in self._full:
                    where = of_full if place is None else (of_full[place],)
                    if letters and (place != -1 or not _fit(letters, full, of_full)):
                        continue
                    fits = any(agree(parts[0], one) for one in where)
                    if fits and (place == 0 or not self._is_father(name, parts, full, of_full)):
                        return full
        return None

    def _agree(self, left: Sequence[str], right: Sequence[str]) -> bool:
        return len(left) == len(right) and all(map(self._given.agree, left, right))

    def _is_father(
        self, name: str, parts: tuple[str, ...], full: str, of_full: tuple[str, ...]
    ) -> bool:
        """Whether a name that a longer one contains is that of the person's father or grandfather.

        `Salman bin Abdulaziz` is for `Mohammed bin Salman bin Abdulaziz`, and so is `Salman`;
        `bin Salman` is his own, and so are `López Obrador` and `Al-Hadri`, which open with no
        given name.
        """
        if 0 in patronymics(name) or len(parts) in patronymics(name):
            return False
        behind = {len(of_full) - size for size in patronymics(full)}
        if any(self._given.agree(parts[0], of_full[index]) for index in behind):
            return True
        is_arabic = self._given.knows(of_full[0])
        is_given = self._given.knows(parts[0]) or (
            is_arabic and "first_name" in self._classes(parts[0])
        )
        return len(parts) > 1 and is_given


def _fit(letters: str, full: str, of_full: tuple[str, ...]) -> bool:
    """Whether a name's initials may be those of a full name before its last part."""
    own = initials(full) + "".join(part[0] for part in of_full[:-1])
    return own.startswith(letters)


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
