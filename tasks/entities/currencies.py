# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Currencies by code, sign and name, in English and Arabic, and which of several is meant."""

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tasks.entities.gazetteers import FOLDER, load_gazetteers
from tasks.entities.tokenizer import word_set

SIGNS = {
    "US$": "USD", "$US": "USD", "U.S.$": "USD", "US $": "USD", "U.S. $": "USD", "USD$": "USD",
    "$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP",
    "£E": "EGP", "E£": "EGP", "¥": "JPY", "CN¥": "CNY", "₹": "INR", "₺": "TRY", "₽": "RUB",
    "₴": "UAH", "₪": "ILS", "₩": "KRW", "₦": "NGN", "₸": "KZT", "₾": "GEL", "₼": "AZN",
    "₫": "VND", "฿": "THB", "₱": "PHP", "₨": "Rs",
}  # fmt: skip
# As copy prints them; those of ISO 4217 are in the table.
_LOCAL_CODES = {
    "Dhs": "AED", "DHS": "AED", "Dh": "AED", "DH": "AED", "QR": "QAR", "SR": "SAR", "KD": "KWD",
    "BD": "BHD", "RO": "OMR", "JD": "JOD", "LE": "EGP", "L.E.": "EGP", "ID": "IQD", "TL": "TRY",
    "YTL": "TRY", "NIS": "ILS", "RM": "MYR", "RMB": "CNY", "Tk": "BDT", "Rs.": "Rs", "Rs": "Rs",
    "Re": "Rs", "RS": "Rs", "CFA": "XOF", "Euro": "EUR", "Euros": "EUR", "euros": "EUR",
    "euro": "EUR", "EURO": "EUR", "KSh": "KES", "KSh.": "KES", "Ksh": "KES",
    "AFs": "AFN",
}  # fmt: skip
# Codes that are also words, and those that number rooms, roads, flights and cards.
WORD_CODES = word_set("ALL ANG BOB COP CUP GEL LAK MAD MOP PEN SOS TOP TRY ERN Re Euro euro EURO")
SHOUTED_CODES = word_set("ALL BOB CUP PEN SOS TOP")  # words far more often, with any number
LABEL_CODES = word_set("ID RM SR TL RO LE RS BAM CFA")

# Names that several currencies share: the spellings, and the one that is meant where neither the
# text nor the countries say.
_SHARED = {
    "dollar": ("dollar", "USD"), "pound": ("pound", "GBP"), "dirham": ("dirham", "AED"),
    "riyal": ("riyal", None), "rial": ("riyal", None), "dinar": ("dinar", None),
    "rupee": ("rupee", "INR"), "lira": ("lira", "TRY"), "lire": ("lira", "TRY"),
    "franc": ("franc", "CHF"), "peso": ("peso", None), "shilling": ("shilling", None),
    "krone": ("krone", None), "kroner": ("krone", None), "krona": ("krone", "SEK"),
    "kronor": ("krone", "SEK"), "króna": ("krone", "ISK"), "koruna": ("koruna", "CZK"),
    "ruble": ("ruble", "RUB"), "rouble": ("ruble", "RUB"), "manat": ("manat", "AZN"),
    "won": ("won", "KRW"), "som": ("som", None), "sum": ("som", None), "leu": ("leu", "RON"),
    "lei": ("leu", "RON"), "kwacha": ("kwacha", None),
    "دولار": ("دولار", "USD"), "درهم": ("درهم", None), "دينار": ("دينار", None),
    "ريال": ("ريال", None), "جنيه": ("جنيه", None), "ليره": ("ليره", None),
    "فرنك": ("فرنك", None), "روبيه": ("روبيه", None), "بيزو": ("بيزو", None),
    "كرونه": ("كرونه", None), "شلن": ("شلن", None), "روبل": ("روبل", "RUB"),
    "وون": ("وون", "KRW"), "مانات": ("مانات", "AZN"), "مانت": ("مانات", "AZN"),
}  # fmt: skip
_MORE = {  # name, spellings: the currency and its countries, in addition to the table
    "lira": {"LB": "LBP", "SY": "SYP"}, "ليره": {"LB": "LBP", "SY": "SYP"},
    "franc": {"CH": "CHF"}, "ruble": {"RU": "RUB"}, "dollar": {"US": "USD"},
}  # fmt: skip
# Arabic copy names the nation of a dollar that is not the United States', and of a far pound.
_NEAR_IN_ARABIC: dict[str, dict[str, str]] = {"دولار": {}, "جنيه": {"EG": "EGP", "SD": "SDG"}}
_ALIASES = {
    "sterling": "GBP", "pound sterling": "GBP", "sterling pound": "GBP", "pounds sterling": "GBP",
    "reais": "BRL", "renminbi": "CNY", "yuan renminbi": "CNY", "shekel": "ILS", "greenback": "USD",
    "new shekel": "ILS", "zloty": "PLN", "hryvna": "UAH", "forint": "HUF", "emirati dirham": "AED",
    "saudi rial": "SAR", "qatari rial": "QAR", "omani riyal": "OMR", "iranian riyal": "IRR",
    "yemeni riyal": "YER", "us dollar": "USD", "american dollar": "USD", "uae dirham": "AED",
    "korean won": "KRW", "uzbek sum": "UZS", "uzbek som": "UZS", "kyrgyz som": "KGS",
    "جنيه استرليني": "GBP", "شيكل": "ILS", "شيقل": "ILS", "ليره تركيه": "TRY",
    "ليره لبنانيه": "LBP", "ليره سوريه": "SYP", "دولار امريكي": "USD", "دولار اميركي": "USD",
    "يوان": "CNY", "ين": "JPY", "منات": "AZN",
}  # fmt: skip
# In their plural by more than an "s", and as Arabic counts three to ten, and eleven and more.
_PLURALS = {
    "dinar": ("dinars",), "دولار": ("دولارات", "دولارا"), "دينار": ("دنانير", "دينارا", "دينارات"),
    "درهم": ("دراهم", "درهما"), "ريال": ("ريالات", "ريالا"), "جنيه": ("جنيهات", "جنيها"),
    "ليره": ("ليرات",), "يورو": ("يوروهات",), "فرنك": ("فرنكات", "فرنكا"), "روبيه": ("روبيات",),
    "شيكل": ("شيكلا", "شواكل"), "مانات": ("ماناتا",), "روبل": ("روبلا", "روبلات"),
    "يوان": ("يوانا",),
}  # fmt: skip
# Names that are words or weights far more often.
_DOUBTFUL = word_set(
    "real won pound mark sol gold dram tala kip pula kina loti som sum lek leu lei leone vatu "
    "rand sterling taka dong"
)
_THOUSANDTHS = {"KW": "KWD", "BH": "BHD", "JO": "JOD", "IQ": "IQD"}
_CENTS = {
    "US": "USD",
    "CA": "CAD",
    "AU": "AUD",
    "NZ": "NZD",
    "SG": "SGD",
    "ZA": "ZAR",
} | dict.fromkeys(word_set("AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK"), "EUR")
# Parts of a unit: the currency by country, or the only one, and how many make a unit.
_PARTS: dict[str, tuple[Mapping[str, str] | str, int]] = {
    "cent": (_CENTS, 100), "us cent": ("USD", 100), "euro cent": ("EUR", 100),
    "american cent": ("USD", 100), "eurocent": ("EUR", 100), "penny": ("GBP", 100),
    "pence": ("GBP", 100), "pennies": ("GBP", 100), "fils": (_THOUSANDTHS, 1000),
    "halala": ("SAR", 100), "halalah": ("SAR", 100), "baisa": ("OMR", 1000), "baiza": ("OMR", 1000),
    "piastre": ({"EG": "EGP", "LB": "LBP", "SY": "SYP", "SD": "SDG"}, 100),
    "piaster": ({"EG": "EGP", "LB": "LBP", "SY": "SYP", "SD": "SDG"}, 100),
    "paisa": ({"IN": "INR", "PK": "PKR", "NP": "NPR"}, 100), "paise": ("INR", 100),
    "kopeck": ("RUB", 100), "kopek": ("RUB", 100), "qapik": ("AZN", 100), "gapik": ("AZN", 100),
    "tetri": ("GEL", 100), "kurus": ("TRY", 100), "kuruş": ("TRY", 100), "millime": ("TND", 1000),
    "سنت": (_CENTS, 100), "سنتا": (_CENTS, 100), "سنتات": (_CENTS, 100),
    "فلس": (_THOUSANDTHS, 1000), "فلسا": (_THOUSANDTHS, 1000), "فلوس": (_THOUSANDTHS, 1000),
    "هلله": ("SAR", 100), "هللات": ("SAR", 100), "بيسه": ("OMR", 1000), "بيسات": ("OMR", 1000),
    "قرش": ({"EG": "EGP", "SD": "SDG"}, 100), "قرشا": ({"EG": "EGP", "SD": "SDG"}, 100),
    "قروش": ({"EG": "EGP", "SD": "SDG"}, 100), "مليم": ("TND", 1000), "سنت امريكي": ("USD", 100),
    "سنت اميركي": ("USD", 100), "سنت يورو": ("EUR", 100), "قرشا مصريا": ("EGP", 100),
}  # fmt: skip
_EMIRATI_FILS = 100
_MARKS = dict.fromkeys(map(chr, range(0x64B, 0x653)), None)  # Arabic vowel signs
_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "’": "'", "ـ": None} | _MARKS
)


class Unit(NamedTuple):
    """What a name of money behind a number may mean."""

    name: str  # in the singular
    by_country: Mapping[str, str]  # ISO 3166-1 alpha-2 to ISO 4217
    otherwise: str | None
    is_named: bool = False  # whether the text names the nation, or there is only one such currency
    parts: int = 1  # of it that make a unit of the currency

    @property
    def is_doubtful(self) -> bool:
        """Whether the name is a word or a weight more often than money."""
        return not self.is_named and self.name in _DOUBTFUL


def fold(words: str) -> str:
    """Words of a unit's name in one case and spelling."""
    if words.isalpha() and words.isascii():
        return words.lower()
    return " ".join(words.lower().translate(_FOLD).replace(".", "").replace("-", " ").split())


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """Every code before or behind a sum, and what it stands for; `Rs` for a rupee."""
    return {row["code"]: row["code"] for row in _rows()} | _LOCAL_CODES


@lru_cache(maxsize=1)
def countries_of() -> dict[str, tuple[str, ...]]:
    """The countries of each currency."""
    return {row["code"]: tuple(row["countries"].split("|")) for row in _rows()}


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Every name of money, folded, that may stand behind a number."""
    shared, spellings = _shared_names()
    found: dict[str, Unit] = {}
    for spelling, name in spellings.items():
        default = _SHARED[name][1] if name in _SHARED else min(shared[name].values())
        found[spelling] = Unit(name, shared[name], default)
    for phrase, code in _named_currencies().items():
        found.setdefault(phrase, Unit(phrase, {}, code, is_named=" " in phrase))
    for demonym, country in load_gazetteers().demonyms.items():
        for name, by_country in shared.items():
            if country in by_country and name.isascii():
                unit = Unit(name, {}, by_country[country], is_named=True)
                found.setdefault(f"{demonym} {name}", unit)
    for phrase, (currency, parts) in _PARTS.items():
        default = currency if isinstance(currency, str) else None
        homes = {} if isinstance(currency, str) else currency
        found[phrase] = Unit(phrase, homes, default, is_named=" " in phrase, parts=parts)
    return _plurals(found) | found


def _shared_names() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """The currencies of each name by country, and the name that each spelling of one word means."""
    shared: dict[str, dict[str, str]] = {}
    spellings: dict[str, str] = {}
    for row in _rows():
        english, plural, arabic = (fold(row[key]) for key in ("name", "plural", "arabic"))
        for singular, *others in ((english.split()[-1], plural.split()[-1]), (arabic.split()[0],)):
            name = _SHARED.get(singular, (singular, None))[0]
            spellings |= dict.fromkeys((singular, *others), name)
            tender = dict.fromkeys(row["countries"].split("|"), row["code"])
            shared.setdefault(name, {}).update(tender)
    for name, more in _MORE.items():
        shared[name] = shared[name] | more
    spellings |= {spelling: name for spelling, (name, _) in _SHARED.items()}
    return shared | _NEAR_IN_ARABIC, spellings


def _named_currencies() -> dict[str, str]:
    """The names that mean one currency: those of the table with their nations, and others."""
    named = dict(_ALIASES)
    for row in _rows():
        for key in ("name", "plural", "arabic"):
            named.setdefault(fold(row[key]), row["code"])
    return named


def _plurals(singulars: Mapping[str, Unit]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for phrase, unit in singulars.items():
        first, _, rest = phrase.partition(" ")
        if phrase.isascii():
            found[f"{phrase}s"] = unit
        for plural in _PLURALS.get(first, ()):
            found[f"{plural} {rest}".strip()] = unit
            found[f"{plural} {rest}ا"] = unit
    return found


def choose_currency(unit: Unit, countries: Sequence[str]) -> tuple[str | None, int]:
    """The currency that a unit is in a story about some countries, and its parts in the unit.

    The first of the countries counts most; the dollar is only that of the first. `None` where it
    is open.
    """
    if unit.name == "fils" or unit.name.startswith("فل"):
        first = next((one for one in countries if one in unit.by_country or one == "AE"), None)
        return ("AED", _EMIRATI_FILS) if first == "AE" else (unit.by_country.get(first or ""), 1000)
    relevant = countries[:1] if unit.name == "dollar" else countries
    found = next((unit.by_country[one] for one in relevant if one in unit.by_country), None)
    return found or unit.otherwise, unit.parts


def _rows() -> list[dict[str, str]]:
    path = Path(FOLDER) / "currencies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
