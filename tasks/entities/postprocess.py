"""What an article as a whole says of its names: corrects what a recogniser saw line by line."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tasks.core.records import EntityType
from tasks.entities.boundaries import fix_boundaries, stands_alone
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.neighbours import (
    name_things,
    retype_listed,
    retype_namesakes,
    type_by_neighbours,
)
from tasks.entities.propagation import collect_aliases, propagate_mentions
from tasks.entities.rules import (
    find_ministries,
    find_organisations,
    find_places,
    find_portfolios,
    find_titled_persons,
)
from tasks.entities.tokenizer import (
    Span,
    find_overlaps,
    key,
    merge_spans,
    remove_overlaps,
    sentences,
)
from tasks.entities.words import (
    COMMODITIES,
    NOT_NAMES,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    SECTORS,
)

_PERSON, _ORGANISATION, _PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
_MAX_DATELINE = 160  # code points within which a dateline ends
_NAME = r"[^\W\d_][^\n(:,/]{1,40}?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+20\d\d)?"
_DASH = r"(?:--+|[-\u2013\u2014])"
_CREDIT = r"(?:\(MENAFN\s*-\s*[^\n]{1,60}?\)\s*)?"
_OPENING = rf"{_CREDIT}(?P<city>{_NAME})(?:/(?P<second>{_NAME}))?(?:,\s+(?P<country>{_NAME}))?"
_DATELINES = (
    # KUWAIT, Aug 15 (KUNA) --   Mumbai, July 24 (IANS)   COLOMBO, Sri Lanka, July 5.
    re.compile(
        rf"{_OPENING},\s+{_DAY}\s*(?:\((?P<agency>[^\n()]{{2,40}})\)|/(?P<slashed>[^\n/]{{2,30}})/)?"
        rf"\s*(?:{_DASH}|[.:]|(?=[A-Z]))"
    ),
    # GENEVA (Xinhua) --   Beirut: (NNA)
    re.compile(rf"{_OPENING}:?\s*\((?P<agency>[^\n()]{{2,40}})\)\s*(?:{_DASH}|:\s)"),
    # Doha, Qatar:   L Beirut —   SALALAH:
    re.compile(rf"{_OPENING}\s*(?::|\s{_DASH})\s"),
)
_MAX_PLACE = _MAX_AGENCY = 4  # words
_TICKER = re.compile(r"\(((?:NYSE American|[A-Z][A-Za-z]{1,8}))\s?:\s?[A-Z0-9][A-Z0-9.]{0,11}[);]")
_MAX_LISTED = 60  # code points of a firm's name before its ticker
# `Kuwait's` before a firm is a country, not the first word of its name.
_CAPITALISED = r"[A-Z](?:[\w&]|[\u2019'](?!s\s))*(?:-[A-Z](?:\w|[\u2019'](?!s\s))*)*"
_LISTED = re.compile(
    rf"(?<![\w'\u2019-])(?!(?i:{'|'.join(sorted(NOT_NAMES))})\s)"
    rf"({_CAPITALISED}(?:\s(?:{_CAPITALISED}|&))*)\s$"
)
_OF = frozenset((" of the ", " of ", " for the ", " for "))
_PATRONYMIC_LINKS = frozenset((" bin ", " ibn ", " bint ", " ben "))
_TRADES = ORGANISATION_ENDS | SECTORS
_LOCATED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|near)\s$")
# The letters behind "Economic Partnership Agreement" name no body, behind "Terminal" a place.
_ACRONYM = r"s? \((?:the )?([A-Z][A-Za-z]{0,5}[A-Z][A-Za-z]{0,2})\)"
_EVENT_ACRONYM = re.compile(
    r"\b(?:Agreement|Accord|Treaty|Convention|Protocol|Act|Law|Index|Prize|Award|Cup|Summit|"
    rf"Conference|Exhibition|Championship|Week|Strategy|Visa|Tax){_ACRONYM}"
)
_SITE_ACRONYM = re.compile(
    rf"\b(?:District|Terminal|Airport|Canal|Bridge|Stadium|Field|Hospital|Island){_ACRONYM}"
)
_HEADS = ORGANISATION_HEADS | {"force", "forces", "committee"}
_RULERS = ("Sultan", "Amir", "Emir", "Imam")
_HEADLINE = re.compile(
    r"\s(?:weighs|drills|buys|raises|posts|reports|picks|closes|signs|unveils|launches|leads|names|"
    r"shares|profit|to (?:buy|acquire|pay|spend|build|launch|raise|cut|sell|open))\b",
    re.IGNORECASE,
)  # what firms do in headlines
_MIN_TITLE_WORD = 4  # letters of a word that title case gives a capital
_MIN_TITLE_WORDS = 4
_MAX_NAME = 150  # code points; what is longer is a list or a slip
_MIN_CAPS = 4  # words from which a sentence in capitals tells nothing of names


def postprocess_spans(
    texts: tuple[str, str], found: Sequence[Sequence[Span]], gazetteers: Gazetteers
) -> list[list[Span]]:
    """The names of an article's title and body, from what a recogniser found in the two.

    The spans of each text are sorted and do not overlap.
    """
    title, body = texts
    in_title, in_body = found
    long_words = [
        word for word in title.split() if len(word) >= _MIN_TITLE_WORD and word[0].isalpha()
    ]
    is_title_case = all(word[0].isupper() for word in long_words)
    if is_title_case and len(long_words) >= _MIN_TITLE_WORDS:  # so that its capitals tell nothing
        in_title = [
            span
            for span in in_title
            if title[span.start : span.end] in body
            or (span.type is _ORGANISATION and _HEADLINE.match(title, span.end))
        ]
    in_title = _correct_spans(title, in_title, (), gazetteers)
    in_body = _correct_spans(body, in_body, tuple(dateline_spans(body)), gazetteers)
    # Of the body alone: a title's capitals would make names of other words after a person's title.
    titled = (
        span for sentence in sentences(body) for span in find_titled_persons(sentence, gazetteers)
    )
    in_body = name_things(body, _without_rulers_titles(body, merge_spans(in_body, titled)))
    events = {match[1] for match in _EVENT_ACRONYM.finditer(body)}
    sites = {match[1] for match in _SITE_ACRONYM.finditer(body)}
    if events or sites:
        in_title = [*_type_acronyms(title, in_title, events, sites, gazetteers)]
        in_body = [*_type_acronyms(body, in_body, events, sites, gazetteers)]
    aliases = collect_aliases(texts, (in_title, in_body), gazetteers)
    of_body = collect_aliases((body,), (in_body,), gazetteers)
    return [
        propagate_mentions(title, in_title, of_body or aliases, is_title=True),
        propagate_mentions(body, in_body, aliases, is_title=False),
    ]


def _type_acronyms(
    text: str, spans: Sequence[Span], events: set[str], sites: set[str], gazetteers: Gazetteers
) -> Iterator[Span]:
    """Spans without the acronyms of agreements and events; those of sites are places."""
    for span in spans:
        name = text[span.start : span.end]
        is_body = span.type is not _ORGANISATION or gazetteers.organisations.lookup(name)
        if is_body or name not in events | sites:  # "Gulf Summit (UAE)" is a place as before
            yield span
        elif name in sites:
            yield Span(span.start, span.end, _PLACE)


def dateline_spans(body: str) -> Iterator[Span]:
    """The places and the agency of a body's dateline, in order; none where there is no dateline."""
    opening = body[:_MAX_DATELINE]
    for pattern in _DATELINES:
        match = pattern.match(opening)
        # A dateline without day or agency is one in capitals only.
        if (
            match is None
            or not _is_place(match["city"])
            or (pattern is _DATELINES[-1] and not match["city"].isupper())
        ):
            continue
        groups = match.groupdict()
        for name in ("city", "second", "country"):
            if groups.get(name) and _is_place(match[name]):
                yield Span(match.start(name), match.end(name), _PLACE)
        for name in ("agency", "slashed"):
            agency = groups.get(name)
            if agency and agency[0].isupper() and len(agency.split()) <= _MAX_AGENCY:
                yield Span(match.start(name), match.end(name), _ORGANISATION)
        return


def _is_place(name: str) -> bool:
    words = name.replace("-", " ").split()
    return len(words) <= _MAX_PLACE and all(
        word[0].isupper() or word in ("al", "el", "ez", "de", "of", "the") for word in words
    )


def _correct_spans(
    text: str, found: Sequence[Span], dateline: Sequence[Span], gazetteers: Gazetteers
) -> list[Span]:
    """The names of one text, before the other is looked at."""
    certain: list[Span] = [*dateline]  # what needs no recogniser
    all_caps: list[Span] = []
    places: list[Span] = []
    portfolios: list[Span] = []
    commodities = [Span(*match.span(), _PLACE) for match in COMMODITIES.finditer(text)]
    for sentence in sentences(text):
        portfolios += find_portfolios(sentence)
        certain += find_ministries(sentence)
        certain += find_organisations(sentence, gazetteers, with_sector=True)
        places += find_places(sentence, gazetteers)
        words = [word for word in sentence.words if len(word) > 1 and word.isalpha()]
        if len(words) >= _MIN_CAPS and all(map(str.isupper, words)):
            all_caps.append(Span(sentence.starts[0], sentence.end(-1), _ORGANISATION))
    for match in _TICKER.finditer(text):
        certain.append(Span(match.start(1), match.end(1), _ORGANISATION))
        if listed := _LISTED.search(text, max(0, match.start() - _MAX_LISTED), match.start()):
            certain.append(Span(listed.start(1), listed.end(1), _ORGANISATION))
    fixed = [
        part
        for span in _without_portfolios(found, portfolios)
        if not (find_overlaps(all_caps, span) or find_overlaps(commodities, span))
        for part in fix_boundaries(span, text, gazetteers)
        if part.end - part.start <= _MAX_NAME
    ]
    spans = _combine(text, remove_overlaps(certain), fixed, gazetteers)
    # Places that are known by name alone replace what lies within them; longer names keep theirs.
    places = [
        place
        for place in places
        if not (find_overlaps(dateline, place) or find_overlaps(commodities, place))
    ]
    kept = [
        span
        for span in spans
        if not any(
            place.start <= span.start and span.end <= place.end
            for place in find_overlaps(places, span)
        )
    ]
    spans = _join_brands(text, merge_spans(kept, places), gazetteers)
    return retype_listed(text, retype_namesakes(text, spans, dateline, gazetteers), gazetteers)


def _join_brands(text: str, spans: Sequence[Span], gazetteers: Gazetteers) -> list[Span]:
    """Spans with firms whose first word was taken for another name: `John Keells Holdings`."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else span
        first, name = text[before.start : before.end], text[span.start : span.end]
        if (
            span.type is _ORGANISATION is not before.type
            and text[before.end : span.start] == " "
            and first.isalpha()
            and " " in name
            and key(name.rsplit(maxsplit=1)[-1]) in _TRADES
            and not gazetteers.organisations.lookup(name)
            and not _LOCATED.search(text, max(0, before.start - 8), before.start)
        ):
            joined[-1] = Span(before.start, span.end, _ORGANISATION)
        else:
            joined.append(span)
    return joined


def _without_portfolios(found: Sequence[Span], portfolios: Sequence[Span]) -> Iterator[Span]:
    """The names of a text without what offices are in charge of, before or in them."""
    for span in found:
        scopes = find_overlaps(portfolios, span)
        start = max((one.end for one in scopes), default=span.start)
        if start <= span.start or span.type is _PLACE:
            yield span
        elif start < span.end:
            yield Span(start + 1, span.end, _PERSON)


def _without_rulers_titles(text: str, spans: Sequence[Span]) -> list[Span]:
    """`Haitham` for `Sultan Haitham`, where another name of the article has that part."""
    if not any(text.startswith(_RULERS, span.start) for span in spans):
        return list(spans)
    names = [text[span.start : span.end].split() for span in spans if span.type is _PERSON]
    parts = {part for name in names for part in name if name[0] not in _RULERS}
    return [
        Span(span.end - len(words[1]), span.end, _PERSON)
        if span.type is _PERSON
        and len(words := text[span.start : span.end].split(" ")) == 2  # noqa: PLR2004
        and words[0] in _RULERS
        and words[1] in parts
        else span
        for span in spans
    ]


def _combine(
    text: str, certain: Sequence[Span], found: Sequence[Span], gazetteers: Gazetteers
) -> list[Span]:
    """Both kinds together: the longer of two organisations, else what is certain."""
    kept: list[Span] = []
    votes: defaultdict[str, Counter[EntityType]] = defaultdict(Counter)  # what neighbours say
    for span in _join_halves(text, found, gazetteers):
        overlaps = find_overlaps(certain, span)
        if not overlaps:
            kind = type_by_neighbours(text, span, gazetteers)
            if kind is not None:
                votes[text[span.start : span.end]][kind] += 1
            kept.append(span)
        elif (
            span.type is not _PERSON
            and all(span.start <= one.start and one.end <= span.end for one in overlaps)
            and any(one.end - one.start < span.end - span.start for one in overlaps)
            and not any(text.startswith(" for ", one.end) for one in overlaps)  # an office's scope
        ):
            kept.append(span)
    types = {name: kinds.most_common(1)[0][0] for name, kinds in votes.items()}
    retyped = (
        Span(span.start, span.end, types.get(text[span.start : span.end], span.type))
        for span in kept
    )
    return merge_spans(retyped, certain)


def _join_halves(text: str, spans: Sequence[Span], gazetteers: Gazetteers) -> list[Span]:
    """Spans with the halves of one name together: `Air Force of the Armed Forces`."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else span
        link = text[before.end : span.start]
        is_half = False
        if before.type is span.type is _PERSON:
            is_half = link in _PATRONYMIC_LINKS
        elif before.type is _ORGANISATION and span.type is not _PERSON:
            last_word = key(text[before.start : before.end].rsplit(maxsplit=1)[-1])
            next_last_word = key(text[span.start : span.end].rsplit(maxsplit=1)[-1])
            is_half = (link in _OF and last_word in _HEADS) or (
                link == " and "
                and not text[before.start : before.end].isupper()
                and not stands_alone(text[before.start : before.end], gazetteers)
                and last_word not in ORGANISATION_ENDS
                and next_last_word in ORGANISATION_HEADS
            )
        if is_half and span.end - before.start <= _MAX_NAME:
            joined[-1] = Span(before.start, span.end, before.type)
        else:
            joined.append(span)
    return joined
