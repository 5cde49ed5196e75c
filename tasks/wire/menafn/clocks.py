"""The wire's printed times: wall clock of one zone, whatever label stands beside them.

Nothing on the site names its zone. Releases stand in its feeds a few minutes after they were
issued only if its clock is read as US Eastern time; read as UTC they would precede their source.
Aggregators label the same values UTC, so a label is never believed.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from email.utils import parsedate
from zoneinfo import ZoneInfo

EARLIEST_YEAR = 2000
"""The wire opened in 2000; an earlier time is a default value or a misprint."""

_LATEST_YEAR = 2100
_LONGEST_DATE = 100

# Arabic-Indic and Extended Arabic-Indic digits to ASCII.
_DIGITS = {base + digit: str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?)?"
    r" ?(?:[A-Z]{1,5}|[+-]\d{2}:?\d{2})?"
)
# M/D/YYYY h:mm:ss AM, unpadded, as an ASP.NET server of US culture prints it.
_US = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))? ?(AM|PM|ص|م)?", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:Date|التاريخ) ?:? ?(?=\d)", re.IGNORECASE)


def ascii_digits(text: str) -> str:
    """The text with Arabic-Indic digits, both series, as ASCII ones."""
    return text.translate(_DIGITS)


def parse_page_time(text: str, zone: ZoneInfo) -> datetime | None:
    """The time that a story page prints under its headline.

    Two forms are known: `2025-08-12 04:35:35` (since early 2025) and `11/17/2024 5:08:44 AM`
    (before), a `Date` label before either. The whole text must be a time: the page's running
    clock ("Tuesday, 02 January 2024 12:17 GMT"), a frozen literal, is none.

    Args:
        text: what stands in the page's date element.
        zone: the zone whose wall clock is printed. Of an hour that occurs twice the first is
            meant, since nothing on the page tells them apart.

    Returns:
        The instant in UTC, or `None` if the text is no time between 2000 and 2100.
    """
    plain = _LABEL.sub("", _plain(text))
    if ":" not in plain:
        return None
    return _first((_read_iso, _read_us), plain, zone)


def is_page_time(text: str) -> bool:
    """Whether a text has the form of a page's time and is nothing else."""
    plain = _LABEL.sub("", _plain(text))
    return bool(_ISO.fullmatch(plain) or _US.fullmatch(plain)) and ":" in plain


def parse_feed_time(text: str, zone: ZoneInfo) -> datetime | None:
    """The time that a feed gives a story.

    Args:
        text: an RFC 822 date with any or no zone label, or an ISO 8601 one with a blank or a T.
        zone: the zone whose wall clock it is; the label, if any, is ignored.

    Returns:
        The instant in UTC, or `None` if the text is no time between 2000 and 2100.
    """
    return _first((_read_iso, _read_us, _read_rfc822), _plain(text), zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which a day begins on the wall clock of a zone."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _plain(text: str) -> str:
    return " ".join(ascii_digits(text).split())


def _first(
    readers: tuple[Callable[[str], tuple[int, ...] | None], ...], text: str, zone: ZoneInfo
) -> datetime | None:
    for reader in readers:
        if parts := reader(text):
            return _instant(parts, zone)
    return None


def _instant(parts: tuple[int, ...], zone: ZoneInfo) -> datetime | None:
    if not EARLIEST_YEAR <= parts[0] <= _LATEST_YEAR:
        return None
    year, month, day, hour, minute, second = parts
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or a number of a hundred digits
        return None


def _read_iso(text: str) -> tuple[int, ...] | None:
    match = _ISO.fullmatch(text)
    return tuple(int(group or 0) for group in match.groups()) if match else None


def _read_us(text: str) -> tuple[int, ...] | None:
    match = _US.fullmatch(text)
    if match is None:
        return None
    month, day, year, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    return year, month, day, _hour_of_day(hour, match[7]), minute, second


def _hour_of_day(hour: int, half: str | None) -> int:
    if half is None or not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
        return hour
    return hour % 12 + (12 if half.upper() in ("PM", "م") else 0)


def _read_rfc822(text: str) -> tuple[int, ...] | None:
    parts = parsedate(text) if len(text) <= _LONGEST_DATE else None
    return parts[:6] if parts else None
