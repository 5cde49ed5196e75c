"""An answer that is read back from the archive is the answer that was archived."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.archive.reader import WarcScan, read_record
from tasks.archive.records import response_of, settings_of
from tasks.archive.writer import ArchiveWriter
from tasks.core.records import Response
from tasks.core.run import Run
from tasks.core.settings import Settings

AT = datetime(2026, 11, 23, 22, 51, 0, 123456, tzinfo=UTC)
ANSWER = Response(
    url="https://menafn.com/1109916091/Harbour", status=200, phrase="OK", http_version="HTTP/1.1",
    headers=((b"Content-Type", b"text/html"),), body=b"<html>", remote_ip=None, fetched_at=AT,
)  # fmt: skip


@pytest.fixture
def run(tmp_path):
    asked = Settings(
        data_dir=tmp_path, base_url="http://127.0.0.1:9", feeds=("/rss/a,b.xml",), interface="json",
        user_agent="Other/1 (+mailto:me@example.invalid)",
    )  # fmt: skip
    return Run(run_id="20261123T225100Z-1f3a9c", flow="ingest", started_at=AT, settings=asked)


def archived(run, answer):
    with ArchiveWriter(run) as writer:
        return writer.append(answer, 1109916091)


@pytest.mark.parametrize(
    "value",
    [b"text/html", b"caf\xc3\xa9", b"caf\xe9", b"a\x01b\x7fc", b"  padded\t", b"x" * 2000, b""],
)
def test_what_a_header_says_is_the_same_before_and_after(run, value):
    answer = replace(ANSWER, headers=((b"Content-Type", value), (b"ETag", value)))
    capture = archived(run, answer)
    record = read_record(run.settings.data_dir / capture.warc_path, capture.warc_offset)
    again = response_of(record, record.url, AT)
    for name in ("content-type", "etag"):
        assert again.header(name) == answer.header(name)
    assert (again.body, again.status, again.fetched_at) == (b"<html>", 200, AT)


def test_a_file_says_by_which_settings_the_wire_was_asked(run):
    capture = archived(run, ANSWER)
    walk = WarcScan(run.settings.data_dir / capture.warc_path)
    assert len(list(walk)) == 1
    now = Settings(data_dir=run.settings.data_dir, feeds=("/rss/today.xml",), workers=7)
    told = settings_of(walk.info, now)
    assert told == replace(run.settings, workers=7)


@pytest.mark.parametrize(
    "info",
    [
        {},
        {"wirehouse-settings": "{}"},
        {"wirehouse-settings": "[1]", "http-header-user-agent": "a"},
        {"wirehouse-settings": '{"base_url": "ftp://x"}', "http-header-user-agent": "a"},
        {"wirehouse-settings": "{", "http-header-user-agent": "a"},
    ],
)
def test_a_record_that_others_wrote_changes_no_setting(info):
    assert settings_of(info, Settings()) == Settings()


def test_a_copy_names_the_address_it_was_found_under_where_that_is_another(run):
    with ArchiveWriter(run) as writer:
        writer.append(ANSWER, capture_id="a" * 36, source_url="http://www.menafn.com/x")
        capture = writer.append(ANSWER, capture_id="b" * 36, source_url=ANSWER.url)
    text = gzip.decompress((run.settings.data_dir / capture.warc_path).read_bytes())
    assert text.count(b"WARC-Source-URI: ") == 1
    assert b"WARC-Source-URI: http://www.menafn.com/x\r\n" in text
