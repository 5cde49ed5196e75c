# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Terms of sums and percentages: a number with the sign, code or unit before or behind it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tasks.entities.figures.currencies import CODES, SIGNS, Unit, fold, units
from tasks.entities.figures.numbers import BLANK, MAGNITUDE_WORDS, Numeral, choice
from tasks.entities.tokenizer import word_set

MAX_BEFORE = 10  # code points that a sign or code before a number takes up
_MAX_UNIT_WORDS = 4
_CENTS_OF_DIRHAM = 100  # fils, of which other units have a thousand
_IN_SIGNS = frozenset("$€£¥₹₺₽₴₪₩₦₸₾₼₫฿₱₨%٪.")
_US = re.compile(r"(?<!\w)U\.?S\.? $")
_SHORT = re.compile(r"[^A-Za-z]")
MAX_LINK = 14  # code points between the numbers of a range
_PAIR = re.compile(r"\b([A-Z]{3})[/-]$")  # the first of two currencies
_BLANKS = frozenset(" \u00a0\u2009\u202f")
_BEFORE_WORD = _BLANKS | {"-"}
_PERCENT_WORDS = word_set(
    "per percent percentage pct pc pp basis bps بالمئه بالمائه بالميه ب في نقطه"
)
_PERCENT = re.compile(
    rf"(?P<sign>{BLANK}?[%٪\uff05])"
    rf"|(?:{BLANK}|-)(?:per{BLANK}?cent(?!\w)|percentage[ -]points?(?!\w))"
    rf"|(?:{BLANK}|-)?(?:pct\b\.?|(?P<short>(?-i:pc|pp)\b)"
    rf"|(?P<hundredths>basis[ -]points?\b|bps\b))|(?P<hundredths_ar>{BLANK}نقط[ةه]{BLANK}[أا]ساس)"
    rf"|{BLANK}?(?:ب|في{BLANK}|ب{BLANK})ال(?:م(?:ئ|ائ|ي)[ةه])(?!\w)|{BLANK}نقط[ةه]{BLANK}مئوي[ةه]",
    re.IGNORECASE,
)
# "2.5 pp from" and "2.5 pc." are points and percent, "120 pp report" and "200 pc games" are not.
_ENDS_PHRASE = re.compile(
    r"\W*$|[.,;:)\n]|\s(?:to|from|in|on|of|for|and|but|or|at|by|over|since|during|after|before|"
    r"year|yoy|qoq|mom|compared|versus|vs|lower|higher|more|less|up|down|above|below|this|last|"
    r"rise|fall|drop|increase|decrease|growth|cut|decline|gain|jump|surge|slump|dip|hike|stake|"
    r"share|discount|tariff|duty|tax|reduction|rate|interest|chance|quota|target|margin|yield|"
    r"return|contraction|dividend|premium|levy|rebate|off|holding|vote|majority|turnout|"
    r"as|while|with|than|was|were|is|a|per|that|which|between|against|when|through|until)\b"
)
_WORD = re.compile(
    rf"(?:{BLANK}|-)([^\W\d_](?:[^\W\d_]|[\u064b-\u0652.’](?=\w))*[\u064b-\u0652]*)"
    r"(?:(?<=\b[A-Z]\.[A-Z])\.)?"
)
_AND = re.compile(rf"{BLANK}(?:and{BLANK}|و{BLANK}?)?")
_CLITICS = frozenset("وبلكفـ")


class Term(NamedTuple):
    """One number, or several in a compound, with what stands before and behind."""

    start: int
    end: int
    numerals: tuple[Numeral, ...]
    last: int  # index of the last of them among the text's
    code: str = ""  # as printed, or the sign
    unit: Unit | None = None
    percent: int = 0  # how many make a percentage point
    is_led: bool = False  # by its code
    cents: Decimal = Decimal(0)  # of a compound, in units

    @property
    def is_quantity(self) -> bool:
        return bool(self.code or self.unit or self.percent)

    @property
    def is_large(self) -> bool:
        return any(one.is_large for one in self.numerals)

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.numerals), self.cents)


_SIGN = choice([sign for sign in SIGNS if len(sign) == 1 or sign == "US$"])
_CODE = choice([code for code in CODES if not code.lower().startswith("euro")])
_BEHIND = re.compile(
    rf"(?:{BLANK}?(?P<sign>{_SIGN})|(?:{BLANK}|-)?(?P<code>{_CODE}))(?!\w|/[A-Z]{{3}}\b|[.,]?{BLANK}?-?\d)"
)
_PRINTED = frozenset((*SIGNS, *CODES, "%", "٪"))  # before a number
_LAST_LETTERS = frozenset(printed[-2:] for printed in _PRINTED if len(printed) > 1)
_FOLDED_CODES = frozenset(code.upper().replace(".", "") for code in CODES)


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The first word of each name of money and of a percentage."""
    return frozenset(name.split()[0] for name in units()) | _PERCENT_WORDS


def may_be_amount(text: str, start: int, end: int, following: int) -> bool:
    """Whether digits may be of a sum or percentage: the first letters next to them show most."""
    if following - end <= MAX_LINK:
        return True
    adjacent = text[end : end + 1]
    if adjacent in _BEFORE_WORD:
        word = text[end + 1 : end + 4]
        if not word.isascii() or not word[:1].isalpha():
            return True
        if _SHORT.split(word, maxsplit=1)[0].lower() in _openings():
            return True
    elif adjacent.isalnum() or adjacent in SIGNS or adjacent in "%٪\uff05":
        return True
    return _led_by(text, start, max(0, start - MAX_BEFORE)) is not None


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The first three letters of all that may stand behind the digits of a sum or percentage."""
    words = (*_first_words(), *CODES, *MAGNITUDE_WORDS)
    return frozenset(word[:3].lower() for word in words if word.isascii())


def read_term(text: str, numerals: Sequence[Numeral], index: int, earliest: int = 0) -> Term | None:
    """The term that starts at a number; `None` where the number is a part of a word."""
    number = numerals[index]
    start, end = number.start, number.end
    led = _led_by(text, start, max(earliest, start - MAX_BEFORE))
    is_near = index + 1 < len(numerals) and numerals[index + 1].start - end <= MAX_LINK
    is_linked = led is not None or earliest or is_near
    if not (is_linked or _is_followed(text, end, _word_behind(text, end))):
        return None
    before = text[start - 1 : start] if start else ""
    if led is None and start > earliest:
        if before.isalnum() and before not in _CLITICS:
            return None
        is_joined = text[start - 2 : start - 1].isalpha()
        if before and (before in ".$€£" or (before == "-" and is_joined)):
            return None
    parts, last = [number], index
    while last + 1 < len(numerals) and _continues(text, parts[-1], numerals[last + 1], led):
        last += 1
        parts.append(numerals[last])
        end = parts[-1].end
    term = Term(start, end, tuple(parts), last)
    if led:
        code = "" if led[1] in "%٪" else led[1]
        term = term._replace(start=led[0], is_led=True, code=code, percent=int(not code))
    return _read_behind(text, term, numerals)


def _led_by(text: str, start: int, earliest: int) -> tuple[int, str] | None:
    """Where the sign or code before a number starts, and the sign or code."""
    last = start
    while last > earliest and text[last - 1] in _BEFORE_WORD:
        last -= 1
    if text[last - 2 : last] not in _LAST_LETTERS and text[last - 1 : last] not in _IN_SIGNS:
        return None
    first = last
    while first > earliest and (text[first - 1].isalpha() or text[first - 1] in _IN_SIGNS):
        first -= 1
    printed = text[first:last]
    if printed not in _PRINTED:
        printed = printed.removesuffix(".").removeprefix("$")  # "QR. 500", "$CAD 500"
    if printed not in _PRINTED:
        return None
    if first and (text[first - 1].isalnum() or text[first - 1] in _IN_SIGNS):
        return None
    pair = _PAIR.search(text, max(0, first - MAX_BEFORE), first)
    if pair and pair[1] in CODES:
        return None  # "EUR/USD 1.0850" is a rate
    if printed == "$" and (country := _US.search(text, max(0, first - 5), first)):
        return country.start(), printed
    return first, printed


def _continues(text: str, one: Numeral, other: Numeral, led: tuple[int, str] | None) -> bool:
    """Whether a number goes on with the next: `4 billion 500 million`."""
    gap = text[one.end : other.start]
    return (
        other.amount < one.magnitude > other.magnitude
        and (gap.isspace() or (led is None and bool(_AND.fullmatch(gap))))
        and "\n" not in gap
        and (other.magnitude > 1 or (led is None and (not other.digits or other.amount >= 1000)))  # noqa: PLR2004
    )


def _read_behind(text: str, term: Term, numerals: Sequence[Numeral]) -> Term | None:
    """A term with the percent sign, code or unit behind it; `None` where it is part of a word."""
    following = text[term.end : term.end + 2]
    adjacent = following[:1]
    is_cut = adjacent.isalnum() or adjacent == "_" or (bool(term.code) and adjacent == "%")
    name = _word_behind(text, term.end)
    if not term.code and not term.percent:
        is_attached = adjacent.isalpha() or adjacent in "%٪\uff05" or following[-1:] in "%٪"
        is_percent = is_attached or name in _PERCENT_WORDS
        percent = _PERCENT.match(text, term.end) if is_percent else None
        if percent:
            end = percent.end() - percent.group().endswith(".")
            is_phrase = _ENDS_PHRASE.match(text, percent.end()) and term.amount <= 100  # noqa: PLR2004
            if percent["short"] and not is_phrase:
                return None
            is_hundredths = percent["hundredths"] or percent["hundredths_ar"]
            return term._replace(end=end, percent=100 if is_hundredths else 1)
    if not term.percent and _is_followed(text, term.end, name):
        found = _read_money(text, term, numerals)
        if found:
            return found
    return None if is_cut and not term.percent else term


def _read_money(text: str, term: Term, numerals: Sequence[Numeral]) -> Term | None:
    """A term with the code or name of money behind it; `None` where there is none."""
    behind = _BEHIND.match(text, term.end)
    if behind and (not term.code or (term.code == "$" and behind["code"])):
        return term._replace(end=behind.end(), code=behind["sign"] or behind["code"])
    unit, end = _unit_behind(text, term.end)
    if unit is None:
        return None
    if term.code:  # "$5 million dollars"
        return term._replace(end=end) if unit.parts == 1 else term
    return _add_cents(text, term._replace(end=end, unit=unit), numerals)


def _word_behind(text: str, end: int) -> str:
    """The word behind a number, folded."""
    word = _WORD.match(text, end) if text[end : end + 1] in _BEFORE_WORD else None
    return fold(word[1]) if word else ""


def _is_followed(text: str, end: int, name: str) -> bool:
    """Whether a unit, a code or a sign of percent may stand behind a number."""
    adjacent = text[end : end + 1]
    if adjacent in _BEFORE_WORD and adjacent:
        adjacent = text[end + 1 : end + 2]
        if adjacent.isalpha():
            is_sign = text.startswith("US$", end + 1)
            return name in _first_words() or name.upper() in _FOLDED_CODES or is_sign
    return adjacent.isalpha() or adjacent in SIGNS or (adjacent in "%٪\uff05" and bool(adjacent))


def _unit_behind(text: str, end: int) -> tuple[Unit | None, int]:
    """The name of money that follows, the longest, and where it ends."""
    words: list[re.Match[str]] = []
    while len(words) < _MAX_UNIT_WORDS and (word := _WORD.match(text, end)):
        words.append(word)
        end = word.end()
    for count in range(len(words), 0, -1):
        unit = units().get(fold(" ".join(word[1] for word in words[:count])))
        if unit:
            end = words[count - 1].end(1)
            is_compound = text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()
            return None if is_compound else unit, end
    return None, end


def _add_cents(text: str, term: Term, numerals: Sequence[Numeral]) -> Term:
    """A term with the parts of its unit that follow: `3 dollars 50 cents`."""
    if term.last + 1 < len(numerals):
        number = numerals[term.last + 1]
        unit, end = _unit_behind(text, number.end)
        gap = text[term.end : number.start]
        if unit and unit.parts > number.amount and _AND.fullmatch(gap):
            is_dirham = term.unit is not None and term.unit.name in ("dirham", "درهم")
            cents = number.amount / (_CENTS_OF_DIRHAM if is_dirham else unit.parts)
            return term._replace(end=end, last=term.last + 1, cents=cents)
    return term
