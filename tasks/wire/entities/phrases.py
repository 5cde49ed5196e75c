"""Looks names of several words up in a text, at a cost that does not grow with their number."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from tasks.wire.entities.tokens import ARTICLES, SILENT, Sentence, may_open, phrase_key, word_set

Meaning = TypeVar("Meaning")


class Phrasebook(Generic[Meaning]):
    """Names and what each may mean.

    Args:
        entries: a name and one of its meanings; the order of meanings is kept.
    """

    __slots__ = ("_longest", "_meanings")

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._longest: dict[str, int] = {}
        for name, meaning in entries:
            key = phrase_key(name)
            if not key:
                continue
            self._meanings[key] = (*self._meanings.get(key, ()), meaning)
            first, *rest = key.split(" ")
            self._longest[first] = max(self._longest.get(first, 0), len(rest) + 1)

    def meanings(self, name: str) -> tuple[Meaning, ...]:
        """What a name may mean; nothing where it is unknown."""
        return self._meanings.get(phrase_key(name), ())

    def at(self, sentence: Sentence, index: int) -> tuple[int, tuple[Meaning, ...]]:
        """The longest name that starts at a word.

        Returns:
            One past the name's last word, and its meanings; the index itself where none starts.
        """
        words, keys, meanings = sentence.words, sentence.keys, self._meanings
        longest = self._longest.get(keys[index], 0)
        found: tuple[int, tuple[Meaning, ...]] = (index, ())
        if not longest:
            return found
        key, count = "", 0
        for position in range(index, len(words)):
            if words[position] in SILENT:
                continue
            key = f"{key} {keys[position]}" if key else keys[position]
            count += 1
            if key in meanings:
                found = (position + 1, meanings[key])
            if count == longest:
                break
        return found

    def matches(self, sentence: Sentence) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
        """The longest names of a sentence from left to right, printed as names.

        Yields:
            First word, one past the last, and the meanings.
        """
        ends = 0
        longest = self._longest
        for index in sentence.openings:
            if index < ends or sentence.keys[index] not in longest:
                continue
            end, meanings = self.at(sentence, index)
            if meanings and is_printed_as_name(sentence.words[index:end]):
                yield index, end, meanings
                ends = end


_SMALL = word_set(
    "of the and for in on to at de du da di la le des del der von van al el an as ad ez es ed er "
    "bin ibn bint & s 's \u2019s"
)


def is_printed_as_name(words: tuple[str, ...]) -> bool:
    """Whether words are printed as a name.

    The first must not begin with a small letter, unless it is an Arabic article before a capital;
    nor must any other, small words such as "of" excepted.
    """
    if not may_open(words[0]) or (words[0] in ARTICLES and len(words) == 1):
        return False
    return all(not word[0].islower() or word.lower() in _SMALL for word in words[1:])
