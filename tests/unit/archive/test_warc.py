"""The archive: what goes in comes out, and nothing that goes in can break it."""

import asyncio
import errno
import gzip
import hashlib
import resource
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.archive.reader import WarcScan, read_record, read_response
from tasks.archive.records import ArchivedRecord
from tasks.archive.writer import Archive, ArchiveWriter
from tasks.core.errors import StorageError
from tasks.core.records import Capture, Response
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.run import Run
from tasks.core.settings import Settings

URL = "https://menafn.com/1109916091/Harbour-Talks-Resume"
BODY = b"<html><body><p>The harbour opened again.</p></body></html>"
LIMIT = 1_000_000
AT = datetime(2026, 11, 23, 22, 51, 0, 123456, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(
        run_id="20261123T225100Z-1f3a9c",
        flow="ingest",
        started_at=AT,
        settings=Settings(data_dir=tmp_path),
    )


def answer(body: bytes = BODY, *, status: int = 200, **more: Any) -> Response:
    told: dict[str, Any] = {
        "url": URL,
        "phrase": "OK",
        "http_version": "HTTP/1.1",
        "headers": ((b"Content-Type", b"text/html; charset=utf-8"),),
        "remote_ip": "127.0.0.1",
        "fetched_at": AT,
    }
    return Response(**(told | {"status": status, "body": body} | more))


def archived(run: Run, *answers: Response) -> tuple[Path, list[int]]:
    with ArchiveWriter(run) as writer:
        captures = [writer.append(one, 1109916091) for one in answers]
    return run.settings.data_dir / captures[0].warc_path, [one.warc_offset for one in captures]


def records(path: Path) -> list[ArchivedRecord]:
    scan = WarcScan(path)
    found = list(scan)
    assert scan.damage is None
    return found


def damage_of(path: Path) -> tuple[int, int]:
    """How many sound records there are, and where the file is damaged."""
    scan = WarcScan(path)
    count = len(list(scan))
    assert scan.damage is not None
    return count, scan.damage.offset


def test_a_capture_says_where_its_bytes_lie(run, tmp_path):
    with ArchiveWriter(run) as writer:
        headers = ((b"ETag", b'"v1"'), (b"Last-Modified", b"Mon, 23 Nov 2026 22:00:00 GMT"))
        writer.append(answer(b"first"))
        capture = writer.append(answer(headers=headers), 1109916091)
    assert capture.warc_path.startswith("raw/20")
    assert capture.warc_path.endswith("/wirehouse-20261123T225100Z-1f3a9c-00000.warc.gz")
    assert capture.payload_sha256 == hashlib.sha256(BODY).hexdigest()
    assert (capture.article_id, capture.body_bytes, capture.status) == (1109916091, len(BODY), 200)
    assert (capture.etag, capture.last_modified) == ('"v1"', "Mon, 23 Nov 2026 22:00:00 GMT")
    record = read_record(tmp_path / capture.warc_path, capture.warc_offset)
    assert (record.capture_id, record.url, record.body) == (capture.capture_id, URL, BODY)
    assert record.fetched_at == AT


def test_a_body_comes_back_with_its_coding_undone(run):
    coded = answer(gzip.compress(BODY), headers=((b"Content-Encoding", b"gzip"),))
    path, (offset,) = archived(run, coded)
    assert read_response(path, offset, limit=LIMIT).body == BODY
    assert gzip.decompress(read_record(path, offset).body) == BODY


def test_warcio_finds_every_digest_right(run, capsys):
    path, _ = archived(run, answer(), answer(b"", status=304), answer(b"\0\xff" * 5000, status=503))
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    assert capsys.readouterr().out.count("digest pass") == 4


def test_a_file_opens_with_who_wrote_it(run):
    path, _ = archived(run, answer())
    with path.open("rb") as file:
        first = next(ArchiveIterator(file))
        told = first.content_stream().read().decode()
    assert first.rec_type == "warcinfo"
    assert first.rec_headers.protocol == "WARC/1.1"
    for line in ("software: Wirehouse/", "robots: obey", "isPartOf: 20261123T225100Z-1f3a9c",
                 "description: Responses of https://menafn.com", "http-header-user-agent: Wirehouse/"):  # fmt: skip
        assert line in told


def test_a_record_says_when_and_from_whom(run):
    path, _ = archived(run, answer())
    with path.open("rb") as file:
        response = next(record for record in ArchiveIterator(file) if record.rec_type == "response")
    assert response.rec_headers.get_header("WARC-Date") == "2026-11-23T22:51:00.123456Z"
    assert response.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"


def test_each_record_is_a_gzip_member_of_its_own(run):
    path, offsets = archived(run, answer(), answer())
    for offset in offsets:
        assert path.read_bytes()[offset:].startswith(b"\x1f\x8b")
        assert gzip.decompress(path.read_bytes()[offset:]).startswith(b"WARC/1.1\r\n")


def test_headers_of_the_connection_are_left_out_and_the_length_is_true(run):
    sent = (
        (b"Transfer-Encoding", b"chunked"),
        (b"Connection", b"keep-alive"),
        (b"content-length", b"999999"),
        (b"X-Thing", b"kept"),
    )
    path, (offset,) = archived(run, answer(headers=sent))
    assert read_record(path, offset).headers == (
        ("X-Thing", "kept"),
        ("Content-Length", str(len(BODY))),
    )


def test_a_not_modified_answer_is_a_response_without_length(run):
    path, (offset,) = archived(
        run, answer(b"", status=304, phrase="Not Modified", headers=((b"Content-Length", b"9"),))
    )
    record = read_record(path, offset)
    assert (record.status, record.phrase, record.headers) == (304, "Not Modified", ())


def test_nothing_in_a_header_can_end_it_early(run):
    headers = ((b"X-A", b"1\r\nSet-Cookie: a=b\r\n\r\n<html>"), (b"X: B\r\nX-C", b"\x00\x1b[31m"))
    path, (offset,) = archived(run, answer(headers=headers, phrase="OK\r\nX-Evil: 1"))
    record = read_record(path, offset)
    assert [name for name, _ in record.headers] == ["X-A", "XBX-C", "Content-Length"]
    assert record.body == BODY
    assert "\x1b" not in str(record.headers)


def test_http_2_is_written_in_a_form_that_tools_read(run):
    path, (offset,) = archived(run, answer(http_version="HTTP/2", phrase=""))
    assert read_record(path, offset).status == 200
    assert b"WARC-Protocol: h2" in gzip.decompress(path.read_bytes())


def test_no_address_is_recorded_for_an_answer_through_a_proxy(run):
    path, _ = archived(run, answer(remote_ip=None))
    assert b"WARC-IP-Address" not in gzip.decompress(path.read_bytes())


def test_an_overlong_validator_is_not_kept(run):
    with ArchiveWriter(run) as writer:
        assert writer.append(answer(headers=((b"ETag", b"x" * 2000),))).etag is None


def test_a_full_file_gives_way_to_the_next(run):
    with ArchiveWriter(run, max_file_bytes=1) as writer:
        captures = [writer.append(answer()) for _ in range(3)]
    names = [Path(capture.warc_path).name[-13:] for capture in captures]
    assert names == ["00000.warc.gz", "00001.warc.gz", "00002.warc.gz"]


def test_two_writers_of_one_run_never_share_a_file(run):
    with ArchiveWriter(run) as one, ArchiveWriter(run) as other:
        assert one.append(answer()).warc_path != other.append(answer()).warc_path


def test_a_run_that_is_told_nothing_leaves_no_file(run):
    with ArchiveWriter(run) as writer:
        writer.sync()
    assert not run.paths.raw.exists()


def test_a_full_disk_leaves_whole_records_and_says_what_to_do(run, tmp_path):
    writer = ArchiveWriter(run)
    first = writer.append(answer())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    path = tmp_path / first.warc_path
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, hard))
    try:
        with pytest.raises(StorageError, match=r"warc\.gz: File too large\. Free some space"):
            writer.append(answer(bytes(range(256)) * 40, headers=((b"Content-Encoding", b"gzip"),)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    second = writer.append(answer(b"after"))
    writer.close()
    assert [record.body for record in records(path)] == [BODY, b"after"]
    assert read_record(path, second.warc_offset).body == b"after"


def test_a_folder_that_cannot_be_made_is_named(run, tmp_path):
    (tmp_path / "raw").write_text("a file")
    with pytest.raises(StorageError, match="raw"), ArchiveWriter(run) as writer:
        writer.append(answer())


def test_an_archive_in_its_thread_keeps_answers_in_order(run, tmp_path):
    bodies = [b"%d" % number for number in range(20)]

    async def keep_all() -> list[Capture]:
        async with Archive(run) as archive:
            captures = [await archive.keep(answer(body), 1109916091) for body in bodies]
            await archive.sync()
            return captures

    (path,) = {tmp_path / capture.warc_path for capture in asyncio.run(keep_all())}
    assert [record.body for record in records(path)] == bodies


def test_a_record_cut_anywhere_is_found_and_the_rest_is_used(run, tmp_path):
    path, offsets = archived(run, answer(), answer(), answer(BODY * 3))
    whole = path.read_bytes()
    cut = tmp_path / "cut.warc.gz"
    for end in range(offsets[2] + 1, len(whole)):
        cut.write_bytes(whole[:end])
        assert damage_of(cut) == (2, offsets[2])
        with pytest.raises(PageRefusedError) as caught:
            read_record(cut, offsets[2])
        assert caught.value.reason is Reason.BROKEN_TRANSFER


def test_a_file_cut_between_records_is_whole(run, tmp_path):
    path, offsets = archived(run, answer(), answer())
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(path.read_bytes()[: offsets[1]])
    assert len(records(cut)) == 1


def test_a_damaged_record_is_refused(run, tmp_path):
    path, (offset,) = archived(run, answer(bytes(range(256)) * 40))
    damaged = bytearray(path.read_bytes())
    damaged[offset + 300] ^= 0xFF
    path.write_bytes(damaged)
    with pytest.raises(PageRefusedError, match="damaged"):
        read_record(path, offset)


def test_what_is_no_record_is_refused(run):
    path, (offset,) = archived(run, answer())
    for wrong in (0, offset + 1, offset + 10_000):
        with pytest.raises(PageRefusedError, match=f"record at byte {wrong} is damaged"):
            read_record(path, wrong)


def test_a_missing_file_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match=r"none\.warc\.gz: No such file"):
        read_response(tmp_path / "none.warc.gz", 0, limit=LIMIT)


def test_an_archived_bomb_is_refused_at_the_limit(run):
    bomb = gzip.compress(b"\0" * 50_000_000)
    path, offsets = archived(
        run,
        answer(bomb, headers=((b"Content-Encoding", b"gzip"),)),
        answer(b"\0" * 50_000_000),
    )
    for offset in offsets:
        with pytest.raises(PageRefusedError) as caught:
            read_response(path, offset, limit=LIMIT)
        assert caught.value.reason is Reason.TOO_LARGE


def foreign(path: Path, *, is_gzipped: bool) -> None:
    """A WARC file as others write them: other record types, chunks kept, WARC 1.0, other URLs."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=is_gzipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        writer.write_record(
            writer.create_warc_record(
                "dns:menafn.com", "response", payload=BytesIO(b"20261123 menafn.com"), length=19,
                warc_content_type="text/dns",
            )
        )  # fmt: skip
        for body, coding in (
            (BODY, "identity"),
            (b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY), "chunked"),
        ):
            http = StatusAndHeaders("200 OK", [("Transfer-Encoding", coding)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    URL, "response", payload=BytesIO(body), length=len(body), http_headers=http
                )
            )


@pytest.mark.parametrize("is_gzipped", [True, False])
def test_the_responses_of_another_archive_are_read(tmp_path, is_gzipped):
    path = tmp_path / "other.warc"
    foreign(path, is_gzipped=is_gzipped)
    found = records(path)
    assert [record.body for record in found] == [BODY, BODY]
    assert [read_record(path, record.offset).body for record in found] == [BODY, BODY]


def test_a_torn_uncompressed_file_is_found(tmp_path):
    path = tmp_path / "other.warc"
    foreign(path, is_gzipped=False)
    start = records(path)[-1].offset
    whole = path.read_bytes()
    for end in (start + 5, start + 60, start + 330, len(whole) - 30):
        path.write_bytes(whole[:end])
        assert damage_of(path)[1] == start, end


def test_what_is_no_archive_is_torn_from_the_start(tmp_path):
    path = tmp_path / "page.warc"
    path.write_bytes(BODY)
    assert damage_of(path) == (0, 0)


def test_errors_of_the_disk_are_told_apart(tmp_path):
    with pytest.raises(StorageError) as caught:
        list(WarcScan(tmp_path))
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EISDIR
