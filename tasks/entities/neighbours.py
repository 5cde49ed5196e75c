"""The type of a name by the words around it, and whether a name looks like a person's."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.person_names import core_parts
from tasks.entities.tokenizer import Span, key, merge_spans, word_set
from tasks.entities.words import (
    FACILITIES,
    LEGAL_FORMS,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    PARTICLES,
    SECTORS,
)

_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_TRADES = ORGANISATION_ENDS | SECTORS
_MAX_FAMILY = 4  # words
_FAR_BEFORE, _FAR_AFTER, _FAR_TITLE = 30, 60, 120  # code points
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
_BODIES = frozenset((*_BODY.split("|"), "start-up", "startup"))
_AFTER_BODY = re.compile(
    r"(?:['\u2019]s)?\s(?:coach|captain|striker|midfielder|goalkeeper|defender|CEO|CFO|COO|shares|"
    r"stock|spokesm[ae]n|spokeswoman|chairman|chairwoman|lawmakers|fighters|executives|employees|"
    r"employs|office|offices|headquarters|factory|app|brand|board|subsidiary|shareholders|leader|chief|officials|engineers|customers|plant)\b"
    r"|\s(?:was|were|is|are)\s(?:founded|established|incorporated|listed|acquired|delisted)\b"
    r"|\s(?:runs|operates|owns|paid|pays|employs|serves|holds|shipped)\s(?:[A-Z]{3}\s|\$)?\d"
)
_TICKER = re.compile(r"\s\([A-Z][A-Za-z ]{1,12}:\s?[A-Z0-9.]{1,12}[);]")
_AFTER_SHARES = re.compile(
    r"\b(?:(?:[Ss]hares|[Ss]take|unit|arm|subsidiary|board|takeover|acquisition)\s(?:in|of)|"
    r"bought|acquired?|acquires|acquiring|invested in)\s$"
)
_BEFORE_PLACE = re.compile(
    r"\b(?:city|town|village|port|province|district|governorate|island|capital|region|state|"
    r"outskirts|north|south|east|west|suburb|coast) of (?:the )?$"
    r"|\b(?:near|outside|towards|north of|south of|east of|west of)\s$"
)
_RULER = re.compile(
    r"(?:\b(?:Sheikh|Shaikh|Sheikha|King|Queen|Prince|Princess|Sultan|Emir|Amir|Imam) )+$"
)
_THING = re.compile(
    r"(?:-[\w'\u2019]+)?"
    r"(?: (?!(?:CEO|Chair|President|Director|Minister|Governor|Head|Secretary|Spokes))"
    r"[A-Z][\w'\u2019-]*){0,4} "
    r"(?:(?P<place>Mosque|Airport|Hospital|Stadium|Road|Street|Bridge|Causeway|Port|Park|Palace|"
    r"Square|Tower|City|Complex|Museum|Library|Hall|Theatre|Base|Camp|Building|Hotel|Tunnel|Dam|"
    r"Highway|Corridor|Church)"
    r"|(?P<body>University|School|College|Institute|Foundation|Academy|Fund|Centre|Center)"
    r"|(?P<event>Award|Prize|Cup|Trophy|Championship|Festival|Index|Initiative|Medal)s?)\b(?!-)"
)  # what may be named after a person
_LINKS = (", ", " and ", ", and ", " & ")
_OWNS = re.compile(r"['\u2019]s?\s")
_SURNAMES = frozenset(
    ("Hall", "Park", "Church", "Street", "Camp", "Bridge", "Base", "Tower", "Dam")
)
_LAST_BEFORE = word_set(
    "in of at with for bought acquire acquired acquires acquiring the near outside towards"
)  # the last words of what the three expressions above look for
# Towns that stand for their clubs: what is said of them, and a score behind one.
_AFTER_CLUB = re.compile(
    r"(?:['\u2019]s?)?\s(?:coach|captain|striker|midfielder|goalkeeper|defender|winger)\b"
    r"|\s(?:beat|drew|lost|won|led|trailed|edged|thrashed|stunned|held|hosted)\s[^.\n]{0,40}?"
    r"\b\d{1,2}-\d{1,2}\b|\s\d{1,2}-\d{1,2}(?=[\s,.;])(?!\s(?:year|month|week|day|per|mile|metre))"
)
_PLAYS = re.compile(r"\s(?:beat|drew|lost|won|led|hosts?|faced?|visit|are|were)\b")
_PLAYED = re.compile(
    r"\b(?:beat|beating|hosts?|hosted|faced?|against|visit|over|past|lost to|drew with|visitors|"
    r"rivals|champions|leaders)\s$"
)
_AFTER_SPEAKER = re.compile(
    r"\s(?:said|says|told|reported|reports|announced|will (?:add|fly|launch|start|order|build|cut)|"
    r"shares|flights?|aircraft|plans to|has ordered|ordered|sold|recalled|posted|carried)\b"
)
_LOCATED = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|around|outside)\s$")
_BEFORE_PERSON = word_set(
    "counterpart brother sister wife husband father mother novelist poet critic activist writer "
    "footballer teammate businessman politician physician veteran nurse farmer teacher carpenter"
)
_PARENT_OF = re.compile(r"\b(?:mother|father) of \w+,?\s$")
_AFTER_PLACE = re.compile(r"\s(?:province|district|governorate|region|city|town|village|oblast)\b")
_AGE_AFTER = re.compile(r",\s(?:\d\d,|who)\s")
# "Vinod Nair, Head of Research at Geojit": no body's name goes before that.
_OFFICE_AFTER = re.compile(
    r",\s(?:an?\s|the\s)?(?:(?:group|senior|executive|global|regional|acting|deputy|vice)[ -])*"
    r"(?:head|president|director(?:[ -]general)?|chief(?:\s\w+){0,2}\sofficer|chief executive|"
    r"chair(?:man|woman)?|CEO|CFO|COO|managing (?:director|partner)|minister|secretary|analyst|"
    r"economist|strategist|professor|dean|ambassador|"
    r"spokes(?:man|woman|person))\s(?:of|at|for|with)\b",
    re.IGNORECASE,
)
_ON_BOARD = re.compile(r"\b(?:Board|Directors|Trustees|Governors) $")
_ENVOY = re.compile(r"\b(?:Ambassador|Minister|Envoy|Consul|Representative)\b[^.;:\n(]{1,90}, $")
_ENVOY_AFTER = re.compile(r"[,.]| and | on | in |$")
_AFTER_PERSON = re.compile(r",\s\d\d,\s|,\swho\s|\s(?:said|told|added|noted|stressed|affirmed)\b")


def is_given_name(word: str, gazetteers: Gazetteers) -> bool:
    """Whether a folded word is a given name."""
    is_common = "first_name" in gazetteers.word_classes.classes(word)
    return is_common or any(map(gazetteers.given_names.knows, core_parts(word)))


def looks_like_person(name: str, gazetteers: Gazetteers, *, is_sure: bool = False) -> bool:
    """Whether a name is a given name and one or more family names, and no word of a body's.

    One of the family names is to be known or to open with an article, unless what stands before
    makes it sure.
    """
    first, *rest = name.split()
    classes = gazetteers.word_classes.classes
    return (
        is_given_name(key(first), gazetteers)
        and _has_shape_of_person(name, gazetteers)
        and (is_sure or "-" in name or any("last_name" in classes(key(word)) for word in rest))
    )


def _has_shape_of_person(name: str, gazetteers: Gazetteers) -> bool:
    """Whether a name is two to five words of which none is a body's or a building's."""
    first, *rest = name.split()
    family = [key(word) for word in rest if key(word) not in PARTICLES]
    return (
        0 < len(family) <= _MAX_FAMILY
        and not gazetteers.organisations.lookup(name)
        and all(word[0].isupper() or key(word) in PARTICLES for word in rest)
        and not any(
            word in _TRADES or word in ORGANISATION_HEADS or word in FACILITIES
            for word in (key(first), *family)
        )
    )


def retype_namesakes(
    text: str, spans: Sequence[Span], dateline: Sequence[Span], gazetteers: Gazetteers
) -> list[Span]:
    """Spans with places that stand for a club or for a body of the same name as organisations.

    Those of the dateline stay places.
    """
    bodies: set[str] = set()
    towns: list[Span] = []
    located = set(dateline)  # where a place is meant, whatever else has its name
    has_clubs = False
    for span in spans:
        start, end, kind = span
        name, before = text[start:end], text[max(0, start - 9) : start]
        has_clubs = has_clubs or (kind is not _PERSON and bool(_AFTER_CLUB.match(text, end)))
        is_body_too = kind is _PLACE and gazetteers.organisations.lookup(name)
        if _LOCATED.search(before) or (is_body_too and before.endswith(("the ", "The "))):
            located.add(span)
        elif is_body_too:
            if _AFTER_SPEAKER.match(text, end) or _AFTER_BODY.match(text, end):
                bodies.add(name)
        elif kind is _PLACE and not gazetteers.places.country_code_of(name):
            towns.append(span)
    if has_clubs:  # then towns are clubs where they play
        bodies |= {
            text[start:end]
            for start, end, _ in towns
            if _AFTER_CLUB.match(text, end)
            or _PLAYS.match(text, end)
            or _PLAYED.search(text, max(0, start - 10), start)
        }
    return [
        Span(span.start, span.end, _ORGANISATION)
        if text[span.start : span.end] in bodies and span not in located
        else span
        for span in spans
    ]


def retype_listed(text: str, spans: Sequence[Span], gazetteers: Gazetteers) -> list[Span]:
    """Spans with the persons of no given name that stand in a list of bodies as bodies."""
    listed: defaultdict[Span, set[EntityType]] = defaultdict(set)
    for one, other in pairwise(spans):
        # Not in "Dina Sarrouf and Eni's chief": the link goes to the chief.
        if text[one.end : other.start] in _LINKS and not _OWNS.match(text, other.end):
            listed[one].add(other.type)
            listed[other].add(one.type)
    return [
        Span(span.start, span.end, _ORGANISATION)
        if span.type is _PERSON
        and listed[span] == {_ORGANISATION}
        and not is_given_name(key(text[span.start : span.end].split(" ", 1)[0]), gazetteers)
        and not _AFTER_PERSON.match(text, span.end)
        else span
        for span in spans
    ]


def name_things(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans with what is named after a person as that thing; prizes and cups are no names.

    `Sheikh Zayed Grand Mosque` is a place, `King Hussein University` a body, `Amir Cup` nothing.
    """
    named: list[Span] = []
    for span in spans:
        thing = _thing_named_after(text, span) if span.type is _PERSON else None
        if thing is None:
            named.append(span)
        elif thing.lastgroup != "event" and " " in text[span.start : thing.end()]:
            ruler = _RULER.search(text, max(0, span.start - 30), span.start)
            start = ruler.start() if ruler else span.start
            named.append(Span(start, thing.end(), _PLACE if thing["place"] else _ORGANISATION))
    return merge_spans((), named)


def _thing_named_after(text: str, span: Span) -> re.Match[str] | None:
    """What is named after a person: by the words behind the name, or the last word in it."""
    if behind := _THING.match(text, span.end):
        return behind
    own = _THING.search(text, span.start - 1, span.end)
    # "Jerry Hall" is a person, "Faisal Prize" is none.
    is_thing = own and own.end() == span.end and own[0].split()[-1] not in _SURNAMES
    return own if is_thing else None


def type_by_neighbours(text: str, span: Span, gazetteers: Gazetteers) -> EntityType | None:
    """The type that the words around a name give it, unless a table or the name settles it."""
    start, end, kind = span
    name = text[start:end]
    if kind is _ORGANISATION and " " in name and _is_person(text, start, end, gazetteers):
        is_body = _TICKER.match(text, end) or _AFTER_BODY.match(text, end)
        return None if is_body or _APPOSITION.match(text, end) else _PERSON
    first, *rest = name.split()
    is_full = len(rest) > 1 or (rest and is_given_name(key(first), gazetteers))
    is_person = kind is _PERSON and (is_full or _AFTER_PERSON.match(text, end))
    if is_person or gazetteers.places.sure.lookup(name):
        return None
    return _type_by_cues(
        name, text[max(0, start - _FAR_BEFORE) : start], text[end : end + _FAR_AFTER]
    )


def _is_person(text: str, start: int, end: int, gazetteers: Gazetteers) -> bool:
    """Whether what was taken for a body is a person: by its words, an age or a nationality."""
    opening = text[max(0, start - _FAR_TITLE) : start]
    if (
        _OFFICE_AFTER.match(text, end)
        or _ON_BOARD.search(opening)
        or (opening.endswith(", ") and _ENVOY.search(opening) and _ENVOY_AFTER.match(text, end))
    ):
        return _has_shape_of_person(text[start:end], gazetteers)
    if not is_given_name(key(text[start:end].partition(" ")[0]), gazetteers):
        return False
    before = text[max(0, start - _FAR_BEFORE) : start].rpartition(" ")[0].rpartition(" ")[2]
    is_sure = bool(_AGE_AFTER.match(text, end)) or key(before) in gazetteers.demonyms
    return looks_like_person(text[start:end], gazetteers, is_sure=is_sure)


def _type_by_cues(name: str, before: str, after: str) -> EntityType | None:
    lower = before.lower()  # an expression that ignores case takes five times as long
    last_word = lower[:-1].rstrip(",").rpartition(" ")[2]
    is_described = last_word in _BEFORE_PERSON or ("ther of " in lower and _PARENT_OF.search(lower))
    if is_described and key(name.rsplit(maxsplit=1)[-1]) not in LEGAL_FORMS:
        return _PERSON
    is_body = (
        last_word.rpartition("-")[2] in _BODIES
        or last_word in _BODIES
        or lower.endswith("think tank ")
    )
    if is_body or _TICKER.match(after) or _APPOSITION.match(after) or _AFTER_BODY.match(after):
        return _ORGANISATION
    if last_word in _LAST_BEFORE:  # saves three searches
        if _AFTER_SHARES.search(before) or _AFTER_OFFICE.search(before):
            return _ORGANISATION
        if _BEFORE_PLACE.search(lower):
            return _PLACE
    return _PLACE if _AFTER_PLACE.match(after) else None
