"""One page in, one `Article` out: where every field of a story comes from."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from lxml import etree, html

from tasks.core.calendar import day_of_id, start_of_day
from tasks.core.charset import decode
from tasks.core.html import NOTHING, parse_html
from tasks.core.mobile_api import read_story
from tasks.core.records import Article, Capture
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.urls import StoryAddress, parse_story
from tasks.pages.blocks import read_blocks
from tasks.pages.body import StoryText, read_story_text
from tasks.pages.cleanup import clean, find_text_defects
from tasks.pages.fields import (
    logo_provider,
    story_byline,
    story_caption,
    story_picture,
    story_time,
    story_title,
)
from tasks.pages.language import count_words, detect_language
from tasks.pages.layouts import LocatedStory, locate_story, story_blocks
from tasks.pages.main_text import VERSION as TRAFILATURA_VERSION
from tasks.pages.providers import canonical_provider
from tasks.pages.token import Token, find_tokens

READER_VERSION = "wirehouse-reader/3"

_HTML = "text/html; charset=utf-8"

# A page's clock may be ahead of ours by so much; a later time is no time of publication.
_CLOCK_SKEW = timedelta(hours=1)

_ERROR_TEXT = re.compile(
    r"page you were\s+looking for doesn['\u2019]t exist"
    r"|\b(?:40[34]|50[0234])\b.{0,20}\b(?:error|not found|forbidden|unavailable)"
    r"|page (?:was )?not found|server error in|runtime error|access denied"
    r"|bad gateway|gateway time-?out|service unavailable"
    r"|something went wrong|^\W*sorry\b",
    re.IGNORECASE | re.DOTALL,
)
# What stands in a story's place where the site takes a reader for a robot.
_CHALLENGE_TEXT = re.compile(
    r"\bcaptcha\b|\byou(?:'|\u2019| a)re (?:a )?human\b|\bnot a (?:ro)?bot\b|human verification"
    r"|checking your browser|security check|attention required|unusual traffic"
    r"|enable (?:javascript|js|cookies)\b|you have been blocked|request unsuccessful"
    r"|pardon our interruption",
    re.IGNORECASE,
)
_END_OF_PAGE = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_END_OF_STORY = re.compile(r"Disclaimer\s*:|contact the provider above")
_MAX_ERROR_CHARS = 600
_MAX_CHALLENGE_CHARS = 2000
_MIN_SENTENCE_CHARS = 40
_SENTENCE_END = re.compile(r"[.!?\u061f][\"'\u201d\u2019\u00bb)]{0,4}$")
# libxml2 reads nothing after it, so that a document pasted into a text would cost the rest.
_END_OF_DOCUMENT = re.compile(r"</(?:html|body)\b[^<>]*>", re.IGNORECASE)


def read_page(
    body: bytes, content_type: str | None, *, capture: Capture, zone: ZoneInfo
) -> Article:
    """The story on one page, whose content coding is undone; `zone` is of its printed times.

    Raises:
        PageRefusedError: the page isn't HTML, is too complex, breaks off, is an error page, holds
            no story or two, or its closing token names another story than its address.
    """
    article_id = capture.article_id
    if article_id is None:
        raise PageRefusedError(Reason.NO_STORY_ID, "the address names no story")
    root = parse_html(body, content_type)
    story = locate_story(root, capture.fetched_at.date(), article_id)
    tokens = find_tokens(story.text) or find_tokens(story.text.replace("\n", ""))
    if len(tokens) > 1:
        printed = ", ".join(token.text for token in tokens[:3])
        raise PageRefusedError(Reason.TWO_STORIES, f"{len(tokens)} closing tokens: {printed}")
    token = tokens[0] if tokens else None
    if token and token.article_id != article_id:
        raise PageRefusedError(
            Reason.TOKEN_MISMATCH, f"asked for {article_id}, the page closes with {token.text}"
        )
    if token is None and not (
        _END_OF_STORY.search(story.text) or _END_OF_PAGE.search(body.replace(b"\0", b""))
    ):  # it was cut in transfer, and its text would be a part
        raise PageRefusedError(Reason.BROKEN_TRANSFER, "the page breaks off within its story")
    title = story_title(story)
    text = read_story_text(story_blocks(story), title, story_caption(story))
    _refuse_without_story(story, title, text, token)
    return _compose(story, token, title, text, capture=capture, zone=zone)


def _compose(
    story: LocatedStory,
    token: Token | None,
    title: str,
    text: StoryText,
    *,
    capture: Capture,
    zone: ZoneInfo,
) -> Article:
    assert capture.article_id is not None
    body = "\n".join(text.paragraphs)
    opening, dateline, picture = text.opening, text.opening.dateline, story_picture(story)
    # A time after the page was fetched is impossible and left out.
    times = story_time(story, zone), start_of_day(token.day, zone) if token and token.day else None
    latest = capture.fetched_at + _CLOCK_SKEW
    page_at, token_at = (at if at and at <= latest else None for at in times)
    best = page_at or token_at
    day = best.astimezone(zone).date() if best else day_of_id(capture.article_id)
    code = token.provider_code if token else None
    mark = dateline.mark if dateline else None
    return Article(
        article_id=capture.article_id,
        url=capture.url,
        language=detect_language(f"{title}\n{body}"),
        title=title,
        body=body,
        provider=canonical_provider(opening.provider, code, logo=logo_provider(story), mark=mark),
        provider_printed=opening.provider,
        provider_code=code,
        account_code=token.account_code if token else None,
        menafn_token=token.text if token else None,
        dateline_place=dateline.place if dateline else None,
        dateline_date=dateline.settle_date(day) if dateline else None,
        byline=opening.byline or story_byline(story),
        page_at=page_at,
        token_at=token_at,
        word_count=count_words(body),
        body_sha256=hashlib.sha256(body.encode()).hexdigest(),
        image_url=picture.url,
        is_stock_image=picture.is_stock,
        text_defects=find_text_defects(title, text.paragraphs, has_leaks=text.has_leaks),
        capture_id=capture.capture_id,
        seen_at=capture.fetched_at,
        run_id=capture.run_id,
        extractor_version=extractor_version(story.layout.name),
    )


def extractor_version(layout: str) -> str:
    """What read a page: `wirehouse-reader/3 trafilatura/2.3.1 layout=spa`."""
    return f"{READER_VERSION} trafilatura/{TRAFILATURA_VERSION} layout={layout}"


def _refuse_without_story(
    story: LocatedStory, title: str, text: StoryText, token: Token | None
) -> None:
    body = "\n".join(text.paragraphs)
    if not (story.is_of_known_layout or token or text.opening.provider):
        # A page of no known layout, credit or token must at least read like a story.
        is_short_error = len(body) < _MAX_ERROR_CHARS and _says(_ERROR_TEXT, story.root)
        is_challenge = len(body) < _MAX_CHALLENGE_CHARS and _says(_CHALLENGE_TEXT, story.root)
        if _ERROR_TEXT.search(title) or is_short_error or is_challenge:
            raise PageRefusedError(Reason.ERROR_PAGE, f"the page says: {title or body[:80]}")
        if not any(
            len(one) >= _MIN_SENTENCE_CHARS and _SENTENCE_END.search(one[-5:])
            for one in text.paragraphs
        ):
            raise PageRefusedError(Reason.NO_STORY, "no sentence on a page of unknown layout")
    if not title and _says(_ERROR_TEXT, story.root):
        raise PageRefusedError(Reason.ERROR_PAGE, "the page says that there is no such page")
    if not (title and body):
        missing = "no text in the story's container" if title else "no headline"
        raise PageRefusedError(Reason.NO_STORY, f"{missing} (layout {story.layout.name})")


def _says(what: re.Pattern[str], root: html.HtmlElement) -> bool:
    """Whether it is in a visible text; every page since 2025 hides a report of an error as well."""
    return bool(what.search(clean(" ".join(read_blocks(root, NOTHING)))))


def read_interface_story(
    body: bytes, content_type: str | None, *, capture: Capture, zone: ZoneInfo
) -> Article:
    """The story of one response of the JSON interface, from the arguments of `read_page`.

    Its parts are put where today's pages have theirs, and that page is read, so that both give the
    same article. Its address is the one that the response links if that is the story's own, or
    else the one by its id alone.

    Raises:
        PageRefusedError: the response isn't of the interface's shape or holds no or another story;
            or its text is refused as that of a page would be.
    """
    if capture.article_id is None:
        raise PageRefusedError(Reason.NO_STORY_ID, "the address names no story")
    printed = read_story(decode(body, content_type), capture.article_id)
    root = html.Element("div", id="root")
    container = etree.SubElement(root, "div", id="ContentPlaceHolder1_div_story")

    def add(tag: str, text: str | None, attributes: dict[str, str]) -> None:
        etree.SubElement(container, tag, attributes).text = text

    add("h1", printed.title, {"class": "main-entry-title"})
    add("span", printed.published, {"class": "entry-date"})
    if printed.picture:
        add("img", None, {"id": "ImgNews", "src": printed.picture})
    if printed.provider:
        add("a", printed.provider, {"id": "ContentPlaceHolder1_a_logo_anchor"})
    # The text is parsed by itself, so that no tag of it closes the container.
    source = f"<html><body>{_END_OF_DOCUMENT.sub('', printed.body)}</body></html>".encode()
    text = parse_html(source, _HTML).find("body")
    text = html.Element("div") if text is None else text
    text.tag = "div"
    container.append(text)
    page = (
        b"<!DOCTYPE html><html><body>" + html.tostring(root, encoding="utf-8") + b"</body></html>"
    )
    article = read_page(page, _HTML, capture=capture, zone=zone)
    address = parse_story(printed.link) if printed.link else None
    if address is None or address.article_id != article.article_id:
        is_arabic = article.language == "ar"
        address = StoryAddress(article_id=article.article_id, slug="", is_arabic=is_arabic)
    return replace(article, url=address.url, extractor_version=extractor_version("json"))
