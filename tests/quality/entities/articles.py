"""Articles to try recognition on, and the spans of their names."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from tasks.core.records import Article, EntityType
from tasks.entities.tokenizer import Span


def article(*, title: str = "", body: str = "", language: str = "en") -> Article:
    """An article of a title and a body; all else is of no interest here."""
    return Article(
        article_id=1109916091,
        url="https://menafn.com/1109916091/Story",
        language=language,
        title=title,
        body=body,
        provider="MENAFN",
        provider_printed=None,
        provider_code=None,
        account_code=None,
        menafn_token=None,
        dateline_place=None,
        dateline_date=None,
        byline=None,
        page_at=None,
        token_at=None,
        word_count=len(body.split()),
        body_sha256=sha256(body.encode()).hexdigest(),
        image_url=None,
        is_stock_image=False,
        text_defects=(),
        capture_id="4d8ecb26-8d0f-4c3c-9a4f-2f1c6c9c2a10",
        seen_at=datetime(2025, 8, 12, tzinfo=UTC),
        run_id="20250812T000000Z-000000",
        extractor_version="1",
    )


def mark_names(text: str, *names: tuple[str, EntityType]) -> list[Span]:
    """The spans of names that stand in a text in this order."""
    spans, position = [], 0
    for surface, kind in names:
        position = text.index(surface, position)
        spans.append(Span(position, position + len(surface), kind))
        position += len(surface)
    return spans


def surfaces(text: str, spans: Iterable[Span]) -> list[tuple[str, EntityType]]:
    """Each span's printed name and type."""
    return [(text[span.start : span.end], span.type) for span in spans]
