"""The names of the months as datelines print them, and a dateline's day with its year settled."""

from datetime import date

_NAMES = (
    "January Jan يناير|كانون الثاني",
    "February Feb فبراير|شباط",
    "March Mar مارس|آذار|اذار",
    "April Apr أبريل|ابريل|إبريل|نيسان",
    "May مايو|أيار|ايار",
    "June Jun يونيو|يونيه|حزيران",
    "July Jul يوليو|يوليه|تموز",
    "August Aug أغسطس|اغسطس|آب|اب",
    "September Sept Sep سبتمبر|أيلول|ايلول",
    "October Oct أكتوبر|اكتوبر|تشرين الأول|تشرين الاول",
    "November Nov نوفمبر|تشرين الثاني",
    "December Dec ديسمبر|كانون الأول|كانون الاول",
)
"""English in full and cut; Arabic by the Western and by the Syriac custom, hamza or none."""


def _split(names: str) -> list[str]:
    english = [name for name in names.split() if name.isascii()]
    arabic = names.removeprefix(" ".join(english)).strip()
    return [*english, *arabic.split("|")]


_NUMBERS = {
    name.casefold(): number for number, names in enumerate(_NAMES, 1) for name in _split(names)
}

ENGLISH = "|".join(sorted((n for n in _NUMBERS if n.isascii()), key=len, reverse=True))
ARABIC = "|".join(sorted((n for n in _NUMBERS if not n.isascii()), key=len, reverse=True))
"""Alternatives for a regular expression that ignores case, longest first."""


def month_number(name: str) -> int:
    """The number of a month, 1 to 12.

    Args:
        name: an English or Arabic name in any case, or the number itself in ASCII digits.

    Raises:
        KeyError: it is neither.
    """
    if name.isdigit() and 1 <= int(name) <= len(_NAMES):
        return int(name)
    return _NUMBERS[name.casefold()]


def settle_year(month: int, day: int, near: date) -> date | None:
    """The day of that month and number that lies nearest to another.

    Agency datelines print no year; the wire carries a story within a few days of its dateline.

    Args:
        month: 1 to 12.
        day: of the month.
        near: the day that another witness gives the story.

    Returns:
        The day, or `None` if no year round that one has it.
    """
    candidates = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:  # 29 February, or a day of no calendar
            continue
    return min(candidates, key=lambda candidate: abs(candidate - near), default=None)
