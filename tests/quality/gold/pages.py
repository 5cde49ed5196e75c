"""The gold pages, each with the article that the reader must find on it.

A page is whole, or a story put into a skeleton. A story file opens with
`<!-- skeleton: NAME, encoding: CODEC -->`; then every line `== slot` begins the text of one slot.
In the skeleton, `{{slot}}` is replaced by that text, by nothing where the story has no such slot,
and `{{>part}}` by the file `skeletons/parts/<part>.html`. The pages of `kinds.py` are made likewise.
"""

import json
import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.quality.gold.kinds import read_kinds

GOLD = Path(__file__).parent
# When every gold page counts as fetched: later than any story in the set.
FETCHED_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

_SKELETONS = GOLD / "skeletons"
_FIRST_LINE = re.compile(r"<!-- skeleton: ([a-z_0-9]+), encoding: ([a-z0-9-]+) -->\n")
_SLOT_LINE = re.compile(r"^== ([a-z_]+)\n", re.MULTILINE)
_PART = re.compile(r"\{\{>([a-z_0-9]+)\}\}")
_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One article as a person read it off the page, in the fields of `tasks.core.records.Article`.

    But `published_at` and its basis come from the page itself: the printed time, else the token's
    day, else only the id. `word_count` is `None` where counting is a matter of taste.
    """

    article_id: int
    url: str
    language: str
    title: str
    body: tuple[str, ...]
    provider: str
    provider_printed: str | None
    provider_code: str | None
    account_code: str | None
    menafn_token: str | None
    dateline_place: str | None
    dateline_date: date | None
    byline: str | None
    published_at: datetime | None
    published_at_basis: str
    image_url: str | None
    is_stock_image: bool
    word_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """One page of the gold set."""

    name: str  # of its files
    about: str  # what it tests, in words
    traits: frozenset[str]  # the same as slugs, for the test that every shape is there
    address: str  # as requested, in any form
    content_type: str | None
    page: bytes
    encoding: str | None  # `None` where only the page itself tells it
    article: Expected | None  # `None` where the page must be refused
    reject: str | None  # the slug of the reason for which it must be refused


def gold_pages() -> list[GoldPage]:
    """Every page for working on the rules, by name."""
    written = [_written_page(path) for path in sorted((GOLD / "expected").glob("*.json"))]
    return written + _kinds("kinds")


def locked_pages() -> list[GoldPage]:
    """The pages that no rule was written against."""
    return _kinds("kinds_locked")


def _kinds(file: str) -> list[GoldPage]:
    return [_gold_page(name, record, *assemble(story)) for name, record, story in read_kinds(file)]


def gold_articles() -> list[tuple[GoldPage, Expected]]:
    """The pages with an article on them, each with what that is."""
    return [(gold, gold.article) for gold in gold_pages() if gold.article is not None]


def _written_page(path: Path) -> GoldPage:
    record = json.loads(path.read_text(encoding="utf-8"))
    whole, story = (GOLD / folder / f"{path.stem}.html" for folder in ("pages", "stories"))
    if whole.exists():
        return _gold_page(path.stem, record, whole.read_bytes(), None)
    return _gold_page(path.stem, record, *assemble(story.read_text("utf-8")))


def _gold_page(name: str, record: dict[str, Any], page: bytes, encoding: str | None) -> GoldPage:
    return GoldPage(
        name=name,
        about=record["about"],
        traits=frozenset(record["traits"]),
        address=record["address"],
        content_type=record["content_type"],
        page=page,
        encoding=encoding,
        article=_expected(record["article"]) if "article" in record else None,
        reject=record.get("reject"),
    )


def assemble(story: str) -> tuple[bytes, str]:
    """The page of a story file in the encoding of its first line, and that encoding.

    ValueError for an unknown slot.
    """
    first = _FIRST_LINE.match(story)
    assert first is not None, f"not a story file: {story[:60]!r}"
    skeleton, encoding = first.groups()
    page = _PART.sub(
        lambda part: (_SKELETONS / "parts" / f"{part[1]}.html").read_text(encoding="utf-8"),
        (_SKELETONS / f"{skeleton}.html").read_text(encoding="utf-8"),
    )
    _, *pieces = _SLOT_LINE.split(story[first.end() :])
    slots = dict(zip(pieces[::2], (text.strip("\n") for text in pieces[1::2]), strict=True))
    if unknown := slots.keys() - set(_SLOT.findall(page)):
        raise ValueError(f"the skeleton has no slot {sorted(unknown)}")
    return _SLOT.sub(lambda slot: slots.get(slot[1], ""), page).encode(encoding), encoding


def _expected(record: dict[str, Any]) -> Expected:
    published, day = record["published_at"], record["dateline_date"]
    return Expected(
        **record
        | {
            "body": tuple(record["body"]),
            "published_at": datetime.fromisoformat(published) if published else None,
            "dateline_date": date.fromisoformat(day) if day else None,
        }
    )


EXPECTED_FIELDS = tuple(field.name for field in fields(Expected))
