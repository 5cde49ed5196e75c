"""What is archived is WARC that any tool reads, and nothing that goes in can break it."""

import asyncio
import gzip
import hashlib
import resource
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from tasks.archive.reader import WarcScan, read_record, read_response
from tasks.archive.records import response_of, settings_of
from tasks.archive.writer import Archive, ArchiveWriter
from tasks.core.errors import StorageError
from tasks.core.settings import Settings
from tests.sql.records import RUN_ID, STORY, make_run
from tests.unit.archive.foreign_warc import FETCHED_AT, PAGE, URL, make_response


@pytest.fixture
def run(tmp_path):
    return make_run(
        tmp_path, base_url="http://127.0.0.1:9", feeds=("/rss/a,b.xml",), interface="json",
        user_agent="Other/1 (+mailto:me@example.invalid)",
    )  # fmt: skip


def archive(run, *responses):
    """The file of some responses, and where in it their records lie."""
    with ArchiveWriter(run) as writer:
        captures = [writer.append(one, STORY) for one in responses]
    return run.paths.data_dir / captures[0].warc_path, [one.warc_offset for one in captures]


def content(path):
    return gzip.decompress(path.read_bytes())


def test_a_capture_says_where_its_bytes_lie(run, tmp_path):
    headers = ((b"ETag", b'"v1"'), (b"Last-Modified", b"Mon, 23 Nov 2026 22:00:00 GMT"))
    overlong = ((b"ETag", b"x" * 2000),)
    with ArchiveWriter(run) as writer:
        assert writer.append(make_response(b"first", headers=overlong)).etag is None
        capture = writer.append(make_response(headers=headers), STORY)
    assert capture.warc_path.startswith("raw/20")
    assert capture.warc_path.endswith(f"/wirehouse-{RUN_ID}-00000.warc.gz")
    assert capture.payload_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (capture.article_id, capture.body_bytes, capture.status) == (STORY, len(PAGE), 200)
    assert (capture.etag, capture.last_modified) == ('"v1"', "Mon, 23 Nov 2026 22:00:00 GMT")
    path = tmp_path / capture.warc_path
    record = read_record(path, capture.warc_offset)
    assert (record.capture_id, record.url, record.body) == (capture.capture_id, URL, PAGE)
    assert record.fetched_at == FETCHED_AT
    assert path.read_bytes()[capture.warc_offset :].startswith(b"\x1f\x8b"), "a member of its own"


def test_a_body_is_read_with_its_coding_undone(run):
    coded = make_response(gzip.compress(PAGE), headers=((b"Content-Encoding", b"gzip"),))
    path, (offset,) = archive(run, coded)
    assert read_response(path, offset, limit=len(PAGE)).body == PAGE
    assert gzip.decompress(read_record(path, offset).body) == PAGE


def test_warcio_finds_every_digest_right(run, capsys):
    binary = make_response(b"\0\xff" * 5000, status=503)
    path, _ = archive(run, make_response(), make_response(b"", status=304), binary)
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    assert capsys.readouterr().out.count("digest pass") == 4


def test_a_file_opens_with_who_wrote_it_and_a_record_says_when_and_from_whom(run):
    path, _ = archive(run, make_response())
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        first = next(records)
        fields = first.content_stream().read().decode()
        response = next(records)
    assert (first.rec_type, first.rec_headers.protocol) == ("warcinfo", "WARC/1.1")
    for line in ("software: Wirehouse/", "robots: obey", f"isPartOf: {RUN_ID}",
                 "description: Responses of http://127.0.0.1:9", "http-header-user-agent: Other/1"):  # fmt: skip
        assert line in fields
    assert response.rec_headers.get_header("WARC-Date") == "2026-11-23T22:51:00.123456Z"
    assert response.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"


def test_a_file_says_by_which_settings_responses_were_requested(run):
    path, _ = archive(run, make_response())
    scan = WarcScan(path)
    assert len(list(scan)) == 1
    now = Settings(data_dir=run.paths.data_dir, feeds=("/rss/today.xml",), workers=7)
    expected = replace(run.settings, workers=7, writer_wait_seconds=now.writer_wait_seconds)
    assert settings_of(scan.info, now) == expected


@pytest.mark.parametrize("noted", [None, "[1]", '{"base_url": "ftp://x"}', "{"])
def test_a_record_that_others_wrote_changes_no_setting(noted):
    info = {} if noted is None else {"wirehouse-settings": noted, "http-header-user-agent": "a"}
    assert settings_of(info, Settings()) == Settings()
    assert settings_of({"wirehouse-settings": "{}"}, Settings()) == Settings()


def test_headers_of_the_connection_are_left_out_and_the_length_is_true(run):
    sent = ((b"Transfer-Encoding", b"chunked"), (b"Connection", b"keep-alive"),
            (b"content-length", b"999999"), (b"X-Thing", b"kept"))  # fmt: skip
    path, (offset,) = archive(run, make_response(headers=sent))
    length = ("Content-Length", str(len(PAGE)))
    assert read_record(path, offset).headers == (("X-Thing", "kept"), length)


def test_a_not_modified_response_has_no_length(run):
    given = {"status": 304, "phrase": "Not Modified", "headers": ((b"Content-Length", b"9"),)}
    path, (offset,) = archive(run, make_response(b"", **given))
    record = read_record(path, offset)
    assert (record.status, record.phrase, record.headers) == (304, "Not Modified", ())


def test_nothing_in_a_header_can_end_it_early(run):
    headers = ((b"X-A", b"1\r\nSet-Cookie: a=b\r\n\r\n<html>"), (b"X: B\r\nX-C", b"\x00\x1b[31m"))
    path, (offset,) = archive(run, make_response(headers=headers, phrase="OK\r\nX-Evil: 1"))
    record = read_record(path, offset)
    assert [name for name, _ in record.headers] == ["X-A", "XBX-C", "Content-Length"]
    assert record.body == PAGE
    assert "\x1b" not in str(record.headers)


@pytest.mark.parametrize(
    "value",
    [b"text/html", b"caf\xc3\xa9", b"caf\xe9", b"a\x01b\x7fc", b"  padded\t", b"x" * 2000, b""],
)
def test_a_header_reads_the_same_before_and_after(run, value):
    response = make_response(headers=((b"Content-Type", value), (b"ETag", value)))
    path, (offset,) = archive(run, response)
    again = response_of(read_record(path, offset), URL, FETCHED_AT)
    for name in ("content-type", "etag"):
        assert again.header(name) == response.header(name)
    assert (again.body, again.status, again.fetched_at) == (PAGE, 200, FETCHED_AT)


def test_protocol_and_server_are_recorded_if_there_is_anything_to_say(run):
    one = make_response(http_version="HTTP/2", phrase="", remote_ip=None)
    path, (offset,) = archive(run, one)
    assert read_record(path, offset).status == 200
    assert b"WARC-Protocol: h2" in content(path)
    assert b"WARC-IP-Address" not in content(path)


def test_a_copy_names_its_source_address_if_that_is_another(run, tmp_path):
    with ArchiveWriter(run) as writer:
        writer.append(make_response(), capture_id="a" * 36, source_url="http://www.menafn.com/x")
        capture = writer.append(make_response(), capture_id="b" * 36, source_url=URL)
    text = content(tmp_path / capture.warc_path)
    assert text.count(b"WARC-Source-URI: ") == 1
    assert b"WARC-Source-URI: http://www.menafn.com/x\r\n" in text


def test_a_full_file_is_followed_by_another_and_two_writers_never_share_one(run, monkeypatch):
    monkeypatch.setattr("tasks.archive.writer.MAX_FILE_BYTES", 1)
    with ArchiveWriter(run) as one, ArchiveWriter(run) as other:
        captures = [writer.append(make_response()) for writer in (one, one, other)]
    names = [Path(capture.warc_path).name[-13:] for capture in captures]
    assert names == ["00000.warc.gz", "00001.warc.gz", "00002.warc.gz"]


def test_a_full_disk_leaves_sound_records_and_a_message(run, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a module cut short would stay
    writer = ArchiveWriter(run)
    first = writer.append(make_response())
    path = tmp_path / first.warc_path
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, hard))
    try:
        coded = make_response(bytes(range(256)) * 40, headers=((b"Content-Encoding", b"gzip"),))
        with pytest.raises(StorageError, match=r"warc\.gz: File too large\. Free some space"):
            writer.append(coded)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    second = writer.append(make_response(b"after"))
    writer.close()
    assert [record.body for record in WarcScan(path)] == [PAGE, b"after"]
    assert read_record(path, second.warc_offset).body == b"after"


def test_an_archive_in_its_thread_keeps_responses_in_order(run, tmp_path):
    bodies = [b"%d" % number for number in range(20)]

    async def keep_all():
        async with Archive(run) as archive:
            captures = [await archive.keep(make_response(body), STORY) for body in bodies]
            await archive.sync()
            return captures

    (path,) = {tmp_path / capture.warc_path for capture in asyncio.run(keep_all())}
    assert [record.body for record in WarcScan(path)] == bodies
