"""The roles of persons, as printed next to their names."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.tokenizer import Span, key, word_set
from tasks.entities.words import HONORIFICS, OFFICE_PARTS, OFFICES, PORTFOLIOS

# Code points: looked at before a name and after it; of a role; of a comma and titles before a name;
# before a name in which its country's possessive stands.
_FAR_BEFORE, _FAR_AFTER, _MAX_ROLE, _MAX_TITLES, _NEAR = 120, 160, 100, 30, 80
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
_OFFICES_AND_RANKS = OFFICES | (HONORIFICS - _TITLES)
_ROLE_WORDS = OFFICES | HONORIFICS | _LINKS | _TITLES | _LEADING
_OPENING_WORDS = (OFFICES | OFFICE_PARTS | PORTFOLIOS | _LEADING) - _LINKS - _ARTICLES
_OFFICE = "|".join(sorted(OFFICES | {"chief executive", "md"}, key=len, reverse=True))
_STOPS = r",.;:()\n\"\u201c\u201d"
_VERBS = r"(?:said|told|who|added|has|had|is|was|will|met)\b"
_WITH_SCOPE = (
    r"\s(?:of|at|for|to|in|with)\s"
    rf"(?:(?!\s{_VERBS}|\son\s|\sand\s(?-i:[a-z]))[^{_STOPS}]){{1,80}}"
)
_AFTER = re.compile(
    rf",\s(?:\d\d,\s)?(?:(?:a|an|the|its|his|her|who is)\s)?"
    rf"(?P<role>(?:[\w'\u2019-]+\s){{0,4}}?(?:{_OFFICE})\b(?:{_WITH_SCOPE})?)"
    rf"(?=[{_STOPS}]|\s(?:and|on|of|at|for|to|in|with)\b|\s{_VERBS}|$)",
    re.IGNORECASE,
)
_COMMA_AND_TITLES = re.compile(rf",\s(?:(?:{'|'.join(sorted(_TITLES))})\.?\s)*$", re.IGNORECASE)
_COMMA_BEFORE = re.compile(
    rf"(?:^|[\s\u201c\"])(?P<role>(?:[\w'\u2019-]+\s){{0,4}}?(?:{_OFFICE})\b"
    rf"(?:{_WITH_SCOPE})?){_COMMA_AND_TITLES.pattern}",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_BREAK = re.compile(
    r"[\n,;:\"\u201c\u201d()]|\.\s(?=[A-Z][a-z]{3})|"
    r"[-\u2013\u2014](?<!\w[-\u2013\u2014])[-\u2013\u2014]*\s|['\u2019]s?\s"
)
_POSSESSIVE = re.compile(
    r"([A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,2})['\u2019]s?\s(?:[\w-]+\s){1,5}(?:[A-Z]\w*\.\s)?$"
)
_SPEAKS = re.compile(r"^.*\b(?:said|says|added|told|according to)\s(?:(?:an?|the|its|his|her)\s)?")
_WITH_FIGURE = re.compile(
    r"\s(?:of|at|for|to|in|with)\s(?:(?!\s(?:of|at|for|to|in|with)\s).)*\d.*$"
)
_SCOPE = re.compile(r"\s(?:of|at|for|to|in|with)\s(?:the\s)?(.+)$")


def find_role(
    text: str,
    start: int,
    end: int,
    *,
    before: int = 0,
    until: int | None = None,
    demonyms: Container[str] = (),
) -> str | None:
    """The role printed before a person's name, else the one after it; without titles such as `Dr.`.

    `before` is one past the role of the person named last, `until` where the next person's name
    starts. Folded adjectives of nationality belong to a role: `Iraqi Foreign Minister`.
    """
    opening = text[max(before, start - _FAR_BEFORE) : start]
    words = _BREAK.split(opening)[-1].split()
    first = len(words)
    while first and _belongs_to_role(words[first - 1], demonyms):
        first -= 1
    role = _strip_titles(words[first:])
    if role is None:
        limit = len(text) if until is None else until
        match = _AFTER.match(text, end, min(len(text), end + _FAR_AFTER))
        role = _one_line(match["role"]) if match and match.end() <= limit else None
    if role is None and ", " in opening[-_MAX_TITLES:] and _COMMA_AND_TITLES.search(opening):
        # `The company's chief executive, Dina Sarrouf`: the role before a comma.
        match = _COMMA_BEFORE.search(opening)
        words = match["role"].split() if match else []
        while words and key(words[0]) not in _OPENING_WORDS:
            words = words[1:]  # of the sentence, not of the office
        role = _one_line(" ".join(words))
    return role


def sole_office(role: str, demonyms: Container[str]) -> str | None:
    """The office that a role names, if a country has only one holder of it.

    For `French President` the word `president`; `None` for deputies, former holders, and offices
    such as minister or director, of which there are many.
    """
    words = [key(word) for word in role.split()]
    rest = " ".join(word for word in words if word not in demonyms and word not in _STATES)
    return _SOLE_OFFICES.get(rest)


def _strip_titles(words: list[str]) -> str | None:
    """The words without titles and links at the edges, if an office is among them."""
    folded = [key(word) for word in words]
    first, last = 0, len(words)
    while first < last and folded[first] in _LINKS | _ARTICLES | _TITLES:
        first += 1
    while first < last and folded[last - 1] in _TITLES | _LINKS and "chief" not in folded[last - 2]:
        last -= 1
    kept = words[first:last]
    parts = {key(part) for word in kept for part in (word, *_HYPHEN.split(word))}
    return None if parts.isdisjoint(_OFFICES_AND_RANKS) else " ".join(kept)[:_MAX_ROLE]


def _belongs_to_role(word: str, demonyms: Container[str]) -> bool:
    folded = key(word)
    if folded in _ROLE_WORDS:
        return True
    if not word[0].isupper():
        return False
    # A hyphen joins parts of one office: "Director-General", "Vice-President".
    parts = [key(part) for part in _HYPHEN.split(word)]
    is_hyphened = len(parts) > 1 and all(part in OFFICES or part in OFFICE_PARTS for part in parts)
    return folded in OFFICE_PARTS or folded in PORTFOLIOS or folded in demonyms or is_hyphened


def _one_line(role: str) -> str | None:
    one_line = _WITH_FIGURE.sub("", _SPEAKS.sub("", " ".join(role.split())))
    return one_line if one_line and len(one_line) <= _MAX_ROLE else None


def extract_roles(text: str, spans: Sequence[Span], gazetteers: Gazetteers) -> list[str | None]:
    """The role printed next to each person of a text; `None` for all other names."""
    persons = [index for index, span in enumerate(spans) if span.type is EntityType.PERSON]
    roles: list[str | None] = [None] * len(spans)
    taken = 0  # everything before belongs to the persons before
    for place, index in enumerate(persons):
        span, following = spans[index], persons[place + 1 : place + 2]
        until = spans[following[0]].start if following else len(text)
        role = find_role(
            text, span.start, span.end, before=taken, until=until, demonyms=gazetteers.demonyms
        )
        if role:
            role = _without_body(role, text, span.start, spans[:index])
        roles[index] = role
        behind = text.find(role, span.end, until) if role else -1
        taken = span.end if behind < 0 else behind + len(role or "")
    return roles


def _without_body(role: str, text: str, start: int, before: Sequence[Span]) -> str:
    """A role without the end of an organisation's name before it.

    `senior analyst` in `Alvoria Research senior analyst Dina Sarrouf`.
    """
    first = text.rfind(role, 0, start)
    for span in before:
        if span.type is EntityType.ORGANIZATION and span.start < first < span.end < first + len(
            role
        ):
            return role[span.end - first :].strip()
    return role


class RoleEvidence:
    """The country and the office of each person of one article, by the printed roles."""

    def __init__(self, countries: Counter[str], gazetteers: Gazetteers) -> None:
        self._main = next((code for code, _ in countries.most_common(1)), None)
        self._gazetteers = gazetteers
        self._homes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._offices: dict[str, str] = {}

    def add(self, name: str, role: str, text: str, start: int) -> None:
        """Counts a printed role of a full name; the printed name starts at a place of the text."""
        office = sole_office(role, self._gazetteers.demonyms)
        if office:
            self._offices.setdefault(name, office)
        country_code_of = self._gazetteers.places.country_code_of
        nationalities = self._gazetteers.find_nationalities(role)
        code = nationalities[0] if nationalities else country_code_of(role.split(maxsplit=1)[0])
        if code is None and (scope := _SCOPE.search(role)):
            bodies = {one.country_code for one in self._gazetteers.organisations.lookup(scope[1])}
            code = country_code_of(scope[1]) or (bodies.pop() if len(bodies) == 1 else None)
        if code is None:  # as in "Egypt's Prime Minister Dina Sarrouf"
            owner = _POSSESSIVE.search(text[max(0, start - _NEAR) : start])
            code = country_code_of(owner[1]) if owner else None
        if code:
            self._homes[name][code] += 1

    def home(self, name: str) -> str | None:
        """The country that a person's roles name most, else the article's; by its code."""
        votes = self._homes.get(name)
        return votes.most_common(1)[0][0] if votes else self._main

    def office(self, name: str) -> str | None:
        """The person's office, if it is one of which a country has only one."""
        return self._offices.get(name)
