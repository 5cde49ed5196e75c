# ruff: noqa: RUF001 - the marks of copy stand here as it prints them
"""Quarters, halves and years in English."""

import re
from collections.abc import Iterator
from datetime import date

from tasks.entities.figures.date_items import DateItem, to_year, two_ends
from tasks.entities.figures.patterns import WORDS, Precision, find_positions, match_at
from tasks.entities.figures.tense import Direction
from tasks.entities.tokenizer import word_set

TURNS = {"this": 0, "current": 0, "last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
YEAR = r"(?:19|20)\d\d"
TURN = r"(?P<turn>this|last|next|current|previous|past|coming)\s(?:(?:fiscal|financial)\s)?year\b"
_PERIOD = re.compile(
    r"(?<![\w-])(?:(?P<letter>[QH])(?P<number>[1-4])(?![\w%]|-\w|[.:)]\s+[A-Z“\"])"
    rf"|(?P<first>[1-4])(?P<after>[QH])(?=\s?{YEAR}|['’]?\d\d\b|\b)"
    r"|(?P<word>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[1-4](?:st|nd|rd|th))[\s-](?P<what>[Qq]uarter|[Hh]alf))"
    r"(?:(?:\s|['’]|,?\s(?:of\s|in\s)?(?:the\s)?(?:(?:fiscal|financial)\s)?(?:year\s)?)"
    rf"(?P<year>{YEAR})(?![\w%]|[.,]\d)|(?<=[QH])\s?['’]?(?P<short>\d\d)(?!\w)|['’](?P<two>\d\d)(?!\w)"
    rf"|\s(?:of\s)?(?:the\s)?{TURN}|\sof\sthe\s(?:(?:fiscal|financial)\s)?(?P<itself>year)\b)?(?!\w)"
)
_PERIODS = re.compile(
    r"(?<![\w-])(?P<kind>[QH])(?P<number>[1-4])(?P<link>\s?[-–—]\s?|\s(?:to|through|until|and)\s)"
    rf"(?P=kind)?(?P<last>[1-4])(?:,?\s(?:of\s|in\s)?(?P<year>{YEAR})|(?:\s['’]?|['’])(?P<short>\d\d))?"
    r"(?![\w%-]|[.,]\d)"
)
_NO_PERIOD = re.compile(
    r"(?<=\sthe\syear)\s(?:before|earlier)"
    r"|[\s-]?(?:[Ff]inals?|back)|[\s-](?:running|in a row|straight|consecutive|lead\b|SUV|"
    r"model|aircraft|turboprop|engine|e-tron|sedan|quarter|of (?:the|a) (?!year|fiscal|financial))"
)
_CAR = re.compile(r"(?:Audi|Infiniti|Samsung|Jaguar)\s$")
_GAME = re.compile(
    r"\b(?:basketball|scored|outscored|touchdown|rebounds|half-?time|match|tip-off|goal|penalty|"
    r"striker|rebound|baskets?|three-pointer)\b"
)
# What is published of a period is of one that is over.
_RESULTS = re.compile(
    r"\b(?:accounts?|results?|earnings|profits?|figures|revenues?|statements|losse?s?|sales|income)\s"
    r"(?:for|of|in)\s(?:the\s)?$",
    re.IGNORECASE,
)
_HALF_RESULTS = re.compile(
    r"[\s-](?:profits?|net|results|revenues?|earnings|loss|sales|income|performance|GDP)\b"
)
_FISCAL = re.compile(
    rf"(?:FY(?<!\wFY)\s?['’]?(?P<year>{YEAR}|\d\d)"
    rf"|[Ff](?:iscal|inancial)\s(?:year\s)?(?P<other>{YEAR}))(?:[/-](?:20)?\d\d)?(?![\w%]|[.,]\d)"
)
_YEARS = re.compile(
    rf"(?<![\w.,/])(?P<first>{YEAR})(?P<more>(?:(?:,\s(?:and\s)?|\s(?:and|or|to|through|until)\s|"
    rf"\s?[-–—]\s?){YEAR}(?![\w%]|[.,]\d))*)(?P<short>[-–]\d\d(?![\w/-]))?"
    r"(?![\w/%]|[.,:]\d|-[\w]|\s?(?:to|and|or|-|–)\s?[$€£]?\d)"
)
_ONE_YEAR = re.compile(YEAR)
_YEAR_BEFORE = word_set(
    "in since until till by from for of during to through mid early late end year before after "
    "between years"
)
_LOOSE = word_set("from for of to with between after before")
BETWEEN = re.compile(r"\b[Bb]etween\s(?:\w+day,?\s)?$")
_COUNTED = re.compile(rf"\s(?:{'|'.join(WORDS['words']['counted'].split())})\b")
_COUNTED_LOOSELY = re.compile(
    r"\s(?!levels|figures|prices|results|elections|data|was|is|has|as|its|this|his|sales|talks|"
    r"across|towards|rates|versus|plus|thus|shows|says|reports|terms|rules|plans|olympics)[a-z]+s\b"
)
_MAX_WORD = 12  # code points of a preposition, and the blanks around it
_MAX_BEFORE = 28  # code points before a date in which a word tells what it is
AT_YEAR = re.compile("19|20")
_MAX_ORDINAL = 8  # code points before "quarter"
NEAR = 80  # code points around a quarter in which a game is named


def word_before(text: str, match: re.Match[str]) -> str:
    """The word that stands right before a match, in small letters."""
    before = text[max(0, match.start() - _MAX_WORD) : match.start()]
    if before[-1:] not in (" ", "-", "\n"):
        return ""
    return before[:-1].replace("-", " ").replace("\n", " ").rpartition(" ")[2].lower()


def stands_before(
    text: str, match: re.Match[str], pattern: re.Pattern[str]
) -> re.Match[str] | None:
    """What stands right before a match."""
    return pattern.search(text, max(0, match.start() - _MAX_BEFORE), match.start())


def _period_hints(text: str) -> Iterator[int]:
    """Where a quarter or half may stand."""
    for word in ("uarter", "half", "Half"):
        yield from find_positions(text, word)
    for letter in "QH":
        for position in find_positions(text, letter):
            if text[position + 1 : position + 2].isdecimal():
                yield position
            elif position and text[position - 1].isdecimal():
                yield position - 1


def find_periods(text: str, published: date) -> Iterator[DateItem]:
    """Quarters, halves and fiscal years."""
    yield from _ranges(text)
    for hint in _period_hints(text):
        match = _PERIOD.search(text, max(0, hint - _MAX_ORDINAL), hint + NEAR)
        if match is None or match.start() > hint:
            continue
        if _NO_PERIOD.match(text, match.end()) or stands_before(text, match, _CAR):
            continue
        is_half = (match["letter"] or match["after"] or match["what"])[0] in "Hh"
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        year = to_year(match["year"] or match["short"] or match["two"] or "0") or None
        if match["turn"]:
            year = published.year + TURNS[match["turn"]]
        elif match["itself"] and is_half:
            year = published.year
        elif year is None and _GAME.search(around):
            continue
        if is_half and year is None and not _HALF_RESULTS.match(text, match.end()):
            continue
        printed = (match["number"] or match["first"] or match["word"]).lower()
        number = _ORDINALS.get(printed) or int(printed[0])
        if is_half and number > 2:  # noqa: PLR2004
            continue
        month = 6 * number - 5 if is_half else 3 * number - 2
        precision = Precision.HALF if is_half else Precision.QUARTER
        where = Direction.LAST if stands_before(text, match, _RESULTS) else None
        yield DateItem(*match.span(), precision, year, month, direction=where)
    for match in (
        _FISCAL.finditer(text) if "FY" in text or "iscal" in text or "inancial" in text else ()
    ):
        yield DateItem(*match.span(), Precision.YEAR, to_year(match["year"] or match["other"]))


def _ranges(text: str) -> Iterator[DateItem]:
    """The ends of `Q1-Q3 2025`."""
    for match in _PERIODS.finditer(text):
        months, precision = (3, Precision.QUARTER) if match["kind"] == "Q" else (6, Precision.HALF)
        first, last = int(match["number"]), int(match["last"])
        if first < last <= 12 // months:
            year = to_year(match["year"] or match["short"] or "0") or None
            yield from two_ends(
                ((match.start(), match.start("link")), (match.end("link"), match.end())),
                precision, year, (months * first - months + 1, months * last - months + 1),
                range_start=None if match["link"].strip() == "and" else match.start(),
            )  # fmt: skip


def find_years(text: str) -> Iterator[DateItem]:
    """Years behind a preposition, and `2020-2024` behind anything."""
    for match in match_at(AT_YEAR, _YEARS, text):
        years = [
            (*year.span(), int(year[0]))
            for year in _ONE_YEAR.finditer(text, match.start(), match.end("more"))
        ]
        if match["short"]:
            short = years[0][2] // 100 * 100 + int(match["short"][1:])
            years.append((match.start("short") + 1, match.end(), short))
        is_rising = len(years) == 2 and years[0][2] < years[1][2]  # noqa: PLR2004
        link = text[years[0][1] : years[1][0]].strip() if is_rising else ""
        is_span = is_rising and link in "-–—"
        word = word_before(text, match)
        is_placed = not match["short"] and word in _YEAR_BEFORE
        is_loose = word in _LOOSE and _COUNTED_LOOSELY.match(text, match.end())
        if not (is_span or is_placed) or is_loose or _COUNTED.match(text, match.end()):
            continue
        is_range = is_span or link in ("to", "through", "until")
        is_range |= link == "and" and bool(stands_before(text, match, BETWEEN))
        tie = match.start() if is_range else None
        for start, end, year in years:
            yield DateItem(start, end, Precision.YEAR, year, range_start=tie)
