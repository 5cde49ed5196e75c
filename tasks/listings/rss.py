"""Reads RSS. The library is defusedxml, which refuses document types, entities and externals."""

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from tasks.core.charset import decode
from tasks.core.rejects import PageRefusedError, Reason

MAX_TITLE_CHARS = 1000  # longer than any headline; the rest is cut off

_DECLARATION = re.compile(r"\A<\?xml[^>]*\?>")
# What XML 1.0 has no place for, bare or as a reference; feeds carry them anyway.
_NO_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bceBCEfF]|1[0-9a-fA-F]));"
)
_HASHTAGS = re.compile(r"(?:\s+#\S+)+\s*\Z")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item of a feed."""

    link: str  # as printed
    title: str | None  # on one line, references decoded, without the social copy's hashtags
    published: str | None  # its pubDate, as printed


def read_feed(body: bytes, content_type: str | None) -> list[FeedItem]:
    """The items of an RSS 2.0 feed that have an address, in its order.

    The feed is UTF-8, UTF-16 or what it declares, with or without a byte-order mark; leading
    blanks are allowed.

    Raises:
        PageRefusedError: `not-a-feed` for what isn't RSS or well-formed XML, and for a document
            type, entities or external references; `empty-body` for nothing but blanks.
    """
    try:
        text = _NO_XML.sub("", decode(body, content_type)).strip("\ufeff \t\r\n")
    except PageRefusedError as error:
        raise PageRefusedError(Reason.NOT_A_FEED, error.detail) from error
    if not text:
        raise PageRefusedError(Reason.EMPTY_BODY, f"{len(body)} bytes, all blank")
    try:
        root = fromstring(_DECLARATION.sub("", text), forbid_dtd=True)
    except DefusedXmlException as error:
        detail = f"{type(error).__name__}: a document type or entities, which are never read"
        raise PageRefusedError(Reason.NOT_A_FEED, detail) from error
    except (ParseError, ValueError) as error:
        raise PageRefusedError(Reason.NOT_A_FEED, f"no well-formed XML: {error}") from error
    name = str(root.tag).rpartition("}")[2].lower()
    if name != "rss":
        raise PageRefusedError(Reason.NOT_A_FEED, f"its root is <{name[:40]}>, not <rss>")
    items = [_item(element) for element in root.iterfind("./channel/item")]
    return [item for item in items if item.link]


def _item(element: Any) -> FeedItem:
    link = (element.findtext("link") or element.findtext("guid") or "").strip()
    title = _one_line(html.unescape((element.findtext("title") or "")[:MAX_TITLE_CHARS]))
    try:
        query = parse_qs(urlsplit(link).query.lower())
    except ValueError:
        query = {}
    if query.get("social") == ["on"]:  # the second entry of a story has hashtags in its title
        title = _HASHTAGS.sub("", title)
    published = _one_line(element.findtext("pubDate") or "")
    return FeedItem(link=link, title=title or None, published=published or None)


def _one_line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())
