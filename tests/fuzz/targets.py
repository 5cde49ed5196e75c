"""What is fuzzed: each target takes bytes and fails only if its parser breaks a promise.

An exception that the parser's docstring names is a correct result.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import chdir, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from tasks.archive.reader import WarcScan, read_record
from tasks.core.calendar import parse_feed_time
from tasks.core.content_encoding import decode_body
from tasks.core.errors import SettingsError
from tasks.core.mobile_api import read_section, story_of
from tasks.core.records import Article, Response
from tasks.core.rejects import PageRefusedError
from tasks.core.settings import read_settings
from tasks.core.urls import canonical_url, parse_story
from tasks.http import outcomes
from tasks.http.robots import RobotsRules
from tasks.listings.html_pages import read_listing
from tasks.listings.rss import read_feed
from tasks.pages.article import read_interface_story, read_page
from tasks.pages.token import find_tokens, strip_tokens, token_index
from tests.unit.pages.page_builders import ZONE, capture

Target = Callable[[bytes], None]

LIMIT = 1 << 20
_TYPES = ("text/html; charset=utf-8", "text/html; charset=windows-1256", "text/html", None)
_SITE = "https://menafn.com"


def page(data: bytes) -> None:
    """A page of any layout: a story with a headline and a text, or a refusal."""
    with suppress(PageRefusedError):
        kind = _TYPES[len(data) % len(_TYPES)]
        story = read_page(data, kind, capture=capture(), zone=ZONE)
        _check_story(story)
        assert not find_tokens(story.body)
        assert "\n" not in story.title


def interface_story(data: bytes) -> None:
    """A story of the JSON interface."""
    with suppress(PageRefusedError):
        _check_story(read_interface_story(data, "application/json", capture=capture(), zone=ZONE))


def _check_story(story: Article) -> None:
    assert story.title
    assert story.body
    for text in (story.title, story.body, story.provider, story.byline or ""):
        text.encode()
        assert "\0" not in text


def section(data: bytes) -> None:
    """A section of the JSON interface."""
    with suppress(PageRefusedError):
        for item in read_section(data.decode("utf-8", "replace")):
            (item.title or "").encode()
            story_of(item, page=f"{_SITE}/a", base_url=_SITE)
            parse_feed_time(item.published or "", ZONE)


def listing(data: bytes) -> None:
    """A listing page."""
    with suppress(PageRefusedError):
        found = read_listing(data, "text/html", url=f"{_SITE}/a", base_url=_SITE)
        for link in found.links:
            _address(link.href)


def feed(data: bytes) -> None:
    """A feed."""
    with suppress(PageRefusedError):
        for item in read_feed(data, "text/xml").items:
            assert item.title is None or item.title.isprintable() or item.title.split()
            for link in item.links:
                _address(link)
            parse_feed_time(item.published or "", ZONE)


def token(data: bytes) -> None:
    """The grammar of closing tokens."""
    text = data.decode("utf-8", "replace")
    found = find_tokens(text)
    assert len({one.text for one in found}) == len(found)
    assert all(one.text in text for one in found)
    assert not find_tokens(strip_tokens(text))
    if found:
        place = token_index(text)
        assert place is not None
        assert place <= text.index(found[0].text)


def address(data: bytes) -> None:
    """An address: no other host, and the same when it is read again."""
    _address(data.decode("utf-8", "surrogateescape"))


def _address(text: str) -> None:
    url = canonical_url(text, page="https://menafn.com/a/b")
    if url is not None:
        assert url.startswith("https://menafn.com/")
        assert url.isascii()
        assert url.isprintable()
        assert canonical_url(url) == url
    story = parse_story(text)
    if story is not None:
        assert parse_story(story.url) == story
        assert canonical_url(story.url) == story.url


def coding(data: bytes) -> None:
    """A content coding: never more than the limit."""
    for named in ("gzip", "deflate", data[:8].decode("latin-1")):
        with suppress(PageRefusedError):
            assert len(decode_body(data[8:], named, limit=LIMIT)) <= LIMIT


def warc(data: bytes) -> None:
    """The scan of an archive, and each record again by its offset."""
    with tempfile.NamedTemporaryFile(suffix=".warc") as file:
        file.write(data)
        file.flush()
        path = Path(file.name)
        scan = WarcScan(path, limit=LIMIT)
        last = -1
        for record in scan:
            assert last < record.offset
            last = record.offset
            assert len(record.body) <= LIMIT
            if scan.is_seekable:
                assert read_record(path, record.offset, limit=LIMIT) == record
        if scan.damage:
            assert scan.damage.offset > last
            assert scan.damage.detail.isprintable()
        for offset in (0, len(data) // 2, len(data)):
            with suppress(PageRefusedError):
                read_record(path, offset, limit=LIMIT)


def settings(data: bytes) -> None:
    """Settings from all three sources: usable ones, or a `SettingsError`."""
    first, _, rest = data.partition(b"\n---\n")
    second, _, third = rest.partition(b"\n---\n")
    lines = third.decode("utf-8", "replace").replace("\0", "").splitlines()
    environment = {
        f"WIREHOUSE_{name.strip().upper()}": value
        for name, _, value in (line.partition("=") for line in lines)
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pyproject.toml").write_bytes(first)
        (folder / ".env").write_bytes(second)
        try:
            with chdir(folder), patch.dict(os.environ, environment):
                result = read_settings()
        except SettingsError:
            return
    assert result.max_body_bytes > 0
    assert result.zone
    for hours in (result.recheck_window_hours, result.recheck_interval_hours):
        timedelta(hours=hours)
    timedelta(minutes=result.schedule_minutes, seconds=result.deadline_seconds)
    RobotsRules("", result.user_agent)
    (folder / result.data_dir).exists()
    canonical_url("/x", base_url=result.base_url)


def retry_after(data: bytes) -> None:
    """The header by which a site asks for a pause."""
    response = Response(
        url="https://menafn.com/a", status=503, phrase="", http_version="HTTP/1.1",
        headers=((b"Retry-After", data),), body=b"", remote_ip=None, fetched_at=datetime.now(UTC),
    )  # fmt: skip
    pause = outcomes.retry_after(response)
    assert pause is None or pause >= 0


def robots(data: bytes) -> None:
    """The rules of robots.txt."""
    rules = RobotsRules(data.decode("utf-8", "replace"), "Wirehouse/1")
    assert rules.allows("https://menafn.com/1109916091/x") in (True, False)
    assert rules.delay_seconds >= 0


TARGETS: dict[str, Target] = {
    "page": page,
    "interface_story": interface_story,
    "section": section,
    "listing": listing,
    "feed": feed,
    "token": token,
    "address": address,
    "coding": coding,
    "warc": warc,
    "settings": settings,
    "robots": robots,
    "retry_after": retry_after,
}
