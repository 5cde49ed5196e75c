"""A page's bytes as a tree, after what could exhaust the parser has been refused."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from lxml import etree, html

from tasks.core.charset import decode
from tasks.core.rejects import PageRefusedError, Reason

MAX_PAGE_BYTES = 8 << 20  # real story pages are 30 to 100 kB
MAX_TAGS = 40_000  # real pages have about 1,500; trafilatura needs 23 s for 60,000 paragraphs
MAX_PARAGRAPHS = 5_000  # the longest statutory filings on newswires run to a few hundred
# Of one tag. libxml2 compares each with all before it: 40,000 take seconds, 200,000 a minute.
MAX_ATTRIBUTES = 500

# Comments first, so that a quotation mark in one can't hide the tags after it. Every part is
# possessive and the closing bracket optional: a match never backtracks, the scan stays linear.
_TAG = re.compile(
    rb"""<!--.*?(?:-->|\Z)|<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""", re.DOTALL
)  # fmt: skip
_QUOTED = re.compile(rb"""=\s*(?:"[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_PARAGRAPH = re.compile(rb"<p[\s>]", re.IGNORECASE)
_OTHER_FORMATS = {
    b"%PDF": "PDF", b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG", b"GIF8": "GIF",
    b"PK\x03\x04": "zip", b"\x1f\x8b": "gzip",
}  # fmt: skip
_OTHER_OPENINGS = ("{", "[", "<rss", "<feed")
_HTML_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|span|h1|table)\b", re.IGNORECASE)
_OPENING_CHARS = 1024
_BLANK_BYTES = b"\0 \t\r\n"


def parse_html(body: bytes, content_type: str | None) -> html.HtmlElement:
    """The `html` element of a page whose content coding is undone.

    Comments, processing instructions, scripts, styles and NULs are left out, nothing is fetched. A
    `PageRefusedError` is `empty-body`, `not-html`, `undecodable`, or `too-complex` for a page that
    passes the limits of this module.
    """
    if not (body[:_OPENING_CHARS].strip(_BLANK_BYTES) or body.strip(_BLANK_BYTES)):
        raise PageRefusedError(Reason.EMPTY_BODY, f"{len(body)} bytes, all blank")
    for signature, name in _OTHER_FORMATS.items():
        if body.startswith(signature):
            raise PageRefusedError(Reason.NOT_HTML, f"the bytes are those of a {name} file")
    _limit("bytes", len(body), MAX_PAGE_BYTES)
    text = decode(body, content_type)
    opening = text[:_OPENING_CHARS].lstrip("\ufeff \t\r\n").lower()
    is_other_xml = opening.startswith("<?xml") and "<html" not in opening
    if is_other_xml or opening.startswith(_OTHER_OPENINGS) or not _HTML_TAG.search(text):
        claimed = (content_type or "no type").split(";")[0].strip()
        raise PageRefusedError(Reason.NOT_HTML, f"no HTML in a response of type {claimed!r}")
    source = text.encode("utf-8", "replace")
    _limit_tags(source)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root: html.HtmlElement = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise PageRefusedError(Reason.EMPTY_BODY, f"nothing to parse: {error}") from error
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    # libxml2 stops at 256 open elements, and only its log says so; real pages nest about 30.
    if parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        raise PageRefusedError(Reason.TOO_COMPLEX, "elements nested more than 255 deep")
    return root


def _limit_tags(source: bytes) -> None:
    tag_count = source.count(b"<")
    _limit("tags", tag_count, MAX_TAGS)
    if tag_count > MAX_PARAGRAPHS:
        _limit("paragraphs", len(_PARAGRAPH.findall(source)), MAX_PARAGRAPHS)
    tags = _TAG.findall(source)
    if max(map(len, tags), default=0) <= 2 * MAX_ATTRIBUTES:
        return
    for tag in tags:
        if len(tag) > 2 * MAX_ATTRIBUTES and not tag.startswith(b"<!"):
            words = _QUOTED.sub(b" ", tag).replace(b"/", b" ").split()
            _limit("attributes of one tag", len(words) - 1, MAX_ATTRIBUTES)


def _limit(name: str, count: int, limit: int) -> None:
    if count > limit:
        raise PageRefusedError(Reason.TOO_COMPLEX, f"{count} {name}, {limit} are allowed")


# The part of CSS that page layouts need; compiled by hand, since lxml.cssselect needs a package
# that is not installed.
_SELECTOR = re.compile(r"(?P<tag>\w+)?(?:#(?P<id>[\w-]+))?(?:\.(?P<name>[\w-]+))?")


def find_all(root: html.HtmlElement, selectors: Sequence[str]) -> Iterator[html.HtmlElement]:
    """Elements of a tree, its root included, for selectors `tag#id.class` in their order."""
    for selector in selectors:
        yield from cast("list[html.HtmlElement]", _compile(selector)(root))


def find_on_page(root: html.HtmlElement, selectors: Sequence[str]) -> html.HtmlElement | None:
    """The first element of a page, by the parser's own table of ids where a selector has one."""
    for selector in selectors:
        for element in cast("list[html.HtmlElement]", _compile(selector, is_page=True)(root)):
            return element
    return None


class Selection:
    """A set of selectors that single elements are matched with; fast for many of them."""

    def __init__(self, selectors: Sequence[str] = ()) -> None:
        """Sort the selectors, each `tag#id` or `tag.class`; the tag is not looked at."""
        parts = [_parse(selector) for selector in selectors]
        self._ids = frozenset(part["id"] for part in parts if part["id"])
        self._classes = frozenset(part["name"] for part in parts if part["name"])

    def matches(self, element: html.HtmlElement) -> bool:
        """Whether any selector means this element."""
        if element.get("id") in self._ids:
            return True
        names = element.get("class")
        return bool(names) and not self._classes.isdisjoint((names or "").split())


@lru_cache(maxsize=256)
def _compile(selector: str, *, is_page: bool = False) -> etree.XPath:
    part = _parse(selector)
    tag = part["tag"] or "*"
    if is_page and part["id"]:
        return etree.XPath(f"id('{part['id']}')[self::{tag}]")
    path = f"descendant-or-self::{tag}"
    if part["id"]:
        path += f"[@id='{part['id']}']"
    if part["name"]:
        path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {part['name']} ')]"
    return etree.XPath(path)


def _parse(selector: str) -> dict[str, str | None]:
    match = _SELECTOR.fullmatch(selector)
    if match is None or not selector:
        raise ValueError(f"{selector!r} is not a selector of the form tag#id.class")
    return match.groupdict()


NOTHING = Selection()  # matches no element
