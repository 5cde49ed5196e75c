"""Aliases within an article: its full names found again where it repeats them or parts of them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.tokenizer import Span, find_overlaps, key, word_set
from tasks.entities.words import (
    FACILITIES,
    LEGAL_FORMS,
    NOT_NAMES,
    OFFICES,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    PARTICLES,
    PORTFOLIOS,
    SECTORS,
)

_PERSON, _ORGANISATION = EntityType.PERSON, EntityType.ORGANIZATION
ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z&]{1,7})\)")
# Public Works Authority 'Ashghal'
_BRAND = re.compile(r",?\s\(?['\"\u2018\u201c]([A-Z][\w&-]{2,20})['\"\u2019\u201d]")
_NO_BRANDS = (
    NOT_NAMES
    | ORGANISATION_HEADS
    | ORGANISATION_ENDS
    | OFFICES
    | PARTICLES
    | FACILITIES
    | PORTFOLIOS
    | word_set(
        "national international islamic general royal arab federal central supreme popular "
        "united first public gulf free democratic civil real great new emergency middle saudi"
    )
)
_OPTIONAL = (
    ORGANISATION_ENDS
    | LEGAL_FORMS
    | SECTORS
    | word_set("oilfield banking asset management mobile networks fibre data centres packaging")
)
_MIN_FORM = 3  # letters
_MAX_FORMS = 400  # looked for in one article; bounds the time


def collect_aliases(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], gazetteers: Gazetteers
) -> dict[str, EntityType]:
    """The forms that an article's full names may be repeated in, and their types.

    From the article's texts, and the names found in each so far.
    """
    persons: dict[str, EntityType] = {}
    others: dict[str, EntityType] = {}
    for text, found in zip(texts, spans, strict=True):
        for span in found:
            name = text[span.start : span.end]
            if span.type is _PERSON:
                persons.update(dict.fromkeys(_person_aliases(name, gazetteers), _PERSON))
            elif span.type is _ORGANISATION:
                others.update(dict.fromkeys(_organisation_aliases(name, gazetteers), span.type))
                acronym = ACRONYM.match(text, span.end)
                is_place = acronym and gazetteers.places.sure.lookup(acronym[1])  # "(UAE)"
                if acronym and not is_place and sum(map(str.isupper, acronym[1])) > 1:
                    others[acronym[1]] = span.type
                last_word = key(name.rsplit(maxsplit=1)[-1])
                is_named = last_word in ORGANISATION_HEADS or last_word in LEGAL_FORMS
                brand = _BRAND.match(text, span.end) if is_named else None
                if brand and not gazetteers.places.every.lookup(brand[1]):
                    others[brand[1]] = span.type
            elif " " in name:
                others[name] = span.type
    return others | persons


def _person_aliases(name: str, gazetteers: Gazetteers) -> list[str]:
    """A full name and what follows its given name, down to the last part."""
    words = name.split()
    forms = [name]
    for index in range(1, len(words)):
        rest = words[index:]
        if key(rest[0]) in PARTICLES and rest[0].islower() and len(rest) > 1:
            if rest[0] in ("bin", "ibn") and len(rest) == 2:  # noqa: PLR2004
                forms += [" ".join(rest), " ".join(("Bin", *rest[1:]))]
            continue
        form = " ".join(rest)
        if len(form) >= _MIN_FORM and form[0].isupper() and key(form) not in NOT_NAMES:
            forms.append(form)
    if len(words) > 1 and key(words[-2]) in ("al", "el", "abu", "van", "der", "de"):
        forms = [form for form in forms if form != words[-1]]
    article, _, bare = words[-1].partition("-")  # headlines print "Sisi" for "El-Sisi"
    if (
        key(article) in ("al", "el")
        and len(bare) > _MIN_FORM
        and key(bare) not in gazetteers.demonyms
        and not gazetteers.places.every.lookup(bare)
    ):
        forms.append(bare)
    return forms if len(words) > 1 else []


def _organisation_aliases(name: str, gazetteers: Gazetteers) -> list[str]:
    """A full name and its openings, as long as they can stand for it alone."""
    words = name.split()
    if len(words) == 1:
        return [name] if len(name) > 1 and not gazetteers.places.every.lookup(name) else []
    forms = [name]
    for count in range(len(words) - 1, 0, -1):
        if not is_optional_word(words[count]):
            break
        form = " ".join(words[:count]).rstrip(",&")
        opening = form.split()
        if len(opening) == 1:
            folded = key(form)
            if len(form) < _MIN_FORM or folded in _NO_BRANDS or folded in gazetteers.demonyms:
                continue
        if opening and opening[-1][0].isupper() and not gazetteers.places.every.lookup(form):
            forms.append(form)
    return forms


def is_optional_word(word: str) -> bool:
    """Whether copy drops a word of an organisation's name after the first time."""
    return key(word) in _OPTIONAL or not word[0].isalpha()


def propagate_mentions(
    text: str, spans: Iterable[Span], aliases: Mapping[str, EntityType], *, is_title: bool
) -> list[Span]:
    """The spans of a text with every repeated name marked and typed as it was introduced.

    In the title, where a recogniser is misled by the capitals, an alias replaces what overlaps it.
    """
    if not aliases:
        return sorted(spans)
    repeated = _find_aliases(text, aliases)
    kept: list[Span] = []
    replaced: set[Span] = set()
    for span in spans:
        overlaps = find_overlaps(repeated, span)
        if overlaps and not is_title and overlaps[0].start < span.start:
            # "Sultan Haitham" cuts no "Haitham bin Tarik".
            overlaps = _drop_cutting(overlaps, span, replaced)
        # A longer span keeps its alias inside; what covers the same letters is typed anew.
        if not any(
            (one.start, one.end) == (span.start, span.end)
            or is_title
            or not (span.start <= one.start and one.end <= span.end)
            for one in overlaps
        ):
            kept.append(span)
            replaced.update(overlaps)
    return sorted([*kept, *(span for span in repeated if span not in replaced)])


def _drop_cutting(overlaps: list[Span], span: Span, dropped: set[Span]) -> list[Span]:
    """The aliases but the first, where that begins before a longer person's name and ends in it."""
    first = overlaps[0]
    is_cut = span.type is first.type is _PERSON and first.end < span.end
    if not is_cut or span.end - span.start <= first.end - first.start:
        return overlaps
    dropped.add(first)
    return overlaps[1:]


def _find_aliases(text: str, aliases: Mapping[str, EntityType]) -> list[Span]:
    """Where aliases stand as whole words; of two that overlap the first, then the longest."""
    is_all_caps = text.isupper()
    if is_all_caps:
        capitals = {form.upper(): kind for form, kind in reversed([*aliases.items()])}
        aliases = capitals | {form: kind for form, kind in aliases.items() if form in capitals}
    found = []
    for form in sorted(aliases, key=len, reverse=True)[:_MAX_FORMS]:
        start = text.find(form)
        while start >= 0:
            found.append((start, -len(form), form))
            start = text.find(form, start + 1)
    spans: list[Span] = []
    passed = 0
    for start, _, form in sorted(found):
        end = start + len(form)
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        is_word_part = before.isalnum() or before in ("_", "-") or after.isalnum() or after == "_"
        # "Halmar-led" is no mention of the firm, "Halmar-Sarrouf" is.
        letter = text[end + 1 : end + 2] if after == "-" else ""
        is_hyphened = letter.isascii() and letter.isalpha()
        is_compound = is_hyphened and (is_all_caps or letter.islower())
        if start >= passed and not is_word_part and not is_compound:
            spans.append(Span(start, end, aliases[form]))
            passed = end
    return spans
