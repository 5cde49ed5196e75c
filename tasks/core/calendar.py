"""The site's printed times and month names, and the days on which story ids were given out.

Nothing on the site names the zone of its clock. Press releases stand in its feeds a few minutes
after they were issued only if the clock is read as US Eastern time; read as UTC they would precede
their source. Aggregators label the same values UTC, so a label is never believed.
"""

import csv
import re
from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

# English in full and abbreviated; Arabic by the Western and the Syriac custom, hamza or none.
_MONTHS = (
    "January|Jan|يناير|كانون الثاني",
    "February|Feb|فبراير|شباط",
    "March|Mar|مارس|آذار|اذار",
    "April|Apr|أبريل|ابريل|إبريل|نيسان",
    "May|مايو|أيار|ايار",
    "June|Jun|يونيو|يونيه|حزيران",
    "July|Jul|يوليو|يوليه|تموز",
    "August|Aug|أغسطس|اغسطس|آب|اب",
    "September|Sept|Sep|سبتمبر|أيلول|ايلول",
    "October|Oct|أكتوبر|اكتوبر|تشرين الأول|تشرين الاول",
    "November|Nov|نوفمبر|تشرين الثاني",
    "December|Dec|ديسمبر|كانون الأول|كانون الاول",
)
_NUMBERS = {
    name.casefold(): number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")
}

# Alternatives for a regular expression that ignores case, longest first.
ENGLISH = "|".join(sorted((n for n in _NUMBERS if n.isascii()), key=len, reverse=True))
ARABIC = "|".join(sorted((n for n in _NUMBERS if not n.isascii()), key=len, reverse=True))

# The site opened in 2000; an earlier time is a default value or a misprint.
_MIN_YEAR, _MAX_YEAR = 2000, 2100

_MAX_RFC822_CHARS = 100  # real ones have about 35

# Arabic-Indic and Extended Arabic-Indic digits to ASCII.
_DIGITS = {base + digit: str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?)?"
    r" ?(?:[A-Z]{1,5}|[+-]\d{2}:?\d{2})?"
)
# M/D/YYYY h:mm:ss, unpadded, as an ASP.NET server of US culture prints it.
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?")
# With the month's name, as other sites print it; only with its half of the day, since the page's
# running clock has the form too.
_NAMED = re.compile(
    rf"(?:[a-z]{{3,9}}\.?,? )?(?:(\d{{1,2}}) ({ENGLISH})|({ENGLISH})\.? (\d{{1,2}}))"
    r"\.?,? (\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?",
    re.IGNORECASE,
)
# Morning or afternoon, after the time in whatever form.
_HALF_DAY = re.compile(
    r"(?<=:\d\d) ?(?:(?P<half>[ap])\.? ?m\b\.?|(?P<arabic>[صم])(?!\w))", re.IGNORECASE
)
_SEPT = re.compile(r"\bSept\b\.?", re.IGNORECASE)
_LABEL = re.compile(r"^(?:Date|التاريخ) ?:? ?(?=\d)", re.IGNORECASE)


def month_number(name: str) -> int:
    """1 to 12 for an English or Arabic name or for ASCII digits; `KeyError` for others."""
    if name.isdigit() and 1 <= int(name) <= len(_MONTHS):
        return int(name)
    return _NUMBERS[name.casefold()]


def settle_year(month: int, day: int, near: date) -> date | None:
    """That day of that month in the year that brings it nearest to another date.

    Agency datelines print no year, and a story is published within a few days of its dateline.
    `None` if no year around that date has such a day.
    """
    candidates = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:  # 29 February, or a day of no calendar
            continue
    return min(candidates, key=lambda candidate: abs(candidate - near), default=None)


def ascii_digits(text: str) -> str:
    """The text with Arabic-Indic digits, both series, as ASCII ones."""
    return text.translate(_DIGITS)


def parse_page_time(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant (UTC) that a story page prints under its headline.

    Two forms are known: `2025-08-12 04:35:35` (since early 2025) and `11/17/2024 5:08:44 AM`
    (before), either after a `Date` label and with a clock of 12 or 24 hours; a month's name is read
    with a clock of 12. The whole text must be a time between 2000 and 2100, else `None`: the page's
    running clock ("Tuesday, 02 January 2024 12:17 GMT"), a frozen literal, is not one. Of an hour
    that occurs twice the first is meant, since nothing on the page says which.
    """
    plain = _LABEL.sub("", _plain(text))
    if ":" not in plain:
        return None
    return _instant(_clock_parts(plain), zone)


def is_page_time(text: str) -> bool:
    """Whether a text has the form of a page's time and is nothing else."""
    plain = _LABEL.sub("", _plain(text))
    return ":" in plain and _clock_parts(plain) is not None


def parse_feed_time(text: str, zone: ZoneInfo) -> datetime | None:
    """A feed's date (RFC 822 or ISO 8601, labels ignored) in UTC; `None` for an impossible one."""
    return _instant(_clock_parts(_plain(text), or_mail_date=True), zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which a day begins on the wall clock of a zone."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _plain(text: str) -> str:
    return " ".join(ascii_digits(text).split())


def _clock_parts(text: str, *, or_mail_date: bool = False) -> tuple[int, ...] | None:
    """Year to second of a text that is a time in one of the forms and nothing else."""
    half = _HALF_DAY.search(text)
    if half:
        text = text[: half.start()] + text[half.end() :]
    if match := _ISO.fullmatch(text):
        parts = tuple(int(group or 0) for group in match.groups())
    elif match := _US.fullmatch(text):
        month, day, year, *clock = (int(group or 0) for group in match.groups())
        parts = (year, month, day, *clock)
    elif half and (match := _NAMED.fullmatch(text)):
        first, last_name, name, last, printed_year, *rest = match.groups()
        named = (int(printed_year), month_number(last_name or name), int(first or last))
        parts = (*named, *(int(group or 0) for group in rest))
    elif or_mail_date and len(text) <= _MAX_RFC822_CHARS:
        mail = parsedate(_SEPT.sub("Sep", text))  # takes the other months' names at any length
        if mail is None:
            return None
        parts = mail[:6]
    else:
        return None
    if half and 1 <= parts[3] <= 12:  # noqa: PLR2004 - a clock face
        is_afternoon = (half["half"] or "").lower() == "p" or half["arabic"] == "م"
        parts = (*parts[:3], parts[3] % 12 + 12 * is_afternoon, *parts[4:])
    return parts


def _instant(parts: tuple[int, ...] | None, zone: ZoneInfo) -> datetime | None:
    if parts is None or not _MIN_YEAR <= parts[0] <= _MAX_YEAR:
        return None
    year, month, day, hour, minute, second = parts
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or a number of a hundred digits
        return None


_MAX_DAYS_BEYOND = 3650


@cache
def _anchors() -> tuple[list[int], list[date]]:
    """Ids and days of the stories by which the warehouse dates ids too."""
    seed = Path(__file__).parents[2] / "sql/seeds/id_anchors.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [int(row["article_id"]) for row in rows]
    return ids, [date.fromisoformat(row["published_on"]) for row in rows]


def day_of_id(article_id: int) -> date | None:
    """The day on which a story id was given out, by linear interpolation.

    Right to about a day since late 2023, to months before; `None` for an id more than ten years
    beyond the known ones.
    """
    ids, days = _anchors()
    index = min(max(bisect_right(ids, article_id), 1), len(ids) - 1)
    share = (article_id - ids[index - 1]) / (ids[index] - ids[index - 1])
    offset = (days[index] - days[index - 1]).days * share
    if abs(offset) > _MAX_DAYS_BEYOND:
        return None
    return days[index - 1] + timedelta(days=round(offset))
