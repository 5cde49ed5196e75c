"""Corrects the edges and the type of single spans by their own words and the words around."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.core.records import EntityType
from tasks.entities.figures.currencies import CODES, WORD_CODES
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.neighbours import looks_like_person
from tasks.entities.organisations import is_acronym_of
from tasks.entities.rules import NO_PERSONS
from tasks.entities.tokenizer import Span, key, word_set
from tasks.entities.words import (
    FACILITIES,
    HONORIFICS,
    NOT_NAMES,
    OFFICE_PARTS,
    OFFICES,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    PARTICLES,
    PORTFOLIOS,
    SECTORS,
)

_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_WORD = re.compile(r"[^\s,;:()\"\u201c\u201d]+")
_ALSO_TITLES = word_set(
    "superintendent commodore referee fisherman baker novelist skipper archaeologist outsider "
    "forecaster farmer nurse carpenter photographer driver teacher dentist surgeon pharmacist "
    "plumber electrician gardener chef tailor jeweller shepherd beekeeper curator librarian "
    "historian biologist geologist meteorologist shopkeeper midwife paramedic firefighter "
    "ruler regent"
)
_ALSO_NAMES = word_set("sultan amir emir imam sayed sayyid sheikha shaikha")
_STRONG = OFFICES | HONORIFICS | _ALSO_TITLES | {"h", "e"}
_TITLE_TAILS = PORTFOLIOS | {"of", "for", "and", "the", "&"}
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
    r"S\.?p\.?A|N\.?V|GmbH|O?JSC|CJSC|Bhd|FZE|DMCC|WLL|W\.L\.L)\b\.?"
)
_EVENTS = word_set(
    "cup prize award awards trophy championship championships festival games olympics expo medal "
    "crude index marathon ramadan eid day week plan accord accords agreement treaty act law bill "
    "member members"
)
# Bodies that every company has, unless the name says whose.
_ANYONES = frozenset(f"board of {one}" for one in ("directors", "trustees", "governors"))
_ABBREVIATIONS = word_set(
    "md ceo cfo coo cto pm fm q1 q2 q3 q4 h1 h2 ipo gdp brent wti urals nikkei "
    "mou mous uav uavs ai bpo npt esg sme smes ict iot ev evs lng lpg kpi kpis vat fdi ngo ngos "
    "ppp rfp nft nfts etf etfs reit reits api apis llm llms gpu gpus ebitda roi cpi pmi saas b2b "
    "hr pr tv gps dna mri ppe hiv aids covid bitcoin ethereum xrp dogecoin stablecoin"
) | {code.lower() for code in CODES if code not in WORD_CODES}
_COMPANY_WORDS = {
    word.removesuffix("s")
    for word in ORGANISATION_ENDS | SECTORS | word_set("data centre center cloud food home life")
}
# "Bank of England Governor": no part of the name, as it is in "Office of the President".
_OFFICE_TAIL = re.compile(
    r"(?<! of)(?<! the)(?: (?:Vice|Deputy|Acting|Executive|Managing|Senior|General))*[ -]"
    r"(?:Co-)?(?:Governor|President|CEO|CFO|COO|Chair(?:man|woman|person)?|Director|"
    r"Spokes(?:man|woman|person))$"
)
# "Panel on Climate Change (IPCC)": the letters show that what it is on is a part of the name.
_SUBJECT = re.compile(
    r" on (?:the )?[A-Z][\w'-]*(?: (?:and |of |the )*[A-Z][\w'-]*){0,5}(?= \(([A-Z]{2,7})\))"
)
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
_WHOLE = word_set("society group company authority council corporation association club party")
_NO_NAMES = _ABBREVIATIONS | ORGANISATION_ENDS | ORGANISATION_HEADS | FACILITIES
_OWNER = re.compile(r"^(.{2,40}?)(?:['\u2019]s?\s|-based\s)(?=[A-Z])")
_MAY_OWN = re.compile(r"['\u2019]|-based ")
_NUMBERED = re.compile(r"\s\d{1,2}\b(?![-:.,\u2013]\d)")
_EVENT_AFTER = re.compile(r"\s(?:prize|award|cup|medal|trophy|index|crude|bill|act)\b")
_CITY_OF_TRADE = re.compile(r"\b(?:Economic|Industrial|Media|Sports?|Medical|Knowledge) City$")
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
        if stands_alone(left, gazetteers) and (
            stands_alone(right, gazetteers) or _is_whole(left, right)
        ):
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
    tail = _OFFICE_TAIL.search(text, start, end) if kind is _ORGANISATION else None
    end = tail.start() if tail else end
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
    if words[0] in PORTFOLIOS and _MINISTER_OF.search(text, max(0, start - 20), start):
        return _STRONG.isdisjoint(words)
    # "India and Morocco": each place of a list is found by its own name.
    names = _LISTED.split(name) if " " in name else (name,)
    is_event = _EVENT_AFTER.match(text, end) and not gazetteers.organisations.lookup(name)
    return bool(
        is_event
        or " ".join(words) in gazetteers.demonyms
        or " ".join(words) in _ANYONES
        or (words[0] in _NO_NAMES if len(words) == 1 else words[-1] in _EVENTS)
        or words[0] in _OPENS_NO_NAME
        or (len(names) > 1 and all(map(gazetteers.places.sure.lookup, names)))
        or all(word in gazetteers.demonyms or word in _STRONG for word in words)
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
    is_titled = span.type is _ORGANISATION and _STRONG.intersection(words[:-1])
    return _without_titles(span, text) if span.type is _PERSON or is_titled else span


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


def _without_titles(span: Span, text: str) -> Span:
    """A person's name from behind the titles before or inside it; empty where nothing is left."""
    matches = list(_WORD.finditer(text, span.start, span.end))
    folded = [key(match.group()) for match in matches]
    title = -1
    for index, word in enumerate(folded):
        if word in _STRONG and not _is_part_of_name(folded, index):
            title = index
    while (
        0 <= title < len(folded) - 1 and folded[title + 1] in _TITLE_TAILS
    ):  # "for Foreign Affairs"
        title += 1
    start = span.end if all(word in _STRONG for word in folded) else span.start
    if title < len(folded) - 1:
        start = matches[title + 1].start()
    if all(word in NO_PERSONS or word in _TRADES for word in folded[title + 1 :]):
        start = span.end  # "General Command Staff"
    return Span(start, span.end, _PERSON)


def _is_part_of_name(folded: list[str], index: int) -> bool:
    """Whether a title's word is a name here: `Sultan Al Jaber`, `Stephen King`."""
    rest = [word for word in folded[index + 1 :] if word not in PARTICLES]
    if not rest:
        return index > 0
    if folded[index] not in _ALSO_NAMES:
        return False
    is_middle = index > 0 and folded[index - 1] not in _STRONG
    return is_middle or len(rest) < 2 or folded[index + 1] in PARTICLES  # noqa: PLR2004


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
    if last in _NATIONAL:
        nation = _NATION_BEFORE.search(text, max(0, span.start - 20), span.start)
        if nation and key(nation[1]) in gazetteers.demonyms:
            return nation.start(1), span.end
    start = _company_start(text, span, gazetteers)
    if start < span.start:
        return start, span.end
    match = _SUBJECT.match(text, span.end)
    if match is None or not is_acronym_of(match[1], text[span.start : match.end()]):
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
        or folded in _STRONG
        or folded in OFFICE_PARTS
        or folded in gazetteers.demonyms
        or folded in ORGANISATION_HEADS
        or gazetteers.places.sure.lookup(folded)
        or gazetteers.organisations.lookup(name)
    )
    return opening.start(1) if opening and is_brand else span.start
