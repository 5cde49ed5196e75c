"""The line that opens wire copy: where it was written, when, and who sent it."""

import re
from collections.abc import Iterator

from tasks.wire.entities.spans import Span
from tasks.wire.entity import EntityType

_LONGEST = 160  # code points within which a dateline ends
_PLACE = r"[^\W\d_][^\n(:,/]{1,40}?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+20\d\d)?"
_DASH = r"(?:--+|[-\u2013\u2014])"
_CREDIT = r"(?:\(MENAFN\s*-\s*[^\n]{1,60}?\)\s*)?"
_DATELINES = (
    # KUWAIT, Aug 15 (KUNA) --   Mumbai, July 24 (IANS)   COLOMBO, Sri Lanka, July 5.
    re.compile(
        rf"{_CREDIT}(?P<city>{_PLACE})(?:/(?P<second>{_PLACE}))?(?:,\s+(?P<country>{_PLACE}))?"
        rf",\s+{_DAY}\s*(?:\((?P<agency>[^\n()]{{2,40}})\)|/(?P<slashed>[^\n/]{{2,30}})/)?"
        rf"\s*(?:{_DASH}|[.:]|(?=[A-Z]))"
    ),
    # GENEVA (Xinhua) --   Beirut: (NNA)
    re.compile(
        rf"{_CREDIT}(?P<city>{_PLACE})(?:/(?P<second>{_PLACE}))?(?:,\s+(?P<country>{_PLACE}))?"
        rf":?\s*\((?P<agency>[^\n()]{{2,40}})\)\s*{_DASH}"
    ),
    # Doha, Qatar:   L Beirut —   SALALAH:
    re.compile(
        rf"{_CREDIT}(?P<city>{_PLACE})(?:/(?P<second>{_PLACE}))?(?:,\s+(?P<country>{_PLACE}))?"
        rf"\s*(?::|\s{_DASH})\s"
    ),
)
_WORDS_OF_A_PLACE = 4


def dateline_spans(body: str) -> Iterator[Span]:
    """The places and the agency of a body's dateline.

    Args:
        body: the whole text; only its opening is looked at.

    Yields:
        Spans in the order of the text; none where there is no dateline.
    """
    opening = body[:_LONGEST]
    for number, pattern in enumerate(_DATELINES):
        match = pattern.match(opening)
        if match is None or not _is_place(match["city"], must_be_capitals=number == 2):  # noqa: PLR2004
            continue
        groups = match.groupdict()
        for name in ("city", "second", "country"):
            if groups.get(name) and _is_place(match[name], must_be_capitals=False):
                yield Span(match.start(name), match.end(name), EntityType.PLACE)
        for name in ("agency", "slashed"):
            if groups.get(name) and match[name][0].isupper() and len(match[name].split()) <= 4:  # noqa: PLR2004
                yield Span(match.start(name), match.end(name), EntityType.ORGANIZATION)
        return


def _is_place(name: str, *, must_be_capitals: bool) -> bool:
    words = name.replace("-", " ").split()
    if must_be_capitals and not name.isupper():
        return False
    return len(words) <= _WORDS_OF_A_PLACE and all(
        word[0].isupper() or word in ("al", "el", "ez", "de", "of", "the") for word in words
    )
