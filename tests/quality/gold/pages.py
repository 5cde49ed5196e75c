"""The gold pages with what the reader must make of them."""

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.quality.gold.skeleton import assemble

GOLD = Path(__file__).parent
FETCHED_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""When every gold page counts as fetched: later than any story in the set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One article as a person read it off the page.

    The fields are those of `tasks.core.records.Article`, with two differences: `published_at` and
    its basis stand for the page's own witnesses (the printed time, else the token's day, else
    nothing but the id), and `word_count` is `None` where counting is a matter of taste.
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
    """One page of the gold set.

    Attributes:
        name: what its files are called.
        about: what it tests, in words.
        traits: the same as slugs, for the test that every shape is there.
        address: the address it was asked for, in whatever form.
        content_type: the header it came with.
        page: its bytes.
        article: what is on it, `None` where it must be refused.
        reject: the reason's slug where it must be refused.
    """

    name: str
    about: str
    traits: frozenset[str]
    address: str
    content_type: str | None
    page: bytes
    article: Expected | None
    reject: str | None


def gold_pages() -> list[GoldPage]:
    """Every page of the gold set, by name."""
    return [_gold_page(path) for path in sorted((GOLD / "expected").glob("*.json"))]


def gold_articles() -> list[tuple[GoldPage, Expected]]:
    """The pages with an article on them, each with what that is."""
    return [(gold, gold.article) for gold in gold_pages() if gold.article is not None]


def page_bytes(name: str) -> bytes:
    """The page called `name`, whole as it lies there or put together from its story."""
    whole = GOLD / "pages" / f"{name}.html"
    if whole.exists():
        return whole.read_bytes()
    return assemble((GOLD / "stories" / f"{name}.html").read_text(encoding="utf-8"))


def _gold_page(path: Path) -> GoldPage:
    record = json.loads(path.read_text(encoding="utf-8"))
    return GoldPage(
        name=path.stem,
        about=record["about"],
        traits=frozenset(record["traits"]),
        address=record["address"],
        content_type=record["content_type"],
        page=page_bytes(path.stem),
        article=_expected(record["article"]) if "article" in record else None,
        reject=record.get("reject"),
    )


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
