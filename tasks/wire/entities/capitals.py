"""Where in a sentence names may stand, as far as its capitals tell."""

from itertools import compress, count
from operator import ne

from tasks.wire.entities.tokens import Sentence
from tasks.wire.entities.words import NOT_NAMES

_NEAR = 3  # words on either side of a capital in which the rest of a name may stand


def near_capitals(sentence: Sentence) -> list[range]:
    """The stretches of a sentence in which names may stand: the words near one with a capital.

    Capitals of words such as "The" and "Monday" tell nothing.

    Args:
        sentence: the words.

    Returns:
        Indexes of words, in order, no two stretches touching.
    """
    words, keys = sentence.words, sentence.keys
    capitals = [
        place
        for place in compress(count(), map(ne, words, keys))  # a word in small letters is its key
        if keys[place] not in NOT_NAMES and words[place] != words[place].lower()
    ]
    found: list[range] = []
    for place in capitals:
        start, stop = max(place - _NEAR, 0), min(place + _NEAR + 1, len(words))
        if found and start <= found[-1].stop:
            found[-1] = range(found[-1].start, stop)
        else:
            found.append(range(start, stop))
    return found
