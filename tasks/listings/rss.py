"""Reads RSS and Atom: strictly, and where that fails, with what is broken in the text repaired.

Neither parser sees a document type, so no entity is ever defined or expanded; nothing is fetched.
The kinds of damage are those that feedparser's tests and public bug reports of readers name.
"""

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring
from lxml import etree

from tasks.core.charset import decode
from tasks.core.rejects import PageRefusedError, Reason

MAX_TITLE_CHARS = 1000  # longer than any headline; the rest is cut off

_ROOT = re.compile(r"<(?:\w+:)?(rss|rdf|feed)(?=[\s>/])", re.IGNORECASE)
_FIRST_TAG = re.compile(r"<([a-zA-Z][^\s>/]{0,40})")
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
# What may precede the root: a declaration, comments, a document type that defines nothing.
_PROLOG = re.compile(
    r"""(?:\s|<\?[^>]*\?>|<!--.*?-->|(?P<doctype><!DOCTYPE(?:[^>"'\[]|"[^"]*"|'[^']*')*>))*+""",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))", re.DOTALL)
_MARKUP_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_NO_FEED = re.compile(rf"{_MARKUP_DECLARATION.pattern}|<(?:html|head|body)\b", re.IGNORECASE)
_NO_XML_CHAR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CHAR_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,16})|([0-9]{1,16}));")
_ENTITY = re.compile(r"&(?:(\w+);)?(?!#)")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_HASHTAGS = re.compile(r"(?:\s+#\S+)+\s*\Z")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
# HTML that stands in a title, or unescaped and unclosed in a description.
_HTML_TAG = re.compile(
    r"</?(?:(br|div|hr|img|li|ol|p|table|td|tr|ul)"
    r"|a|abbr|b|big|em|font|i|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    links: tuple[str, ...]  # its addresses, the likeliest first; relative ones against xml:base
    title: str | None  # on one line, references decoded, without the social copy's hashtags
    published: str | None  # its date, as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed holds, and what had to be repaired to read it."""

    items: list[FeedItem]  # those with an address, in the feed's order
    repair: str | None = None  # None for well-formed XML
    is_truncated: bool = False  # its end is missing, so there may be more items


def read_feed(body: bytes, content_type: str | None) -> Feed:
    """The items of an RSS or Atom feed, whatever its charset, namespace and place in the document.

    A `PageRefusedError` is `not-a-feed` for what has no feed in it, defines a document type, is
    beyond repair, or has items none of which can be read; `empty-body` for blanks.
    """
    try:
        text = decode(body, content_type).strip("\ufeff \t\r\n")
    except PageRefusedError as error:
        raise PageRefusedError(Reason.NOT_A_FEED, error.detail) from error
    if not text:
        raise PageRefusedError(Reason.EMPTY_BODY, f"{len(body)} bytes, all blank")

    def readable_reference(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else int(found[2])
        return found[0] if code <= sys.maxunicode and not _NO_XML_CHAR.match(chr(code)) else ""

    source, repairs, is_truncated = _cut_out(_NO_XML_CHAR.sub("", text))
    source = _CHAR_REFERENCE.sub(readable_reference, source)
    try:
        root = fromstring(source, forbid_dtd=True)
    except (ParseError, ValueError) as error:
        repairs.append(f"not well-formed ({error})")
        root = _recover(source)
    elements = list(_item_elements(root))
    items = [item for item in (_item(element, base) for element, base in elements) if item.links]
    if not items and (elements or _local_name(root) == "feed"):
        detail = f"none of its {len(elements)} items has an address"
        raise PageRefusedError(Reason.NOT_A_FEED, detail)
    return Feed(items=items, repair="; ".join(repairs) or None, is_truncated=is_truncated)


def _cut_out(text: str) -> tuple[str, list[str], bool]:
    """The root element's text, what is wrong around it, and whether its end is missing."""
    prolog = _PROLOG.match(text)
    assert prolog is not None
    start = _ROOT.search(text, prolog.end())
    if start is None:
        first = _FIRST_TAG.search(text)
        found = f"its root is <{first[1]}>" if first else "there is no element in it"
        raise PageRefusedError(Reason.NOT_A_FEED, f"{found}, not <rss>")
    repairs = ["a document type, which was not read"] if prolog["doctype"] else []
    if junk := text[prolog.end() : start.start()]:
        if _NO_FEED.search(junk):
            detail = "a document type with definitions, or an HTML page, precedes its root"
            raise PageRefusedError(Reason.NOT_A_FEED, detail)
        repairs.append("text before it")
    ends = list(re.finditer(rf"</(?:\w+:)?{start[1]}\s*>", text, re.IGNORECASE))
    if ends:
        if not _PROLOG.fullmatch(text, ends[-1].end()):
            repairs.append("text behind it")
        return text[start.start() : ends[-1].end()], repairs, False
    if text.endswith("/>") and text.count("<", start.start()) == 1:
        return text[start.start() :], repairs, False
    # What was being sent when it was cut off may have half an address.
    complete = list(_ITEM_END.finditer(text))
    if not complete:
        raise PageRefusedError(Reason.NOT_A_FEED, "truncated before the end of its first item")
    return text[start.start() : complete[-1].end()], [*repairs, "truncated"], True


def _recover(source: str) -> Any:
    """The root of what is not well-formed, without HTML, undefined references and bare &."""
    parts = _LITERAL.split(source)  # what is taken literally stands at odd places
    if any(_MARKUP_DECLARATION.search(part) for part in parts[::2]):
        raise PageRefusedError(Reason.NOT_A_FEED, "a document type or entities within it")

    def defined_entity(found: re.Match[str]) -> str:
        if found[1] in _XML_ENTITIES:
            return found[0]
        return html.escape(html.unescape(found[0]) if found[1] else "&", quote=False)

    parts[::2] = [_ENTITY.sub(defined_entity, _without_html(part)) for part in parts[::2]]
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring("".join(parts).encode(), parser)
    if root is None:
        raise PageRefusedError(Reason.NOT_A_FEED, "no well-formed XML, and beyond repair")
    return root


def _without_html(text: str) -> str:
    return _HTML_TAG.sub(lambda found: " " if found[1] else "", text)


def _item_elements(root: Any) -> Iterator[tuple[Any, str]]:
    """Each item with the address that its relative links refer to, in the document's order."""
    waiting = [(root, "")]
    while waiting:
        element, base = waiting.pop()
        base = _join(base, element.get(_BASE) or "")
        if _local_name(element) in ("item", "entry"):
            yield element, base
        waiting.extend((child, base) for child in reversed(element))


def _item(element: Any, base: str) -> FeedItem:
    texts: dict[str, str] = {}  # the first of each name that isn't blank
    links: list[str] = []
    for child in element:
        name = _local_name(child)
        if text := _text(child).strip():
            texts.setdefault(name, text)
        if name == "link" and child.get("rel", "alternate") == "alternate":
            found = text or child.get("href", "").strip()
            links.append(_join(_join(base, child.get(_BASE) or ""), found) if found else "")
    links += [texts.get("origlink", ""), texts.get("guid", ""), texts.get("id", "")]
    links = list(dict.fromkeys(filter(None, links)))
    title = _without_html(html.unescape(texts.get("title", "")[: 2 * MAX_TITLE_CHARS]))
    if any(_is_social(link) for link in links):
        title = _HASHTAGS.sub("", title)  # the second entry of a story has hashtags in its title
    dates = (texts.get(name) for name in ("pubdate", "published", "date", "updated"))
    return FeedItem(
        links=tuple(links),
        title=_one_line(title)[:MAX_TITLE_CHARS] or None,
        published=_one_line(next(filter(None, dates), "")) or None,
    )


def _text(element: Any, depth: int = 4) -> str:
    """An element's text with that of inline markup; not deeper, or nested items take for ever."""
    inner = (_text(child, depth - 1) + (child.tail or "") for child in element) if depth else ()
    return (element.text or "") + "".join(inner) or " "  # <br/> parts two words


def _is_social(link: str) -> bool:
    try:
        return parse_qs(urlsplit(link).query.lower()).get("social") == ["on"]
    except ValueError:
        return False


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _local_name(element: Element) -> str:
    """An element's name in small letters, without its namespace or prefix."""
    return re.split("[}:]", str(element.tag))[-1].lower()


def _one_line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())
