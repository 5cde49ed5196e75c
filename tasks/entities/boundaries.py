"""Corrects the edges and the type of single spans by their own words and the words around."""

import re
from collections.abc import Iterator

from tasks.core.records import EntityType
from tasks.entities.currencies import WORD_CODES, codes
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.tokenizer import Span, key, word_set
from tasks.entities.words import (
    FACILITIES,
    HONORIFICS,
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
    "superintendent commodore referee fisherman baker novelist skipper archaeologist outsider"
)
_ALSO_NAMES = word_set("sultan amir emir imam sayed sayyid sheikha shaikha")
_STRONG = OFFICES | HONORIFICS | _ALSO_TITLES | {"h", "e"}
_TITLE_TAILS = PORTFOLIOS | {"of", "for", "and", "the", "&"}
_SURELY_FACILITIES = word_set(
    "airport stadium palace hospital refinery crossing square street avenue road dam bridge "
    "airbase harbour harbor terminal causeway airfield island islands strait peninsula corridor "
    "canal mosque cathedral cemetery courthouse camp state province governorate district oblast "
    "region field oasis"
)
_LANDSCAPE = word_set(
    "tell tal khawr khor qarn marsa wadi jebel jabal ras bir ain deir beit kafr kfar shatt nahr "
    "sabkha bab umm burj lake mount river cape"
)  # words that open a place's name
_INSTALLATION = re.compile(
    r"\s(?:oil\s|gas\s|refugee\s|border\s)?"
    r"(?:field|crossing|camp|refinery|mine|basin|airport|port|bridge|dam|canal|strait)\b"
)
_LEGAL_FORM = re.compile(
    r",?\s(?:P\.?J\.?S\.?C|Q\.?P\.?S\.?C|K\.?S\.?C\.?P?|B\.?S\.?C|S\.?A\.?O\.?G|S\.?A\.?[LE]?|"
    r"L\.?L\.?[CP]|Ltd|Limited|Inc|Corp|Co(?:\.,?|,) Ltd|Co\.|plc|PLC|AG|ASA|A\.?\u015e|"
    r"S\.?p\.?A|N\.?V|GmbH|O?JSC|CJSC|Bhd|FZE|DMCC|WLL|W\.L\.L)\b\.?"
)
_EVENTS = word_set(
    "cup prize award awards trophy championship championships festival games olympics expo medal "
    "crude index marathon ramadan eid day week plan accord accords agreement treaty act law bill"
)
_ABBREVIATIONS = word_set(
    "md ceo cfo coo cto pm fm q1 q2 q3 q4 h1 h2 ipo gdp brent wti urals nikkei"
) | {code.lower() for code in codes() if code not in WORD_CODES}
_MINISTER_OF = re.compile(r"\b[Mm]inister (?:of|for)(?: the)? $")
_TRADES = ORGANISATION_ENDS | SECTORS
_NO_NAMES = _ABBREVIATIONS | ORGANISATION_ENDS | ORGANISATION_HEADS | FACILITIES
_OWNER = re.compile(r"^(.{2,40}?)(?:['\u2019]s?\s|-based\s)(?=[A-Z])")
_NUMBERED = re.compile(r"\s\d{1,2}\b(?![-:.,\u2013]\d)")
_EVENT_AFTER = re.compile(r"\s(?:prize|award|cup|medal|trophy|index|crude|bill|act)\b")
_CITY_OF_TRADE = re.compile(r"\b(?:Economic|Industrial|Media|Sports?|Medical|Knowledge) City$")
_NATION_BEFORE = re.compile(r"\b([A-Z][a-z]+)\s$")
_NATIONAL = word_set(
    "authority association federation chamber academy society forum institute observatory league"
)  # bodies whose name opens with their nation's
_JOINED = re.compile(r"\s+and\s+|\s*/\s*")
_LISTED = re.compile(r",\s+and\s+|\s+and\s+|,\s+")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
# Code points looked at: no words of these patterns take more.
_FAR_BEFORE, _FAR_AFTER = 30, 60
_BODY = (
    r"company|firm|bank|lender|broker|brokerage|maker|producer|developer|trader|retailer|operator|"
    r"airline|carrier|group|party|outlet|newspaper|daily|website|contractor|supplier|rival|"
    r"provider|start-?up|insurer|club|unit|subsidiary|agency|charity|thinktank|think tank|"
    r"pollster|conglomerate|consultancy|publisher|refiner|exporter|utility|shipper|militia|"
    r"movement|fund|watchdog|regulator|union|farmer|miner|chipmaker|automaker|foundation"
)
_APPOSITION = re.compile(
    r"(?:\s\([^)\n]{1,30}\))?,\s(?:a|an|the|its|one of)\s(?:[\w'\u2019.-]+\s){0,4}?"
    rf"(?:{_BODY})\b"
)
_AFTER_OFFICE = re.compile(
    r"\b(?:chief executive|CEO|CFO|chair(?:man|woman)|managing director|head of research|partner|"
    r"analyst|economist|spokes(?:man|woman|person)) (?:of|at|with|for) $"
)
_BEFORE_BODY = re.compile(rf"\b(?:{_BODY})(?:,)?\s$")
_AFTER_BODY = re.compile(
    r"(?:['\u2019]s)?\s(?:coach|captain|striker|midfielder|goalkeeper|defender|CEO|CFO|COO|shares|"
    r"stock|spokesm[ae]n|spokeswoman|chairman|chairwoman|lawmakers|fighters|executives|employees|"
    r"employs|board|subsidiary|shareholders|leader|chief|officials|engineers|customers|plant)\b"
)
_TICKER = re.compile(r"\s\([A-Z][A-Za-z ]{1,12}:\s?[A-Z0-9.]{1,12}[);]")
_AFTER_SHARES = re.compile(r"\b(?:[Ss]hares|[Ss]take|unit|arm|subsidiary|board)\s(?:in|of)\s$")
_BEFORE_PLACE = re.compile(
    r"\b(?:city|town|village|port|province|district|governorate|island|capital|region|state|"
    r"outskirts|north|south|east|west|suburb|coast) of (?:the )?$"
    r"|\b(?:near|outside|towards|north of|south of|east of|west of)\s$"
)
_BEFORE_PERSON = re.compile(
    r"\b(?:counterpart|brother|sister|wife|husband|father|mother|novelist|poet|critic|activist|"
    r"writer|footballer|teammate|businessman|politician|physician|veteran),?\s$"
)
_AFTER_PLACE = re.compile(r"\s(?:province|district|governorate|region|city|town|village|oblast)\b")
_AFTER_PERSON = re.compile(r",\s\d\d,\s|,\swho\s|\s(?:said|told|added|noted|stressed|affirmed)\b")


def fix_boundaries(span: Span, text: str, gazetteers: Gazetteers) -> Iterator[Span]:
    """A span with its edges corrected; none where it is no name, two where it joined two."""
    start, end = _trim(span, text, gazetteers)
    if span.type is _PERSON and _NUMBERED.match(text, end):
        return  # an exercise, a model, a block: "Red Dune 10"
    if start >= end or not text[start].isalnum() or _is_no_name(text, start, end, gazetteers):
        return
    parts = [(start, end)]
    for match in _JOINED.finditer(text, start, end):
        sides = [(start, match.start()), (match.end(), end)]
        if all(_stands_alone(text[slice(*side)], gazetteers) for side in sides):
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
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive:
        end = possessive.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)+&!"):
        end -= 1
    if end > start and text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    owner = _OWNER.match(text[start:end])  # the country or city before a name, as in "Iraq's"
    if owner and gazetteers.places.sure.lookup(owner[1]):
        start += owner.end()
    while kind is _PERSON and text[start : start + 1].islower() and " " in text[start:end]:
        if key(text[start:end].split(" ", 1)[0]) in PARTICLES:
            break
        start = text.index(" ", start, end) + 1
    return start, end


def _is_no_name(text: str, start: int, end: int, gazetteers: Gazetteers) -> bool:
    words = [key(word) for word in text[start:end].split()]
    if " ".join(words) in gazetteers.demonyms:
        return True
    if words[0] in _NO_NAMES if len(words) == 1 else words[-1] in _EVENTS:
        return True
    # "India and Morocco": each place of a list is found by its own name.
    names = _LISTED.split(text[start:end])
    if len(names) > 1 and all(map(gazetteers.places.sure.lookup, names)):
        return True
    if words[0] in PORTFOLIOS and _MINISTER_OF.search(text, max(0, start - 20), start):
        return not any(word in _STRONG for word in words)
    if _EVENT_AFTER.match(text, end) and not gazetteers.organisations.lookup(text[start:end]):
        return True
    return all(word in gazetteers.demonyms or word in _STRONG for word in words)


def _stands_alone(name: str, gazetteers: Gazetteers) -> bool:
    words = name.split()
    if not words or gazetteers.organisations.lookup(name):
        return bool(words)
    return (
        len(words) > 1
        and words[-1][0].isupper()
        and key(words[-1]) in ORGANISATION_ENDS
        and key(words[0]) not in ("ministry", "department", "university")
    )


def _type_by_words(span: Span, text: str, gazetteers: Gazetteers) -> Span:
    """A span with the type that its own words give it, a person's without titles."""
    name = text[span.start : span.end]
    if gazetteers.organisations.lookup(name) and not gazetteers.places.sure.lookup(name):
        return Span(span.start, span.end, _ORGANISATION)
    words = [key(word) for word in name.split()]
    last = words[-1]
    is_city_of_trade = last == "city" and _CITY_OF_TRADE.search(name)
    if len(words) > 1 and (last in _SURELY_FACILITIES or is_city_of_trade):
        return Span(span.start, span.end, _PLACE)
    if last in _TRADES and len(words) > 1 and last not in FACILITIES:
        return Span(span.start, span.end, _ORGANISATION)
    if span.type is not _PLACE and words[0] in _LANDSCAPE and len(words) > 1:
        return Span(span.start, span.end, _PLACE)
    is_titled = span.type is _ORGANISATION and _STRONG.intersection(words[:-1])
    if span.type is not _PERSON and not is_titled:
        return span
    # A person's name starts after the titles before or inside it; nothing is left of titles alone.
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
        last = key(text[span.start : span.end].rsplit(maxsplit=1)[-1])
        if last in _NATIONAL:
            nation = _NATION_BEFORE.search(text, max(0, span.start - 20), span.start)
            if nation and key(nation[1]) in gazetteers.demonyms:
                return Span(nation.start(1), span.end, span.type)
        match = _LEGAL_FORM.match(text, span.end)
        if match:
            return Span(span.start, match.end(), span.type)
    if span.type is _PLACE or " " not in text[span.start : span.end]:
        match = _INSTALLATION.match(text, span.end)
        if match:
            return Span(span.start, match.end(), _PLACE)
    return span


def type_by_neighbours(text: str, span: Span, gazetteers: Gazetteers) -> EntityType | None:
    """The type that the words around a name give it, unless a table or the name settles it."""
    start, end, kind = span
    first, *rest = text[start:end].split()
    is_full = len(rest) > 1 or (
        rest and "first_name" in gazetteers.word_classes.classes(key(first))
    )
    is_person = kind is _PERSON and (is_full or _AFTER_PERSON.match(text, end))
    if is_person or gazetteers.places.sure.lookup(text[start:end]):
        return None
    before, after = text[max(0, start - _FAR_BEFORE) : start], text[end : end + _FAR_AFTER]
    lower = before.lower()  # an expression that ignores case takes five times as long
    if _BEFORE_PERSON.search(before):
        return EntityType.PERSON
    is_body = _TICKER.match(after) or _APPOSITION.match(after) or _AFTER_BODY.match(after)
    if is_body or _BEFORE_BODY.search(lower):
        return EntityType.ORGANIZATION
    if _AFTER_SHARES.search(before) or _AFTER_OFFICE.search(before):
        return EntityType.ORGANIZATION
    if _BEFORE_PLACE.search(lower) or _AFTER_PLACE.match(after):
        return EntityType.PLACE
    return None
