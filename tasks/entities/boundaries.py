"""Mends the edges and the type of single spans: titles, legal forms, telling last words."""

import re
from collections.abc import Iterator

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.money import CURRENCY_CODES
from tasks.entities.spans import Span
from tasks.entities.tokenizer import key, word_set
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
) | {code.lower() for code in CURRENCY_CODES}
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


def fix_boundaries(span: Span, text: str, knowledge: Gazetteers) -> Iterator[Span]:
    """What a span comes to once its edges are mended; two spans where it joined two names.

    Args:
        span: as a recogniser gave it.
        text: the text it is of.
        knowledge: the tables.
    """
    start, end = _trimmed(text, span.start, span.end)
    start = _after_owner(text, start, end, knowledge)
    if span.type is _PERSON:
        if _NUMBERED.match(text, end):  # an exercise, a model, a block: "Red Dune 10"
            return
        while start < end and text[start].islower() and " " in text[start:end]:
            if key(text[start:end].split(" ", 1)[0]) in PARTICLES:
                break
            start = text.index(" ", start, end) + 1
    if start >= end or not text[start].isalnum() or _is_no_name(text, start, end, knowledge):
        return
    name = text[start:end]
    for part_start, part_end in _parts(name, knowledge):
        part = Span(start + part_start, start + part_end, span.type)
        mended = _extended(_retyped(part, text, knowledge), text, knowledge)
        if mended.start < mended.end:
            yield mended


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if text[start : start + 4] in ("the ", "The "):
        start += 4
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive:
        end = possessive.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)+&!"):
        end -= 1
    if end > start and text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    return start, end


def _after_owner(text: str, start: int, end: int, knowledge: Gazetteers) -> int:
    """Where a name starts that a recogniser gave with its country or city before it."""
    owner = _OWNER.match(text[start:end])
    if owner and knowledge.gazetteer.sure.meanings(owner[1]):
        return start + owner.end()
    return start


def _is_no_name(text: str, start: int, end: int, knowledge: Gazetteers) -> bool:
    words = [key(word) for word in text[start:end].split()]
    if len(words) == 1 and words[0] in _NO_NAMES:
        return True
    if " ".join(words) in knowledge.demonyms:
        return True
    if len(words) > 1 and (words[-1] in _EVENTS or _is_list_of_places(text[start:end], knowledge)):
        return True
    if words[0] in PORTFOLIOS and _MINISTER_OF.search(text, max(0, start - 20), start):
        return not any(word in _STRONG for word in words)
    if _EVENT_AFTER.match(text, end) and not knowledge.directory.named(text[start:end]):
        return True
    return all(word in knowledge.demonyms or word in _STRONG for word in words)


def _is_list_of_places(name: str, knowledge: Gazetteers) -> bool:
    """Whether a span is several places, as in `India and Morocco`; each is found by its own."""
    names = _LISTED.split(name) if "," in name or "and" in name else ()
    return len(names) > 1 and all(map(knowledge.gazetteer.sure.meanings, names))


def _parts(name: str, knowledge: Gazetteers) -> Iterator[tuple[int, int]]:
    """The one or two names that a span holds."""
    for match in _JOINED.finditer(name) if "and" in name or "/" in name else ():
        left, right = name[: match.start()], name[match.end() :]
        if _stands_alone(left, knowledge) and _stands_alone(right, knowledge):
            yield 0, match.start()
            yield match.end(), len(name)
            return
    yield 0, len(name)


def _stands_alone(name: str, knowledge: Gazetteers) -> bool:
    words = name.split()
    if not words or knowledge.directory.named(name):
        return bool(words)
    return (
        len(words) > 1
        and words[-1][0].isupper()
        and key(words[-1]) in ORGANISATION_ENDS
        and key(words[0]) not in ("ministry", "department", "university")
    )


def _retyped(span: Span, text: str, knowledge: Gazetteers) -> Span:
    """A span with the type that its own words give it, a person's without titles."""
    name = text[span.start : span.end]
    if knowledge.directory.named(name) and not knowledge.gazetteer.sure.meanings(name):
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
    if span.type is _PERSON or (span.type is _ORGANISATION and _STRONG.intersection(words[:-1])):
        start = after_titles(text, span.start, span.end)
        return Span(start, span.end, _PERSON)
    return span


def after_titles(text: str, start: int, end: int) -> int:
    """Where a person's name starts once the titles before or inside it are left behind.

    Args:
        text: the text.
        start: where titles and name start.
        end: one past the name.

    Returns:
        That code point; `end` where nothing but titles is there.
    """
    matches = list(_WORD.finditer(text, start, end))
    folded = [key(match.group()) for match in matches]
    last = -1
    for index, word in enumerate(folded):
        if word in _STRONG and not _is_part_of_name(folded, index):
            last = index
    while 0 <= last < len(folded) - 1 and _goes_on(folded, last + 1):
        last += 1
    if last == len(folded) - 1:
        return end if all(word in _STRONG for word in folded) else start
    return matches[last + 1].start()


def _is_part_of_name(folded: list[str], index: int) -> bool:
    """Whether a title's word is a name here: `Sultan Al Jaber`, `Stephen King`."""
    rest = [word for word in folded[index + 1 :] if word not in PARTICLES]
    if not rest:
        return index > 0
    if folded[index] not in _ALSO_NAMES:
        return False
    is_middle = index > 0 and folded[index - 1] not in _STRONG
    return is_middle or len(rest) < 2 or folded[index + 1] in PARTICLES  # noqa: PLR2004


def _goes_on(folded: list[str], index: int) -> bool:
    """Whether a word after a title still belongs to it: `for Foreign Affairs`."""
    return folded[index] in PORTFOLIOS or folded[index] in ("of", "for", "and", "the", "&")


def _extended(span: Span, text: str, knowledge: Gazetteers) -> Span:
    """With a firm's legal form, a body's nation, or the word for what kind of place one is."""
    if span.type is _ORGANISATION:
        last = key(text[span.start : span.end].rsplit(maxsplit=1)[-1])
        if last in _NATIONAL:
            nation = _NATION_BEFORE.search(text, max(0, span.start - 20), span.start)
            if nation and key(nation[1]) in knowledge.demonyms:
                return Span(nation.start(1), span.end, span.type)
        match = _LEGAL_FORM.match(text, span.end)
        if match:
            return Span(span.start, match.end(), span.type)
    if span.type is _PLACE or " " not in text[span.start : span.end]:
        match = _INSTALLATION.match(text, span.end)
        if match:
            return Span(span.start, match.end(), _PLACE)
    return span
