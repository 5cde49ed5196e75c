"""What differs between two texts that are nearly the same, place by place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tasks.duplicates.normalise import FIGURE_MARK, NormalisedText

# Fewer equal words than this between two differences are chance ("of the").
_MIN_COMMON_WORDS = 3
# A stretch that only one text has is a sentence of its own from this many words on: copies lose or
# gain whole sentences, and the figures in those contradict nothing.
_SENTENCE_WORDS = 8
# From this many words exchanged in one place on, it is a rewritten passage.
_REWRITTEN_WORDS = 5
# Beyond this a story is compared by its head alone, so that no page can make comparing slow.
_MAX_COMPARED = 3000
_MIN_MISSPELT_LETTERS = 5

# Words whose coming and going changes nothing that a story says.
# fmt: off
_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has",
     "have", "he", "her", "his", "in", "into", "is", "it", "its", "of", "on", "or", "she", "s",
     "said", "say", "says", "so", "than", "that", "the", "their", "there", "these", "they",
     "this", "those", "to", "upon", "was", "were", "which", "who", "will", "with", "would"}
    | {"في", "من", "علي", "الي", "عن", "ان", "او", "و", "قد", "ما", "هذا", "هذه", "التي", "الذي",
     "قال", "قالت"}
)
# fmt: on
_VOWELS = frozenset("aeiouy")
_SIBILANTS = frozenset("csz")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or figure of a text, as `normalise_tokens` gives it."""

    key: str
    form: str
    is_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    is_name: bool  # there are names on both sides
    # One word for one in a script without capitals, where every word is taken for a name though few
    # are.
    is_caseless: bool
    is_rewritten: bool  # so many words on both sides that the passage is another
    is_repeated: bool  # the same exchange is made elsewhere too: the subject is another


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    common_words: int  # words that stand in both in the same order
    # Figures that only the first text has, outside sentences of its own.
    lost_figures: frozenset[str]
    gained_figures: frozenset[str]  # figures that only the second has, likewise
    replacements: tuple[Replacement, ...]  # the distinct exchanges of words that carry meaning
    # Words with meaning that one text has and the other lacks, outside whole sentences.
    one_sided_words: int
    misspellings: int  # words that differ as two spellings of one word do


_Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place where the texts differ, and the words of each there."""

    before: _Words
    after: _Words

    @property
    def is_same_text(self) -> bool:
        """Whether only the blanks between the words differ."""
        return _join(self.before) == _join(self.after)

    @property
    def is_sentence(self) -> bool:
        few, many = sorted((len(self.before), len(self.after)))
        return many >= _SENTENCE_WORDS and few < _MIN_COMMON_WORDS

    @property
    def misspelt_days(self) -> list[tuple[Word, Word]]:
        """A weekday or month on one side that is misspelt on the other."""
        return [
            (one, other)
            for one, other in zip(self.before, self.after, strict=False)
            if (_is_day(one) != _is_day(other)) and _is_misspelling(one.form, other.form)
        ]

    @property
    def changed_figures(self) -> tuple[set[str], set[str]]:
        """The figures that only the one side has, and those that only the other has."""
        before = [word.key for word in self.before if word.key[0] == FIGURE_MARK]
        after = [word.key for word in self.after if word.key[0] == FIGURE_MARK]
        if set(before).isdisjoint(after):  # as in most gaps: what follows takes much longer
            return set(before), set(after)
        lost, gained = set[str](), set[str]()
        for tag, start, end, at, to in SequenceMatcher(None, before, after).get_opcodes():
            if tag != "equal":
                lost.update(before[start:end])
                gained.update(after[at:to])
        return lost, gained

    @property
    def exchanges(self) -> list[tuple[_Words, _Words]]:
        """What stands for what: word for word where the counts allow it, else all for all."""
        before, after = _meaning(self.before, self.after), _meaning(self.after, self.before)
        if len(before) != len(after):
            return [(before, after)]
        return [((left,), (right,)) for left, right in zip(before, after, strict=True)]

    def without(self, words: set[Word]) -> "_Gap":
        return _Gap(
            tuple(word for word in self.before if word not in words),
            tuple(word for word in self.after if word not in words),
        )


def find_differences(first: NormalisedText, second: NormalisedText) -> Differences:
    """What differs between the first 3,000 words of two texts, the shorter one first."""
    common, all_gaps = _align(first, second)
    gaps = [gap for gap in all_gaps if not gap.is_sentence and not gap.is_same_text]
    misspelt_days = [gap.misspelt_days for gap in gaps]
    gaps = [
        gap.without({word for pair in days for word in pair})
        for gap, days in zip(gaps, misspelt_days, strict=True)
    ]
    figures = [gap.changed_figures for gap in gaps]
    misspellings, one_sided_words = sum(map(len, misspelt_days)), 0
    exchanges: Counter[tuple[_Words, _Words]] = Counter()
    for before, after in (pair for gap in gaps for pair in gap.exchanges):
        if _join(before) == _join(after):
            continue  # only the blanks between the words differ
        if not before or not after:
            one_sided_words += len(before) + len(after)
        elif _is_misspelling(_join(before), _join(after)):
            misspellings += 1
        else:
            exchanges[before, after] += 1
    return Differences(
        common_words=common,
        lost_figures=frozenset().union(*(lost for lost, _ in figures)),
        gained_figures=frozenset().union(*(gained for _, gained in figures)),
        replacements=tuple(
            Replacement(
                is_name=any(one.is_name for one in before) and any(one.is_name for one in after),
                is_caseless=len(before) == len(after) == 1
                and not any(word.form.islower() for word in (*before, *after)),
                is_rewritten=min(len(before), len(after)) >= _REWRITTEN_WORDS,
                is_repeated=count > 1,
            )
            for (before, after), count in exchanges.items()
        ),
        one_sided_words=one_sided_words,
        misspellings=misspellings,
    )


def _align(first: NormalisedText, second: NormalisedText) -> tuple[int, list[_Gap]]:
    """How many words the texts share, and the gaps between the stretches they share."""
    keys, other_keys = first.keys[:_MAX_COMPARED], second.keys[:_MAX_COMPARED]
    # The common head and tail are cut off first: near-equal texts are little else.
    head = _common_head(keys, other_keys)
    tail = _common_head(keys[head:][::-1], other_keys[head:][::-1])
    end, other_end = len(keys) - tail, len(other_keys) - tail
    middle = SequenceMatcher(None, keys[head:end], other_keys[head:other_end])
    stretches = [
        (head + block.a, head + block.b, block.size)
        for block in middle.get_matching_blocks()
        if block.size >= _MIN_COMMON_WORDS
    ]
    common, gaps = head, []
    start, other_start = head, head
    for at, other_at, size in (*stretches, (end, other_end, tail)):
        if at > start or other_at > other_start:
            gap = _Gap(_words(first, start, at), _words(second, other_start, other_at))
            gaps.append(gap)
        common += size
        start, other_start = at + size, other_at + size
    return common, gaps


def _words(text: NormalisedText, start: int, end: int) -> _Words:
    columns = (text.keys, text.forms, text.names)
    return tuple(map(Word, *(column[start:end] for column in columns)))


def _common_head(one: Sequence[str], other: Sequence[str]) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _is_day(word: Word) -> bool:
    return word.key[0] == FIGURE_MARK and word.key[1:].isalpha()


def _meaning(words: _Words, others: _Words) -> _Words:
    """The words with a meaning of their own, without figures and without what the others have."""
    spare = Counter(word.key for word in others)
    kept = []
    for word in words:
        if spare[word.key]:
            spare[word.key] -= 1
        elif word.key[0] != FIGURE_MARK and word.key not in _FUNCTION_WORDS:
            kept.append(word)
    return tuple(kept)


def _join(words: _Words) -> str:
    return "".join(word.form for word in words)


def _is_misspelling(one: str, other: str) -> bool:
    """One letter dropped, doubled or swapped, or one vowel or sibilant changed for another."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _MIN_MISSPELT_LETTERS:
        return False
    head = _common_head(shorter, longer)
    if len(shorter) + 1 == len(longer):
        return shorter[head:] == longer[head + 1 :]
    if len(shorter) != len(longer):
        return False
    if shorter[head + 1 :] == longer[head + 1 :]:
        letters = {shorter[head], longer[head]}
        return letters <= _VOWELS or letters <= _SIBILANTS
    swapped = shorter[head : head + 2] == longer[head : head + 2][::-1]
    return swapped and shorter[head + 2 :] == longer[head + 2 :]
