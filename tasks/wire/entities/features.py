"""What the tagger is shown of each word: the word, its shape, its neighbours, the tables.

The features are those that taggers of names have long used (word, affixes, shape, window,
gazetteers); see Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity
Recognition", CoNLL 2009.
"""

from typing import NamedTuple

from tasks.wire.entities.knowledge import Knowledge
from tasks.wire.entities.tokens import Sentence, key

_LONGEST_WORD = 32
_LONGEST_RUN = 2  # equal marks of a shape beyond this are dropped
_CACHED_WORDS = 60_000
_OUTSIDE = "O"


class _Word(NamedTuple):
    """The features that a word has by itself, ready for each place in a window."""

    lower: str
    shape: str
    own: tuple[str, ...]
    two_before: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    two_after: tuple[str, ...]


class FeatureMaker:
    """Turns sentences into features.

    Args:
        knowledge: the tables.
    """

    __slots__ = ("_cache", "_edge", "_knowledge")

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._cache: dict[str, _Word] = {}
        self._edge = _Word("", "", (), ("-2:edge",), ("-1:edge",), ("+1:edge",), ("+2:edge",))

    def features(self, sentence: Sentence) -> list[list[str]]:
        """The features of each word of a sentence."""
        edge = self._edge
        found = [self._word(word) for word in sentence.words]
        window = [edge, edge, *found, edge, edge]
        tables = ["^", *self._table_tags(sentence), "$"]
        rows = []
        for index, word in enumerate(found):
            before, after = window[index + 1], window[index + 3]
            row = [
                *word.own,
                *window[index].two_before,
                *before.before,
                *after.after,
                *window[index + 4].two_after,
                f"w-10={before.lower}|{word.lower}",
                f"w01={word.lower}|{after.lower}",
                f"s={before.shape}|{word.shape}|{after.shape}",
                f"t={tables[index + 1]}",
                f"t-1={tables[index]}",
                f"t+1={tables[index + 2]}",
            ]
            if index == 0:
                row.append("first")
            elif index == 1:
                row.append("second")
            rows.append(row)
        return rows

    def _word(self, word: str) -> _Word:
        known = self._cache.get(word)
        if known is None:
            if len(self._cache) >= _CACHED_WORDS:
                self._cache.clear()
            known = self._cache[word] = self._described(word[:_LONGEST_WORD])
        return known

    def _described(self, word: str) -> _Word:
        lower, form = word.lower(), shape(word)
        # A class counts for more when the word is printed as a name would be.
        case = "C" if word[0].isupper() else "c"
        classes = tuple(f"{case}{name}" for name in self._knowledge.lexicon.classes(key(word)))
        own = [f"w={lower}", f"s={form}", *(f"c={name}" for name in classes)]
        own.append(f"p3={lower[:3]}")
        own += [f"x2={lower[-2:]}", f"x3={lower[-3:]}"]
        if word.isupper() and len(word) > 1:
            own.append("caps")
        near = (f"w={lower}", f"s={form}", *(f"c={name}" for name in classes))
        return _Word(
            lower,
            form,
            tuple(own),
            two_before=(f"-2:w={lower}",),
            before=tuple(f"-1:{part}" for part in near),
            after=tuple(f"+1:{part}" for part in near),
            two_after=(f"+2:w={lower}",),
        )

    def _table_tags(self, sentence: Sentence) -> list[str]:
        """For each word whether a known place or organisation begins or goes on there."""
        tags = [_OUTSIDE] * len(sentence.words)
        for start, end, places in self._knowledge.gazetteer.every.matches(sentence):
            kind = "country" if any(place.is_country for place in places) else "place"
            _mark(tags, start, end, kind)
        for start, end, _ in self._knowledge.directory.matches(sentence):
            _mark(tags, start, end, "org")
        return tags


def _mark(tags: list[str], start: int, end: int, kind: str) -> None:
    tags[start] = f"B{kind}"
    tags[start + 1 : end] = [f"I{kind}"] * (end - start - 1)


def shape(word: str) -> str:
    """A word's outline: `Sabah2` is `Xxxd`; runs longer than two marks are cut."""
    marks: list[str] = []
    run = 0
    for letter in word:
        mark = _mark_of(letter)
        run = run + 1 if marks and marks[-1] == mark else 1
        if run <= _LONGEST_RUN:
            marks.append(mark)
    return "".join(marks)


def _mark_of(letter: str) -> str:
    if letter.isupper():
        return "X"
    if letter.isdigit():
        return "d"
    return "x" if letter.isalpha() else letter
