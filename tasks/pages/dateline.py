# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""The agency's own dateline, with which it opens a story: place, day and mark.

Seen: `KUWAIT, Aug 15 (KUNA) -- `, `Kyiv, Aug 9 (IANS) `, `BISHKEK, Kyrgyzstan, July 5. `,
`GENEVA, Feb 1 (NNN-XINHUA) -- ` with an en dash, `Doha, Qatar: `, and for a later take
`BAGHDAD -- `. Other agencies put the mark between slashes, between dashes or without brackets,
print ordinals, years and several places, and in Arabic the Hijri date before the other; these forms
are known from the agencies' own sites.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from tasks.core.calendar import ARABIC, ENGLISH, ascii_digits, month_number, settle_year

_ENGLISH_CITIES = """
Abu Dhabi, Abuja, Accra, Addis Ababa, Aden, Ajman, Aleppo, Alexandria, Algiers, Amman,
Ankara, Aqaba, Ashgabat, Astana, Athens, Baghdad, Baku, Bangkok, Basra, Beijing, Beirut,
Belgrade, Bengaluru, Benghazi, Berlin, Bern, Bishkek, Brasilia, Brussels, Bucharest,
Budapest, Buenos Aires, Cairo, Canberra, Casablanca, Chennai, Chisinau, Colombo, Copenhagen,
Dakar, Damascus, Dammam, Davos, Dhahran, Dhaka, Djibouti, Doha, Dubai, Dublin, Dushanbe,
Erbil, Fujairah, Gaza, Geneva, Hanoi, Helsinki, Hong Kong, Hyderabad, Islamabad, Istanbul,
Izmir, Jakarta, Jeddah, Jerusalem, Johannesburg, Juba, Kabul, Kampala, Karachi, Kathmandu,
Khartoum, Kigali, Kolkata, Kuala Lumpur, Kuwait, Kuwait City, Kyiv, Lagos, Lahore, Lisbon,
London, Lusail, Luxembourg, Lviv, Madrid, Makkah, Male, Manama, Manila, Marrakech, Mecca,
Medina, Mexico City, Minsk, Mogadishu, Moscow, Mosul, Mumbai, Munich, Muscat, Nairobi, New
Delhi, New York, Nicosia, Nouakchott, Odesa, Oman, Oslo, Ottawa, Paris, Petra, Port Sudan,
Prague, Pretoria, Rabat, Ramallah, Ras Al Khaimah, Rio de Janeiro, Riyadh, Rome, Salalah,
Sanaa, Santiago, Sarajevo, Seoul, Sharjah, Singapore, Sofia, Srinagar, Stockholm, Sydney, São
Paulo, Taiz, Tashkent, Tbilisi, Tehran, Tel Aviv, The Hague, Tokyo, Toronto, Tripoli, Tunis,
Ulaanbaatar, United Nations, Vienna, Vilnius, Warsaw, Washington, Yerevan, Zagreb, Zurich
"""
_ARABIC_CITIES = """
أبو ظبي, أبوظبي, أربيل, أنقرة, إسطنبول, الإسكندرية, البصرة, الجزائر, الخرطوم, الدار البيضاء,
الدمام, الدوحة, الرباط, الرياض, الشارقة, العقبة, القاهرة, القدس, الكويت, المدينة المنورة,
المنامة, الموصل, باريس, باكو, بروكسل, بغداد, بكين, بنغازي, بيروت, تونس, جدة, جنيف, حلب, دبي,
دمشق, رام الله, روما, صنعاء, طرابلس, طهران, عدن, عمان, عمّان, غزة, فيينا, لندن, مدريد, مسقط,
مكة المكرمة, موسكو, نواكشوط, نيودلهي, نيويورك, واشنطن
"""


def _fold(name: str) -> str:
    """The name in one case, without the accents that some printings lack."""
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_CITIES = frozenset(
    _fold(name)
    for names in (_ENGLISH_CITIES, _ARABIC_CITIES)
    for name in names.replace("\n", " ").split(",")
)

# How agencies of the region, and those whose copy the site carries, sign.
_AGENCIES = """
AA AFP AGERPRES Anadolu ANI ANSA ANTARA AP APA APP APS ATS AZERTAC Bernama BNA BSS BTA dpa EFE Fars
HINA IANS INA INTERFAX IRNA ISNA KAZINFORM Kyodo KUNA Lusa MAP MENA MNA NAN NNA NNN NNN-XINHUA ONA
PAP Petra PNA PTI QNA Reuters RIA SABA SANA SPA SUNA TAP TASS Trend Ukrinform UNA UNB UNI UPI VNA
WAFA WAM Xinhua Yonhap
"""
_ARABIC_AGENCIES = """
أ ش أ|إينا|ا ش ا|الأناضول|العمانية|بترا|بنا|رويترز|سانا|سبأ|سونا|شينخوا|قنا|كونا|وات|واج|واس|واع|وام
|وفا|يونا
"""
AGENCY = "|".join(sorted(_AGENCIES.split(), key=len, reverse=True))
ARABIC_AGENCY = _ARABIC_AGENCIES.replace("\n", "")

_DASH = r"(?:--+|–|—|-)"
# Any letter but the small ones of ASCII: "Istanbul" may open with a dotted capital.
_CAPITAL = r"[^\W\d_a-z\u0600-\u06ff]"
_WORD = rf"{_CAPITAL}[\w.'’]*(?:-[\w.'’]+)*"
_PART = rf"{_WORD}(?:[ /](?:{_WORD}|of|de|el|al|&)){{0,3}}"
# Behind a city of India: "New Delhi [India]", "Mumbai (Maharashtra) [India]".
_BRACKETS = rf"(?:(?: \({_PART}\))? \[{_PART}\])?"
_PLACE = rf"(?P<place>{_PART}{_BRACKETS}(?:, {_PART}){{0,3}}?)"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.,]? )?"
    rf"(?:(?P<month>{ENGLISH})\.? (?P<day>\d{{1,2}}){_ORDINAL}"
    rf"|(?P<day_first>\d{{1,2}}){_ORDINAL}(?: of)? (?P<month_last>{ENGLISH})\.?)"
    r"(?:,? (?P<year>20\d\d))?"
)
_MARK = (
    rf"(?:\( ?(?P<mark>[A-Z][\w/&. -]{{1,40}}?|{AGENCY}) ?\)"
    r"|/ ?(?P<slashed>[A-Z][\w .&-]{1,30}?) ?/)"
)
_BARE_MARK = rf"(?P<mark>{AGENCY})(?= ?(?:{_DASH}|:|\n|$))"

_AR_WORD = r"[\u0621-\u0652]+"
_AR_PLACE = rf"(?P<place>{_AR_WORD}(?: {_AR_WORD}){{0,3}}?)"
_AR_NUMBER = r"[\d٠-٩]"
_HIJRI = rf"{_AR_NUMBER}{{1,2}} {_AR_WORD}(?: {_AR_WORD})? {_AR_NUMBER}{{4}} ?هـ?،? (?:الموافق )?"
_AR_DAY = (
    rf"(?:(?: في|،|,)? ?-?(?: {_AR_WORD}،)? (?:{_HIJRI})?"
    rf"(?P<day>{_AR_NUMBER}{{1,2}}) (?P<month>{ARABIC})،?(?: (?P<year>{_AR_NUMBER}{{4}}) ?م?)?"
    rf"| ?- ?(?P<day_first>{_AR_NUMBER}{{1,2}}) ?- ?(?P<month_last>{_AR_NUMBER}{{1,2}}))"
)
_AR_MARK = r"(?:\( ?(?P<mark>[^()\n]{2,20}?) ?\)|/ ?(?P<slashed>[^/\n]{2,20}?) ?/)"
_END = rf" ?[.:]?(?: ?{_DASH})?:? *"
_NO_SMALL_LETTER = r"(?! *[a-z])"  # a sentence whose subject has a short name in brackets goes on


def _compile(*forms: str) -> tuple[re.Pattern[str], ...]:
    # Months in any case ("Aug", "AUG"), places not: the flag is set for the month names alone.
    scoped = (form.replace(f">{ENGLISH})", f">(?i:{ENGLISH}))") for form in forms)
    return tuple(re.compile(form) for form in scoped)


# Forms that nothing else has; in this order, the fullest first.
_SURE = _compile(
    rf"{_PLACE}(?:,| ?{_DASH})? {_DAY}[.,]? {_MARK}{_END}",
    rf"{_PLACE}(?:, {_DAY})? ?{_DASH} ?{_MARK} ?{_DASH} *",
    rf"{_PLACE},? {_DAY},? {_BARE_MARK}{_END}",
    rf"{_PLACE} ?{_DASH} ?\((?P<mark>[A-Z][\w .]{{1,30}}?) - {_DAY}\){_END}",
    rf"(?P<place>), {_DAY} /(?P<mark>PRNewswire|EINPresswire(?:\.com)?) ?/{_END}",
    rf"{_PLACE} / (?P<mark>[A-Z][\w .&-]{{1,30}}?) / {_DAY} / ",
    rf"{_PLACE}, {_DAY} ?(?:\.|:|{_DASH})(?: Trend:)?(?:\s+|$)",
    rf"{_PLACE},? {_MARK} ?(?:{_DASH}|:) *{_NO_SMALL_LETTER}",
    rf"{_PLACE},? [(/] ?(?P<mark>{AGENCY}) ?[)/]{_END}{_NO_SMALL_LETTER}",
    rf"{_AR_PLACE}{_AR_DAY} ?{_AR_MARK}{_END}",
    rf"{_AR_PLACE}{_AR_DAY}،? (?P<mark>{ARABIC_AGENCY})(?!\w){_END}",
    rf"{_AR_PLACE}{_AR_DAY} ?(?:{_DASH}|:) +",
    rf"{_AR_PLACE} ?[(/] ?(?P<mark>{ARABIC_AGENCY}) ?[)/]{_END}",
)

# A heading may look the same as these, so more is asked of their place.
_SIGNED = rf"(?:(?P<mark>[A-Z][\w .&-]{{1,30}}?) ?{_DASH} )?"
_NUMERIC_DAY = r"(?P<number>\d{1,2})\.(?P<month_number>\d{1,2})\.(?P<full_year>20\d\d)"
_NEXT = rf" ?(?P<separator>:|{_DASH})\s+(?P<next>\S)"
_BARE = _compile(
    rf"\[?{_PLACE}(?: ?{_DASH} {_SIGNED}|[,.;:] | \| )(?:{_DAY}|{_NUMERIC_DAY})\]?{_NEXT}",
    rf"{_PLACE},? \({_DAY}\){_NEXT}",
    rf"{_PLACE}(?:,| ?{_DASH}) (?P<without_day>{ENGLISH}) 20\d\d{_NEXT}",
    rf"{_DAY}(?:[,:;]| ?{_DASH}) {_PLACE}{_NEXT}",
    rf"{_PLACE}(?: ?{_DASH}|[.,]) (?P<mark>{AGENCY}){_NEXT}",
    rf"{_AR_PLACE} ?{_DASH} ?(?P<mark>{ARABIC_AGENCY}){_NEXT}",
    rf"{_PLACE} ?(?P<separator>--+|–|—| -)\s+(?P<next>[^\sa-z])",
    rf"{_PLACE}(?P<separator>:)\s+(?P<next>\S)",
    rf"{_AR_PLACE} ?(?P<separator>--+|–|—|:|-)\s+(?P<next>\S)",
)

_OPENS_SENTENCE = frozenset(
    ("On", "In", "By", "At", "From", "For", "After", "As", "With", "Since", "Until", "During")
)
_DAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_FULL_STOP = re.compile(r"^([^,]*\w\w)\.$")  # "KYIV.", but neither "D.C." nor "YAKIMA, Wash."
_MAX_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """One agency dateline."""

    place: str | None  # as printed, which it may not be
    month: int | None  # 1 to 12; month and day are both there or both missing
    day: int | None  # of the month
    year: int | None  # as printed, most often `None`
    mark: str | None  # how the agency signs it ("KUNA")
    length: int  # characters it takes up at the start of the text, blanks after it included

    def settle_date(self, near: date | None) -> date | None:
        """Its day, in the year that it prints or else in the one nearest to another date."""
        if self.month is None or self.day is None:
            return None
        if self.year is None:
            return settle_year(self.month, self.day, near) if near else None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def match_dateline(text: str) -> Dateline | None:
    """The agency dateline that a text opens with, `None` where there is none for certain."""
    opening = text[:_MAX_CHARS]
    for form in _SURE:
        match = form.match(opening)
        if match and not _opens_sentence(match["place"]):
            return _dateline(match)
    for form in _BARE:
        match = form.match(opening)
        if match and _is_bare_dateline(match):
            return _dateline(match)
    return None


def _opens_sentence(place: str) -> bool:
    words = place.replace(",", " ").split()
    return not (_OPENS_SENTENCE.isdisjoint(words[:1]) and _DAYS.isdisjoint(words))


def _is_bare_dateline(match: re.Match[str]) -> bool:
    place = match["place"]
    parts = place.split(", ")
    if _fold(place) in _CITIES or _fold(re.split(r" ?[,/&\[(]", place)[0]) in _CITIES:
        return True
    if match["separator"] == ":":  # "Marib, Yemen: " is a dateline, "Analysis: " may not be
        return len(parts) > 1 and place.isascii() and not _opens_sentence(place)
    # In capitals before a sentence; an acronym before an aside has a small letter after the dash.
    is_loud = place.isupper() and len(place) > 3  # noqa: PLR2004
    return is_loud and match["separator"] != " -" and match["next"].isupper()


def _dateline(match: re.Match[str]) -> Dateline:
    groups = match.groupdict()
    month = groups.get("month") or groups.get("month_last") or groups.get("month_number")
    day = groups.get("day") or groups.get("day_first") or groups.get("number")
    year = groups.get("year") or groups.get("full_year")
    try:
        number = month_number(ascii_digits(month)) if month and day else None
    except KeyError:  # a number that is no month's
        number = None
    return Dateline(
        place=_FULL_STOP.sub(r"\1", match["place"]) or None,
        month=number,
        day=int(ascii_digits(day)) if number and day else None,
        year=int(ascii_digits(year)) if year else None,
        mark=groups.get("mark") or groups.get("slashed"),
        length=match.start("next") if "next" in groups else match.end(),
    )
