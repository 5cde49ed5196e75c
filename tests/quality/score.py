"""Scores the reader and the duplicate finder against the gold set.

Texts are compared by words: runs of characters between blanks that hold a letter or a digit.
Expected and found words are aligned in order (longest matching blocks, `difflib`), so that a
paragraph in the wrong place or printed twice counts as wrong, which bags of words would not see.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import islice
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

from tasks.core.records import Article, Capture, ComparedText
from tasks.core.rejects import PageRefusedError
from tasks.core.urls import parse_story
from tasks.duplicates.compare import is_same_story
from tasks.duplicates.minhash import signature
from tasks.pages.article import read_page
from tests.quality.gold.pages import (
    EXPECTED_FIELDS,
    FETCHED_AT,
    GOLD,
    GoldPage,
    gold_pages,
    locked_pages,
)
from tests.quality.topics.measure import measure_topics

ZONE = ZoneInfo("America/New_York")
# The fields that must be exactly right; the body is measured by words.
FIELDS = tuple(name for name in EXPECTED_FIELDS if name != "body")

_MAX_STRAY_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScore:
    """One text against the one that was expected."""

    precision: float = 0.0  # share of the found words that were expected
    recall: float = 0.0  # share of the expected words that were found
    # Found lines of which half or more, or a run of more than four words, is not expected.
    foreign_lines: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


NOTHING_FOUND = TextScore()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """How one page was read."""

    name: str
    wrong: Mapping[str, tuple[object, object]]  # by field, or `reject`: found and expected
    scored: frozenset[str]  # the fields that were compared
    body: TextScore | None = None  # `None` for pages that must be refused
    is_body_exact: bool = False  # every word and every paragraph as expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts under different ids, and whether they are one story."""

    a: ComparedText
    b: ComparedText
    same: bool  # as a person labelled it
    kind: str  # what makes them alike, as a slug


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsScore:
    """How the pairs were judged."""

    precision: float  # share of the pairs found to be one story that are; 1 where none was found
    recall: float  # share of the pairs that are one story that were found
    wrong: tuple[Pair, ...]


def measure() -> tuple[dict[str, float], list[PageScore], PairsScore]:
    """The figures of the whole gold set, each a share of which more is better, and their sources.

    Figures are called `field.<name>`, `reject`, `body.<figure>`, `duplicates.<figure>`,
    `locked.pages` for the share of locked pages of which nothing is wrong, and `topics.<figure>` for
    the locked stories.
    """
    pages = [score_page(gold) for gold in gold_pages()]
    pairs = score_pairs(labelled_pairs())
    bodies = [page.body for page in pages if page.body is not None]
    topics = measure_topics("locked.tsv").values()
    figures = {
        **{f"field.{name}": _share_right(name, pages) for name in FIELDS},
        "reject": _share_right("reject", pages),
        "body.precision": fmean(body.precision for body in bodies),
        "body.recall": fmean(body.recall for body in bodies),
        "body.f1": fmean(body.f1 for body in bodies),
        "body.lowest_f1": min(body.f1 for body in bodies),
        "body.exact": _share(page.is_body_exact for page in pages if page.body is not None),
        "body.without_foreign_lines": _share(not body.foreign_lines for body in bodies),
        "locked.pages": _share(
            not page.wrong and page.is_body_exact for page in map(score_page, locked_pages())
        ),
        "duplicates.precision": pairs.precision,
        "duplicates.recall": pairs.recall,
        "topics.f1": fmean(topics),
        "topics.lowest_f1": min(topics),
    }
    return figures, pages, pairs


def _share_right(name: str, pages: Sequence[PageScore]) -> float:
    return _share(name not in page.wrong for page in pages if name in page.scored)


def _share(outcomes: Iterable[bool]) -> float:
    return fmean(map(float, outcomes))


def read_gold_page(gold: GoldPage) -> Article:
    """The reader's article of a gold page; PageRefusedError where the reader refuses the page."""
    story = parse_story(gold.address)
    assert story is not None, f"{gold.name}: {gold.address} is no address of a story"
    capture = Capture(
        capture_id="8d6e0f2a-0b51-4a37-9d8e-5c1f4b7a9e10",
        url=story.url,
        article_id=story.article_id,
        fetched_at=FETCHED_AT,
        status=200,
        content_type=gold.content_type,
        body_bytes=len(gold.page),
        payload_sha256=sha256(gold.page).hexdigest(),
        warc_path="raw/gold.warc.gz",
        warc_offset=0,
        etag=None,
        last_modified=None,
        run_id="20261120T120000Z-000000",
    )
    return read_page(gold.page, gold.content_type, capture=capture, zone=ZONE)


def score_page(gold: GoldPage, read: Callable[[GoldPage], Article] = read_gold_page) -> PageScore:
    """One gold page read and compared. A page wrongly refused has every field wrong."""
    article, reason = None, None
    try:
        article = read(gold)
    except PageRefusedError as refusal:
        reason = str(refusal.reason)
    if gold.article is None:
        wrong = {"reject": (reason, gold.reject)} if reason != gold.reject else {}
        return PageScore(name=gold.name, wrong=wrong, scored=frozenset({"reject"}))
    if article is None:
        return PageScore(
            name=gold.name,
            wrong={name: (f"refused: {reason}", getattr(gold.article, name)) for name in FIELDS},
            scored=frozenset(FIELDS),
            body=NOTHING_FOUND,
        )
    found = {name: getattr(article, name, None) for name in FIELDS}
    found["published_at"] = article.page_at or article.token_at
    found["published_at_basis"] = (
        "page" if article.page_at else "token" if article.token_at else "article_id"
    )
    scored = set(FIELDS) if gold.article.word_count is not None else {*FIELDS} - {"word_count"}
    expected = {name: getattr(gold.article, name) for name in sorted(scored)}
    body = "\n".join(gold.article.body)
    return PageScore(
        name=gold.name,
        wrong={
            name: (found[name], value) for name, value in expected.items() if found[name] != value
        },
        scored=frozenset(scored),
        body=compare_texts(article.body, body),
        is_body_exact=_plain(article.body) == _plain(body),
    )


def _plain(body: str) -> str:
    """The body without the rules between a table's cells, which are no words."""
    return "\n".join(" ".join(line.replace(" | ", " ").split(" ")) for line in body.split("\n"))


def split_words(text: str) -> list[str]:
    """The words of a text, as this module counts them; a lone dash or a table's rule is none."""
    return [word for word in text.split() if any(map(str.isalnum, word))]


def compare_texts(found: str, expected: str) -> TextScore:
    """How much of the expected text was found, and what else."""
    lines = [(line, split_words(line)) for line in found.splitlines()]
    found_words = [word for _, line_words in lines for word in line_words]
    expected_words = split_words(expected)
    hits = [False] * len(found_words)
    matcher = SequenceMatcher(None, found_words, expected_words, autojunk=False)
    for start, _, size in matcher.get_matching_blocks():
        hits[start : start + size] = [True] * size
    foreign = []
    marks = iter(hits)
    for line, line_words in lines:
        misses = "".join("." if hit else "x" for hit in islice(marks, len(line_words)))
        if 2 * misses.count("x") >= len(misses) > 0 or "x" * (_MAX_STRAY_WORDS + 1) in misses:
            foreign.append(line)
    return TextScore(
        precision=sum(hits) / len(hits) if hits else 0.0,
        recall=sum(hits) / len(expected_words) if expected_words else 0.0,
        foreign_lines=tuple(foreign),
    )


def labelled_pairs() -> list[Pair]:
    """Every labelled pair, in the file's order."""
    with (GOLD / "pairs.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [Pair(**one | {"a": _text(one["a"]), "b": _text(one["b"])}) for one in records]


def _text(record: dict[str, Any]) -> ComparedText:
    return ComparedText(
        title=record["title"],
        body=record["body"],
        language=record["language"],
        published_at=datetime.fromisoformat(record["published_at"]),
    )


def finds_same_story(a: ComparedText, b: ComparedText) -> bool:
    """Whether the warehouse would put the two into one cluster."""
    # It compares only texts whose signatures share a hash.
    return not set(signature(a.body)).isdisjoint(signature(b.body)) and is_same_story(a, b)


def score_pairs(
    pairs: Sequence[Pair],
    same_story: Callable[[ComparedText, ComparedText], bool] = finds_same_story,
) -> PairsScore:
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
