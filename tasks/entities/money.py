"""Sums of money in English and Arabic: `$340 million`, `KD 84 mln`, `1.2 billion dirhams`."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from tasks.entities.figures import (
    ARABIC_NUMBER,
    ARABIC_START,
    AT_NUMBER,
    NUMBER,
    Figure,
    FigureKind,
    match_at,
    parse_number,
)
from tasks.entities.places import NEAR

_MAGNITUDES = {
    "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6,
    "m": 1e6, "crore": 1e7, "crores": 1e7, "cr": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9,
    "b": 1e9, "trillion": 1e12, "trn": 1e12, "tn": 1e12,
    "الف": 1e3, "ألف": 1e3, "آلاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليونا": 1e6,
    "مليار": 1e9, "مليارات": 1e9, "مليارا": 1e9, "بليون": 1e9, "تريليون": 1e12,
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
CURRENCY_CODES = frozenset(_CODES)  # as copy prints them: those of ISO 4217, and its own

_RUPEES = {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR"}
_DINARS = {"KW": "KWD", "BH": "BHD", "JO": "JOD", "IQ": "IQD", "DZ": "DZD", "TN": "TND",
           "LY": "LYD", "RS": "RSD"}  # fmt: skip
_RIALS = {"SA": "SAR", "QA": "QAR", "OM": "OMR", "YE": "YER", "IR": "IRR"}
_POUNDS = {"GB": "GBP", "EG": "EGP", "LB": "LBP", "SY": "SYP", "SD": "SDG"}
_DIRHAMS = {"AE": "AED", "MA": "MAD"}
_DOLLARS = {"US": "USD", "AU": "AUD", "CA": "CAD", "HK": "HKD", "SG": "SGD"}
_KRONER = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "IS": "ISK"}
# A unit in the singular: the currencies of that name by country, and the default one.
_UNITS: dict[str, tuple[Mapping[str, str], str | None]] = {
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
_ARABIC_POUNDS = {"GB": "GBP", "EG": "EGP", "SD": "SDG"}  # that of Lebanon and Syria is a lira
_ARABIC_UNITS: dict[str, tuple[Mapping[str, str], str | None]] = {
    "دولار": (_DOLLARS, "USD"), "يورو": ({}, "EUR"), "درهم": (_DIRHAMS, None),
    "دينار": (_DINARS, None), "ريال": (_RIALS, None), "جنيه": (_ARABIC_POUNDS, None),
    "ليرة": ({"LB": "LBP", "SY": "SYP", "TR": "TRY"}, None),
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
_ARABIC_NATIONS = {
    "أسترالي": "AU", "كندي": "CA", "أميركي": "US", "أمريكي": "US", "إماراتي": "AE", "مغربي": "MA",
    "كويتي": "KW", "بحريني": "BH", "أردني": "JO", "عراقي": "IQ", "جزائري": "DZ", "تونسي": "TN",
    "ليبي": "LY", "سعودي": "SA", "قطري": "QA", "عماني": "OM", "يمني": "YE", "إيراني": "IR",
    "مصري": "EG", "سوداني": "SD", "إسترليني": "GB", "استرليني": "GB", "لبنانية": "LB",
    "سورية": "SY", "تركية": "TR",
}  # fmt: skip


def _choice(words: Collection[str]) -> str:
    """Alternatives for a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each)))


_ENGLISH_MAGNITUDE = _choice([word for word in _MAGNITUDES if word.isascii()])
_MAGNITUDE = rf"(?:\s?-?(?P<magnitude>{_ENGLISH_MAGNITUDE})\b\.?)?"
_SIGN, _CODE = _choice(_SIGNS), _choice(CURRENCY_CODES)
_OPENING = re.compile(rf"(?:{_SIGN}|{_CODE}|Rs\.?)\s?\d")
_BEFORE = re.compile(
    rf"(?<![\w$])(?:(?P<sign>{_SIGN})|(?P<code>{_CODE})|(?P<rupees>Rs\.?))\s?"
    rf"(?P<number>{NUMBER}){_MAGNITUDE}(?![\w%])"
)
_AFTER = re.compile(
    rf"(?<![\w.,$])(?P<number>{NUMBER}){_MAGNITUDE}\s"
    rf"(?:(?P<code>(?-i:{_CODE}))\b|"  # "id" and "try" in small letters are words
    rf"(?:(?P<nation>{_choice(_NATIONS)})\s)?"
    rf"(?P<unit>{_choice(_UNITS)})(?:s|es)?\b)",
    re.IGNORECASE,
)
_CENTS = re.compile(rf"(?<![\w.,$])(?P<number>{NUMBER})\s(?:US\s)?cents?\b", re.IGNORECASE)
_ARABIC_MAGNITUDE = _choice([word for word in _MAGNITUDES if not word.isascii()])
_ARABIC = re.compile(
    rf"{ARABIC_START}(?P<number>{ARABIC_NUMBER})(?:\s(?P<magnitude>{_ARABIC_MAGNITUDE}))?"
    rf"\s(?P<unit>{_choice(_ARABIC_UNITS)})(?:\u0627\u062a?)?(?!\w)"
    rf"(?:\s(?P<nation>{_choice(_ARABIC_NATIONS)})\u0627?(?!\w))?"
)


def find_money(text: str, countries: Sequence[str]) -> Iterator[Figure]:
    """The sums of money in an English text, in no particular order.

    A bare `riyal` is that of the first of the countries (ISO 3166-1 alpha-2) that has riyals.
    """
    for match in match_at(_OPENING, _BEFORE, text):
        if match["rupees"]:
            currency = _choose_currency(_RUPEES, countries, "INR")
        else:
            currency = _SIGNS.get(match["sign"] or "") or _CODES.get(match["code"] or "")
        yield _to_figure(match, currency)
    for match in match_at(AT_NUMBER, _AFTER, text):
        if match["code"]:
            currency = _CODES[match["code"]]
        else:
            by_country, otherwise = _UNITS[match["unit"].lower()]
            nation = _NATIONS.get((match["nation"] or "").lower())
            currency = _choose_currency(by_country, [nation] if nation else countries, otherwise)
        yield _to_figure(match, currency)
    for match in match_at(AT_NUMBER, _CENTS, text):
        amount = parse_number(match["number"]) / 100
        yield Figure(match.start(), match.end(), FigureKind.MONEY, amount)


def find_arabic_money(text: str, countries: Sequence[str]) -> Iterator[Figure]:
    """The sums of money in an Arabic text, as `find_money` gives them."""
    # Arabic copy names the nation of a dollar or a pound that is of a far country.
    near = [country for country in countries if country in NEAR]
    for match in _ARABIC.finditer(text):
        by_country, otherwise = _ARABIC_UNITS[match["unit"]]
        nation = _ARABIC_NATIONS.get(match["nation"] or "")
        currency = _choose_currency(by_country, [nation] if nation else near, otherwise)
        yield _to_figure(match, currency)


def _choose_currency(
    by_country: Mapping[str, str], countries: Sequence[str], otherwise: str | None
) -> str | None:
    """The currency of the first of some countries that has one of that name."""
    return next((by_country[code] for code in countries if code in by_country), otherwise)


def _to_figure(match: re.Match[str], currency: str | None) -> Figure:
    magnitude = _MAGNITUDES.get((match["magnitude"] or "").lower(), 1)
    amount = round(parse_number(match["number"]) * magnitude, 2)
    end = match.end()
    if match["magnitude"] and match.string[end - 1] == ".":
        end -= 1
    return Figure(match.start(), end, FigureKind.MONEY, amount, currency)
