"""Pages made to exhaust a reader: kept, refused with their reason, and no other page is the worse."""

import gzip
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.archive.reader import read_record
from tasks.archive.sample_site import RecordedResponse
from tasks.core.content_encoding import decode_body
from tasks.core.rejects import PageRefusedError
from tasks.core.settings import Settings
from tasks.pages.article import read_page
from tests.flows.conftest import Wirehouse
from tests.site.small import STORIES, response, small_site
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

PAGES: dict[str, tuple[RecordedResponse, str]] = {
    "200,000 attributes": (response(200, ATTRIBUTES), "too-complex"),
    "100,000 nested elements": (response(200, NESTED), "too-complex"),
    "30,000 open elements": (response(200, DEEP_ENOUGH), "too-complex"),
    "60,000 paragraphs": (response(200, PARAGRAPHS), "too-complex"),
    "50 MB of text": (response(200, TEXT), "too-complex"),
    "50 MB of text, packed": (_packed(TEXT), "too-complex"),
}
"""What is served in a story's place, and how it must be refused; bodies up to 64 MB are accepted."""


def rows(data_dir: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql(question).fetchall()


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_refused_within_the_time_of_a_page(name: str) -> None:
    answer, reason = PAGES[name]
    started = time.process_time()
    body = decode_body(answer.body, answer.header("content-encoding"), limit=64 * MB)
    with pytest.raises(PageRefusedError) as caught:
        read_page(body, HTML, capture=capture(), zone=ZONE)
    assert time.process_time() - started < Settings().page_seconds
    assert str(caught.value.reason) == reason


@pytest.mark.prefect
def test_hostile_pages_are_kept_and_refused_and_the_others_are_read(
    wirehouse: Wirehouse, tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    with small_site(tmp_path / "wire") as wire:
        hostile = dict(zip(wire.story_paths, PAGES.values(), strict=False))
        wire.replaced |= {path: answer for path, (answer, _) in hostile.items()}
        settings = {"base_url": wire.base_url, "data_dir": data_dir}
        done = wirehouse("ingest", requests_per_second=0, max_body_mb=64, **settings)

    assert done.returncode == 0, done.stderr
    told = rows(data_dir, "select url, reason from rejects order by url")
    reasons = {f"https://menafn.com{path}": reason for path, (_, reason) in hostile.items()}
    assert dict(told) == reasons
    assert rows(data_dir, "select count(*) from articles") == [(STORIES - len(PAGES),)]
    kept = rows(data_dir, "select url, warc_path, warc_offset from captures where status = 200")
    for url, warc_path, offset in kept:
        if url in reasons:
            answer, _ = hostile[url.removeprefix("https://menafn.com")]
            assert read_record(data_dir / warc_path, offset).body == answer.body
    assert set(reasons) <= {url for url, *_ in kept}
