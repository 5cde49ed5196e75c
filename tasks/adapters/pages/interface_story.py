"""One answer of the JSON interface in, one `Article` out, by the rules of the pages."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from lxml import etree, html

from tasks.adapters.pages.charset import decode
from tasks.adapters.pages.markup import parse_html
from tasks.adapters.pages.story import extractor_version, read_page
from tasks.wire.article import Article
from tasks.wire.capture import Capture
from tasks.wire.menafn.addresses import StoryAddress, parse_story
from tasks.wire.menafn.interface import StoryAnswer, read_story
from tasks.wire.reject import PageRefusedError, Reason

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
    linked = parse_story(told.link) if told.link else None
    if linked is not None and linked.article_id == article.article_id:
        return linked
    return StoryAddress(article_id=article.article_id, slug="", is_arabic=article.language == "ar")
