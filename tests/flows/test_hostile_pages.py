"""Pages made to exhaust a reader: kept, refused with their reason, and no other page is the worse."""

import gzip
import time

import pytest

from tasks.archive.reader import read_record
from tasks.archive.sample_site import RecordedResponse
from tasks.core.content_encoding import decode_body
from tasks.core.rejects import PageRefusedError
from tasks.core.settings import Settings
from tasks.pages.article import read_page
from tests.flows.conftest import select
from tests.site.small import STORIES, response
from tests.unit.pages.page_builders import ZONE, capture

MB = 1 << 20
HTML = "text/html; charset=utf-8"


def _html(body: bytes) -> bytes:
    return b"<html><body><div id='ContentPlaceHolder1_div_story'>" + body + b"</div></body></html>"


def _packed(body: bytes) -> RecordedResponse:
    headers = (("Content-Type", HTML), ("Content-Encoding", "gzip"))
    return RecordedResponse(status=200, phrase="", headers=headers, body=gzip.compress(body, 1))


ATTRIBUTES = _html(b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x</p>")
NESTED = _html(b"<div>" * 100_000 + b"x" + b"</div>" * 100_000)
PARAGRAPHS = _html(b"<p>(MENAFN) A line of the story that goes on and on, it seems.</p>\n" * 60_000)
TEXT = _html(b"<p>" + b"The harbour opened again on Monday. " * (50 * MB // 36) + b"</p>")
DEEP_ENOUGH = _html(b"<span>" * 30_000 + b"x")

# What is served in a story's place, and how it must be refused; bodies up to 64 MB are accepted.
PAGES: dict[str, tuple[RecordedResponse, str]] = {
    "200,000 attributes": (response(200, ATTRIBUTES), "too-complex"),
    "100,000 nested elements": (response(200, NESTED), "too-complex"),
    "30,000 open elements": (response(200, DEEP_ENOUGH), "too-complex"),
    "60,000 paragraphs": (response(200, PARAGRAPHS), "too-complex"),
    "50 MB of text": (response(200, TEXT), "too-complex"),
    "50 MB of text, packed": (_packed(TEXT), "too-complex"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_refused_within_the_time_of_a_page(name):
    answer, reason = PAGES[name]
    started = time.process_time()
    body = decode_body(answer.body, answer.header("content-encoding"), limit=64 * MB)
    with pytest.raises(PageRefusedError) as caught:
        read_page(body, HTML, capture=capture(), zone=ZONE)
    assert time.process_time() - started < Settings().page_seconds
    assert str(caught.value.reason) == reason


@pytest.mark.prefect
def test_hostile_pages_are_kept_and_refused_and_the_others_are_read(wirehouse, site, settings):
    data_dir = settings["data_dir"]
    hostile = {
        f"https://menafn.com{path}": page
        for path, page in zip(site.story_paths, PAGES.values(), strict=False)
    }
    for url, (page, _) in hostile.items():
        site.replaced[url.removeprefix("https://menafn.com")] = page
    done = wirehouse("ingest", max_body_mb=64, **settings)

    assert done.returncode == 0, done.stderr
    rejects = select(data_dir, "select url, reason from rejects")
    assert dict(rejects) == {url: reason for url, (_, reason) in hostile.items()}
    assert select(data_dir, "select count(*) from articles") == [(STORIES - len(PAGES),)]
    captures = select(data_dir, "select url, warc_path, warc_offset from captures")
    kept = {url: read_record(data_dir / path, offset).body for url, path, offset in captures}
    assert {url: kept.get(url) for url in hostile} == {
        url: page.body for url, (page, _) in hostile.items()
    }
