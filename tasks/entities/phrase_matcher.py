"""Looks names of several words up in a text, at a cost that does not grow with their number."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from tasks.entities.tokenizer import ARTICLES, SILENT, Sentence, may_open, phrase_key, word_set

Meaning = TypeVar("Meaning")


class PhraseMatcher(Generic[Meaning]):
    """Names and what each may mean.

    Args:
        entries: a name and one of its meanings; the order of meanings is kept.
    """

    __slots__ = ("_meanings",)

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        # What a name only opens with, such as "deir" of "deir ez zor", is there with no meaning.
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        for name, meaning in entries:
            key = phrase_key(name)
            if key:
                self._meanings[key] = (*self._meanings.get(key, ()), meaning)
            while " " in key:
                key = key[: key.rindex(" ")]
                self._meanings.setdefault(key, ())

    def meanings(self, name: str) -> tuple[Meaning, ...]:
        """What a name may mean; nothing where it is unknown."""
        return self._meanings.get(phrase_key(name), ())

    def at(self, sentence: Sentence, index: int) -> tuple[int, tuple[Meaning, ...]]:
        """The longest name that starts at a word.

        Returns:
            One past the name's last word, and its meanings; the index itself where none starts.
        """
        words, keys = sentence.words, sentence.keys
        found: tuple[int, tuple[Meaning, ...]] = (index, ())
        key = keys[index]
        meanings = self._meanings.get(key)
        position = index + 1
        while meanings is not None:
            if meanings:
                found = (position, meanings)
            while position < len(words) and words[position] in SILENT:
                position += 1
            if position == len(words):
                break
            key = f"{key} {keys[position]}"
            meanings = self._meanings.get(key)
            position += 1
        return found

    def matches(self, sentence: Sentence) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
        """The longest names of a sentence from left to right, printed as names.

        Yields:
            First word, one past the last, and the meanings.
        """
        ends = 0
        keys, known = sentence.keys, self._meanings
        for index in sentence.openings:
            if index < ends or keys[index] not in known:
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
