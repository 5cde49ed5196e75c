"""What a person is said to be, as printed beside the name."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from tasks.core.records import EntityType
from tasks.entities.countries import country_named, nationalities
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.spans import Span
from tasks.entities.tokenizer import key, word_set
from tasks.entities.words import HONORIFICS, OFFICE_PARTS, OFFICES, PORTFOLIOS

_FAR = 120  # code points looked at before a name
_FAR_AFTER = 160
_LONGEST = 100
_TITLED = 30  # code points that a comma and the titles before a name take
_LINKS = word_set("of the and for & to")
_ARTICLES = word_set("the a an its his her their")
_TITLES = word_set(
    "mr mrs ms miss dr doctor prof professor eng engineer sir lord lady dame hon hajj haji h e hh "
    "he hrh hm sheikh shaikh sheikha shaikha sayyid sayed mullah maulana excellency highness "
    "majesty eminence his her"
)  # they go with a name, and say nothing of an office
_STATES = word_set("us uk uae eu")
_SOLE_OFFICES = {
    "president": "president", "prime minister": "prime minister", "premier": "prime minister",
    "chancellor": "chancellor", "king": "king", "queen": "queen", "sultan": "sultan",
    "emir": "emir", "amir": "emir", "crown prince": "crown prince", "pope": "pope",
}  # fmt: skip
_LEADING = word_set(
    "prime deputy vice foreign former acting interim assistant senior first chief executive "
    "financial operating technology managing regional field research public civil defence defense "
    "police finance interior oil energy health education transport economy trade justice"
)  # belong to an office in lower case, too
_RANKS = HONORIFICS - _TITLES
_OFFICE = "|".join(sorted(OFFICES | {"chief executive", "md"}, key=len, reverse=True))
_STOPS = r",.;:()\n\"\u201c\u201d"
_VERBS = r"(?:said|told|who|added|has|had|is|was|will|met)\b"
_OF_WHAT = (
    r"\s(?:of|at|for|to|in|with)\s"
    rf"(?:(?!\s{_VERBS}|\son\s|\sand\s(?-i:[a-z]))[^{_STOPS}]){{1,80}}"
)
_AFTER = re.compile(
    rf",\s(?:\d\d,\s)?(?:(?:a|an|the|its|his|her|who is)\s)?"
    rf"(?P<role>(?:[\w'\u2019-]+\s){{0,4}}?(?:{_OFFICE})\b(?:{_OF_WHAT})?)"
    rf"(?=[{_STOPS}]|\s(?:and|on|of|at|for|to|in|with)\b|\s{_VERBS}|$)",
    re.IGNORECASE,
)
_COMMA_AND_TITLES = re.compile(rf",\s(?:(?:{'|'.join(sorted(_TITLES))})\.?\s)*$", re.IGNORECASE)
_COMMA_BEFORE = re.compile(
    rf"(?:^|[\s\u201c\"])(?P<role>(?:[\w'\u2019-]+\s){{0,4}}?(?:{_OFFICE})\b"
    rf"(?:{_OF_WHAT})?){_COMMA_AND_TITLES.pattern}",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_BREAK = re.compile(
    r"[\n,;:\"\u201c\u201d()]|\.\s(?=[A-Z][a-z]{3})|"
    r"[-\u2013\u2014](?<!\w[-\u2013\u2014])[-\u2013\u2014]*\s|['\u2019]s?\s"
)


def role_of(
    text: str,
    start: int,
    end: int,
    *,
    before: int = 0,
    until: int | None = None,
    demonyms: Container[str] = (),
) -> str | None:
    """The role printed before a person's name, else the one after it.

    Args:
        text: the text.
        start: where the name starts.
        end: one past its end.
        before: one past the person named last, whose own role ends there.
        until: where the next person's name starts; `None` for the text's end.
        demonyms: folded adjectives of nationality, which belong to a role.

    Returns:
        For example `Iraqi Foreign Minister` or `CEO of Halmar Energy`, without titles such as
        `Dr.`; `None` where none is printed.
    """
    opening = text[max(before, start - _FAR) : start]
    return (
        _directly_before(opening, demonyms)
        or _after(text, end, len(text) if until is None else until)
        or _in_apposition(opening)
    )


def sole_office(role: str, demonyms: Container[str]) -> str | None:
    """The office that a role names, if a country has only one who holds it.

    Returns:
        For `French President` the word `president`; `None` for deputies, former holders, and
        offices such as minister or director, of which there are many.
    """
    words = [key(word) for word in role.split()]
    rest = " ".join(word for word in words if word not in demonyms and word not in _STATES)
    return _SOLE_OFFICES.get(rest)


def _directly_before(opening: str, demonyms: Container[str]) -> str | None:
    words = _BREAK.split(opening)[-1].split()
    first = len(words)
    while first and _belongs(words[first - 1], demonyms):
        first -= 1
    return _printed(words[first:])


def _printed(words: list[str]) -> str | None:
    """The words without what only links or adorns, if an office is among them."""
    folded = [key(word) for word in words]
    first, last = 0, len(words)
    while first < last and folded[first] in _LINKS | _ARTICLES | _TITLES:
        first += 1
    while first < last and folded[last - 1] in _TITLES | _LINKS and "chief" not in folded[last - 2]:
        last -= 1
    if not any(map(_is_office, words[first:last])):
        return None
    return " ".join(words[first:last])[:_LONGEST]


def _is_office(word: str) -> bool:
    return any(key(part) in OFFICES | _RANKS for part in (word, *_HYPHEN.split(word)))


def _belongs(word: str, demonyms: Container[str]) -> bool:
    folded = key(word)
    if folded in OFFICES or folded in HONORIFICS or folded in _LINKS or folded in _TITLES:
        return True
    if folded in _LEADING:
        return True
    is_capital = word[0].isupper()
    return is_capital and (
        folded in OFFICE_PARTS or folded in PORTFOLIOS or folded in demonyms or _is_hyphened(word)
    )


def _is_hyphened(word: str) -> bool:
    """`Director-General`, `Vice-President`: a hyphen joins parts of one office."""
    parts = [key(part) for part in _HYPHEN.split(word)]
    return len(parts) > 1 and all(part in OFFICES or part in OFFICE_PARTS for part in parts)


def _after(text: str, end: int, until: int) -> str | None:
    match = _AFTER.match(text, end, min(len(text), end + _FAR_AFTER))
    if match is None or match.end() > until:
        return None
    return _short_enough(match["role"])


def _in_apposition(opening: str) -> str | None:
    """`The company's chief executive, Dina Sarrouf`: the role before a comma."""
    is_near = ", " in opening[-_TITLED:] and _COMMA_AND_TITLES.search(opening)
    match = _COMMA_BEFORE.search(opening) if is_near else None
    if match is None:
        return None
    words = match["role"].split()
    while words and (key(words[0]) in _LINKS | _ARTICLES or not _may_open(words)):
        words = words[1:]
    return _short_enough(" ".join(words))


def _may_open(words: list[str]) -> bool:
    """Whether the first of several words is part of the office, and not of the sentence."""
    folded = key(words[0])
    return folded in OFFICES or folded in OFFICE_PARTS or folded in PORTFOLIOS or folded in _LEADING


def _short_enough(role: str) -> str | None:
    one_line = " ".join(role.split())
    return one_line if one_line and len(one_line) <= _LONGEST else None


_NEAR = 80  # code points before a name in which its country's possessive stands
_POSSESSIVE = re.compile(
    r"([A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,2})['\u2019]s?\s(?:[\w-]+\s){1,5}(?:[A-Z]\w*\.\s)?$"
)
_OF_WHAT_standings = re.compile(r"\s(?:of|at|for|to|in|with)\s(?:the\s)?(.+)$")


def printed_roles(text: str, spans: Sequence[Span], knowledge: Gazetteers) -> list[str | None]:
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

    def __init__(self, countries: Counter[str], knowledge: Gazetteers) -> None:
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
        of_what = _OF_WHAT_standings.search(role)
        if first or of_what is None:
            return first
        named = country_named(of_what[1], self._knowledge)
        bodies = {each.country_code for each in self._knowledge.directory.named(of_what[1])}
        return named or (bodies.pop() if len(bodies) == 1 else None)

    def _country_possessing(self, text: str, start: int) -> str | None:
        """The country in `Egypt's Prime Minister Dina Sarrouf`."""
        match = _POSSESSIVE.search(text[max(0, start - _NEAR) : start])
        return country_named(match[1], self._knowledge) if match else None
