"""What a person is said to be, as printed beside the name."""

import re

from tasks.wire.entities.tokens import key
from tasks.wire.entities.words import HONORIFICS, OFFICE_PARTS, OFFICES, PORTFOLIOS

_FAR = 90
_LONGEST = 80
_LINKS = frozenset(("of", "the", "and", "for", "&", "to"))
_PLAIN = frozenset("mr mrs ms miss dr prof h e hh he hrh".split())  # noqa: SIM905
_OFFICE = "|".join(sorted(OFFICES | {"chief executive", "md"}, key=len, reverse=True))
_AFTER = re.compile(
    rf",\s(?:(?:a|an|the|its|his|her|who is)\s)?"
    rf"(?P<role>(?:[\w'\u2019-]+\s){{0,4}}?(?:{_OFFICE})\b(?:\s(?:of|at|for|to|in|with)\s[^,.;:\n\"]+)?)",
    re.IGNORECASE,
)


def role_of(text: str, start: int, end: int) -> str | None:
    """The role printed before a person's name, else the one after it.

    Args:
        text: the text.
        start: where the name starts.
        end: one past its end.

    Returns:
        For example `Prime Minister` or `CEO of Halmar Energy`; `None` where none is printed.
    """
    return _before(text, start) or _after(text, end)


def _before(text: str, start: int) -> str | None:
    opening = text[max(0, start - _FAR) : start]
    opening = re.split(
        r"[\n,;:\"\u201c\u201d]|\.\s(?=[A-Z][a-z]{3})|(?<!\w)[-\u2013\u2014]+\s", opening
    )[-1]
    words = opening.split()
    first = len(words)
    while first and _belongs(words[first - 1]):
        first -= 1
    while first < len(words) and key(words[first]) in _LINKS:
        first += 1
    title = " ".join(words[first:])
    folded = [key(word) for word in words[first:]]
    if not any(word in OFFICES or word in HONORIFICS - _PLAIN for word in folded):
        return None
    return title[:_LONGEST]


def _belongs(word: str) -> bool:
    folded = key(word)
    return (
        folded in OFFICES
        or folded in HONORIFICS
        or folded in _LINKS
        or folded in _PLAIN
        or (word[0].isupper() and (folded in OFFICE_PARTS or folded in PORTFOLIOS))
        or folded in ("prime", "deputy", "vice", "foreign", "former", "chief", "executive")
    )


def _after(text: str, end: int) -> str | None:
    match = _AFTER.match(text, end, end + _FAR)
    if match is None:
        return None
    return " ".join(match["role"].split())[:_LONGEST].strip()
