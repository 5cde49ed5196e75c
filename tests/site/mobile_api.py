"""The JSON interface of the site's mobile application.

Seen, in that application's code: the addresses, the names of the fields with their differing case,
ten items a page, the array of one, titles rendered as HTML. Invented: every value's shape, which
fields are null and which empty, and that the story's HTML holds what stands round its text on a
page as well: credit, dateline, sign-off and token.
"""

import json
from datetime import datetime
from html import escape

from tests.site.calendar import EASTERN
from tests.site.page import SITE, StoryPage, body_html, lead_html, listed_title, token_html
from tests.site.render import words_of
from tests.site.responses import CHANGED_AT, Response, document

PAGE_SIZE = 10
ROOT = "/mobile/WebAPI/getnews"
_NOTHING = (None, "")


def section_responses(section: str, pages: list[StoryPage]) -> list[Response]:
    """All pages of a section, newest story first, and the empty one after the last."""
    newest = pages[::-1]
    chunks = [newest[at : at + PAGE_SIZE] for at in range(0, len(newest), PAGE_SIZE)]
    return [
        _document(f"{ROOT}/getsection/{section}-{number}", [_item(page) for page in chunk])
        for number, chunk in enumerate([*chunks, []], start=1)
    ]


def story_response(page: StoryPage) -> Response:
    story = page.story
    turn = story.article_id % 3
    nothing = _NOTHING[turn % 2]
    words = words_of(story.language)
    disclaimer = (
        f"<p><strong>{words['disclaimer_title']}</strong></p>\n<p>{escape(words['disclaimer'])}</p>"
    )
    summary = f"<p><b>{page.summary}</b></p>\n" if page.summary else ""
    record: dict[str, object] = {
        "newsID": story.article_id,
        "newsTitle": page.title_html if turn else nothing,
        "newsDate": _clock(page) or nothing,
        "imagePath": _picture(page, is_absolute=turn == 1) or nothing,
        "providerName": escape(story.provider.name, quote=False),
        "newsLink": nothing if turn == 0 else SITE + page.path,
        "providerLogo": f"/updates/provlogos/{story.provider.code}.png",
        "newsDisclaimer": disclaimer if turn else nothing,
        "newsBody": f"{summary}{body_html(page)}\n<div>{token_html(page)}</div>",
        "title": nothing if turn else page.title_html,
    }
    return _document(f"{ROOT}/getstory/{story.article_id}", [record], story.published_at)


def _item(page: StoryPage) -> dict[str, object]:
    story = page.story
    turn = story.article_id % 3
    nothing = _NOTHING[turn % 2]
    return {
        "newsid": story.article_id,
        "newsdate": _clock(page) or nothing,
        "title": escape(listed_title(story)).replace("\N{RIGHT SINGLE QUOTATION MARK}", "&rsquo;"),
        "picture": _picture(page, is_absolute=True) or nothing,
        "company": story.provider.name,
        "link": nothing if turn == 0 else SITE + page.path,
        "description": lead_html(page) + escape(story.paragraphs[0][:120]),
    }


def _clock(page: StoryPage) -> str | None:
    """The page's time with a `T` and no zone; where the page prints none, nor does this."""
    local = page.story.published_at.astimezone(EASTERN)
    return f"{local:%Y-%m-%dT%H:%M:%S}" if page.clock else None


def _picture(page: StoryPage, *, is_absolute: bool) -> str | None:
    if page.picture is None:
        return None
    return f"{SITE}{page.picture.path}" if is_absolute else page.picture.path


def _document(
    path: str, records: list[dict[str, object]], changed_at: datetime = CHANGED_AT
) -> Response:
    text = json.dumps(records, ensure_ascii=False)
    return document(path, text.encode(), "application/json; charset=utf-8", changed_at=changed_at)
