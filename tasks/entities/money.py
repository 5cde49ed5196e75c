"""Sums of money as wire copy prints them: `$340 million`, `KD 84 mln`, `1.2 billion dirhams`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.entities.figure_starts import at, at_numbers

NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"

_MAGNITUDES = {
    "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6,
    "m": 1e6, "crore": 1e7, "crores": 1e7, "cr": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9,
    "b": 1e9, "trillion": 1e12, "trn": 1e12, "tn": 1e12,
}  # fmt: skip
_SIGNS = {
    "US$": "USD", "$": "USD", "A$": "AUD", "C$": "CAD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
    "\u20ac": "EUR", "\u00a3": "GBP", "\u00a5": "JPY", "\u20b9": "INR", "\u20ba": "TRY",
    "\u20bd": "RUB", "\u20b4": "UAH", "\u20aa": "ILS",
}  # fmt: skip
_CODES = {
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "CHF": "CHF", "CNY": "CNY",
    "RMB": "CNY", "AED": "AED", "Dhs": "AED", "Dh": "AED", "SAR": "SAR", "SR": "SAR", "QAR": "QAR",
    "QR": "QAR", "KWD": "KWD", "KD": "KWD", "BHD": "BHD", "BD": "BHD", "OMR": "OMR", "RO": "OMR",
    "JOD": "JOD", "JD": "JOD", "EGP": "EGP", "LE": "EGP", "LBP": "LBP", "SYP": "SYP", "IQD": "IQD",
    "ID": "IQD", "IRR": "IRR", "YER": "YER", "MAD": "MAD", "DZD": "DZD", "TND": "TND",
    "LYD": "LYD", "SDG": "SDG", "TRY": "TRY", "TL": "TRY", "ILS": "ILS", "NIS": "ILS",
    "INR": "INR", "PKR": "PKR", "LKR": "LKR", "BDT": "BDT", "AZN": "AZN", "KZT": "KZT",
    "GEL": "GEL", "UAH": "UAH", "RUB": "RUB", "KES": "KES", "NGN": "NGN", "ETB": "ETB",
    "MYR": "MYR", "RM": "MYR", "SGD": "SGD", "IDR": "IDR", "VND": "VND", "THB": "THB",
    "KRW": "KRW", "CAD": "CAD", "AUD": "AUD", "NOK": "NOK", "SEK": "SEK", "ZAR": "ZAR",
}  # fmt: skip
CURRENCY_CODES = frozenset(_CODES)
"""Codes of currencies as copy prints them, those of ISO 4217 and its own."""

_RUPEES = {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR"}
_DINARS = {"KW": "KWD", "BH": "BHD", "JO": "JOD", "IQ": "IQD", "DZ": "DZD", "TN": "TND",
           "LY": "LYD", "RS": "RSD"}  # fmt: skip
_RIALS = {"SA": "SAR", "QA": "QAR", "OM": "OMR", "YE": "YER", "IR": "IRR"}
_POUNDS = {"GB": "GBP", "EG": "EGP", "LB": "LBP", "SY": "SYP", "SD": "SDG"}
_DIRHAMS = {"AE": "AED", "MA": "MAD"}
_DOLLARS = {"US": "USD", "AU": "AUD", "CA": "CAD", "HK": "HKD", "SG": "SGD"}
_KRONER = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "IS": "ISK"}
_UNITS = {  # word in the singular: by country, and what is meant where no country tells
    "dollar": (_DOLLARS, "USD"), "euro": ({}, "EUR"), "pound": (_POUNDS, "GBP"),
    "pound sterling": ({}, "GBP"), "dirham": (_DIRHAMS, "AED"), "riyal": (_RIALS, None),
    "rial": (_RIALS, None), "dinar": (_DINARS, None), "rupee": (_RUPEES, "INR"),
    "lira": ({"LB": "LBP"}, "TRY"), "manat": ({}, "AZN"), "tenge": ({}, "KZT"),
    "hryvnia": ({}, "UAH"), "ruble": ({}, "RUB"), "rouble": ({}, "RUB"), "yen": ({}, "JPY"),
    "yuan": ({}, "CNY"), "won": ({}, "KRW"), "ringgit": ({}, "MYR"), "rupiah": ({}, "IDR"),
    "baht": ({}, "THB"), "franc": ({"CH": "CHF"}, "CHF"), "shekel": ({}, "ILS"),
    "taka": ({}, "BDT"), "naira": ({}, "NGN"), "birr": ({}, "ETB"), "kroner": (_KRONER, None),
    "krona": (_KRONER, "SEK"), "lari": ({}, "GEL"), "real": ({}, "BRL"), "shilling": ({}, "KES"),
}  # fmt: skip
_NATIONS = {
    "us": "US", "american": "US", "australian": "AU", "canadian": "CA", "kuwaiti": "KW",
    "bahraini": "BH", "jordanian": "JO", "iraqi": "IQ", "algerian": "DZ", "tunisian": "TN",
    "libyan": "LY", "saudi": "SA", "qatari": "QA", "omani": "OM", "yemeni": "YE", "iranian": "IR",
    "british": "GB", "egyptian": "EG", "lebanese": "LB", "syrian": "SY", "sudanese": "SD",
    "emirati": "AE", "uae": "AE", "moroccan": "MA", "indian": "IN", "pakistani": "PK",
    "sri lankan": "LK", "swiss": "CH", "turkish": "TR", "norwegian": "NO", "swedish": "SE",
    "danish": "DK", "hong kong": "HK", "singapore": "SG",
}  # fmt: skip


def _choice(words: dict[str, object] | frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each)))


_MAGNITUDE = rf"(?:\s?-?(?P<magnitude>{_choice(frozenset(_MAGNITUDES))})\b\.?)?"
_SIGN, _CODE = _choice(frozenset(_SIGNS)), _choice(CURRENCY_CODES)
_OPENING = re.compile(rf"(?:{_SIGN}|{_CODE}|Rs\.?)\s?\d")
_BEFORE = re.compile(
    rf"(?<![\w$])(?:(?P<sign>{_SIGN})|(?P<code>{_CODE})|(?P<rupees>Rs\.?))\s?"
    rf"(?P<number>{NUMBER}){_MAGNITUDE}(?![\w%])"
)
_AFTER = re.compile(
    rf"(?<![\w.,$])(?P<number>{NUMBER}){_MAGNITUDE}\s"
    rf"(?:(?P<code>(?-i:{_CODE}))\b|"  # "id" and "try" in small letters are words
    rf"(?:(?P<nation>{_choice(frozenset(_NATIONS))})\s)?"
    rf"(?P<unit>{_choice(frozenset(_UNITS))})(?:s|es)?\b)",
    re.IGNORECASE,
)
_CENTS = re.compile(rf"(?<![\w.,$])(?P<number>{NUMBER})\s(?:US\s)?cents?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of money in a text.

    Attributes:
        start: its first code point.
        end: one past its last.
        amount: units of the currency.
        currency: ISO 4217 code, `None` where copy leaves it open.
    """

    start: int
    end: int
    amount: float
    currency: str | None


def find_money(text: str, countries: Sequence[str]) -> Iterator[Sum]:
    """The sums of money in a text, in no particular order.

    Args:
        text: the text.
        countries: ISO 3166-1 alpha-2 of the countries it is about, the main one first: a bare
            `riyal` is that of the first of them that has riyals.
    """
    for match in at(_OPENING, _BEFORE, text):
        currency = _SIGNS.get(match["sign"] or "") or _CODES.get(match["code"] or "")
        if match["rupees"]:
            currency = of_country(_RUPEES, countries, "INR")
        yield _sum(match, currency)
    for match in at_numbers(_AFTER, text):
        if match["code"]:
            yield _sum(match, _CODES[match["code"]])
        else:
            yield _sum(match, _of_unit(match["unit"], match["nation"], countries))
    for match in at_numbers(_CENTS, text):
        yield Sum(match.start(), match.end(), number_of(match["number"]) / 100, None)


def number_of(printed: str) -> float:
    """The value of a number as printed, thousands (or lakhs) separated by commas."""
    return float(printed.replace(",", ""))


def of_country(
    by_country: Mapping[str, str], countries: Iterable[str], otherwise: str | None
) -> str | None:
    """The currency of the first of some countries that has one of that name."""
    return next((by_country[one] for one in countries if one in by_country), otherwise)


def _sum(match: re.Match[str], currency: str | None) -> Sum:
    magnitude = _MAGNITUDES.get((match["magnitude"] or "").lower(), 1)
    amount = round(number_of(match["number"]) * magnitude, 2)
    end = match.end()
    if match["magnitude"] and match.string[end - 1] == ".":
        end -= 1
    return Sum(match.start(), end, amount, currency)


def _of_unit(unit: str, nation: str | None, countries: Sequence[str]) -> str | None:
    by_country, otherwise = _UNITS[unit.lower()]
    if nation:
        return by_country.get(_NATIONS[nation.lower()], otherwise)
    return of_country(by_country, countries, otherwise)
