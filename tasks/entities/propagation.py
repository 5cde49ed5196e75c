"""Names that an article has introduced, found again where it goes on with their short forms."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.spans import Span, touching
from tasks.entities.tokenizer import key, word_set
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
_LEFT_OUT = ORGANISATION_ENDS | LEGAL_FORMS | SECTORS
_SHORTEST = 3
_MOST_FORMS = 400  # forms looked for in one article; bounds the expression


def introduced(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], knowledge: Gazetteers
) -> dict[str, EntityType]:
    """The forms that an article's full names may be repeated in, and their types.

    Args:
        texts: the article's texts.
        spans: the names found in each so far.
        knowledge: the tables.
    """
    persons: dict[str, EntityType] = {}
    others: dict[str, EntityType] = {}
    for text, found in zip(texts, spans, strict=True):
        for span in found:
            name = text[span.start : span.end]
            if span.type is _PERSON:
                persons.update(dict.fromkeys(_short_persons(name), _PERSON))
            elif span.type is _ORGANISATION:
                others.update(dict.fromkeys(_short_organisations(name, knowledge), span.type))
                acronym = ACRONYM.match(text, span.end)
                if acronym and sum(map(str.isupper, acronym[1])) > 1:
                    others[acronym[1]] = span.type
            elif " " in name:
                others[name] = span.type
    return others | persons


def _short_persons(name: str) -> list[str]:
    """A full name and what follows its given name, down to the last part."""
    words = name.split()
    forms = [name]
    for index in range(1, len(words)):
        rest = words[index:]
        if key(rest[0]) in PARTICLES and rest[0].islower() and len(rest) > 1:
            continue
        form = " ".join(rest)
        if len(form) >= _SHORTEST and form[0].isupper() and key(form) not in NOT_NAMES:
            forms.append(form)
    if len(words) > 1 and key(words[-2]) in ("al", "el", "abu", "van", "der", "de"):
        forms = [form for form in forms if form != words[-1]]
    return forms if len(words) > 1 else []


def _short_organisations(name: str, knowledge: Gazetteers) -> list[str]:
    """A full name and its openings, as long as they can stand for it alone."""
    words = name.split()
    if len(words) == 1:
        return [name] if len(name) > 1 and not knowledge.gazetteer.every.meanings(name) else []
    forms = [name]
    for count in range(len(words) - 1, 0, -1):
        form = " ".join(words[:count]).rstrip(",&")
        if _is_brand(form.split(), words[count:], knowledge):
            forms.append(form)
    return forms


def _is_brand(words: Sequence[str], rest: Sequence[str], knowledge: Gazetteers) -> bool:
    if not words or not words[-1][0].isupper():
        return False
    if not all(may_be_left_out(word) for word in rest):
        return False
    if len(words) == 1:
        folded = key(words[0])
        if len(words[0]) < _SHORTEST or folded in _NO_BRANDS or folded in knowledge.demonyms:
            return False
    return not knowledge.gazetteer.every.meanings(" ".join(words))


def may_be_left_out(word: str) -> bool:
    """Whether copy drops a word of an organisation's name after the first time."""
    return key(word) in _LEFT_OUT or not word[0].isalpha()


def propagate_mentions(
    text: str, spans: Iterable[Span], forms: Mapping[str, EntityType], *, is_title: bool
) -> list[Span]:
    """The spans of a text with every repeated name marked and typed as it was introduced.

    Args:
        text: the text.
        spans: what is known in it.
        forms: the introduced names, from `introduced`.
        is_title: whether it is the title, where a recogniser is misled by the capitals, so that
            an introduced name overrules what overlaps it.
    """
    if not forms:
        return sorted(spans)
    repeated = _repeated(text, forms)
    kept: list[Span] = []
    given_way: set[Span] = set()
    for span in spans:
        over = touching(repeated, span)
        if not any(_overrules(one, span, is_title=is_title) for one in over):
            kept.append(span)
            given_way.update(over)
    return sorted([*kept, *(one for one in repeated if one not in given_way)])


def _overrules(one: Span, other: Span, *, is_title: bool) -> bool:
    """Whether an introduced name stands in for what a recogniser gave at its place."""
    if (one.start, one.end) == (other.start, other.end):
        return True
    is_within = other.start <= one.start and one.end <= other.end
    return is_title or not is_within


def _repeated(text: str, forms: Mapping[str, EntityType]) -> list[Span]:
    """Where forms stand as whole words; of two that overlap the first, then the longest."""
    is_shouted = text.isupper()
    if is_shouted:
        shouted = {form.upper(): kind for form, kind in reversed([*forms.items()])}
        forms = shouted | {form: kind for form, kind in forms.items() if form in shouted}
    wanted = sorted(forms, key=len, reverse=True)[:_MOST_FORMS]
    found = sorted(
        (start, -len(form), form) for form in wanted for start in _occurrences(text, form)
    )
    repeated: list[Span] = []
    ends = 0
    for start, _, form in found:
        end = start + len(form)
        if start >= ends and _is_whole(text, start, end, is_shouted=is_shouted):
            repeated.append(Span(start, end, forms[form]))
            ends = end
    return repeated


def _occurrences(text: str, form: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + 1)


def _is_whole(text: str, start: int, end: int, *, is_shouted: bool) -> bool:
    """Whether what stands there is no part of a longer word, nor of a word in small letters."""
    if start and (_is_of_word(text[start - 1]) or text[start - 1] == "-"):
        return False
    after = text[end : end + 2]
    if not after:
        return True
    goes_on = after[0] == "-" and after[1:].isascii() and after[1:].isalpha()
    return not (_is_of_word(after[0]) or (goes_on and (is_shouted or after[1:].islower())))


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
