"""Walking files of any origin: what is given, what is passed over, and where to carry on."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from tasks.archive.reader import MALFORMED, OTHER_ADDRESS, REVISIT, TOO_LARGE, WarcScan
from tests.unit.archive.foreign_warc import PAGE, Record, write_warc

STORY = "http://www.menafn.com/1095277951/Harbour?src=RSS"
OTHER = "http://elsewhere.example/1095277951/Harbour"


def ours(url: str) -> bool:
    return "menafn.com" in url


def warc(path: Path, *urls: str, form: str = "records") -> Path:
    return write_warc(path, *(Record(url=url) for url in urls), form=form)


def urls_of(walk: WarcScan) -> list[str]:
    return [record.url for record in walk]


@pytest.mark.parametrize("form", ["records", "one", "plain"])
def test_a_file_is_walked_however_it_is_compressed(tmp_path, form):
    walk = WarcScan(warc(tmp_path / "a", STORY, OTHER, STORY, form=form), wants=ours)
    assert urls_of(walk) == [STORY, STORY]
    assert walk.skipped == {OTHER_ADDRESS: 1}
    assert walk.info["software"] == "other/1"
    assert walk.damage is None
    assert walk.is_seekable is (form != "one")


@pytest.mark.parametrize("form", ["records", "plain"])
def test_a_walk_carries_on_where_another_was_left(tmp_path, form):
    path = warc(tmp_path / "a", STORY, OTHER, STORY + "2", STORY + "3", form=form)
    first = WarcScan(path, wants=ours)
    records = iter(first)
    assert [next(records).url, next(records).url] == [STORY, STORY + "2"]
    second = WarcScan(path, start=first.position, wants=ours)
    assert urls_of(second) == [STORY + "3"]
    assert second.position == path.stat().st_size
    assert urls_of(WarcScan(path, start=second.position)) == []


@pytest.mark.parametrize("form", ["records", "one", "plain"])
def test_of_a_file_that_is_cut_short_the_rest_is_used(tmp_path, form):
    path = warc(tmp_path / "a", STORY, STORY, form=form)
    path.write_bytes(path.read_bytes()[:-30])
    walk = WarcScan(path)
    assert urls_of(walk)[:1] == [STORY]
    assert walk.damage is not None


def test_what_is_cut_off_behind_a_record_that_nobody_wants_is_told_too(tmp_path):
    path = warc(tmp_path / "a", STORY, OTHER)
    path.write_bytes(path.read_bytes()[:-30])
    walk = WarcScan(path, wants=ours)
    assert urls_of(walk) == [STORY]
    assert walk.damage is not None


def test_a_malformed_answer_in_a_whole_record_costs_only_itself(tmp_path):
    out = BytesIO()
    for payload in (b"no answer at all", b"HTTP/1.1 abc\r\n\r\n", b""):
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {STORY}\r\n"
        length = f"Content-Length: {len(payload)}\r\n\r\n"
        out.write(gzip.compress((head + length).encode() + payload + b"\r\n\r\n"))
    whole = warc(tmp_path / "whole", STORY).read_bytes()
    (tmp_path / "a").write_bytes(out.getvalue() + whole)
    walk = WarcScan(tmp_path / "a")
    assert urls_of(walk) == [STORY]
    assert walk.skipped == {MALFORMED: 3}
    assert walk.damage is None


def test_revisits_and_overlong_records_are_counted(tmp_path):
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_revisit_record(STORY, "sha1:AAAA", STORY, "2017-03-01T10:00:00Z")
    )
    others = write_warc(
        tmp_path / "others",
        Record(url=STORY, body=PAGE * 50),
        Record(url=STORY),
        Record(url=STORY, kind="request", body=b"", status="GET / HTTP/1.1"),
    )
    (tmp_path / "a").write_bytes(out.getvalue() + others.read_bytes())
    walk = WarcScan(tmp_path / "a", limit=len(PAGE) * 2)
    assert len(urls_of(walk)) == 1
    assert walk.skipped == {REVISIT: 1, TOO_LARGE: 1}


def test_an_empty_file_holds_nothing_and_is_whole(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    walk = WarcScan(tmp_path / "a")
    assert urls_of(walk) == []
    assert walk.damage is None


@pytest.mark.parametrize("filling", [b"\0", b"a: b\r\n"], ids=["one line", "many headers"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_endless_headers_end_the_walk_at_once(tmp_path, capsys, filling, pack):
    head = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\nWARC/1.0\r\n"
    (tmp_path / "a").write_bytes(pack(head + filling * (1 << 22)))
    walk = WarcScan(tmp_path / "a")
    assert urls_of(walk) == []
    assert walk.damage is not None
    assert len(capsys.readouterr().err) < 1000


def test_what_is_said_of_a_damaged_file_is_fit_to_be_printed(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"\x1b]0;title\x07: \x1b[31m\r\n\r\n\x1b[2J")
    walk = WarcScan(path)
    assert urls_of(walk) == []
    assert walk.damage is not None
    assert walk.damage.detail.isprintable()
