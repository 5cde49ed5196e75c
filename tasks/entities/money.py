# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Sums of money and percentages, by one grammar over the tables of both languages.

A term is a number with a sign or code before or behind it, or a unit behind it: `$340 Million`,
`KD 84 mln`, `1.2 billion dirhams`, `%12`. Terms make compounds (`4 billion 500 million dollars`,
`3 dollars 50 cents`) and ranges (`$10-15 million`), whose ends share what only one of them prints.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tasks.entities.currencies import (
    SIGNS,
    Unit,
    choose_currency,
    codes,
    fold,
    units,
)
from tasks.entities.figures import Figure, FigureKind
from tasks.entities.money_context import is_code_of_money, is_name_of_money
from tasks.entities.numbers import BLANK, MAGNITUDE_WORDS, Numeral, choice, find_numerals
from tasks.entities.tokenizer import word_set

_MAX_BEFORE = 10  # code points that a sign or code before a number takes up
_MAX_CONTEXT = 60  # code points before a range in which a verb tells what it is
_MAX_UNIT_WORDS = 4
_CENTS_OF_DIRHAM = 100  # fils, of which other units have a thousand
_IN_SIGNS = frozenset("$€£¥₹₺₽₴₪₩₦₸₾₼₫฿₱₨%٪.")
_US = re.compile(r"(?<!\w)U\.?S\.? $")
_WITH_THOUSANDTHS = word_set("KWD BHD OMR JOD IQD TND LYD") | {None}
_CENT_NAMES = word_set("cent سنت سنتا سنتات")
_THREE_DECIMALS = re.compile(r"[1-9]\d{1,2}\.\d{3}|[1-9]\.000")
_SHORT = re.compile(r"[^A-Za-z]")
_MAX_LINK = 14  # code points between the numbers of a range

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
    r"as|while|with|than|was|were|is|a|per|that|which|between|against|when|through|until)\b"
)
_WORD = re.compile(
    rf"(?:{BLANK}|-)([^\W\d_](?:[^\W\d_]|[\u064b-\u0652.’](?=\w))*[\u064b-\u0652]*)"
    r"(?:(?<=\b[A-Z]\.[A-Z])\.)?"
)
_RANGE = re.compile(
    rf"{BLANK}?[-–—]{BLANK}?|{BLANK}(?:to|or|through){BLANK}|{BLANK}(?:إلى|الى|حتى|أو|-){BLANK}"
    rf"|(?P<and>{BLANK}and{BLANK}|{BLANK}و{BLANK}?)",
)
_BETWEEN = re.compile(rf"(?:\bbetween|\bbetween[ ]about|(?<!\w)بين){BLANK}?$", re.IGNORECASE)
# Verbs of which the two sums are what was and what is, or how much and to what.
_CHANGE = re.compile(
    r"\b(?:rose|risen|ris(?:es?|ing)|fell|fall(?:en|s|ing)?|up|down|(?:in|de)creas\w+|cut\w*|"
    r"rais\w+|drop\w*|jump\w*|climb\w*|lower\w*|gr[eo]w\w*|declin\w+|widen\w*|narrow\w*|"
    r"slip\w*|surg\w+|shr[aiu]nk\w*|improv\w+|doubl\w+|tripl\w+|revis\w+|upgrad\w+|gain\w*|"
    r"add(?:ed|s)?|lost|los(?:es|ing)|eas(?:ed|es|ing)|edg\w+|settl\w+)\b[^.;\n]{0,60}$"
    r"|(?<!\w)(?:ارتفع|انخفض|تراجع|زاد|صعد|هبط)\w*[^.؛\n]{0,60}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|(?<!\w)من)\W+$", re.IGNORECASE)
_AND = re.compile(rf"{BLANK}(?:and{BLANK}|و{BLANK}?)?")
_RESPECTIVELY = re.compile(r"[^.\n]{0,40}\brespectively\b")
_CLITICS = frozenset("وبلكفـ")
_DOLLAR = re.compile(r"\$|\bUSD|\bdollars?\b|دولار")


class _Term(NamedTuple):
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


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    signs = choice([sign for sign in SIGNS if len(sign) == 1 or sign == "US$"])
    printed = choice(
        [code for code in codes() if code not in ("Euro", "Euros", "euros", "euro", "EURO")]
    )
    return re.compile(
        rf"(?:{BLANK}?(?P<sign>{signs})|(?:{BLANK}|-)?(?P<code>{printed}))(?!\w|[.,]?{BLANK}?-?\d)"
    )


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The first word of each name of money and of a percentage."""
    return frozenset(name.split()[0] for name in units()) | _PERCENT_WORDS


def find_amounts(text: str, language: str, countries: Sequence[str]) -> Iterator[Figure]:
    """The sums of money and percentages of a text, in order.

    A bare `riyal` is that of the first of the countries (ISO 3166-1 alpha-2) that has riyals. Both
    ends of a range carry the position where it starts.
    """
    numerals = find_numerals(text, language, _may_be_amount)
    index = 0
    while index < len(numerals):
        terms, is_range = _read_terms(text, numerals, index)
        index = (terms[-1].last if terms else index) + 1
        figures = [_to_figure(text, term, countries) for term in terms if term.is_quantity]
        for figure in figures:
            if figure:
                start = (
                    terms[0].start
                    if is_range and len(figures) > 1 and None not in figures
                    else None
                )
                yield figure._replace(range_start=start)


def _may_be_amount(text: str, start: int, end: int, following: int) -> bool:
    """Whether digits may be of a sum or percentage: the first letters beside them show most."""
    if following - end <= _MAX_LINK:
        return True
    beside = text[end : end + 1]
    if beside in _BEFORE_WORD:
        word = text[end + 1 : end + 4]
        if not word.isascii() or not word[:1].isalpha():
            return True
        if _SHORT.split(word, maxsplit=1)[0].lower() in _openings():
            return True
    elif beside.isalnum() or beside in SIGNS or beside in "%٪\uff05":
        return True
    return _led_by(text, start, max(0, start - _MAX_BEFORE)) is not None


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The first three letters of all that may stand behind the digits of a sum or percentage."""
    words = (*_first_words(), *codes(), *MAGNITUDE_WORDS)
    return frozenset(word[:3].lower() for word in words if word.isascii())


def _read_terms(text: str, numerals: Sequence[Numeral], index: int) -> tuple[list[_Term], bool]:
    """The term that starts at a number, or the two of a range; and whether they are one."""
    first = _read_term(text, numerals, index)
    if first is None:
        return [], False
    link = _RANGE.match(text, first.end)
    following = first.last + 1
    second = None
    if link and following < len(numerals) and numerals[following].start - link.end() <= _MAX_BEFORE:
        second = _read_term(text, numerals, following, link.end())
    if link is None or second is None or second.start != link.end():
        return [first], False
    return _tie(text, first, second, link)


def _tie(text: str, first: _Term, second: _Term, link: re.Match[str]) -> tuple[list[_Term], bool]:
    """Two terms that something links, each with what only the other prints; and if a range."""
    before = text[max(0, first.start - 2 * _MAX_CONTEXT) : first.start]
    if link["and"] and not _BETWEEN.search(before):
        # "$3 and $5 billion" may be 3 billion or 3: stored only where the text says which.
        if not (_shares_magnitude(first, second) and first.code == second.code != ""):
            return [first], False
        if not _RESPECTIVELY.match(text, second.end):
            return [first._replace(code="", unit=None, percent=0)], False
    pair = _share_unit(first, second)
    if pair is None:
        return [first], False
    is_borrowed = not first.is_quantity
    is_to = link.group().isspace() or link.group().strip().isalpha()
    is_range = not is_to or not _CHANGE.search(before)
    if is_borrowed:
        is_range |= not _FROM.search(before)
    elif "or" in link.group() or "\u0623\u0648" in link.group() or first.unit != second.unit:
        is_range = False
    return list(pair), is_range


def _shares_magnitude(first: _Term, second: _Term) -> bool:
    """Whether the magnitude of the second may be that of the first: `$10-15 million`."""
    one, other = first.numerals[-1], second.numerals[-1]
    is_plain = not one.digits or one.digits.replace(".", "", 1).isdecimal()
    is_less = one.value < second.numerals[0].value
    return one.magnitude == 1 < other.magnitude and is_less and is_plain


def _share_unit(first: _Term, second: _Term) -> tuple[_Term, _Term] | None:
    """Both with the unit and the magnitude of the range; `None` where they are not of one kind."""
    one, other = first.numerals[-1], second.numerals[0]
    shares_magnitude = _shares_magnitude(first, second)
    if first.is_quantity and second.is_quantity:
        is_same = (first.code == second.code or not (first.code and second.code)) and (
            bool(first.percent) == bool(second.percent)
        )
    elif first.is_quantity:
        is_same = other.value > one.value and one.magnitude <= other.magnitude
        second = second._replace(code=first.code, unit=first.unit, percent=first.percent)
    else:
        is_year = len(one.digits) == 4 and bool(second.percent)  # noqa: PLR2004
        is_unlike = second.numerals[-1].magnitude > one.magnitude and not shares_magnitude
        is_same = second.is_quantity and not (second.is_led or is_year or is_unlike)
        first = first._replace(code=second.code, unit=second.unit, percent=second.percent)
    if not is_same:
        return None
    if shares_magnitude:
        scaled = one._replace(magnitude=second.numerals[-1].magnitude)
        first = first._replace(numerals=(scaled,))
    return first, second


def _read_term(
    text: str, numerals: Sequence[Numeral], index: int, earliest: int = 0
) -> _Term | None:
    """The term that starts at a number; `None` where the number is a part of a word."""
    number = numerals[index]
    start, end = number.start, number.end
    led = _led_by(text, start, max(earliest, start - _MAX_BEFORE))
    is_near = index + 1 < len(numerals) and numerals[index + 1].start - end <= _MAX_LINK
    if (
        led is None
        and not earliest
        and not is_near
        and not _is_followed(text, end, _word_behind(text, end))
    ):
        return None
    before = text[start - 1 : start] if start else ""
    if led is None and start > earliest:
        if before.isalnum() and before not in _CLITICS:
            return None
        if before in "-$€£" and before and (before != "-" or text[start - 2 : start - 1].isalpha()):
            return None
    parts, last = [number], index
    while last + 1 < len(numerals) and _continues(text, parts[-1], numerals[last + 1], led):
        last += 1
        parts.append(numerals[last])
        end = parts[-1].end
    term = _Term(start, end, tuple(parts), last)
    if led:
        code = "" if led[1] in "%٪" else led[1]
        term = term._replace(start=led[0], is_led=True, code=code, percent=int(not code))
    return _read_behind(text, term, numerals)


def _led_by(text: str, start: int, earliest: int) -> tuple[int, str] | None:
    """Where the sign or code before a number starts, and the sign or code."""
    last = start
    while last > earliest and text[last - 1] in _BEFORE_WORD:
        last -= 1
    if text[last - 2 : last] not in _last_letters() and text[last - 1 : last] not in _IN_SIGNS:
        return None
    first = last
    while first > earliest and (text[first - 1].isalpha() or text[first - 1] in _IN_SIGNS):
        first -= 1
    printed = text[first:last]
    if printed not in _printed():
        if not printed.endswith("."):  # "QR. 500"
            return None
        printed = printed[:-1]
        if printed not in _printed():
            return None
    if first and (text[first - 1].isalnum() or text[first - 1] in _IN_SIGNS):
        return None
    if printed == "$" and (country := _US.search(text, max(0, first - 5), first)):
        return country.start(), printed
    return first, printed


@lru_cache(maxsize=1)
def _last_letters() -> frozenset[str]:
    """The last two letters of each code: what few numbers have before them."""
    return frozenset(printed[-2:] for printed in _printed() if len(printed) > 1)


@lru_cache(maxsize=1)
def _printed() -> frozenset[str]:
    return frozenset((*SIGNS, *codes(), "%", "٪"))


def _continues(text: str, one: Numeral, other: Numeral, led: tuple[int, str] | None) -> bool:
    """Whether a number goes on with the next: `4 billion 500 million`."""
    gap = text[one.end : other.start]
    return (
        other.amount < one.magnitude > other.magnitude
        and (gap.isspace() or (led is None and bool(_AND.fullmatch(gap))))
        and "\n" not in gap
        and (other.magnitude > 1 or (led is None and (not other.digits or other.amount >= 1000)))  # noqa: PLR2004
    )


def _read_behind(text: str, term: _Term, numerals: Sequence[Numeral]) -> _Term | None:
    """A term with the percent sign, code or unit behind it; `None` where it is part of a word."""
    following = text[term.end : term.end + 2]
    beside = following[:1]
    is_cut = beside.isalnum() or beside == "_" or (bool(term.code) and beside == "%")
    name = _word_behind(text, term.end)
    if not term.code and not term.percent:
        is_attached = beside.isalpha() or beside in "%٪\uff05" or following[-1:] in "%٪"
        is_percent = is_attached or name in _PERCENT_WORDS
        percent = _PERCENT.match(text, term.end) if is_percent else None
        if percent and percent["short"] and not _is_short_percent(text, term, percent.end()):
            return None
        if percent:
            end = percent.end() - percent.group().endswith(".")
            is_hundredths = percent["hundredths"] or percent["hundredths_ar"]
            return term._replace(end=end, percent=100 if is_hundredths else 1)
    if not term.percent and _is_followed(text, term.end, name):
        found = _read_money(text, term, numerals)
        if found:
            return found
    return None if is_cut and not term.percent else term


def _read_money(text: str, term: _Term, numerals: Sequence[Numeral]) -> _Term | None:
    """A term with the code or name of money behind it; `None` where there is none."""
    behind = _behind().match(text, term.end)
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
    beside = text[end : end + 1]
    if beside in _BEFORE_WORD and beside:
        beside = text[end + 1 : end + 2]
        if beside.isalpha():
            is_sign = text.startswith("US$", end + 1)
            return name in _first_words() or name.upper() in _folded_codes() or is_sign
    return beside.isalpha() or beside in SIGNS or (beside in "%٪\uff05" and bool(beside))


@lru_cache(maxsize=1)
def _folded_codes() -> frozenset[str]:
    return frozenset(code.upper().replace(".", "") for code in codes())


def _is_short_percent(text: str, term: _Term, end: int) -> bool:
    return bool(_ENDS_PHRASE.match(text, end)) and term.amount <= 100  # noqa: PLR2004


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


def _add_cents(text: str, term: _Term, numerals: Sequence[Numeral]) -> _Term:
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


def _may_be_thousands(term: _Term, currency: str | None) -> bool:
    """Whether `12.500` may be twelve and a half thousand, as in countries that group by points."""
    first = term.numerals[0]
    return (
        first.magnitude == 1
        and currency not in _WITH_THOUSANDTHS
        and bool(_THREE_DECIMALS.fullmatch(first.digits))
    )


def _to_figure(text: str, term: _Term, countries: Sequence[str]) -> Figure | None:
    """A term's figure; `None` where it is no sum, or of a part of an unknown currency."""
    if term.percent:
        amount = term.amount / term.percent
        return Figure(term.start, term.end, FigureKind.PERCENTAGE, amount)
    found = _price_unit(text, term, countries) if term.unit else _price_code(text, term, countries)
    if found is None or _may_be_thousands(term, found[0]):
        return None
    currency, parts = found
    return Figure(term.start, term.end, FigureKind.MONEY, term.amount / parts, currency)


def _price_unit(text: str, term: _Term, countries: Sequence[str]) -> tuple[str | None, int] | None:
    """The currency of a term with a name of money behind it, and its parts in a unit."""
    unit = term.unit
    if unit is None or not is_name_of_money(text, term, unit, countries):
        return None
    currency, parts = choose_currency(unit, countries)
    if unit.parts > 1 and currency is None:
        if unit.name not in _CENT_NAMES:
            return None  # how many make a unit differs by country
        sentence = text[max(0, term.start - 3 * _MAX_CONTEXT) : term.end + _MAX_CONTEXT]
        currency = "USD" if _DOLLAR.search(sentence) else None
    return currency, parts


def _price_code(text: str, term: _Term, countries: Sequence[str]) -> tuple[str | None, int] | None:
    """The currency of a term with a sign or code beside it."""
    currency = SIGNS.get(term.code) or codes()[term.code]
    if not is_code_of_money(text, term, currency, countries):
        return None
    if currency == "Rs":
        currency = choose_currency(units()["rupee"], countries)[0] or "INR"
    elif term.code == "¥" and countries[:1] == ["CN"]:
        currency = "CNY"
    return currency, 1
