"""Records with every field filled in, so that a test names only the fields it is about."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints

from tasks.core.annotations import AnnotationStamp, text_digest
from tasks.core.parquet import write_records
from tasks.core.records import (
    Article,
    Capture,
    EntityContext,
    EntityType,
    FeedPoll,
    Form,
    ListingEntry,
    Mention,
    Validators,
    entity_id,
)
from tasks.core.rejects import Reject
from tasks.core.run import Run
from tasks.core.settings import Settings
from tasks.core.staging import staged_folder
from tasks.duplicates.minhash import Signature, signature
from tasks.entities.figures.article_figures import ArticleFigure
from tasks.entities.figures.patterns import FigureKind
from tasks.entities.quotes import Quote
from tasks.matchers import MATCHERS
from tasks.warehouse import load

load_batch = partial(load.load_batch, matchers=MATCHERS)

STORY = 1109916091
SEEN_AT = datetime(2025, 8, 12, 9, 0, tzinfo=UTC)
RUN_ID = "20250812T090000Z-0a1b2c"
FEED = "https://menafn.com/rss/menafn_Kuwait.xml"
TITLE, BODY = "A bridge opens", "The ministry opened a bridge.\nIt is long."

KINDS: dict[str, type] = {
    "captures": Capture,
    "listing_entries": ListingEntry,
    "feed_polls": FeedPoll,
    "listing_validators": Validators,
    "articles": Article,
    "minhash_bands": Signature,
    "mentions": Mention,
    "entity_contexts": EntityContext,
    "article_figures": ArticleFigure,
    "quotes": Quote,
    "annotation_stamps": AnnotationStamp,
    "rejects": Reject,
}


def make_run(
    data_dir: Path,
    run_id: str = RUN_ID,
    *,
    flow: str = "ingest",
    started_at: datetime = SEEN_AT,
    **settings: Any,
) -> Run:
    return Run(
        run_id=run_id,
        flow=flow,
        started_at=started_at,
        settings=Settings(data_dir=data_dir, **{"writer_wait_seconds": 0.0} | settings),
    )


def make_article(*, article_id: Any = STORY, body: Any = BODY, **given: Any) -> Article:
    filled: dict[str, Any] = {
        "url": f"https://menafn.com/{article_id}/A-Bridge-Opens",
        "language": "en",
        "title": TITLE,
        "provider": "Kuwait News Agency (KUNA)",
        "provider_printed": "Kuwait News Agency (KUNA)",
        "provider_code": None,
        "account_code": None,
        "menafn_token": None,
        "dateline_place": None,
        "dateline_date": None,
        "byline": None,
        "page_at": datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC),
        "token_at": None,
        "word_count": len(body.split()),
        "body_sha256": sha256_of(body),
        "image_url": None,
        "is_stock_image": False,
        "text_defects": (),
        "capture_id": "capture-1",
        "seen_at": SEEN_AT,
        "run_id": RUN_ID,
        "extractor_version": "reader 1",
    } | given
    return Article(article_id=article_id, body=body, **filled)


def make_signature(article: Article) -> Signature:
    return Signature(
        article_id=article.article_id,
        body_sha256=article.body_sha256,
        bands=signature(article.body),
    )


def make_capture(*, article_id: int | None = STORY, **given: Any) -> Capture:
    filled: dict[str, Any] = {
        "capture_id": "capture-1",
        "url": f"https://menafn.com/{article_id}/A-Bridge-Opens",
        "fetched_at": SEEN_AT,
        "status": 200,
        "content_type": "text/html",
        "body_bytes": 70_000,
        "payload_sha256": "0" * 64,
        "warc_path": "raw/one.warc.gz",
        "warc_offset": 0,
        "etag": None,
        "last_modified": None,
        "run_id": RUN_ID,
    } | given
    return Capture(article_id=article_id, **filled)


def make_listing_entry(*, article_id: int = STORY, **given: Any) -> ListingEntry:
    filled: dict[str, Any] = {
        "url": f"https://menafn.com/{article_id}/A-Bridge-Opens",
        "listing_url": FEED,
        "section": "Kuwait",
        "title": "A Bridge Opens",
        "published_at": None,
        "seen_at": SEEN_AT,
        "capture_id": "capture-of-feed",
        "run_id": RUN_ID,
    } | given
    return ListingEntry(article_id=article_id, **filled)


def make_poll(*article_ids: int, **given: Any) -> FeedPoll:
    filled: dict[str, Any] = {
        "feed_url": FEED,
        "polled_at": SEEN_AT,
        "article_ids": article_ids,
        "capture_id": "capture-of-feed",
        "run_id": RUN_ID,
    } | given
    return FeedPoll(**filled)


def make_validators(**given: Any) -> Validators:
    filled: dict[str, Any] = {
        "url": FEED,
        "etag": '"one"',
        "last_modified": None,
        "checked_at": SEEN_AT,
    } | given
    return Validators(**filled)


def make_mention(*, body: str = BODY, name: str = "Ministry", **given: Any) -> Mention:
    filled: dict[str, Any] = {
        "article_id": STORY,
        "body_sha256": sha256_of(body),
        "entity_id": entity_id(EntityType.ORGANIZATION, name),
        "type": EntityType.ORGANIZATION,
        "country_code": None,
        "part": "body",
        "start_char": 4,
        "end_char": 12,
        "sentence_number": 1,
        "surface": "ministry",
        "recogniser": "rules 1",
        "form": Form.EXACT,
        "role": None,
    } | given
    return Mention(name=name, **filled)


def make_entity_context(**given: Any) -> EntityContext:
    filled: dict[str, Any] = {
        "article_id": STORY,
        "capture_id": "capture-1",
        "entity_id": entity_id(EntityType.PERSON, "ali nimri"),
        "block_key": "#1|nmri",
        "parts": ("#1", "nimri"),
        "companions": ("country:JO",),
    } | given
    return EntityContext(**filled)


def make_figure(*, body: str = BODY, **given: Any) -> ArticleFigure:
    filled: dict[str, Any] = {
        "article_id": STORY,
        "body_sha256": sha256_of(body),
        "part": "title",
        "start_char": 2,
        "end_char": 8,
        "sentence_number": 0,
        "surface": "bridge",
        "kind": FigureKind.MONEY,
        "amount": Decimal(5),
        "currency": "KWD",
    } | given
    return ArticleFigure(**filled)


def make_quote(*, body: str = BODY, **given: Any) -> Quote:
    filled: dict[str, Any] = {
        "article_id": STORY,
        "body_sha256": sha256_of(body),
        "quote_number": 1,
        "start_char": 30,
        "end_char": 41,
        "surface": "It is long.",
        "sentence_number": 2,
        "speaker": "ministry",
        "entity_id": entity_id(EntityType.ORGANIZATION, "Ministry"),
    } | given
    return Quote(**filled)


def make_annotation_stamp(*, title: str = TITLE, body: str = BODY, **given: Any) -> AnnotationStamp:
    filled: dict[str, Any] = {
        "article_id": STORY,
        "body_sha256": sha256_of(body),
        "text_sha256": text_digest(title, body),
        "recogniser": "rules 1",
        "figures_version": 1,
        "sentence_starts": (0, 30),
    } | given
    return AnnotationStamp(**filled)


def make_reject(*, article_id: int | None = STORY, **given: Any) -> Reject:
    filled: dict[str, Any] = {
        "url": f"https://menafn.com/{article_id}",
        "stage": "fetch",
        "reason": "not-found",
        "detail": "404",
        "run_id": RUN_ID,
        "rejected_at": SEEN_AT,
    } | given
    return Reject(article_id=article_id, **filled)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


MAKERS: dict[str, Callable[..., Any]] = {
    "captures": make_capture,
    "listing_entries": make_listing_entry,
    "feed_polls": make_poll,
    "listing_validators": make_validators,
    "articles": make_article,
    "mentions": make_mention,
    "entity_contexts": make_entity_context,
    "article_figures": make_figure,
    "quotes": make_quote,
    "annotation_stamps": make_annotation_stamp,
    "rejects": make_reject,
}


def stage(folder: Path, **tables: list[Any]) -> Path:
    """Stages a batch; an article gets its signature, and its capture unless one is given."""
    captures = {capture.capture_id: capture for capture in tables.get("captures", [])}
    for article in tables.get("articles", []):
        captures.setdefault(
            article.capture_id,
            make_capture(
                capture_id=article.capture_id,
                article_id=article.article_id,
                fetched_at=article.seen_at,
                run_id=article.run_id,
            ),
        )
    tables["captures"] = list(captures.values())
    tables["minhash_bands"] = [make_signature(article) for article in tables.get("articles", [])]
    with staged_folder(folder) as building:
        for name, records in tables.items():
            if records:
                write_records(building / f"{name}.parquet", records, KINDS[name])
    return folder


def from_json(path: Path) -> dict[str, list[Any]]:
    """The tables of a batch that is written as JSON, each row with only the fields it is about."""
    tables: Mapping[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: [MAKERS[name](**_revived(KINDS[name], row)) for row in rows]
        for name, rows in tables.items()
    }


def _revived(kind: type, row: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}
    return {
        name: _value(hints[name], value) if name in known else value for name, value in row.items()
    }


def _value(hint: Any, value: Any) -> Any:
    if hint in (datetime, datetime | None) and value is not None:
        return datetime.fromisoformat(value)
    if hint in (date, date | None) and value is not None:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
