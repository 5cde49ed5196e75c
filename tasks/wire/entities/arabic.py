"""Places in Arabic text, by gazetteer alone.

Persons and organisations in Arabic need a model that none of the openly licensed data here can
make; a plug-in may bring one.
"""

from collections.abc import Iterator
from dataclasses import replace

from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.places import Place
from tasks.wire.entities.spans import Span
from tasks.wire.entities.tokens import Sentence, key, sentences
from tasks.wire.entity import EntityType

_CLITICS = frozenset(
    "\u0648\u0628\u0644\u0641"
)  # "and", "in", "to", "so": written onto the next word
_SHORTEST = 3  # letters; shorter names are words far more often
_LARGE_CITY = 400_000  # smaller cities' names are words and surnames too often


def arabic_places(text: str, knowledge: Knowledge) -> list[Span]:
    """Countries, hand-picked places and large cities named in an Arabic text.

    Args:
        text: a title or body in Arabic.
        knowledge: the tables.

    Returns:
        Spans in the order of the text, without the prepositions written onto the names.
    """
    return [span for sentence in sentences(text) for span in _places(sentence, knowledge)]


def _places(sentence: Sentence, knowledge: Knowledge) -> Iterator[Span]:
    ends = 0
    for index, word in enumerate(sentence.words):
        if index < ends or len(word) < _SHORTEST:
            continue
        for clitic in (0, 1):
            if clitic and (word[0] not in _CLITICS or len(word) <= _SHORTEST):
                break
            end, places = knowledge.gazetteer.arabic.at(_less(sentence, index, clitic), index)
            if any(_is_known_well(place) for place in places):
                start = sentence.starts[index] + clitic
                yield Span(start, sentence.end(end - 1), EntityType.PLACE)
                ends = end
                break


def _less(sentence: Sentence, index: int, count: int) -> Sentence:
    """A sentence whose word at an index has lost its first letters, for looking up alone."""
    if not count:
        return sentence
    keys = list(sentence.keys)
    keys[index] = key(sentence.words[index][count:])
    return replace(sentence, keys=tuple(keys))


def _is_known_well(place: Place) -> bool:
    return place.is_country or place.population >= _LARGE_CITY or bool(place.sure)
