"""What an article as a whole says of its names: corrects what a recogniser saw line by line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tasks.core.records import EntityType
from tasks.entities.boundaries import fix_boundaries
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.propagation import introduced, propagate_mentions
from tasks.entities.rules import ministries, titled
from tasks.entities.spans import Span, added, touching, without_overlaps
from tasks.entities.tokenizer import Sentence, key, sentences
from tasks.entities.words import ORGANISATION_ENDS, ORGANISATION_HEADS, SECTORS

_LONGEST = 160  # code points within which a dateline ends
_PLACE = r"[^\W\d_][^\n(:,/]{1,40}?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+20\d\d)?"
_DASH = r"(?:--+|[-\u2013\u2014])"
_CREDIT = r"(?:\(MENAFN\s*-\s*[^\n]{1,60}?\)\s*)?"
_DATELINES = (
    # KUWAIT, Aug 15 (KUNA) --   Mumbai, July 24 (IANS)   COLOMBO, Sri Lanka, July 5.
    re.compile(
        rf"{_CREDIT}(?P<city>{_PLACE})(?:/(?P<second>{_PLACE}))?(?:,\s+(?P<country>{_PLACE}))?"
        rf",\s+{_DAY}\s*(?:\((?P<agency>[^\n()]{{2,40}})\)|/(?P<slashed>[^\n/]{{2,30}})/)?"
        rf"\s*(?:{_DASH}|[.:]|(?=[A-Z]))"
    ),
    # GENEVA (Xinhua) --   Beirut: (NNA)
    re.compile(
        rf"{_CREDIT}(?P<city>{_PLACE})(?:/(?P<second>{_PLACE}))?(?:,\s+(?P<country>{_PLACE}))?"
        rf":?\s*\((?P<agency>[^\n()]{{2,40}})\)\s*{_DASH}"
    ),
    # Doha, Qatar:   L Beirut —   SALALAH:
    re.compile(
        rf"{_CREDIT}(?P<city>{_PLACE})(?:/(?P<second>{_PLACE}))?(?:,\s+(?P<country>{_PLACE}))?"
        rf"\s*(?::|\s{_DASH})\s"
    ),
)
_WORDS_OF_A_PLACE = 4


def dateline_spans(body: str) -> Iterator[Span]:
    """The places and the agency of a body's dateline.

    Args:
        body: the whole text; only its opening is looked at.

    Yields:
        Spans in the order of the text; none where there is no dateline.
    """
    opening = body[:_LONGEST]
    for number, pattern in enumerate(_DATELINES):
        match = pattern.match(opening)
        if match is None or not _is_place(match["city"], must_be_capitals=number == 2):  # noqa: PLR2004
            continue
        groups = match.groupdict()
        for name in ("city", "second", "country"):
            if groups.get(name) and _is_place(match[name], must_be_capitals=False):
                yield Span(match.start(name), match.end(name), EntityType.PLACE)
        for name in ("agency", "slashed"):
            if groups.get(name) and match[name][0].isupper() and len(match[name].split()) <= 4:  # noqa: PLR2004
                yield Span(match.start(name), match.end(name), EntityType.ORGANIZATION)
        return


def _is_place(name: str, *, must_be_capitals: bool) -> bool:
    words = name.replace("-", " ").split()
    if must_be_capitals and not name.isupper():
        return False
    return len(words) <= _WORDS_OF_A_PLACE and all(
        word[0].isupper() or word in ("al", "el", "ez", "de", "of", "the") for word in words
    )


_FAR_BEFORE, _FAR_AFTER = 30, 60  # code points looked at; no words before a name take 30
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


def type_by_neighbours(text: str, start: int, end: int) -> EntityType | None:
    """The type that the words beside a name give it, where they are clear.

    Args:
        text: the whole text.
        start: where the name starts.
        end: one past its end.

    Returns:
        The type, or `None` where the neighbours do not tell.
    """
    before, after = text[max(0, start - _FAR_BEFORE) : start], text[end : end + _FAR_AFTER]
    lower = before.lower()  # an expression that heeds no case takes five times as long
    if _BEFORE_PERSON.search(before):
        return EntityType.PERSON
    if _TICKER.match(after) or _APPOSITION.match(after) or _AFTER_BODY.match(after):
        return EntityType.ORGANIZATION
    if _BEFORE_BODY.search(lower) or _AFTER_SHARES.search(before) or _AFTER_OFFICE.search(before):
        return EntityType.ORGANIZATION
    if _BEFORE_PLACE.search(lower) or _AFTER_PLACE.match(after):
        return EntityType.PLACE
    return None


def speaks(text: str, end: int) -> bool:
    """Whether what follows a name says that it is a person's."""
    return _AFTER_PERSON.match(text, end) is not None


_PERSON, _ORGANISATION, _PLACE_refinement = (
    EntityType.PERSON,
    EntityType.ORGANIZATION,
    EntityType.PLACE,
)
_TICKER_refinement = re.compile(
    r"\(((?:NYSE American|[A-Z][A-Za-z]{1,8}))\s?:\s?[A-Z0-9][A-Z0-9.]{0,11}[);]"
)
_OF = frozenset((" of the ", " of ", " for "))
_FATHERS = frozenset((" bin ", " ibn ", " bint ", " ben "))
_HEADS = ORGANISATION_HEADS | {"force", "forces", "committee"}
_LONGER = 4  # letters of a word that title case gives a capital
_ENOUGH_WORDS = 4
_LONGEST_NAME = 150  # code points; what is longer is a list or a slip
_SHORTEST_SHOUT = 4  # words from which a sentence in capitals tells nothing of names


def postprocess_spans(
    title: str,
    body: str,
    spans: tuple[Sequence[Span], Sequence[Span]],
    knowledge: Gazetteers,
) -> tuple[list[Span], list[Span]]:
    """The names of an article's two texts.

    Args:
        title: its title.
        body: its body.
        spans: what a recogniser found in the two.
        knowledge: the tables.

    Returns:
        Spans of the title and of the body, sorted, none overlapping.
    """
    of_title = spans[0]
    if _is_in_title_case(title):
        of_title = [span for span in of_title if title[span.start : span.end] in body]
    in_title = _within(title, of_title, (), knowledge)
    in_body = _within(body, spans[1], tuple(dateline_spans(body)), knowledge)
    in_body = added(in_body, _titled(body, knowledge))
    forms = introduced((title, body), (in_title, in_body), knowledge)
    from_body = introduced((body,), (in_body,), knowledge)
    return (
        propagate_mentions(title, in_title, from_body or forms, is_title=True),
        propagate_mentions(body, in_body, forms, is_title=False),
    )


def _is_in_title_case(title: str) -> bool:
    """Whether a headline gives every longer word a capital, so that capitals tell nothing."""
    words = [word for word in title.split() if len(word) >= _LONGER and word[0].isalpha()]
    return len(words) >= _ENOUGH_WORDS and all(word[0].isupper() for word in words)


def _within(
    text: str, tagged: Sequence[Span], dateline: Sequence[Span], knowledge: Gazetteers
) -> list[Span]:
    """The names of one text, before the other is heard."""
    lines = sentences(text)
    firm = without_overlaps((*dateline, *_firm(text, lines, knowledge)))
    shouted = [
        Span(line.starts[0], line.end(-1), _ORGANISATION) for line in lines if _is_shouted(line)
    ]
    heard = [span for span in tagged if not touching(shouted, span)]
    mended = [
        part
        for span in heard
        for part in fix_boundaries(span, text, knowledge)
        if part.end - part.start <= _LONGEST_NAME
    ]
    spans = _settled(text, firm, mended, knowledge)
    places = [
        Span(line.starts[start], line.end(end - 1), _PLACE_refinement)
        for line in lines
        for start, end, _ in knowledge.gazetteer.sure.matches(line)
    ]
    return _with_places(spans, places)


def _titled(text: str, knowledge: Gazetteers) -> list[Span]:
    """Persons that stand after a title; a title's capitals would make names of other words."""
    return [
        Span(line.starts[start], line.end(end - 1), _PERSON)
        for line in sentences(text)
        for start, end in titled(line, knowledge)
    ]


def _firm(text: str, lines: Iterable[Sentence], knowledge: Gazetteers) -> Iterator[Span]:
    """What needs no recogniser: ministries, known organisations, exchanges before a ticker."""
    for line in lines:
        for start, end in ministries(line):
            yield Span(line.starts[start], line.end(end - 1), _ORGANISATION)
        for start, end, _ in knowledge.directory.matches(line):
            yield Span(line.starts[start], line.end(_with_sector(line, end) - 1), _ORGANISATION)
    for match in _TICKER_refinement.finditer(text):
        yield Span(match.start(1), match.end(1), _ORGANISATION)


def _with_sector(line: Sentence, end: int) -> int:
    """One past the sector that follows a firm's name: `ADNOC Offshore`."""
    if end < len(line.words) and line.words[end][0].isupper() and line.keys[end] in SECTORS:
        return end + 1
    return end


def _is_shouted(line: Sentence) -> bool:
    words = 0
    for word in line.words:
        if word.isalpha() and len(word) > 1:
            if not word.isupper():
                return False
            words += 1
    return words >= _SHORTEST_SHOUT


def _settled(
    text: str, firm: Sequence[Span], tagged: Sequence[Span], knowledge: Gazetteers
) -> list[Span]:
    """Both kinds together: the longer of two organisations, else what is firm."""
    kept: list[Span] = []
    told: dict[str, EntityType] = {}
    for span in _joined(text, tagged):
        over = touching(firm, span)
        if not over:
            retyped = _by_neighbours(text, span, knowledge)
            if retyped is not span:
                told[text[span.start : span.end]] = retyped.type
            kept.append(retyped)
        elif span.type is not _PERSON and _holds(text, span, over):
            kept.append(span)
    kept = [Span(one.start, one.end, told.get(text[one.start : one.end], one.type)) for one in kept]
    return added(kept, firm)


def _holds(text: str, span: Span, firm: Sequence[Span]) -> bool:
    """Whether a span is a longer name around firm ones, and not one with an office's scope."""
    return (
        all(span.start <= one.start and one.end <= span.end for one in firm)
        and any(one.end - one.start < span.end - span.start for one in firm)
        and not any(text.startswith(" for ", one.end) for one in firm)
    )


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans with the halves of one name together: `Air Force of the Armed Forces`."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before is not None and span.end - before.start > _LONGEST_NAME:
            before = None
        if before is not None and before.type is span.type is _PERSON:
            if text[before.end : span.start] in _FATHERS:
                joined[-1] = Span(before.start, span.end, _PERSON)
                continue
        elif before is not None and before.type is _ORGANISATION and span.type is not _PERSON:
            first, link = text[before.start : before.end], text[before.end : span.start]
            last_words = (
                key(first.split()[-1]),
                key(text[span.start : span.end].rsplit(maxsplit=1)[-1]),
            )
            if (link in _OF and last_words[0] in _HEADS) or (
                link == " and "
                and last_words[0] not in ORGANISATION_ENDS
                and last_words[1] in ORGANISATION_HEADS
            ):
                joined[-1] = Span(before.start, span.end, _ORGANISATION)
                continue
        joined.append(span)
    return joined


def _by_neighbours(text: str, span: Span, knowledge: Gazetteers) -> Span:
    """A span with the type that its neighbours give it, unless tables or speech know better."""
    name = text[span.start : span.end]
    if knowledge.gazetteer.sure.meanings(name):
        return span
    if span.type is _PERSON and (_is_plainly_a_persons(name, knowledge) or speaks(text, span.end)):
        return span
    kind = type_by_neighbours(text, span.start, span.end)
    return span if kind is None else Span(span.start, span.end, kind)


def _is_plainly_a_persons(name: str, knowledge: Gazetteers) -> bool:
    first, *rest = name.split()
    return len(rest) > 1 or (
        len(rest) == 1 and "first_name" in knowledge.lexicon.classes(key(first))
    )


def _with_places(spans: Sequence[Span], places: Sequence[Span]) -> list[Span]:
    """Spans with the places that are known by name alone; longer names keep theirs inside."""
    kept = [
        span
        for span in spans
        if not any(
            place.start <= span.start and span.end <= place.end for place in touching(places, span)
        )
    ]
    return added(kept, places)
