"""Reads the gold set of names, and scores against it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.core.records import EntityType
from tasks.entities.tokenizer import Span

FOLDER = Path(__file__).with_name("gold")
_MARK = re.compile(r"\{([POL]) ([^{}>@]+?)(?: > ([^{}@]+))?(?: ?(@[A-Z]{2}))?\}")
_TYPES = {"P": EntityType.PERSON, "O": EntityType.ORGANIZATION, "L": EntityType.PLACE}


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text with its names."""

    text: str  # without the marks
    spans: tuple[Span, ...]
    names: tuple[str, ...]  # what each goes by, in lower case, in the order of the spans


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article of the gold set."""

    label: str
    title: GoldText
    body: GoldText


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two namings in two articles, and whether they are one."""

    is_same: bool
    type: EntityType
    left: str
    left_context: frozenset[str]
    right: str
    right_context: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How well what was found agrees with what is there."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_articles(half: str) -> list[GoldArticle]:
    """The articles of `open` or `locked`."""
    blocks = (FOLDER / f"{half}.txt").read_text(encoding="utf-8").split("=== ")[1:]
    articles = []
    for block in blocks:
        label, title, body = block.rstrip("\n").split("\n", 2)
        articles.append(GoldArticle(label, unmark(title), unmark(body)))
    return articles


def read_pairs(file: str) -> list[GoldPair]:
    """The labelled pairs of `pairs` or `pairs_locked`."""
    pairs = []
    for line in (FOLDER / f"{file}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            same, kind, left, left_context, right, right_context = line.split("\t")
            contexts = [
                frozenset(filter(None, one.split("|"))) for one in (left_context, right_context)
            ]
            pairs.append(
                GoldPair(same == "yes", EntityType(kind), left, contexts[0], right, contexts[1])
            )
    return pairs


def unmark(marked: str) -> GoldText:
    """A text without its marks, and the names that they mark."""
    parts: list[str] = []
    spans: list[Span] = []
    names: list[str] = []
    last = length = 0
    for match in _MARK.finditer(marked):
        before, surface = marked[last : match.start()], match.group(2)
        parts += (before, surface)
        start = length + len(before)
        length = start + len(surface)
        spans.append(Span(start, length, _TYPES[match.group(1)]))
        known_as = match.group(3) or ("" if match.group(4) else surface)
        names.append(f"{known_as}{match.group(4) or ''}".casefold())
        last = match.end()
    return GoldText("".join((*parts, marked[last:])), tuple(spans), tuple(names))


def score(expected: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]]) -> dict[str, Score]:
    """Exact agreement of start, end and type, for each type and for all (`all`)."""
    right: Counter[str] = Counter()
    there: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for wanted, got in zip(expected, found, strict=True):
        all_wanted, all_got = set(wanted), set(got)
        for counter, spans in (
            (right, all_wanted & all_got),
            (there, all_wanted),
            (given, all_got),
        ):
            counter.update(span.type for span in spans)
            counter["all"] += len(spans)
    return {
        kind: Score(right[kind] / (given[kind] or 1), right[kind] / (there[kind] or 1))
        for kind in ("all", *EntityType)
    }


def b_cubed(expected: Sequence[str], found: Sequence[str]) -> Score:
    """B-cubed of two clusterings of the same things, each given as one label a thing."""
    precision = recall = 0.0
    for index in range(len(expected)):
        same_there = {i for i, label in enumerate(expected) if label == expected[index]}
        same_found = {i for i, label in enumerate(found) if label == found[index]}
        together = len(same_there & same_found)
        precision += together / len(same_found)
        recall += together / len(same_there)
    return Score(precision / len(expected), recall / len(expected))
