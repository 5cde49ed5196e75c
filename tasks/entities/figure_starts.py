"""Where in a text a figure may start: found once, so that each pattern is tried there alone.

A pattern that opens with what must or must not stand before it is tried at every letter of a text,
and there are a dozen of them. One that opens with a letter or a choice of them is not.
"""

import calendar
import re
from collections.abc import Iterator
from functools import lru_cache

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MONTH = re.compile("|".join(name for name in calendar.month_abbr if name))
_WEEKDAY = re.compile("|".join(calendar.day_name))


def at_numbers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern that opens with a digit matches, where a number starts."""
    return at(_NUMBER, pattern, text)


def at_months(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern that opens with the name of a month matches."""
    return at(_MONTH, pattern, text)


def at_weekdays(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern that opens with the name of a weekday matches."""
    return at(_WEEKDAY, pattern, text)


def at(opening: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern matches where its opening, a quicker one, does."""
    for start in _starts(opening, text):
        match = pattern.match(text, start)
        if match:
            yield match


@lru_cache(maxsize=8)
def _starts(opening: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in opening.finditer(text))
