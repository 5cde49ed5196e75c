"""Where an article's persons stand: the country each is seen in, and the office each holds."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from tasks.wire.entities.countries import country_named, nationalities
from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.roles import role_of, sole_office
from tasks.wire.entities.spans import Span
from tasks.wire.entity import EntityType

_NEAR = 80  # code points before a name in which its country's possessive stands
_POSSESSIVE = re.compile(
    r"([A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,2})['\u2019]s?\s(?:[\w-]+\s){1,5}(?:[A-Z]\w*\.\s)?$"
)
_OF_WHAT = re.compile(r"\s(?:of|at|for|to|in|with)\s(?:the\s)?(.+)$")


def printed_roles(text: str, spans: Sequence[Span], knowledge: Knowledge) -> list[str | None]:
    """What each person of a text is said to be beside the name; `None` for all other names."""
    persons = [index for index, span in enumerate(spans) if span.type is EntityType.PERSON]
    roles: list[str | None] = [None] * len(spans)
    taken = 0  # everything before belongs to the persons before
    for place, index in enumerate(persons):
        span, following = spans[index], persons[place + 1 : place + 2]
        until = spans[following[0]].start if following else len(text)
        role = role_of(
            text, span.start, span.end, before=taken, until=until, demonyms=knowledge.demonyms
        )
        roles[index] = role
        behind = text.find(role, span.end, until) if role else -1
        taken = span.end if behind < 0 else behind + len(role or "")
    return roles


class Standings:
    """The country and the office of each person of one article.

    Args:
        countries: how strongly the article names or implies each country.
        knowledge: the tables.
    """

    def __init__(self, countries: Counter[str], knowledge: Knowledge) -> None:
        self._main = next((code for code, _ in countries.most_common(1)), None)
        self._knowledge = knowledge
        self._homes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._offices: dict[str, str] = {}

    def hear(self, name: str, role: str, text: str, start: int) -> None:
        """Takes note of a role.

        Args:
            name: the person's full name.
            role: as printed.
            text: the text it stands in.
            start: where the name starts there.
        """
        office = sole_office(role, self._knowledge.demonyms)
        if office:
            self._offices.setdefault(name, office)
        code = self._country_of(role) or self._country_possessing(text, start)
        if code:
            self._homes[name][code] += 1

    def home(self, name: str) -> str | None:
        """The country that a person's roles speak of most, else the article's; by its code."""
        votes = self._homes.get(name)
        return votes.most_common(1)[0][0] if votes else self._main

    def office(self, name: str) -> str | None:
        """The person's office, if it is one of which a country has only one."""
        return self._offices.get(name)

    def _country_of(self, role: str) -> str | None:
        for code in nationalities(role, self._knowledge):
            return code
        first = country_named(role.split(maxsplit=1)[0], self._knowledge)
        of_what = _OF_WHAT.search(role)
        if first or of_what is None:
            return first
        named = country_named(of_what[1], self._knowledge)
        bodies = {each.country_code for each in self._knowledge.directory.named(of_what[1])}
        return named or (bodies.pop() if len(bodies) == 1 else None)

    def _country_possessing(self, text: str, start: int) -> str | None:
        """The country in `Egypt's Prime Minister Dina Sarrouf`."""
        match = _POSSESSIVE.search(text[max(0, start - _NEAR) : start])
        return country_named(match[1], self._knowledge) if match else None
