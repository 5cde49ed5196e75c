# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Sums of money and percentages, by one grammar over the tables of both languages.

A term is a number with a sign or code before or behind it, or a unit behind it: `$340 Million`,
`KD 84 mln`, `1.2 billion dirhams`, `%12`. Terms make compounds (`4 billion 500 million dollars`,
`3 dollars 50 cents`) and ranges (`$10-15 million`), whose ends share what only one of them prints.
"""

import re
from collections.abc import Iterator, Sequence

from tasks.entities.figures.currencies import CODES, SIGNS, choose_currency, units
from tasks.entities.figures.money_context import is_code_of_money, is_name_of_money
from tasks.entities.figures.numbers import BLANK, Numeral, find_numerals
from tasks.entities.figures.patterns import Figure, FigureKind
from tasks.entities.figures.terms import MAX_BEFORE, Term, may_be_amount, read_term
from tasks.entities.tokenizer import word_set

_MAX_CONTEXT = 60  # code points before a range in which a verb tells what it is
_WITH_THOUSANDTHS = word_set("KWD BHD OMR JOD IQD TND LYD") | {None}
_CENT_NAMES = word_set("cent سنت سنتا سنتات")
_THREE_DECIMALS = re.compile(r"[1-9]\d{1,2}\.\d{3}|[1-9]\.000")
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
_YEAR = re.compile(r"\d{4}")
_RESPECTIVELY = re.compile(r"[^.\n]{0,40}\brespectively\b")
_DOLLAR = re.compile(r"\$|\bUSD|\bdollars?\b|دولار")


def find_amounts(text: str, language: str, countries: Sequence[str]) -> Iterator[Figure]:
    """The sums of money and percentages of a text, in order.

    A bare `riyal` is that of the first of the countries (ISO 3166-1 alpha-2) that has riyals. Both
    ends of a range carry the position where it starts.
    """
    numerals = find_numerals(text, language, may_be_amount)
    index = 0
    while index < len(numerals):
        terms, is_range = _read_terms(text, numerals, index)
        index = (terms[-1].last if terms else index) + 1
        figures = [_to_figure(text, term, countries) for term in terms if term.is_quantity]
        is_range = is_range and len(figures) > 1 and None not in figures
        start = terms[0].start if is_range else None
        yield from (figure._replace(range_start=start) for figure in figures if figure)


def _read_terms(text: str, numerals: Sequence[Numeral], index: int) -> tuple[list[Term], bool]:
    """The term that starts at a number, or the two of a range; and whether they are one."""
    first = read_term(text, numerals, index)
    if first is None:
        return [], False
    link = _RANGE.match(text, first.end)
    following = first.last + 1
    second = None
    if link and following < len(numerals) and numerals[following].start - link.end() <= MAX_BEFORE:
        second = read_term(text, numerals, following, link.end())
    if link is None or second is None or second.start != link.end():
        return [first], False
    return _tie(text, first, second, link)


def _tie(text: str, first: Term, second: Term, link: re.Match[str]) -> tuple[list[Term], bool]:
    """Two terms that something links, each with what only the other prints; and if a range."""
    before = text[max(0, first.start - 2 * _MAX_CONTEXT) : first.start]
    is_pair = link["and"] and not _BETWEEN.search(before)
    if is_pair:
        is_respective = _RESPECTIVELY.match(text, second.end)
        if second.percent and not first.is_quantity:  # "3.5 and 4 percent"
            if not (is_respective or "." in first.numerals[-1].digits):
                return [first], False
        # "$3 and $5 billion" may be 3 billion or 3: stored only where the text says which.
        elif not (_shares_magnitude(first, second) and first.code == second.code != ""):
            return [first], False
        elif not is_respective:
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
    return list(pair), is_range and not is_pair and pair[0].amount < pair[1].amount


def _shares_magnitude(first: Term, second: Term) -> bool:
    """Whether the magnitude of the second may be that of the first: `$10-15 million`."""
    one, other = first.numerals[-1], second.numerals[-1]
    is_plain = not one.digits or one.digits.replace(".", "", 1).isdecimal()
    is_less = one.value < second.numerals[0].value
    return one.magnitude == 1 < other.magnitude and is_less and is_plain


def _share_unit(first: Term, second: Term) -> tuple[Term, Term] | None:
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
        is_year = bool(_YEAR.fullmatch(one.digits)) and bool(second.percent)
        is_unlike = second.numerals[-1].magnitude > one.magnitude and not shares_magnitude
        is_same = second.is_quantity and not (second.is_led or is_year or is_unlike)
        first = first._replace(code=second.code, unit=second.unit, percent=second.percent)
    if not is_same:
        return None
    if shares_magnitude:
        scaled = one._replace(magnitude=second.numerals[-1].magnitude)
        first = first._replace(numerals=(scaled,))
    return first, second


def _may_be_thousandths(text: str, term: Term, currency: str | None) -> bool:
    """Whether `12.500` may be 12,500, as in countries that group by points; `KD.500` half a KD."""
    first = term.numerals[0]
    if first.magnitude > 1:
        return False
    if currency in _WITH_THOUSANDTHS:
        return text[first.start - 1 : first.start] == "." and len(first.digits) == 3  # noqa: PLR2004
    return bool(_THREE_DECIMALS.fullmatch(first.digits))


def _to_figure(text: str, term: Term, countries: Sequence[str]) -> Figure | None:
    """A term's figure; `None` where it is no sum, or of a part of an unknown currency."""
    if term.percent:
        amount = term.amount / term.percent
        return Figure(term.start, term.end, FigureKind.PERCENTAGE, amount)
    found = _price_unit(text, term, countries) if term.unit else _price_code(text, term, countries)
    if found is None or _may_be_thousandths(text, term, found[0]):
        return None
    currency, parts = found
    return Figure(term.start, term.end, FigureKind.MONEY, term.amount / parts, currency)


def _price_unit(text: str, term: Term, countries: Sequence[str]) -> tuple[str | None, int] | None:
    """The currency of a term with a name of money behind it, and its parts in a unit."""
    unit = term.unit
    if unit is None or not is_name_of_money(text, term, unit, countries):
        return None
    currency, parts = choose_currency(unit, countries)
    if unit.name in _CENT_NAMES:  # "34 cents to $73.05" wherever that was said
        sentence = text[max(0, term.start - 3 * _MAX_CONTEXT) : term.end + _MAX_CONTEXT]
        currency = "USD" if _DOLLAR.search(sentence) else currency
    elif unit.parts > 1 and currency is None:
        return None  # how many make a unit differs by country
    return currency, parts


def _price_code(text: str, term: Term, countries: Sequence[str]) -> tuple[str | None, int] | None:
    """The currency of a term with a sign or code next to it."""
    currency = SIGNS.get(term.code) or CODES[term.code]
    if not is_code_of_money(text, term, currency, countries):
        return None
    if currency == "Rs":
        currency = choose_currency(units()["rupee"], countries)[0] or "INR"
    elif term.code == "¥" and countries[:1] == ["CN"]:
        currency = "CNY"
    return currency, 1
