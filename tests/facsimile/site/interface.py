"""The JSON interface of the site's mobile application.

Seen, in that application's code: the addresses, the names of the fields with their differing case,
ten items a page, the array of one, titles rendered as HTML. Invented: every value's shape, which
fields are null and which empty, and that the story's HTML holds what stands round its text on a
page as well: credit, dateline, sign-off and token.
"""

import json
from datetime import UTC, datetime
from html import escape

from tests.facsimile.site.addresses import SITE, story_url
from tests.facsimile.site.answers import Answer, document
from tests.facsimile.site.body import body_html, lead_html, token_html
from tests.facsimile.site.parts import disclaimer
from tests.facsimile.site.sheet import WIRE_ZONE, Sheet, listed_title

PAGE_SIZE = 10
ROOT = "/mobile/WebAPI/getnews"

_JSON = "application/json; charset=utf-8"
_NOTHING = (None, "")
_CHANGED_AT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def section_answers(section: str, sheets: list[Sheet]) -> list[Answer]:
    """All pages of a section, newest story first, and the empty one after the last."""
    newest = sheets[::-1]
    pages = [newest[at : at + PAGE_SIZE] for at in range(0, len(newest), PAGE_SIZE)]
    return [
        _answer(f"{ROOT}/getsection/{section}-{number}", [_item(sheet) for sheet in page])
        for number, page in enumerate([*pages, []], start=1)
    ]


def story_answer(sheet: Sheet) -> Answer:
    """One story: an array of one."""
    story = sheet.story
    turn = story.article_id % 3
    nothing = _NOTHING[turn % 2]
    told: dict[str, object] = {
        "newsID": story.article_id,
        "newsTitle": sheet.title_html if turn else nothing,
        "newsDate": _clock(sheet) or nothing,
        "imagePath": _picture(sheet, is_absolute=turn == 1) or nothing,
        "providerName": escape(story.provider.name, quote=False),
        "newsLink": nothing
        if turn == 0
        else story_url(story.article_id, sheet.slug, story.language),
        "providerLogo": f"/updates/provlogos/{story.provider.code}.png",
        "newsDisclaimer": disclaimer(sheet) if turn else nothing,
        "newsBody": _body(sheet),
        "title": nothing if turn else sheet.title_html,
    }
    return _answer(f"{ROOT}/getstory/{story.article_id}", [told], changed_at=story.published_at)


def _item(sheet: Sheet) -> dict[str, object]:
    story = sheet.story
    turn = story.article_id % 3
    nothing = _NOTHING[turn % 2]
    return {
        "newsid": story.article_id,
        "newsdate": _clock(sheet) or nothing,
        "title": escape(listed_title(story)).replace("\N{RIGHT SINGLE QUOTATION MARK}", "&rsquo;"),
        "picture": _picture(sheet, is_absolute=True) or nothing,
        "company": story.provider.name,
        "link": nothing if turn == 0 else story_url(story.article_id, sheet.slug, story.language),
        "description": lead_html(sheet) + escape(story.paragraphs[0][:120]),
    }


def _body(sheet: Sheet) -> str:
    summary = f"<p><b>{sheet.summary}</b></p>\n" if sheet.summary else ""
    return f"{summary}{body_html(sheet)}\n<div>{token_html(sheet)}</div>"


def _clock(sheet: Sheet) -> str | None:
    """The page's time with a `T` and no zone; where the page prints none, nor does this."""
    local = sheet.story.published_at.astimezone(WIRE_ZONE)
    return f"{local:%Y-%m-%dT%H:%M:%S}" if sheet.clock else None


def _picture(sheet: Sheet, *, is_absolute: bool) -> str | None:
    if sheet.picture is None:
        return None
    return f"{SITE}{sheet.picture.path}" if is_absolute else sheet.picture.path


def _answer(
    path: str, told: list[dict[str, object]], *, changed_at: datetime = _CHANGED_AT
) -> Answer:
    text = json.dumps(told, ensure_ascii=False)
    return document(path, text.encode(), _JSON, changed_at=changed_at)
