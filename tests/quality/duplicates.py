"""The labelled pairs put to the finder of duplicates."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.core.records import ComparedText
from tasks.duplicates.compare import is_same_story
from tasks.duplicates.minhash import signature
from tests.quality.gold.pages import GOLD

PAIRS = GOLD / "pairs.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One side of a pair; the fields are those of an article."""

    title: str
    body: str
    language: str
    provider: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts under different ids, and whether they are one story.

    Attributes:
        kind: what makes them alike, as a slug.
        same: whether a person says that they are the same story.
    """

    a: Text
    b: Text
    same: bool
    kind: str


SameStory = Callable[[Text, Text], bool]
"""What is scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsScore:
    """How the pairs were judged.

    Attributes:
        precision: share of the pairs found to be one story that are; 1 where none was found.
        recall: share of the pairs that are one story that were found.
        wrong: the pairs judged wrongly.
    """

    precision: float
    recall: float
    wrong: tuple[Pair, ...]


def labelled_pairs() -> list[Pair]:
    """Every labelled pair, in the file's order."""
    with PAIRS.open(encoding="utf-8") as lines:
        return [_pair(json.loads(line)) for line in lines]


def finds_same_story(a: Text, b: Text) -> bool:
    """Whether the warehouse would put the two into one cluster.

    It compares only texts whose signatures share a hash, so that is asked first.
    """
    if set(signature(a.body)).isdisjoint(signature(b.body)):
        return False
    return is_same_story(_compared(a), _compared(b))


def score_pairs(pairs: list[Pair], same_story: SameStory = finds_same_story) -> PairsScore:
    """Precision and recall over the pairs; a pair counts as found if either order finds it."""
    found = [pair for pair in pairs if same_story(pair.a, pair.b) or same_story(pair.b, pair.a)]
    right = [pair for pair in found if pair.same]
    same = [pair for pair in pairs if pair.same]
    wrong = [pair for pair in found if not pair.same] + [pair for pair in same if pair not in right]
    return PairsScore(
        precision=len(right) / len(found) if found else 1.0,
        recall=len(right) / len(same) if same else 1.0,
        wrong=tuple(wrong),
    )


def _compared(text: Text) -> ComparedText:
    return ComparedText(
        title=text.title,
        body=text.body,
        language=text.language,
        published_at=text.published_at,
    )


def _pair(record: dict[str, Any]) -> Pair:
    return Pair(
        a=_text(record["a"]), b=_text(record["b"]), same=record["same"], kind=record["kind"]
    )


def _text(record: dict[str, Any]) -> Text:
    published = datetime.fromisoformat(record["published_at"])
    return Text(**record | {"published_at": published})
