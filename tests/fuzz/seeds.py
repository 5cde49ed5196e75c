"""What fuzzing starts from: valid input for every target, and fragments that break parsers."""

import gzip
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.site.bombs import ENTITY_BOMB, external_entities
from tests.site.mobile_api import section_responses, story_response
from tests.site.newsroom import stories
from tests.site.page import page_of
from tests.site.responses import Response
from tests.unit.archive.foreign_warc import Record, write_warc
from tests.unit.pages.page_builders import STORY, TITLE, TOKEN, Page, aspnet, early, spa

FRAGMENTS = (
    b"<", b">", b"</p>", b"<p>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#0;", b"&#x1b;", b"&amp;",
    b"<script>", b"</script>", b"<table><tr>", b"<template>", b"<svg><title>", b"<select>", b"\0",
    b"\x1b[31m", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xc2\x85", b"\r\n",
    b"\n\n", b" ", b'"', b"'", b"=", b"%00", b"%2e%2e/", b"//", b"\\", b"@", b":0", b"[::1]", b"#", b"?",
    b"99999999999999999999", b"-1", b"1e999", b"nan", b"inf", TOKEN.encode(), b"MENAFN", b"ID1",
    str(STORY).encode(), b"(MENAFN- ", b"Content-Length: ", b"WARC/1.1\r\n", b"HTTP/1.1 200 OK\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Mon, 23 Nov 2026 25:61:61 GMT", b"0000-00-00", b"<!DOCTYPE x>",
    b'<?xml version="1.0" encoding="utf-16"?>', b"charset=utf-7", "ع".encode(), "ي\u0654".encode(),
    b"\xd9", b"{", b"}", b"[", b"]", b",", b"null", b"\\ud800",
)  # fmt: skip

_ITEM = (
    f"<item><title>{TITLE}</title><link>https://menafn.com/{STORY}/Lanterns?src=RSS</link></item>"
)
_FEED = (
    f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>K</title>{_ITEM}'
    "<item><guid>/arabic/1109916092/x</guid><pubDate>Mon, 23 Nov 2026 10:00:00 EST</pubDate></item>"
    "</channel></rss>"
)
_LISTING = (
    f'<html><body><h3><a href="/{STORY}/Lanterns">{TITLE}</a></h3><a href="?page=2">Next</a>'
    '<a href="qn_news_story_s.aspx?storyid=1109916092&title=A-b">B</a></body></html>'
)
_SETTINGS = (
    b'[tool.wirehouse]\nworkers = 3\nfeeds = ["/rss/a.xml"]\n\n---\nWIREHOUSE_CONCURRENCY=6\n\n---\n'
    b"base_url=https://menafn.com\nmax_body_mb=8\nrequests_per_second=2\ntimezone=Asia/Kuwait\n"
    b"schedule_minutes=15\nrecheck_window_hours=24\nuser_agent=Desk/1\ndata_dir=data\nfeeds=/a,/b"
)
_ID = re.compile(rb"\b1[0-9]{9}\b")
_ROBOTS = b"User-agent: *\nDisallow: /private*$\nAllow: /\nCrawl-delay: 2\nRequest-rate: 1/5\n"


def seeds(target: str) -> list[bytes]:
    """Valid input, and some that is known to be harmful."""
    return _SEEDS[target]()


def _pages() -> list[bytes]:
    pages = [layout(Page()) for layout in (spa, aspnet, early)]
    return [text.encode() for text in pages] + [pages[1].encode("utf-16")]


def _interface_stories() -> list[bytes]:
    texts = [_decoded(story_response(page_of(story))) for story in stories(3, seed=3)]
    return [_ID.sub(str(STORY).encode(), text) for text in texts]


def _sections() -> list[bytes]:
    pages = [page_of(story) for story in stories(3, seed=3)]
    return [_decoded(response) for response in section_responses("MobileEN_Home", pages)]


def _decoded(response: Response) -> bytes:
    body = response.body
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def _warcs() -> list[bytes]:
    records = [
        Record(url=f"https://menafn.com/{STORY}/a", record_id="<urn:uuid:a>"),
        Record(url=f"https://menafn.com/{STORY}/b", record_id="<urn:uuid:b>", kind="revisit"),
        Record(
            url="https://menafn.com/c",
            record_id="<urn:uuid:c>",
            headers=(("Transfer-Encoding", "chunked"),),
        ),
    ]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.warc"
        forms = ("records", "one", "plain")
        return [write_warc(path, *records, form=form).read_bytes() for form in forms]


_SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "page": _pages,
    "interface_story": _interface_stories,
    "section": _sections,
    "listing": lambda: [_LISTING.encode()],
    "feed": lambda: [
        _FEED.encode(),
        _FEED.replace("utf-8", "utf-16").encode("utf-16"),
        ENTITY_BOMB,
        external_entities("http://127.0.0.1:9"),
    ],
    "token": lambda: [f"The end.\n{TOKEN}\n{TOKEN}".encode()],
    "address": lambda: [
        f"https://www.menafn.com/arabic/{STORY}/a%20b?src=RSS".encode(),
        f"/qn_news_story_s.aspx?storyid={STORY}&title=A-b".encode(),
        b"//user@menafn.com:443/../x;y?z#w",
    ],
    "coding": lambda: [
        b"gzip    " + gzip.compress(b"<p>" * 99, mtime=0) * 2,
        b"deflate " + b"\x78\x9c\x03\0\0\0\0\1",
    ],
    "warc": _warcs,
    "settings": lambda: [_SETTINGS],
    "robots": lambda: [_ROBOTS],
    "retry_after": lambda: [b"120", b"Mon, 23 Nov 2026 10:00:00 GMT"],
}
