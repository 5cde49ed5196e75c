"""One page in, one `Article` out: where every field of a story comes from."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lxml import etree, html

from tasks.core.calendar import day_of_id, settle_year, start_of_day
from tasks.core.charset import decode
from tasks.core.html import NOTHING, parse_html
from tasks.core.mobile_api import StoryAnswer, read_story
from tasks.core.records import Article, Capture
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.urls import StoryAddress, parse_story
from tasks.pages.blocks import read_blocks
from tasks.pages.body import StoryText, read_story_text
from tasks.pages.cleanup import TextDefects, clean, find_text_defects, slugs
from tasks.pages.dateline import Dateline
from tasks.pages.fields import (
    picture_of,
    provider_beside_logo,
    story_byline,
    story_caption,
    story_picture,
    story_time,
    story_title,
)
from tasks.pages.language import count_words, detect_language
from tasks.pages.layouts import StoryPlace, locate_story, story_blocks
from tasks.pages.main_text import VERSION as TRAFILATURA_VERSION
from tasks.pages.providers import UNKNOWN, canonical_provider
from tasks.pages.token import Token, find_tokens

READER_VERSION = "wirehouse-reader/1"

_CLOCK_SKEW = timedelta(hours=1)
"""A page's clock may run ahead of ours by so much; a later time is no time of publication."""

_ERROR_TEXT = re.compile(
    r"page you were\s+looking for doesn['\u2019]t exist"
    r"|\b(?:40[34]|50[0234])\b.{0,20}\b(?:error|not found|forbidden|unavailable)"
    r"|page (?:was )?not found|server error in|runtime error|access denied"
    r"|bad gateway|gateway time-?out|service unavailable"
    r"|something went wrong|^\W*sorry\b",
    re.IGNORECASE | re.DOTALL,
)
_END_OF_PAGE = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_END_OF_STORY = re.compile(r"Disclaimer\s*:|contact the provider above")
_ERROR_CHARACTERS = 600
_SENTENCE_CHARACTERS = 40
_SENTENCE_END = re.compile(r"[.!?\u061f][\"'\u201d\u2019\u00bb)]{0,4}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidates:
    """What a page says of when its story was published."""

    page_at: datetime | None
    token_at: datetime | None
    near: date


def read_page(
    body: bytes, content_type: str | None, *, capture: Capture, zone: ZoneInfo
) -> Article:
    """Reads the story on one page.

    Args:
        body: the page as sent, its content coding undone.
        content_type: the `Content-Type` header.
        capture: where the page came from.
        zone: the zone of the wire's printed times.

    Returns:
        The story, complete but for what other pages know of it.

    Raises:
        PageRefusedError: the page isn't HTML, is too complex, breaks off, is an error page, holds
            no story or two, or its closing token names another story than its address.
    """
    if capture.article_id is None:
        raise PageRefusedError(Reason.NO_STORY_ID, "the address names no story")
    root = parse_html(body, content_type)
    place = locate_story(root, capture.fetched_at.date(), capture.article_id)
    token = _story_token(place, capture.article_id)
    if token is None:
        _refuse_broken_off(body, place)
    title = story_title(place)
    text = read_story_text(story_blocks(place), title, story_caption(place))
    _refuse_without_story(place, title, text, token)
    return _article(place, text, token, title=title, capture=capture, zone=zone)


def _story_token(place: StoryPlace, article_id: int) -> Token | None:
    tokens = find_tokens(place.text) or find_tokens(place.text.replace("\n", ""))
    if len(tokens) > 1:
        told = ", ".join(token.text for token in tokens[:3])
        raise PageRefusedError(Reason.TWO_STORIES, f"{len(tokens)} closing tokens: {told}")
    for token in tokens:
        if token.article_id != article_id:
            raise PageRefusedError(
                Reason.TOKEN_MISMATCH, f"asked for {article_id}, the page closes with {token.text}"
            )
    return tokens[0] if tokens else None


def _refuse_broken_off(body: bytes, place: StoryPlace) -> None:
    """A page without its end, nor the story's, was cut on its way: its text would be a part."""
    if _END_OF_PAGE.search(body.replace(b"\0", b"")):
        return
    if not _END_OF_STORY.search(place.text):
        raise PageRefusedError(Reason.BROKEN_TRANSFER, "the page breaks off within its story")


def _refuse_without_story(
    place: StoryPlace, title: str, text: StoryText, token: Token | None
) -> None:
    if place.era is None and token is None and text.opening.provider is None:
        _refuse_unlike_a_story(place.root, title, text)
    if text.paragraphs and title:
        return
    if not title and _says_error(place.root):
        raise PageRefusedError(Reason.ERROR_PAGE, "the page says that there is no such page")
    told = "no text in the story's container" if title else "no headline"
    raise PageRefusedError(Reason.NO_STORY, f"{told} (layout {place.layout})")


def _refuse_unlike_a_story(root: html.HtmlElement, title: str, text: StoryText) -> None:
    """A page of no known layout, credit or token must at least read like a story."""
    body = "\n".join(text.paragraphs)
    if _ERROR_TEXT.search(title) or (len(body) < _ERROR_CHARACTERS and _says_error(root)):
        raise PageRefusedError(Reason.ERROR_PAGE, f"the page says: {title or body[:80]}")
    if not any(map(_is_sentence, text.paragraphs)):
        raise PageRefusedError(Reason.NO_STORY, "no sentence on a page of unknown layout")


def _is_sentence(paragraph: str) -> bool:
    return len(paragraph) >= _SENTENCE_CHARACTERS and bool(_SENTENCE_END.search(paragraph[-5:]))


def _says_error(root: html.HtmlElement) -> bool:
    """Whether an error is told where it can be seen; every page since 2025 hides one as well."""
    return bool(_ERROR_TEXT.search(clean(" ".join(read_blocks(root, NOTHING)))))


def _article(
    place: StoryPlace,
    text: StoryText,
    token: Token | None,
    *,
    title: str,
    capture: Capture,
    zone: ZoneInfo,
) -> Article:
    assert capture.article_id is not None
    body = "\n".join(text.paragraphs)
    witnesses = _witnesses(place, token, capture, zone)
    picture = picture_of(story_picture(place))
    dateline = text.opening.dateline
    leaks = {TextDefects.LEAKED_ATTRIBUTE} if text.has_leaks else set()
    return Article(
        article_id=capture.article_id,
        url=capture.url,
        language=detect_language(f"{title}\n{body}"),
        title=title,
        body=body,
        provider=_provider(place, text, token),
        provider_printed=text.opening.provider,
        provider_code=token.provider_code if token else None,
        account_code=token.account_code if token else None,
        menafn_token=token.text if token else None,
        dateline_place=dateline.place if dateline else None,
        dateline_date=_dateline_date(dateline, witnesses.near),
        byline=text.opening.byline or story_byline(place),
        page_at=witnesses.page_at,
        token_at=witnesses.token_at,
        word_count=count_words(body),
        body_sha256=hashlib.sha256(body.encode()).hexdigest(),
        image_url=picture.url,
        is_stock_image=picture.is_stock,
        damage=slugs(find_text_defects(title, text.paragraphs) | leaks),
        capture_id=capture.capture_id,
        seen_at=capture.fetched_at,
        run_id=capture.run_id,
        extractor_version=extractor_version(place.layout),
    )


def extractor_version(layout: str) -> str:
    """What read a page: `wirehouse-reader/1 trafilatura/2.3.1 layout=spa`."""
    return f"{READER_VERSION} trafilatura/{TRAFILATURA_VERSION} layout={layout}"


def _provider(place: StoryPlace, text: StoryText, token: Token | None) -> str:
    dateline = text.opening.dateline
    name = canonical_provider(
        text.opening.provider,
        token.provider_code if token else None,
        logo=provider_beside_logo(place),
        mark=dateline.mark if dateline else None,
    )
    return name or UNKNOWN


def _witnesses(
    place: StoryPlace, token: Token | None, capture: Capture, zone: ZoneInfo
) -> DateCandidates:
    """The page's witnesses; a time after the page was fetched is impossible and left out."""
    latest = capture.fetched_at + _CLOCK_SKEW
    page_at = story_time(place, zone)
    token_at = start_of_day(token.day, zone) if token and token.day else None
    page_at = page_at if page_at and page_at <= latest else None
    token_at = token_at if token_at and token_at <= latest else None
    witness = page_at or token_at
    day_of_story = day_of_id(capture.article_id or 0)
    near = witness.astimezone(zone).date() if witness else day_of_story
    return DateCandidates(
        page_at=page_at, token_at=token_at, near=near or capture.fetched_at.date()
    )


def _dateline_date(dateline: Dateline | None, near: date) -> date | None:
    if dateline is None or dateline.month is None or dateline.day is None:
        return None
    if dateline.year is None:
        return settle_year(dateline.month, dateline.day, near)
    try:
        return date(dateline.year, dateline.month, dateline.day)
    except ValueError:
        return None


LAYOUT = "json"
"""What `extractor_version` names."""

_END_OF_DOCUMENT = re.compile(r"</(?:html|body)\b[^<>]*>", re.IGNORECASE)
"""libxml2 reads nothing after it, so that a document pasted into a text would cost the rest."""


def read_interface_story(
    body: bytes, content_type: str | None, *, capture: Capture, zone: ZoneInfo
) -> Article:
    """Reads the story of one answer.

    The answer's parts are set where today's pages have theirs, and that page is read: so the same
    story comes out of both, and whatever is learned of pages holds for the interface as well.

    Args:
        body: the answer as sent, its content coding undone.
        content_type: the `Content-Type` header.
        capture: where the answer came from.
        zone: the zone of the wire's printed times.

    Returns:
        The story. Its address is the one that the answer links if that is the story's own, or
        else the one by its id alone.

    Raises:
        PageRefusedError: the answer isn't of the interface's shape or holds no or another story;
            or its text is refused as that of a page would be, see `read_page`.
    """
    if capture.article_id is None:
        raise PageRefusedError(Reason.NO_STORY_ID, "the address names no story")
    told = read_story(decode(body, content_type), capture.article_id)
    article = read_page(_page(told), "text/html; charset=utf-8", capture=capture, zone=zone)
    return replace(
        article,
        url=_address(told, article).url,
        extractor_version=extractor_version(LAYOUT),
    )


def _page(told: StoryAnswer) -> bytes:
    """The answer laid out as a page. Its text was parsed before, so it can't break out of it."""
    root = html.Element("div", id="root")
    container = etree.SubElement(root, "div", id="ContentPlaceHolder1_div_story")
    _add(container, "h1", told.title, {"class": "main-entry-title"})
    _add(container, "span", told.published, {"class": "entry-date"})
    if told.picture:
        _add(container, "img", None, {"id": "ImgNews", "src": told.picture})
    if told.provider:
        _add(container, "a", told.provider, {"id": "ContentPlaceHolder1_a_logo_anchor"})
    container.append(_text(told.body))
    page: bytes = html.tostring(root, encoding="utf-8")
    return b"<!DOCTYPE html><html><body>" + page + b"</body></html>"


def _add(
    container: html.HtmlElement, tag: str, text: str | None, attributes: dict[str, str]
) -> None:
    element = etree.SubElement(container, tag, attributes)
    element.text = text


def _text(body: str) -> html.HtmlElement:
    """The story's HTML as one balanced element."""
    source = f"<html><body>{_END_OF_DOCUMENT.sub('', body)}</body></html>".encode()
    text = parse_html(source, "text/html; charset=utf-8").find("body")
    element: html.HtmlElement = html.Element("div") if text is None else text
    element.tag = "div"
    return element


def _address(told: StoryAnswer, article: Article) -> StoryAddress:
    address = parse_story(told.link) if told.link else None
    if address is not None and address.article_id == article.article_id:
        return address
    return StoryAddress(article_id=article.article_id, slug="", is_arabic=article.language == "ar")
