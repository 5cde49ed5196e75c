"""Finds names without a model: known places and organisations, titled persons, telling words."""

from collections.abc import Iterator

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.spans import Span, without_overlaps
from tasks.entities.tokenizer import APOSTROPHES, SILENT, Sentence, sentences
from tasks.entities.words import (
    HONORIFICS,
    NOT_NAMES,
    OFFICE_PARTS,
    OFFICES,
    ORGANISATION_ENDS,
    ORGANISATION_HEADS,
    PARTICLES,
    PORTFOLIOS,
)

_LONGEST_NAME = 7  # words of a person's name, particles included
_LONGEST_PORTFOLIO = 9
_TITLES = OFFICES | HONORIFICS | OFFICE_PARTS
_TITLE_LINKS = frozenset(("the", "s", "and"))
_PORTFOLIO_LINKS = frozenset(("and", "&", ",", "of", "the", "for"))


def names_by_rule(text: str, knowledge: Gazetteers) -> list[Span]:
    """The names of a text, as far as tables and telling words show them.

    Args:
        text: a title or body in English.
        knowledge: the tables.

    Returns:
        Spans in the order of the text.
    """
    found: list[Span] = []
    for sentence in sentences(text):
        found.extend(_names(sentence, knowledge))
    return without_overlaps(found)


def _names(sentence: Sentence, knowledge: Gazetteers) -> Iterator[Span]:
    """Names of one sentence, the most trusted first."""
    for start, end in ministries(sentence):
        yield _span(sentence, start, end, EntityType.ORGANIZATION)
    for start, end, _ in knowledge.directory.matches(sentence):
        yield _span(sentence, start, end, EntityType.ORGANIZATION)
    for start, end in _telling(sentence, knowledge):
        yield _span(sentence, start, end, EntityType.ORGANIZATION)
    for start, end in titled(sentence, knowledge):
        yield _span(sentence, start, end, EntityType.PERSON)
    for start, end, _ in knowledge.gazetteer.sure.matches(sentence):
        yield _span(sentence, start, end, EntityType.PLACE)


def _span(sentence: Sentence, start: int, end: int, kind: EntityType) -> Span:
    return Span(sentence.starts[start], sentence.end(end - 1), kind)


def ministries(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """`Ministry of …` with its portfolios, and `Finance Ministry`.

    Yields:
        First word and one past the last.
    """
    if "ministry" not in sentence.keys:
        return
    for index, key in enumerate(sentence.keys):
        if key != "ministry" or not sentence.words[index][0].isupper():
            continue
        end = after_portfolio(sentence, index + 1)
        start = index
        while end == index + 1 and start and _is_portfolio(sentence, start - 1):
            start -= 1
        if end > index + 1 or start < index:
            yield start, end


def after_portfolio(sentence: Sentence, index: int) -> int:
    """One past the portfolio (`of Transport and Communications`) that starts at a word, if any."""
    words, keys = sentence.words, sentence.keys
    if index >= len(words) or keys[index] not in ("of", "for"):
        return index
    end = index
    for position in range(index + 1, min(len(words), index + 1 + _LONGEST_PORTFOLIO)):
        if _is_portfolio(sentence, position):
            end = position + 1
        elif keys[position] not in _PORTFOLIO_LINKS:
            break
    return end or index


def _is_portfolio(sentence: Sentence, index: int) -> bool:
    return sentence.words[index][0].isupper() and sentence.keys[index] in PORTFOLIOS


def titled(sentence: Sentence, knowledge: Gazetteers) -> Iterator[tuple[int, int]]:
    """Persons' names that follow a title.

    Yields:
        First word and one past the last of the name, without the title.
    """
    if _TITLES.isdisjoint(sentence.keys):
        return
    passed = 0
    for index, key in enumerate(sentence.keys):
        if index < passed or key not in _TITLES:
            continue
        start = after_title(sentence, index)
        if start == index:
            continue
        end = name_end(sentence, start, knowledge)
        if end > start:
            yield start, end
        passed = max(end, start)


def after_title(sentence: Sentence, index: int) -> int:
    """One past the titles that start at a word; the word itself where none does.

    `His Highness the Amir Sheikh`, `Minister of Oil Dr.` and `H.E.` are titles; `minister` in
    lower case is one only right before a name, which `name_end` sees to.
    """
    words, keys = sentence.words, sentence.keys
    end = index
    while index < len(words):
        key = keys[index]
        if key in OFFICES or key in HONORIFICS:
            index = end = after_portfolio(sentence, index + 1)
        elif key in OFFICE_PARTS or words[index] in SILENT or (end and key in _TITLE_LINKS):
            index += 1
        else:
            break
    return _without_silent_start(sentence, end)


def _without_silent_start(sentence: Sentence, index: int) -> int:
    while index < len(sentence.words) and sentence.words[index] == ".":
        index += 1
    return index


def name_end(sentence: Sentence, start: int, knowledge: Gazetteers) -> int:
    """One past a person's name that starts at a word; the word itself where none can."""
    words, keys = sentence.words, sentence.keys
    end = position = start
    while position < len(words) and position - start < 2 * _LONGEST_NAME:
        word, key = words[position], keys[position]
        if position > start and (word in SILENT or word in APOSTROPHES):
            if word == "." and len(words[position - 1]) > 1:
                break
        elif _can_name_a_person(word, key, knowledge):
            end = position + 1 if key not in PARTICLES or word[0].isupper() else end
        elif key not in PARTICLES:
            break
        position += 1
    if end > start and (keys[end - 1] in PARTICLES and end - start == 1):
        return start
    return end


def _can_name_a_person(word: str, key: str, knowledge: Gazetteers) -> bool:
    return (
        word[0].isupper()
        and key not in NOT_NAMES
        and key not in OFFICES
        and key not in knowledge.demonyms
        and not key.isdigit()
    )


def _telling(sentence: Sentence, knowledge: Gazetteers) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that end in `Bank`, `Company` … or open with `University of`."""
    words, keys = sentence.words, sentence.keys
    start = 0
    while start < len(words):
        end = _capitalised_run(sentence, start)
        if end == start:
            start += 1
            continue
        last = end
        while last > start + 1 and keys[last - 1] not in ORGANISATION_ENDS:
            last -= 1
        first = start
        while first < last and (keys[first] in knowledge.demonyms or keys[first] in NOT_NAMES):
            first += 1
        if last - first > 1 and not _is_scope_of_office(sentence, last):
            yield first, last
        elif keys[start] in ORGANISATION_HEADS and end < len(words) - 1 and keys[end] == "of":
            tail = _capitalised_run(sentence, end + 1)
            if tail > end + 1:
                yield start, tail
        start = end


def _is_scope_of_office(sentence: Sentence, last: int) -> bool:
    """Whether a run that ends here belongs to an office, as in `U.S. Energy Secretary`."""
    return (
        last < len(sentence.words)
        and sentence.keys[last] in OFFICES
        and sentence.keys[last - 1] in PORTFOLIOS
    )


def _capitalised_run(sentence: Sentence, start: int) -> int:
    """One past a run of capitalised words, hyphens and ampersands inside it included."""
    end = position = start
    while position < len(sentence.words):
        word = sentence.words[position]
        if word[0].isupper() and (position > start or sentence.keys[position] not in NOT_NAMES):
            end = position + 1
        elif not (position > start and word in ("-", "&")):
            break
        position += 1
    return end
