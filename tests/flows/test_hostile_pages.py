"""Pages made to exhaust a reader: kept, refused with their reason, and no other page is the worse."""

import gzip
from collections.abc import Callable

import pytest

from tasks.archive.reader import read_record
from tasks.archive.sample_site import RecordedResponse
from tests.flows.conftest import select
from tests.site.small import STORIES, response

MB = 1 << 20
HTML = "text/html; charset=utf-8"


def _html(body: bytes) -> bytes:
    return b"<html><body><div id='ContentPlaceHolder1_div_story'>" + body + b"</div></body></html>"


def _packed(body: bytes) -> RecordedResponse:
    headers = (("Content-Type", HTML), ("Content-Encoding", "gzip"))
    return RecordedResponse(status=200, phrase="", headers=headers, body=gzip.compress(body, 1))


def _text() -> bytes:
    return _html(b"<p>" + b"The harbour opened again on Monday. " * (50 * MB // 36) + b"</p>")


# What is served in a story's place, made when it is needed; each must be refused as too complex,
# and bodies up to 64 MB are accepted.
PAGES: dict[str, Callable[[], RecordedResponse]] = {
    "200,000 attributes": lambda: response(
        200, _html(b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x</p>")
    ),
    "100,000 nested elements": lambda: response(
        200, _html(b"<div>" * 100_000 + b"x" + b"</div>" * 100_000)
    ),
    "30,000 open elements": lambda: response(200, _html(b"<span>" * 30_000 + b"x")),
    "60,000 paragraphs": lambda: response(
        200, _html(b"<p>(MENAFN) A line of the story that goes on, it seems.</p>\n" * 60_000)
    ),
    "50 MB of text": lambda: response(200, _text()),
    "50 MB of text, packed": lambda: _packed(_text()),
}


@pytest.mark.prefect
def test_hostile_pages_are_kept_and_refused_and_the_others_are_read(wirehouse, site, settings):
    data_dir = settings["data_dir"]
    hostile = {
        f"https://menafn.com{path}": make()
        for path, make in zip(site.story_paths, PAGES.values(), strict=False)
    }
    for url, page in hostile.items():
        site.replaced[url.removeprefix("https://menafn.com")] = page
    done = wirehouse("ingest", max_body_mb=64, **settings)
    assert done.returncode == 0, done.stderr
    rejects = select(data_dir, "select url, reason from rejects")
    assert dict(rejects) == dict.fromkeys(hostile, "too-complex")
    assert select(data_dir, "select count(*) from articles") == [(STORIES - len(PAGES),)]
    captures = select(data_dir, "select url, warc_path, warc_offset from captures")
    kept = {url: read_record(data_dir / path, offset).body for url, path, offset in captures}
    assert all(kept.get(url) == page.body for url, page in hostile.items())
