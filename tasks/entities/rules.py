"""Finds names without a model: gazetteer entries, persons after a title, bodies by their words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tasks.core.records import EntityType
from tasks.entities.gazetteers import Gazetteers
from tasks.entities.places import ARABIC_TO, NEAR, Place
from tasks.entities.tokenizer import (
    APOSTROPHES,
    SILENT,
    Sentence,
    Span,
    key,
    remove_overlaps,
    sentences,
    word_set,
)
from tasks.entities.words import (
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

_CURRENCIES = word_set(
    "dollar dollars cent cents pound pounds dinar dinars rial rials riyal riyals"
)
_MANNERS = frozenset((word,) for word in ("era", "style", "type", "like", "inspired", "themed"))
_MAX_NAME = 14  # words and marks of a person's name, particles and hyphens included
_MAX_PORTFOLIO = 9  # words
_OFFICES = OFFICES | {"ruler", "regent"}
_TITLES = _OFFICES | HONORIFICS | OFFICE_PARTS
PORTFOLIO_WORDS = PORTFOLIOS | word_set(
    "works roads ports railways tolerance coexistence martyrs veterans borders entrepreneurship "
    "media prevention emiratisation emiratization childhood community empowerment applications "
    "artificial intelligence remote work relations legal administrative ecology europe hajj umrah "
    "happiness elderly disability wellbeing innovation relief regional integration investments "
    "nuclear space food lands poverty tribes minorities migrant workers creative arts letters "
    "sciences standards quality metrology crafts hydrocarbons mines projects"
)
# After an office these open the name of a body, as in "General Department of".
NO_PERSONS = (
    ORGANISATION_HEADS
    | PORTFOLIO_WORDS
    | word_set(
        "directorate secretariat command staff headquarters assembly inspectorate administration"
    )
)
# Offices that may print what they are in charge of: "Minister of Information and Culture".
_WITH_PORTFOLIO = word_set("minister secretary undersecretary director commissioner")
_TITLE_LINKS = frozenset(("the", "s", "and"))
_NEXT = (",", "the")  # another body: "the Ministry of Finance, the Council of Ministers"
_BODIES = word_set(
    "authority agency council committee commission corporation fund bank prosecution"
)
_PORTFOLIO_LINKS = frozenset(("and", "&", ",", "of", "the", "for"))
CLITICS = frozenset("\u0648\u0628\u0644\u0641")  # "and", "in", "to", "so", written onto a word
# What shows that the Arabic word behind it is a place: prepositions, and words for places.
_ARABIC_FROM = "من"
_ARABIC_PREPOSITIONS = frozenset(map(key, ("في", _ARABIC_FROM, "إلى", "نحو", "قرب")))
_ARABIC_PLACES = word_set(
    "مدينة مدينتي محافظة ولاية بلدة منطقة عاصمة العاصمة مطار ميناء إقليم قضاء ناحية قرية معبر"
)
_ALIF = "\u0627"
# "and", "so", and "in" or "to" before an article, which loses its first letter: `وللقاهرة`.
_BEFORE_ARTICLE = re.compile("[\u0648\u0641]?(?:\u0628(?=\u0627\u0644)|\u0644(?=\u0644))")
_ARABIC_LETTERS = frozenset(("ب", ARABIC_TO))
_ARABIC_AND = "و"
_ARABIC_ARTICLE = "ال"
_MIN_ARABIC_NAME = 3  # letters; shorter names are words far more often
_LARGE_CITY = 400_000  # inhabitants; smaller cities' names are words and surnames too often


def find_names(text: str, gazetteers: Gazetteers) -> list[Span]:
    """The names of an English text, as tables and key words show them, in order."""
    found: list[Span] = []
    for sentence in sentences(text):  # the most trusted first
        found += find_ministries(sentence)
        found += find_organisations(sentence, gazetteers)
        found += _find_bodies(sentence, gazetteers)
        found += find_titled_persons(sentence, gazetteers)
        found += find_places(sentence, gazetteers)
    return remove_overlaps(found)


def _span(sentence: Sentence, start: int, end: int, kind: EntityType) -> Span:
    return Span(sentence.starts[start], sentence.end(end - 1), kind)


def find_places(sentence: Sentence, gazetteers: Gazetteers) -> Iterator[Span]:
    """Places that are known by their bare names."""
    words, keys = sentence.words, sentence.keys
    for start, end, _ in gazetteers.places.sure.matches(sentence):
        # "Tell Us" in a headline, "US dollars", "Roman-era", "Al" cut from "Al-Arish".
        is_currency = end < len(words) and keys[end] in _CURRENCIES
        is_compound = words[end : end + 1] == ("-",) and keys[end + 1 : end + 2] in _MANNERS
        if words[start] == "Us" or is_currency or is_compound:
            continue
        yield _span(sentence, start, end, EntityType.PLACE)


def find_organisations(
    sentence: Sentence, gazetteers: Gazetteers, *, with_sector: bool = False
) -> Iterator[Span]:
    """Organisations of the table, optionally with a sector after the name: `ADNOC Offshore`."""
    for start, end, _ in gazetteers.organisations.matches(sentence):
        has_sector = (
            with_sector
            and end < len(sentence.words)
            and sentence.words[end][0].isupper()
            and sentence.keys[end] in SECTORS
        )
        yield _span(sentence, start, end + has_sector, EntityType.ORGANIZATION)


def find_ministries(sentence: Sentence) -> Iterator[Span]:
    """`Ministry of …` with its portfolios, and `Finance Ministry`."""
    if "ministry" not in sentence.keys:
        return
    for index, folded in enumerate(sentence.keys):
        if folded != "ministry" or not sentence.words[index][0].isupper():
            continue
        start, end = index, _skip_portfolio(sentence, index + 1)
        while end == index + 1 and start and _is_portfolio(sentence, start - 1):
            start -= 1
        if end > index + 1 or start < index:
            yield _span(sentence, start, end, EntityType.ORGANIZATION)


def find_portfolios(sentence: Sentence) -> Iterator[Span]:
    """What offices are in charge of, with the office: `Minister of Oil and Mineral Resources`."""
    if _WITH_PORTFOLIO.isdisjoint(sentence.keys):
        return
    for index, folded in enumerate(sentence.keys):
        if folded not in _WITH_PORTFOLIO:
            continue
        start, end = index, _skip_portfolio(sentence, index + 1)
        while end == index + 1 and start and _precedes_office(sentence, start - 1):
            start -= 1
        if end > index + 1 or start < index:
            yield _span(sentence, start, end, EntityType.ORGANIZATION)


def _skip_portfolio(sentence: Sentence, index: int) -> int:
    """One past the portfolio (`of Transport and Communications`) that starts at a word, if any."""
    words, keys = sentence.words, sentence.keys
    if index >= len(words) or keys[index] not in ("of", "for"):
        return index
    end = index
    for position in range(index + 1, min(len(words), index + 1 + _MAX_PORTFOLIO)):
        is_body = keys[position + 1 : position + 2] and keys[position + 1] in _BODIES
        if _is_portfolio(sentence, position) and not is_body:
            end = position + 1
        elif keys[position] not in _PORTFOLIO_LINKS or keys[position - 1 : position + 1] == _NEXT:
            break
    return end


def _precedes_office(sentence: Sentence, index: int) -> bool:
    """Whether a word belongs to the portfolios before an office: `Treasury and Finance Minister`.

    The word before a link, too, has to be one.
    """
    if sentence.keys[index] in ("and", "&"):
        return index > 0 and _is_portfolio(sentence, index - 1)
    return _is_portfolio(sentence, index)


def _is_portfolio(sentence: Sentence, index: int) -> bool:
    return sentence.words[index][0].isupper() and sentence.keys[index] in PORTFOLIO_WORDS


def find_titled_persons(sentence: Sentence, gazetteers: Gazetteers) -> Iterator[Span]:
    """Persons' names that follow a title, without the title."""
    if _TITLES.isdisjoint(sentence.keys):
        return
    passed = 0
    for index, folded in enumerate(sentence.keys):
        if index < passed or folded not in _TITLES:
            continue
        start = _skip_titles(sentence, index)
        if start == index:
            continue
        end = _find_name_end(sentence, start, gazetteers)
        is_office = sentence.keys[end : end + 1] == ("officer",)  # "Chief People Officer"
        is_body = folded not in HONORIFICS and start < end and sentence.keys[start] in NO_PERSONS
        if is_office or is_body:
            passed = end
        elif end > start:
            yield _span(sentence, start, end, EntityType.PERSON)
        passed = max(end, start)


def _skip_titles(sentence: Sentence, index: int) -> int:
    """One past the titles that start at a word; the word itself where none does.

    `His Highness the Amir Sheikh`, `Minister of Oil Dr.` and `H.E.` are titles; `minister` in
    lower case is one only right before a name, which `_find_name_end` ensures.
    """
    words, keys = sentence.words, sentence.keys
    end = index
    while index < len(words):
        folded = keys[index]
        if folded in _OFFICES or folded in HONORIFICS:
            index = end = _skip_portfolio(sentence, index + 1)
        elif folded in OFFICE_PARTS or words[index] in SILENT or (end and folded in _TITLE_LINKS):
            index += 1
        else:
            break
    while end < len(words) and words[end] == ".":
        end += 1
    return end


def _find_name_end(sentence: Sentence, start: int, gazetteers: Gazetteers) -> int:
    """One past a person's name that starts at a word; the word itself where none can."""
    words, keys = sentence.words, sentence.keys
    end = position = start
    while position < len(words) and position - start < _MAX_NAME:
        word, folded = words[position], keys[position]
        is_initial = len(word) == 1 and words[position + 1 : position + 2] == (".",)
        is_name = is_initial or not (
            folded in NOT_NAMES
            or folded in OFFICES
            or folded in gazetteers.demonyms
            or folded.isdigit()
        )
        if position > start and (word in SILENT or word in APOSTROPHES):
            if word == "." and len(words[position - 1]) > 1:
                break
        elif word[0].isupper() and is_name:
            end = position + 1
        elif folded not in PARTICLES:
            break
        position += 1
    return start if end == start + 1 and keys[start] in PARTICLES else end


def _find_bodies(sentence: Sentence, gazetteers: Gazetteers) -> Iterator[Span]:
    """Runs of capitalised words that end in `Bank`, `Company` … or open with `University of`."""
    words, keys = sentence.words, sentence.keys
    start = 0
    while start < len(words):
        end = _find_run_end(sentence, start)
        if end == start:
            start += 1
            continue
        last = end
        while last > start + 1 and keys[last - 1] not in ORGANISATION_ENDS:
            last -= 1
        first = start
        while first < last and (keys[first] in gazetteers.demonyms or keys[first] in NOT_NAMES):
            first += 1
        # "U.S. Energy Secretary": such a run is the scope of an office.
        is_scope = last < len(words) and keys[last] in OFFICES and keys[last - 1] in PORTFOLIOS
        if last - first > 1 and not is_scope:
            yield _span(sentence, first, last, EntityType.ORGANIZATION)
        elif keys[start] in ORGANISATION_HEADS and end < len(words) - 1 and keys[end] == "of":
            tail = _find_run_end(sentence, end + 1)
            if tail > end + 1:
                yield _span(sentence, start, tail, EntityType.ORGANIZATION)
        start = end


def _find_run_end(sentence: Sentence, start: int) -> int:
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


def find_arabic_places(text: str, gazetteers: Gazetteers) -> Iterator[Span]:
    """Countries, hand-picked places and large cities named in an Arabic text, in order.

    Without the prepositions that are written onto the names. A name that is a word or a given name
    too needs something before it that shows a place.
    """
    end = 0
    for sentence in sentences(text):
        for index, word in enumerate(sentence.words):
            if sentence.starts[index] < end or len(word) < _MIN_ARABIC_NAME:
                continue
            is_listed = word[0] == _ARABIC_AND and end and end + 1 == sentence.starts[index]
            has_clitic = word[0] in CLITICS and len(word) > _MIN_ARABIC_NAME
            forms = [(0, word), (1, word[1:])] if has_clitic else [(0, word)]
            if contracted := _BEFORE_ARTICLE.match(word):
                rest = word[contracted.end() :]
                forms.append((contracted.end(), _ALIF + rest.removeprefix(_ALIF)))
            for clitic, form in reversed(forms) if is_listed else forms:
                stripped = sentence
                if clitic:
                    keys = (*sentence.keys[:index], key(form), *sentence.keys[index + 1 :])
                    stripped = replace(sentence, keys=keys)
                stop, places = gazetteers.places.arabic.longest_match(stripped, index)
                name = _ArabicName(index, stop, word[:clitic], bool(is_listed and clitic), places)
                if places and _is_arabic_place(stripped, name, gazetteers):
                    end = sentence.end(stop - 1)
                    yield Span(sentence.starts[index] + clitic, end, EntityType.PLACE)
                    break


class _ArabicName(NamedTuple):
    """Words that spell places: the first, one past the last, and the letter written onto them."""

    start: int
    stop: int
    clitic: str
    is_listed: bool  # right behind another place and joined to it with "and"
    places: tuple[Place, ...]


def _is_arabic_place(sentence: Sentence, name: _ArabicName, gazetteers: Gazetteers) -> bool:
    """Whether words that spell a place are meant as one."""
    places, keys = name.places, sentence.keys
    if all(place.population < _LARGE_CITY and not place.sure for place in places):
        return False
    before = keys[name.start - 1] if name.start else ""
    if name.stop > name.start + 1 or before in _ARABIC_PLACES:
        return True
    folded, kinds = keys[name.start], gazetteers.arabic_words
    if name.clitic and not name.is_listed and key(name.clitic + folded) in kinds:
        return False
    kind = kinds.get(folded)
    is_near = any(
        place.is_country or place.is_written or place.country_code in NEAR for place in places
    )
    # "warned of torrents": of a far city that is also a word, "from" shows nothing.
    is_from = before == _ARABIC_FROM and kind == "cue" and not is_near
    is_shown = not is_from and (
        name.is_listed or before in _ARABIC_PREPOSITIONS or name.clitic[-1:] in _ARABIC_LETTERS
    )
    # "the exchange of London", "the authorities of the port": a word, and what it is of.
    follower = "".join(keys[name.stop : name.stop + 1])
    is_defined = follower.startswith(_ARABIC_ARTICLE) or kinds.get(follower) == "place"
    is_place = kind == "place" or (kind is None and is_near)
    return is_place or (kind != "never" and is_shown and not is_defined)
