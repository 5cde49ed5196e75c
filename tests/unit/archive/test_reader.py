"""Files of any origin: what is read, what is skipped, and where a damaged one ends."""

import gzip
from io import BytesIO
from random import Random

import pytest

from tasks.archive.members import read_members
from tasks.archive.reader import (
    DAMAGED,
    MALFORMED,
    OTHER_ADDRESS,
    REVISIT,
    TOO_LARGE,
    WarcScan,
    read_record,
    read_response,
)
from tasks.archive.writer import ArchiveWriter
from tasks.core.errors import StorageError
from tasks.core.rejects import PageRefusedError, Reason
from tests.sql.records import make_run
from tests.unit.archive.foreign_warc import PAGE, Record, make_response, write_warc

STORY = "http://www.menafn.com/1095277951/Harbour?src=RSS"
OTHER = "http://elsewhere.example/1095277951/Harbour"
LIMIT = 1_000_000


def ours(url):
    return "menafn.com" in url


def warc(path, *urls, form="records"):
    return write_warc(path, *(Record(url=url) for url in urls), form=form)


def archive(folder, *responses):
    """A file of our own, and where in it the records lie."""
    with ArchiveWriter(make_run(folder)) as writer:
        captures = [writer.append(one) for one in responses]
    return folder / captures[0].warc_path, [one.warc_offset for one in captures]


def urls_of(scan):
    return [record.url for record in scan]


def damage_of(path):
    """How many sound records there are, and where the file is damaged."""
    scan = WarcScan(path)
    return len(list(scan)), scan.damage and scan.damage.offset


@pytest.mark.parametrize("form", ["records", "one", "plain"])
def test_a_file_is_read_however_it_is_compressed(tmp_path, form):
    scan = WarcScan(warc(tmp_path / "a", STORY, OTHER, STORY, form=form), wants=ours)
    assert urls_of(scan) == [STORY, STORY]
    assert scan.skipped == {OTHER_ADDRESS: 1}
    assert scan.info["software"] == "other/1"
    assert scan.damage is None
    assert scan.is_seekable is (form != "one")


@pytest.mark.parametrize("form", ["records", "plain"])
def test_chunks_are_joined_and_other_protocols_left_out(tmp_path, form):
    chunked = (("Transfer-Encoding", "chunked"),)
    path = write_warc(
        tmp_path / "a",
        Record(url="dns:menafn.com", body=b"20261123 menafn.com"),
        Record(url=STORY),
        Record(url=STORY, headers=chunked, body=b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        form=form,
    )
    found = list(WarcScan(path))
    assert [record.body for record in found] == [PAGE, PAGE]
    assert [read_record(path, record.offset).body for record in found] == [PAGE, PAGE]


@pytest.mark.parametrize("form", ["records", "plain"])
def test_a_scan_continues_where_another_stopped(tmp_path, form):
    path = warc(tmp_path / "a", STORY, OTHER, STORY + "2", STORY + "3", form=form)
    first = WarcScan(path, wants=ours)
    records = iter(first)
    assert [next(records).url, next(records).url] == [STORY, STORY + "2"]
    second = WarcScan(path, start=first.position, wants=ours)
    assert urls_of(second) == [STORY + "3"]
    assert second.position == path.stat().st_size
    assert urls_of(WarcScan(path, start=second.position)) == []


@pytest.mark.parametrize(
    ("form", "last"),
    [("records", STORY), ("one", STORY), ("plain", STORY), ("records", OTHER)],
)
def test_the_sound_part_of_a_truncated_file_is_used(tmp_path, form, last):
    path = warc(tmp_path / "a", STORY, last, form=form)
    path.write_bytes(path.read_bytes()[:-30])
    scan = WarcScan(path, wants=ours)
    assert urls_of(scan)[:1] == [STORY]
    assert scan.damage is not None


def test_a_record_truncated_anywhere_is_damaged_and_the_others_are_read(tmp_path):
    path, offsets = archive(tmp_path, make_response(), make_response(), make_response(PAGE * 3))
    whole = path.read_bytes()
    cut = tmp_path / "cut.warc.gz"
    for end in range(offsets[2] + 1, len(whole)):
        cut.write_bytes(whole[:end])
        assert damage_of(cut) == (2, offsets[2])
        with pytest.raises(PageRefusedError) as caught:
            read_record(cut, offsets[2])
        assert caught.value.reason is Reason.BROKEN_TRANSFER
    cut.write_bytes(whole[: offsets[2]])
    assert damage_of(cut) == (2, None), "cut between records it is whole"


def test_an_uncompressed_record_truncated_anywhere_is_damaged(tmp_path):
    path = warc(tmp_path / "a", STORY, STORY, form="plain")
    start = list(WarcScan(path))[-1].offset
    whole = path.read_bytes()
    for end in (start + 5, start + 60, start + 330, len(whole) - 30):
        path.write_bytes(whole[:end])
        assert damage_of(path) == (1, start), end


@pytest.mark.parametrize("body", [b"short", PAGE, Random(1).randbytes(500_000)], ids=len)
def test_a_later_member_of_two_records_is_damage_at_its_start(tmp_path, body):
    path = write_warc(tmp_path / "a", *(Record(url=STORY, body=body) for _ in range(4)))
    members = [member.content for member in read_members(path)]
    packed = [gzip.compress(part) for part in (*members[:2], members[2] + members[3], members[4])]
    path.write_bytes(b"".join(packed))
    assert damage_of(path) == (1, len(packed[0] + packed[1]))


def test_what_is_no_sound_response_record_is_refused(tmp_path):
    path, (offset,) = archive(tmp_path, make_response(bytes(range(256)) * 40))
    damaged = bytearray(path.read_bytes())
    damaged[offset + 300] ^= 0xFF
    path.write_bytes(damaged)
    for wrong in (0, offset, offset + 1, offset + 20_000):
        with pytest.raises(PageRefusedError, match=f"record at byte {wrong} is damaged"):
            read_record(path, wrong)


def test_an_archived_bomb_is_refused_at_the_limit(tmp_path):
    bomb = gzip.compress(b"\0" * 50_000_000)
    coded = make_response(bomb, headers=((b"Content-Encoding", b"gzip"),))
    path, offsets = archive(tmp_path, coded, make_response(b"\0" * 50_000_000))
    for offset in offsets:
        with pytest.raises(PageRefusedError) as caught:
            read_response(path, offset, limit=LIMIT)
        assert caught.value.reason is Reason.TOO_LARGE


def test_a_malformed_response_in_a_sound_record_is_skipped(tmp_path):
    out = BytesIO()
    for payload in (b"no response at all", b"HTTP/1.1 abc\r\n\r\n", b""):
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {STORY}\r\n"
        length = f"Content-Length: {len(payload)}\r\n\r\n"
        out.write(gzip.compress((head + length).encode() + payload + b"\r\n\r\n"))
    whole = warc(tmp_path / "whole", STORY).read_bytes()
    (tmp_path / "a").write_bytes(out.getvalue() + whole)
    scan = WarcScan(tmp_path / "a")
    assert urls_of(scan) == [STORY]
    assert scan.skipped == {MALFORMED: 3}
    assert scan.damage is None


def test_revisits_and_overlong_records_are_counted(tmp_path):
    path = write_warc(
        tmp_path / "a",
        Record(url=STORY, kind="revisit", body=b""),
        Record(url=STORY, body=PAGE * 50),
        Record(url=STORY),
        Record(url=STORY, kind="request", body=b"", status="GET / HTTP/1.1"),
    )
    scan = WarcScan(path, limit=len(PAGE) * 2)
    assert len(urls_of(scan)) == 1
    assert scan.skipped == {REVISIT: 1, TOO_LARGE: 1}


@pytest.mark.parametrize("filling", [b"\0", b"a: b\r\n"], ids=["one line", "many headers"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_endless_headers_end_the_scan_at_once(tmp_path, capsys, filling, pack):
    head = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\nWARC/1.0\r\n"
    (tmp_path / "a").write_bytes(pack(head + filling * (1 << 22)))
    assert damage_of(tmp_path / "a")[0] == 0
    assert damage_of(tmp_path / "a")[1] is not None
    assert len(capsys.readouterr().err) < 1000


@pytest.mark.parametrize("content", [PAGE, b"\x1b]0;title\x07: \x1b[31m\r\n\r\n\x1b[2J"])
def test_what_is_no_archive_is_damaged_from_the_start_and_the_detail_is_printable(
    tmp_path, content
):
    (tmp_path / "a").write_bytes(content)
    scan = WarcScan(tmp_path / "a")
    assert urls_of(scan) == []
    assert scan.damage is not None
    assert (scan.damage.offset, scan.damage.detail.isprintable()) == (0, True)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("headers", [b"A: b\r\n", b"Content-Length: 99999999\r\n\r\n"])
def test_the_time_of_a_scan_does_not_grow_with_the_square_of_what_is_damaged(
    tmp_path, headers, pack
):
    unit = b"WARC/1.0\r\n" + headers
    (tmp_path / "a").write_bytes(pack(unit * (200_000 // len(unit))))
    scan = WarcScan(tmp_path / "a", skip_damage=True)
    assert urls_of(scan) == []
    assert scan.skipped[DAMAGED] == 200_000 // len(unit)


def test_an_empty_file_holds_nothing_and_is_sound(tmp_path):
    (tmp_path / "a").touch()
    assert damage_of(tmp_path / "a") == (0, None)


def test_errors_of_the_disk_are_storage_errors(tmp_path):
    with pytest.raises(StorageError, match=r"none\.warc\.gz: No such file"):
        read_response(tmp_path / "none.warc.gz", 0, limit=LIMIT)
    with pytest.raises(StorageError, match="Is a directory"):
        list(WarcScan(tmp_path))
