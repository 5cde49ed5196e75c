"""How much of a text was found, and what was found that isn't of it: measured in words, aligned.

A word is a run of characters between blanks that holds a letter or a digit, marks and all: a comma
lost or a blank too few makes another word, a lone dash or the rule of a table is none. Expected and
found words are aligned in order (longest matching blocks, `difflib`), so that a paragraph in the
wrong place or printed twice counts as wrong, which a comparison of bags of words would not see.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LONGEST_STRAY_RUN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """One text against the one that was wanted.

    Attributes:
        precision: share of the found words that were wanted.
        recall: share of the wanted words that were found.
        foreign_lines: found lines of which at least half is not of the text, or which hold a run of
            more than four words that are not.
    """

    precision: float
    recall: float
    foreign_lines: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


NOTHING = Likeness(precision=0.0, recall=0.0, foreign_lines=())
"""What a page scores on which nothing was found."""


def words(text: str) -> list[str]:
    """The words of a text, as this module counts them."""
    return [word for word in text.split() if any(map(str.isalnum, word))]


def compare(found: str, wanted: str) -> Likeness:
    """How like the found text is to the wanted one."""
    lines = [(line, words(line)) for line in found.splitlines()]
    found_words = [word for _, line_words in lines for word in line_words]
    wanted_words = words(wanted)
    hits = _hits(found_words, wanted_words)
    return Likeness(
        precision=sum(hits) / len(hits) if hits else 0.0,
        recall=sum(hits) / len(wanted_words) if wanted_words else 0.0,
        foreign_lines=tuple(
            line for line, line_hits in _by_line(lines, hits) if _is_foreign(line_hits)
        ),
    )


def _hits(found: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    hits = [False] * len(found)
    for start, _, size in SequenceMatcher(
        None, found, wanted, autojunk=False
    ).get_matching_blocks():
        hits[start : start + size] = [True] * size
    return hits


def _by_line(
    lines: Sequence[tuple[str, list[str]]], hits: Sequence[bool]
) -> Iterator[tuple[str, Sequence[bool]]]:
    start = 0
    for line, line_words in lines:
        yield line, hits[start : start + len(line_words)]
        start += len(line_words)


def _is_foreign(hits: Sequence[bool]) -> bool:
    """Half of a line or more, or a run too long to be a slip of the pen."""
    misses = "".join("." if hit else "x" for hit in hits)
    return 2 * misses.count("x") >= len(hits) > 0 or "x" * (_LONGEST_STRAY_RUN + 1) in misses
