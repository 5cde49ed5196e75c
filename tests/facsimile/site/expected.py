"""What a reader must make of the wire, taken from the sheets that its pages were printed from."""

import json
from datetime import datetime
from typing import Any

from tests.facsimile.site.addresses import SITE, story_url
from tests.facsimile.site.sheet import Sheet, printed_instant, token_instant

Row = dict[str, Any]


def article_row(sheet: Sheet, sections: list[str], *, has_feed: bool) -> Row:
    """The article that must come of a page.

    Where `published_at_basis` is `article_id` only the day can be known, and only roughly:
    `published_at` then is when the story was really published.

    Args:
        sheet: the page.
        sections: feeds and listings that carry the story.
        has_feed: whether one of them is a feed that is read by default.
    """
    story = sheet.story
    basis, published_at = _dated(sheet, has_feed=has_feed)
    is_own_picture = sheet.picture is not None and sheet.picture.is_own
    return {
        "article_id": story.article_id,
        "url": story_url(story.article_id, sheet.slug, story.language),
        "language": story.language,
        "title": sheet.title,
        "body": sheet.body,
        "provider": story.provider.name,
        "provider_printed": story.provider.name if sheet.credit else None,
        "provider_code": story.provider.code if sheet.tokens else None,
        "account_code": story.provider.account if sheet.tokens else None,
        "menafn_token": sheet.tokens[0] if sheet.tokens else None,
        "dateline_place": sheet.dateline_place,
        "dateline_date": sheet.dateline_date.isoformat() if sheet.dateline_date else None,
        "byline": sheet.byline,
        "published_at": _iso(published_at),
        "published_at_basis": basis,
        "image_url": SITE + sheet.picture.path if sheet.picture and is_own_picture else None,
        "is_stock_image": sheet.picture is not None and sheet.picture.is_stock,
        "sections": sorted(sections),
        "era": sheet.era.value,
        "traps": sorted(sheet.traps),
    }


def reject_row(url: str, article_id: int | None, stage: str, reason: str) -> Row:
    """A refusal that must be recorded."""
    return {"url": url, "article_id": article_id, "stage": stage, "reason": reason}


def as_line(row: Row) -> str:
    """A row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def _dated(sheet: Sheet, *, has_feed: bool) -> tuple[str, datetime]:
    """The best witness of the time, and what it says."""
    if sheet.clock is not None:
        return "page", printed_instant(sheet.story.published_at)
    if has_feed:
        return "feed", printed_instant(sheet.story.published_at)
    if sheet.tokens:
        return "token", token_instant(sheet.story)
    return "article_id", sheet.story.published_at


def _iso(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
