"""Corrects the edges and the type of single spans by their own words and the words around."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.core.records import EntityType
from tasks.entities.figures.currencies import CODES, WORD_CODES
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.neighbours import looks_like_person
from tasks.entities.organisations import is_acronym_of
from tasks.entities.rules import PORTFOLIO_WORDS
from tasks.entities.titles import (
    TITLES,
    drop_office_tail,
    is_office_scope,
    skip_office,
    without_titles,
)
from tasks.entities.tokenizer import Span, key, word_set
from tasks.entities.words import (
    FACILITIES,
    HONORIFICS,
    NOT_NAMES,
    OFFICE_PARTS,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    PARTICLES,
    SECTORS,
)

_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_SURELY_FACILITIES = word_set(
    "airport stadium palace hospital refinery crossing square street avenue road dam bridge "
    "airbase harbour harbor terminal causeway airfield island islands strait peninsula corridor "
    "canal mosque cathedral cemetery courthouse camp state province governorate district oblast "
    "region field oasis corniche marina"
)
_LANDSCAPE = word_set(
    "tell tal khawr khor qarn marsa wadi jebel jabal ras bir ain deir beit kafr kfar shatt nahr "
    "sabkha bab umm burj lake mount river cape"
)  # words that open a place's name
_INSTALLATION = re.compile(
    r"\s(?:oil\s|gas\s|refugee\s|border\s|air\s|naval\s|military\s)?"
    r"(?:field|airfield|(?<=(?:air|val|ary)\s)base|airbase|crossing|camp|refinery|mine|basin|airport|port|bridge|dam|canal|strait)\b"
)
_LEGAL_FORM = re.compile(
    r",?\s(?:P\.?J\.?S\.?C|Q\.?P\.?S\.?C|K\.?S\.?C\.?P?|B\.?S\.?C|S\.?A\.?O\.?G|S\.?A\.?[LE]?|"
    r"L\.?L\.?[CP]|Ltd|Limited|Inc|Corp|Co(?:\.,?|,) Ltd|Co\.|plc|PLC|AG|ASA|A\.?\u015e|"
    r"S\.?p\.?A|N\.?V|GmbH|O?JSC|CJSC|Bhd|FZE|DMCC|WLL|W\.L\.L|B\.V)\b\.?"
)
_EVENTS = word_set(
    "cup prize award awards trophy championship championships festival games olympics expo medal "
    "crude index marathon ramadan eid day week plan accord accords agreement treaty act law bill "
    "member members"
)
# Bodies that every company has, unless the name says whose.
_ANYONES = frozenset(
    (
        *(f"board of {one}" for one in ("directors", "trustees", "governors", "management")),
        *(f"{one} board" for one in ("management", "supervisory", "executive", "advisory")),
    )
)
_STATE_WORDS = word_set("kingdom sultanate republic caliphate")  # of no name by themselves
_ABBREVIATIONS = word_set(
    "md ceo cfo coo cto pm fm q1 q2 q3 q4 h1 h2 ipo gdp brent wti urals nikkei "
    "mou mous uav uavs ai bpo npt esg sme smes ict iot ev evs lng lpg kpi kpis vat fdi ngo ngos "
    "ppp rfp nft nfts etf etfs reit reits api apis llm llms gpu gpus ebitda roi cpi pmi saas b2b "
    "hr pr mba emba phd bsc msc bba llb llm dba cfa tv gps dna mri ppe hiv aids covid bitcoin "
    "ethereum xrp dogecoin stablecoin"
) | {code.lower() for code in CODES if code not in WORD_CODES}
_COMPANY_WORDS = {
    word.removesuffix("s")
    for word in ORGANISATION_ENDS | SECTORS | word_set("data centre center cloud food home life")
}
# "Panel on Climate Change (IPCC)": the letters show that what it is on is a part of the name.
_SUBJECT = re.compile(
    r" on (?:the )?[A-Z][\w'-]*(?: (?:and |of |the )*[A-Z][\w'-]*){0,5}(?= \(([A-Z]{2,7})\))"
)
# "National Council for Culture, Arts and Letters"
_FIELDS = re.compile(r"((?:, [A-Z][a-z]+)* (?:and|&) [A-Z][a-z]+)(?! [A-Z]| of )\b")
_FIELD = re.compile(r"[A-Z][a-z]+")
_HYPHENATED = re.compile(r"(?<![\w-])[A-Z][\w'\u2019]*(?:-[\w'\u2019]+)*-$")
_MAX_OPENING = 30  # code points
_WORD_BEFORE = re.compile(r"(?<![\w'-])([A-Z][\w'\u2019-]*[a-z])\s$")
_ACRONYM_OF_BODY = re.compile(r"[A-Z]{3,}\s[A-Z][a-z]")  # "GDRFA Dubai"
_DEPARTMENT = re.compile(
    r"(?:General |Joint |Public |Central |Higher )?(?:Department|Directorate|Secretariat|Authority|"
    r"Administration|Inspectorate|Command|Organi[sz]ation|Committee|Council) (?:of|for) "
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s|\n)[\"\u201c]?$")
_OPENS_NO_NAME = word_set(
    "majority minority opposition best "
    "of and but or is are was were if when than operation exercise storm hurricane typhoon cyclone"
)
_OPERATIONS = ("peration ", "xercise ", "rill ", "urricane ", "yphoon ", "yclone ", "torm ")
_MANNERS = ("-era", "-style", "-type", "-like", "-inspired", "-themed")
_AFTER_ADJECTIVE = re.compile(
    r"-(?:era|style|type|like|inspired|themed|age)\b|\s(?:dollar|cent|pound|dinar|ri[yi]?al)s?\b"
)
_STATE = re.compile(
    r",\s(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|"
    r"Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\."
)
_MINISTER_OF = re.compile(r"\b[Mm]inister (?:of|for)(?: the)? $")
_TRADES = ORGANISATION_ENDS | SECTORS
_WHOLE = word_set(
    "society group company authority council corporation association club party bank centre center "
    "holding holdings university exchange airways airlines foundation institute agency"
)
_NO_NAMES = _STATE_WORDS | _ABBREVIATIONS | ORGANISATION_ENDS | ORGANISATION_HEADS | FACILITIES
_OWNED = r"-(?:based|listed|headquartered|owned|backed) "
_OWNER = re.compile(rf"^(.{{2,40}}?)(?:['\u2019]s?\s|{_OWNED})(?=[A-Z])")
_MAY_OWN = re.compile(rf"['\u2019]|{_OWNED}")
_NUMBERED = re.compile(r"\s\d{1,2}\b(?![-:.,\u2013]\d)")
_EVENT_AFTER = re.compile(r"\s(?:prize|award|cup|medal|trophy|index|crude|bill|act)\b")
_CITY_OF_TRADE = re.compile(r"\b(?:Economic|Industrial|Media|Sports?|Medical|Knowledge) City$")
_CLUB_BEFORE = re.compile(r"\b(?:FC|AFC|AC|SC|CF|FK|BC|KF) $")
_NATION_BEFORE = re.compile(r"\b([A-Z][a-z]+)\s$")
_NATIONAL = word_set(
    "authority association federation chamber academy society forum institute observatory league"
)  # bodies whose name opens with their nation's
_JOINED = re.compile(r"\s+and\s+|\s*/\s*")
_LISTED = re.compile(r",\s+and\s+|\s+and\s+|,\s+")
# Code points looked at: no words of these patterns take more.
_INITIALS = re.compile(
    r"(?:(?:(?:^|[.!?]\s)|\b(?:Dr|Mr|Mrs|Ms|Prof|Eng)\.?\s)(?=[A-Z]\.)|\b(?=[A-Z]\.\s?[A-Z]\.))"
    r"((?:[A-Z]\.\s?){1,4})$"
)
_STATES_AND_TITLES = word_set("us uk un uae eu he hh hm hrh pm am usa")


def fix_boundaries(span: Span, text: str, gazetteers: Gazetteers) -> Iterator[Span]:
    """A span with its edges corrected; none where it is no name, two where it joined two."""
    start, end = _trim(span, text, gazetteers)
    if span.type is _PERSON and _NUMBERED.match(text, end):
        return  # an exercise, a model, a block: "Red Dune 10"
    if start >= end or not text[start].isalnum() or _is_no_name(text, start, end, gazetteers):
        return
    parts = [(start, end)]
    for match in reversed([*_JOINED.finditer(text, start, end)]):
        sides = [(start, match.start()), (match.end(), end)]
        left, right = (text[slice(*side)] for side in sides)
        if _are_two(left, right, gazetteers):
            parts = sides
            break
    for part in parts:
        typed = _type_by_words(Span(*part, span.type), text, gazetteers)
        fixed = _extend(typed, text, gazetteers)
        if fixed.start < fixed.end:
            yield fixed


def _trim(span: Span, text: str, gazetteers: Gazetteers) -> tuple[int, int]:
    start, end, kind = span
    if text[start : start + 4] in ("the ", "The "):
        start += 4
    for mark in ("'s", "\u2019s", "'", "\u2019"):
        if text.endswith(mark, start, end):
            end -= len(mark)
            break
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)+&!"):
        end -= 1
    if end > start and text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    # The rest of "Kassym-Jomart Tokayev"; "Putin" of a "Trump-Putin summit" is a name by itself.
    is_rest = kind is not _PLACE and text[start - 1 : start] == "-" and " " in text[start:end]
    opening = _HYPHENATED.search(text, max(0, start - _MAX_OPENING), start) if is_rest else None
    start = opening.start() if opening else start
    if kind is _ORGANISATION:
        start, end = skip_office(text, start, end), drop_office_tail(text, start, end)
    name = text[start:end]
    # The country or city before a name, as in "Iraq's".
    owner = _OWNER.match(name) if not name.isalpha() and _MAY_OWN.search(name) else None
    if owner and gazetteers.places.sure.lookup(owner[1]):
        start += owner.end()
    while kind is _PERSON and text[start : start + 1].islower() and " " in text[start:end]:
        if key(text[start:end].split(" ", 1)[0]) in PARTICLES:
            break
        start = text.index(" ", start, end) + 1
    return start, end


def _is_no_name(text: str, start: int, end: int, gazetteers: Gazetteers) -> bool:
    name = text[start:end]
    words = [key(word) for word in name.split()]
    if words[0] in PORTFOLIO_WORDS and _MINISTER_OF.search(text, max(0, start - 20), start):
        return TITLES.isdisjoint(words)
    # "India and Morocco": each place of a list is found by its own name.
    names = _LISTED.split(name) if " " in name else (name,)
    is_unknown = not gazetteers.organisations.lookup(name)
    return bool(
        (is_unknown and (_EVENT_AFTER.match(text, end) or is_office_scope(text, start, end)))
        or " ".join(words) in gazetteers.demonyms
        or " ".join(words) in _ANYONES
        or (words[0] in _NO_NAMES if len(words) == 1 else words[-1] in _EVENTS)
        or words[0] in _OPENS_NO_NAME
        or (len(names) > 1 and all(map(gazetteers.places.sure.lookup, names)))
        or all(word in gazetteers.demonyms or word in TITLES for word in words)
        or (words[-1] in HONORIFICS and all(word in TITLES | OFFICE_PARTS for word in words))
        or _is_word_here(text, start, end, gazetteers)
    )


def _is_word_here(text: str, start: int, end: int, gazetteers: Gazetteers) -> bool:
    """Whether a capitalised word is an initial, an adjective, a state, or opens a sentence only."""
    after = text[end : end + 1]
    if after in ("-", " ") and _AFTER_ADJECTIVE.match(text, end):
        return True
    if after == "." and (end - start == 1 or _STATE.match(text, max(0, start - 2), end + 1)):
        return True
    if text[end - 1] == "." and _STATE.match(text, max(0, start - 2), end):
        return True
    return bool(
        text[start:end].endswith(_MANNERS)
        or text[max(0, start - 12) : start].endswith(_OPERATIONS)
        or (
            text[end + 1 : end + 2].islower()
            and _SENTENCE_START.search(text, max(0, start - 3), start)
            and gazetteers.places.is_doubtful(text[start:end])
        )
    )


def stands_alone(name: str, gazetteers: Gazetteers) -> bool:
    """Whether a part of a name is an organisation's name by itself."""
    words = name.split()
    if not words or gazetteers.organisations.lookup(name):
        return bool(words)
    if len(words) > 2 and words[-2][0].isupper() and gazetteers.places.sure.lookup(words[-1]):  # noqa: PLR2004
        words.pop()  # "Expo Centre Sharjah"
    # `Commercial Bank of Dubai` or `Dubai Bank`, but no part of `Ministry of Trade and Industry`.
    folded = [key(word) for word in words]
    has_head = any(one in ORGANISATION_HEADS and other == "of" for one, other in pairwise(folded))
    return (
        len(words) > 1
        and words[-1][0].isupper()
        and (folded[-1] in ORGANISATION_ENDS or has_head)
        and folded[0] not in ("ministry", "department", "university")
    )


def _are_two(left: str, right: str, gazetteers: Gazetteers) -> bool:
    """Whether what "and" joins are two names: `OSN and Jordan Kuwait Bank`."""
    is_right = stands_alone(right, gazetteers)
    is_acronym = left.isupper() and left.isalpha() and len(left) > 2  # noqa: PLR2004
    if is_acronym and is_right:
        return True
    return stands_alone(left, gazetteers) and (is_right or _is_whole(left, right))


def _is_whole(left: str, right: str) -> bool:
    """Whether a body's name ends before "and": `Red Crescent Society and Direct Aid`."""
    # Not in "Gulf Bank and Trust Company", and not in "Institute for Society and Culture".
    ends = {key(word) for word in right.split()} & (ORGANISATION_ENDS | ORGANISATION_HEADS)
    is_headed = " of " in left or " for " in left
    return key(left.rsplit(maxsplit=1)[-1]) in _WHOLE and not (ends or is_headed)


def _type_by_words(span: Span, text: str, gazetteers: Gazetteers) -> Span:
    """A span with the type that its own words give it, a person's without titles."""
    name = text[span.start : span.end]
    words = [key(word) for word in name.split()]
    kind = _type_of_words(name, words, span.type, gazetteers)
    if kind is not None:
        return Span(span.start, span.end, kind)
    # "American Andrew Brackenhurst"
    if span.type is _ORGANISATION and words[0] in gazetteers.demonyms and len(words) > 2:  # noqa: PLR2004
        rest = name.split(" ", 1)[1]
        if looks_like_person(rest, gazetteers, is_sure=True):
            return Span(span.end - len(rest), span.end, _PERSON)
    is_titled = span.type is _ORGANISATION and TITLES.intersection(words[:-1])
    return without_titles(span, text) if span.type is _PERSON or is_titled else span


def _type_of_words(
    name: str, words: list[str], kind: EntityType, gazetteers: Gazetteers
) -> EntityType | None:
    """What a name's words make it, whatever stands around; `None` where they leave it open."""
    if gazetteers.organisations.lookup(name) and not gazetteers.places.sure.lookup(name):
        return _ORGANISATION
    last = words[-1]
    if _DEPARTMENT.match(name) or (kind is _PERSON and _ACRONYM_OF_BODY.match(name)):
        return _ORGANISATION
    is_city_of_trade = last == "city" and _CITY_OF_TRADE.search(name)
    if len(words) > 1 and (last in _SURELY_FACILITIES or is_city_of_trade):
        return _PLACE
    if last in _TRADES and len(words) > 1 and last not in FACILITIES:
        return _ORGANISATION
    is_landscape = kind is not _PLACE and words[0] in _LANDSCAPE and len(words) > 1
    return _PLACE if is_landscape else None


def _extend(span: Span, text: str, gazetteers: Gazetteers) -> Span:
    """With a firm's legal form, a body's nation, or the word for what kind of place one is."""
    if span.type is _ORGANISATION:
        start, end = _edges_of_body(span, text, gazetteers)
        if (start, end) != span[:2]:
            return Span(start, end, span.type)
    if span.type is _PERSON:
        has_initial = "." in text[max(0, span.start - 2) : span.start]
        opening = has_initial and _INITIALS.search(text, max(0, span.start - 20), span.start)
        if opening and re.sub(r"[.\s]", "", opening[1]).lower() not in _STATES_AND_TITLES:
            return Span(opening.start(1), span.end, span.type)
    if span.type is not _ORGANISATION or " " not in text[span.start : span.end]:
        match = _INSTALLATION.match(text, span.end)
        if match:
            return Span(span.start, match.end(), _PLACE)
    return span


def _edges_of_body(span: Span, text: str, gazetteers: Gazetteers) -> tuple[int, int]:
    """An organisation's edges with its nation, its brand, its subject or its legal form."""
    last = key(text[span.start : span.end].rsplit(maxsplit=1)[-1])
    if club := _CLUB_BEFORE.search(text, max(0, span.start - 5), span.start):
        return club.start(), span.end
    if last in _NATIONAL:
        nation = _NATION_BEFORE.search(text, max(0, span.start - 20), span.start)
        if nation and key(nation[1]) in gazetteers.demonyms:
            return nation.start(1), span.end
    start = _company_start(text, span, gazetteers)
    if start < span.start:
        return start, span.end
    match = _SUBJECT.match(text, span.end)
    if match is None or not is_acronym_of(match[1], text[span.start : match.end()]):
        fields = _FIELDS.match(text, span.end) if last in PORTFOLIO_WORDS else None
        if fields and all(map(PORTFOLIO_WORDS.__contains__, map(key, _FIELD.findall(fields[1])))):
            return span.start, fields.end(1)
        match = _LEGAL_FORM.match(text, span.end)
    return span.start, match.end() if match else span.end


def _company_start(text: str, span: Span, gazetteers: Gazetteers) -> int:
    """Where a name of trade words alone starts: `Data Centres` of `Nakheelan Data Centres`."""
    name = text[span.start : span.end]
    if not all(key(word).removesuffix("s") in _COMPANY_WORDS for word in name.split()):
        return span.start
    opening = _WORD_BEFORE.search(text, max(0, span.start - 30), span.start)
    folded = key(opening[1]) if opening else ""
    is_brand = folded and not (
        folded in NOT_NAMES
        or folded in TITLES
        or folded in OFFICE_PARTS
        or folded in gazetteers.demonyms
        or folded in ORGANISATION_HEADS
        or gazetteers.places.sure.lookup(folded)
        or gazetteers.organisations.lookup(name)
    )
    return opening.start(1) if opening and is_brand else span.start
