"""Looks names of several words up in a text, at a cost that does not grow with their number."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from tasks.entities.tokenizer import ARTICLES, SILENT, Sentence, may_open, phrase_key, word_set

Entry = TypeVar("Entry")

_SMALL = word_set(
    "of the and for in on to at de du da di la le des del der von van al el an as ad ez es ed er "
    "bin ibn bint & s 's \u2019s"
)  # words that stay small inside a name


class PhraseMatcher(Generic[Entry]):
    """Names, each with the entries it may stand for, in the order they were given."""

    __slots__ = ("_entries",)

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        # What a name only opens with, such as "deir" of "deir ez zor", is there without an entry.
        self._entries: dict[str, tuple[Entry, ...]] = {}
        for name, entry in names:
            key = phrase_key(name)
            if key:
                self._entries[key] = (*self._entries.get(key, ()), entry)
            while " " in key:
                key = key[: key.rindex(" ")]
                self._entries.setdefault(key, ())

    def names(self) -> list[str]:
        """Every name, folded."""
        return [key for key, entries in self._entries.items() if entries]

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """What a name may stand for; nothing where it is unknown."""
        return self._entries.get(phrase_key(name), ())

    def longest_match(self, sentence: Sentence, index: int) -> tuple[int, tuple[Entry, ...]]:
        """One past the longest name that starts at a word (the index if none), and its entries."""
        words, keys = sentence.words, sentence.keys
        found: tuple[int, tuple[Entry, ...]] = (index, ())
        key = keys[index]
        entries = self._entries.get(key)
        position = index + 1
        while entries is not None:
            if entries:
                found = (position, entries)
            while position < len(words) and words[position] in SILENT:
                position += 1
            if position == len(words):
                break
            key = f"{key} {keys[position]}"
            entries = self._entries.get(key)
            position += 1
        return found

    def matches(self, sentence: Sentence) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """The longest names of a sentence that are printed as names, from left to right.

        Each is its first word, one past its last, and its entries.
        """
        end = 0
        keys, known = sentence.keys, self._entries
        for index in sentence.openings:
            if index < end or keys[index] not in known:
                continue
            match_end, entries = self.longest_match(sentence, index)
            if entries and is_printed_as_name(sentence.words[index:match_end]):
                yield index, match_end, entries
                end = match_end


def is_printed_as_name(words: tuple[str, ...]) -> bool:
    """Whether words have the capitals of a name, small words such as "of" excepted."""
    if not may_open(words[0]) or (words[0] in ARTICLES and len(words) == 1):
        return False
    return all(not word[0].islower() or word.lower() in _SMALL for word in words[1:])
