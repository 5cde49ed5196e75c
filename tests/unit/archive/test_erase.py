"""A story is erased from a file of the archive, and nothing else in it changes or moves."""

import gzip
import hashlib
import random
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.archive.erase import ErasureResult, erase_stories
from tasks.archive.members import pack_member, read_members
from tasks.archive.reader import WarcScan, read_record, read_response
from tasks.archive.writer import ArchiveWriter
from tasks.listings.redact import redact_listing
from tests.sql.records import STORY, make_run
from tests.unit.archive.foreign_warc import make_response

SECRET = b"The harbour master resigned before noon. "
FEED = "rss/menafn_Kuwait.xml"


def response_to(path, body, *headers):
    return make_response(body, url=f"https://menafn.com/{path}", headers=headers)


def feed(*ids):
    text = SECRET.decode()
    items = "".join(
        f"<item><title>{text}</title><link>https://menafn.com/{one}/{text.split()[1]}</link></item>"
        if one == STORY
        else f"<item><title>Of {one}</title><link>https://menafn.com/{one}/x</link></item>"
        for one in ids
    )
    return f'<?xml version="1.0"?><rss><channel>{items}</channel></rss>'.encode()


@pytest.fixture
def archived(tmp_path):
    """A file of five responses and their captures: two of the story, two feeds, another story."""
    page = SECRET * 200 + random.Random(1).randbytes(3000)
    coded = (b"content-encoding", b"gzip")
    many = feed(*range(STORY, STORY + 40))
    with ArchiveWriter(make_run(tmp_path)) as archive:
        captures = [
            archive.append(response_to(f"{STORY}/The-harbour", page), STORY),
            archive.append(response_to(FEED, many)),
            archive.append(response_to(FEED, gzip.compress(many), coded)),
            archive.append(response_to(f"{STORY + 1}/x", b"<p>x" * 900), STORY + 1),
            archive.append(response_to(f"mobile/WebAPI/getnews/getstory/{STORY}", b"{}"), STORY),
        ]
    return tmp_path / captures[0].warc_path, captures


def erase(path, *ids):
    result = ErasureResult()
    erase_stories(path, ids, redact_listing, result)
    return result


def inflated(path):
    return b"".join(member.content for member in read_members(path))


def test_a_story_is_gone_and_every_other_record_is_where_it_was(archived):
    path, captures = archived
    before, sizes = path.read_bytes(), {m.offset: m.length for m in read_members(path)}
    result = erase(path, STORY)
    after = path.read_bytes()
    assert (result.responses, result.listings) == (2, 2)
    assert set(result.removed) == {captures[0].capture_id, captures[4].capture_id}
    assert len(after) == len(before)
    assert {m.offset: m.length for m in read_members(path)} == sizes
    for kept in (0, captures[3].warc_offset):
        assert after[kept : kept + sizes[kept]] == before[kept : kept + sizes[kept]]
    assert b"harbour" not in inflated(path)
    found = [record.capture_id for record in WarcScan(path)]
    assert found == [c.capture_id for c in captures[1:4]]


def test_feeds_are_redacted_and_can_still_be_read(archived):
    path, captures = archived
    result = erase(path, STORY)
    assert list(result.redacted) == [c.capture_id for c in captures[1:3]]
    for capture in captures[1:3]:
        read = read_response(path, capture.warc_offset, limit=1 << 20)
        assert b"Of %d<" % (STORY + 39) in read.body
        assert b"arbour" not in read.body
        assert b"/%d/" % STORY in read.body
        record = read_record(path, capture.warc_offset)
        assert record.header("content-length") == str(len(record.body))
        digest = hashlib.sha256(record.body).hexdigest()
        assert result.redacted[capture.capture_id] == (digest, len(record.body))


def test_any_warc_tool_reads_the_file_and_its_digests_hold(archived):
    path, _ = archived
    erase(path, STORY)
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        kinds = [one.rec_type for one in records if one.content_stream().read() is not None]
    assert kinds == ["warcinfo", "metadata", "response", "response", "response", "metadata"]


def test_erasing_again_changes_nothing_and_reports_the_same_listings(archived):
    path, _ = archived
    first = erase(path, STORY)
    bytes_then, changed_at = path.read_bytes(), path.stat().st_mtime_ns
    again = erase(path, STORY)
    assert again.redacted == first.redacted
    assert (again.responses, again.listings, again.removed) == (0, 0, [])
    assert erase(path, STORY + 90).responses == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (bytes_then, changed_at)
    more = erase(path, STORY + 1)
    assert (more.responses, more.listings) == (1, 2)


def test_a_listing_that_cannot_be_redacted_is_removed(tmp_path):
    bare = f"<rss><title>{STORY} {SECRET.decode()}</title></rss>".encode()
    with ArchiveWriter(make_run(tmp_path)) as archive:
        capture = archive.append(response_to(FEED, bare))
        archive.append(response_to(f"{STORY + 1}/x", b"<p>x"), STORY + 1)
    path = tmp_path / capture.warc_path
    result = erase(path, STORY)
    assert result.removed == [capture.capture_id]
    assert b"harbour" not in inflated(path)
    assert len(list(WarcScan(path))) == 1


@pytest.mark.parametrize("cut", [10, 400])
def test_a_truncated_record_of_the_story_is_cut_off(archived, cut):
    path, captures = archived
    whole = path.read_bytes()
    path.write_bytes(whole[: captures[1].warc_offset - cut])
    erase(path, STORY)
    assert path.read_bytes() == whole[: captures[0].warc_offset]


def test_a_member_can_have_any_length_from_its_shortest_on(tmp_path):
    content = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n"
    shortest = len(gzip.compress(content, 9))
    assert pack_member(content, shortest - 1) is None
    for length in (*range(shortest, shortest + 40), 10_100, 70_000, 200_001):
        packed = pack_member(content, length)
        assert packed is not None
        assert len(packed) == length
        assert gzip.decompress(packed * 2) == content * 2
        assert zlib.decompress(packed, zlib.MAX_WBITS | 16) == content
        assert [r.rec_type for r in ArchiveIterator(BytesIO(packed * 2))] == ["metadata"] * 2


def test_the_shortest_response_is_long_enough_for_the_record_that_replaces_it(tmp_path):
    short = replace(response_to(f"{STORY}/", b""), status=304, phrase="", remote_ip=None)
    with ArchiveWriter(make_run(tmp_path)) as archive:
        capture = archive.append(short, STORY)
    assert erase(tmp_path / capture.warc_path, STORY).responses == 1


def test_records_that_only_others_write_are_erased_or_kept_too(tmp_path):
    """One too short to say that it was removed, and one that inflates to more than memory holds."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://menafn.com/%b\r\n"
    sound = (
        head % b"%d/x" % (STORY + 1) + b"Content-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n"
    )
    short = b"\nWARC-Type: response\r\nWARC-Target-URI: /%d" % STORY
    bomb = head % b"rss/a.xml" + b"Content-Length: %d\r\n\r\n" % (80 << 20) + bytes(80 << 20)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(gzip.compress(one, 1) for one in (sound, short, bomb, sound)))
    members = [(one.offset, one.length) for one in read_members(path)]
    assert [len(one.content) <= 2 for one in read_members(path, limit=1)] == [True] * 4
    assert erase(path, STORY).responses == 1
    assert [(one.offset, one.length) for one in read_members(path)] == members
    scan = WarcScan(path)
    assert len(list(scan)) == 2
    assert scan.damage is None
