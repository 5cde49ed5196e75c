"""The site's stories in WARC files of any origin become captures of our own archive."""

import asyncio
import gzip
import json
import logging
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from tasks import import_warc
from tasks.archive.files import archived_files
from tasks.archive.files import captures_of as captures_in
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
from tasks.compact import compact
from tasks.core.errors import SourceError, StorageError, UsageError
from tasks.core.staging import complete_batches, move_folder, remove_batch
from tasks.import_warc import WarcImport, warc_units
from tasks.units import (
    KNOWN,
    OTHER_STATUS,
    OTHER_TYPE,
    UNDATED,
    archive_unit,
)
from tasks.warehouse.publish import publish_file
from tasks.warehouse.writer import writer
from tests.sql.records import RUN_ID, SEEN_AT, STORY, load_batch, make_run
from tests.tasks.stages import captures_of
from tests.unit.archive.foreign_warc import PAGE, Record, make_response, write_warc

LIMIT = 1 << 20
OLD = "http://www.menafn.com/1095277951/Harbour?src=RSS"
UUID = "0c0ffee0-1111-4222-8333-444444444444"


def import_pass(run, units):
    """One pass over units, but for reading the pages of its batches, which are left as fetched."""

    async def process(run, unit, versions):
        receipt = replace(archive_unit(run, unit, run.paths.fetched), versions=versions)
        if unit.limit is None:
            unit.receipt_file(run.paths).parent.mkdir(parents=True, exist_ok=True)
            unit.receipt_file(run.paths).write_text(json.dumps(asdict(receipt)))
        return receipt

    async def do_all():
        async for unit in importer.pending():
            await importer.do(run, unit)

    importer = WarcImport(run, units, "today", process)
    asyncio.run(do_all())
    return importer


def import_files(run, *files):
    """The captures of one pass, and what it skipped."""
    importer = import_pass(run, warc_units([*map(str, files)])[0])
    batches = complete_batches(run.paths.fetched)
    captures = [capture for batch in batches for capture in captures_of(batch)]
    return captures, dict(importer.skipped)


def import_and_load(run, *files):
    """The same, and what a run does with its batches, but without extraction."""
    found = import_files(run, *files)
    with writer(run.paths, wait_seconds=0) as connection:
        for path in complete_batches(run.paths.fetched):
            folder = run.paths.staged / path.name
            move_folder(path, folder)
            load_batch(connection, folder, run_id=RUN_ID)
            remove_batch(folder)
    publish_file(run.paths.writer_file, run.paths)
    return found


def names_of(units):
    return [unit.source.path.rpartition("/")[2] for unit in units]


def stories(count):
    return [Record(url=f"https://menafn.com/{STORY + number}/x") for number in range(count)]


@pytest.mark.parametrize("form", ["records", "one", "plain"])
def test_a_story_is_copied_with_its_id_its_date_and_both_its_addresses(run, tmp_path, form):
    record = Record(url=OLD, record_id=f"<urn:uuid:{UUID}>")
    (capture,), _ = import_files(run, write_warc(tmp_path / "cc.warc.gz", record, form=form))
    assert (capture.capture_id, capture.article_id) == (UUID, 1095277951)
    assert capture.fetched_at == datetime(2017, 3, 1, 10, tzinfo=UTC)
    assert capture.url == "https://menafn.com/1095277951/Harbour"
    assert (capture.run_id, capture.status) == (RUN_ID, 200)
    path = run.settings.data_dir / capture.warc_path
    assert path.is_relative_to(run.paths.raw)
    copied = read_record(path, capture.warc_offset)
    assert (copied.capture_id, copied.url, copied.body) == (UUID, capture.url, PAGE)
    assert copied.fetched_at == capture.fetched_at
    assert f"WARC-Source-URI: {OLD}".encode() in gzip.decompress(path.read_bytes())


def test_what_is_no_page_of_a_story_is_counted_and_skipped(tmp_path):
    run = make_run(tmp_path / "data", max_body_mb=0.1)
    file = write_warc(
        tmp_path / "a.warc",
        Record(url="https://elsewhere.example/1109916091/x"),
        Record(url="https://menafn.com/qn_news_sections.aspx?src=s"),
        Record(url=OLD, status="404 Not Found"),
        Record(url=OLD, headers=(("Content-Type", "application/pdf"),)),
        Record(url=OLD, date="yesterday"),
        Record(url=OLD, kind="revisit", body=b""),
        Record(url=OLD, body=b"x" * 200_000),
        form="plain",
    )
    captures, skipped = import_files(run, file)
    assert captures == []
    assert skipped == {
        OTHER_ADDRESS: 2, OTHER_STATUS: 1, OTHER_TYPE: 1, UNDATED: 1, REVISIT: 1, TOO_LARGE: 1,
    }  # fmt: skip
    assert not run.paths.raw.exists(), "nothing to archive, no file"


def test_a_record_dated_in_the_future_is_dated_by_its_import_and_its_claim_is_kept(run, tmp_path):
    claim = datetime(2099, 1, 1, tzinfo=UTC)
    file = write_warc(tmp_path / "a.warc", Record(url=OLD, date="2099-01-01T00:00:00Z"))
    (capture,), _ = import_files(run, file)
    assert (capture.fetched_at, capture.claimed_at) == (run.started_at, claim)
    (path,) = archived_files(run.paths)
    assert list(captures_in(WarcScan(path), run.paths, RUN_ID)) == [capture], "so a rebuild sees it"


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "0999-01-01"])
def test_a_record_from_before_there_was_a_site_is_skipped(run, tmp_path, date):
    file = write_warc(tmp_path / "a.warc", Record(url=OLD, date=date), *stories(1))
    captures, skipped = import_files(run, file)
    assert [one.article_id for one in captures] == [STORY]
    assert skipped == {UNDATED: 1}


def test_what_an_earlier_version_imported_from_the_future_is_dated_by_its_import(run):
    claim = datetime(2099, 1, 1, tzinfo=UTC)
    with ArchiveWriter(run) as archive:
        archive.append(make_response(fetched_at=claim), STORY)
    (path,) = archived_files(run.paths)
    (capture,) = captures_in(WarcScan(path), run.paths, RUN_ID)
    assert (capture.fetched_at, capture.claimed_at) == (SEEN_AT, claim)


def test_a_record_whose_status_is_none_is_skipped_and_the_rest_is_imported(run, tmp_path):
    statuses = ("abc", "", "9" * 5000, "3000000000", "000", "099", "600", "20", "2000", "2_00")
    records = [Record(url=OLD, status=f"{status} x") for status in statuses]
    captures, skipped = import_files(run, write_warc(tmp_path / "a.warc", *records, *stories(1)))
    assert [one.article_id for one in captures] == [STORY]
    assert skipped == {MALFORMED: len(statuses)}


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate", "gzip, br"])
def test_a_body_without_the_coding_that_its_headers_name_can_be_read(run, tmp_path, coding):
    headers = (("Content-Type", "text/html"), ("Content-Encoding", coding))
    file = write_warc(
        tmp_path / "a.warc",
        Record(url=OLD, headers=headers),
        Record(
            url=OLD, headers=(headers[0], ("Content-Encoding", "gzip")), body=gzip.compress(PAGE)
        ),
    )
    captures, _ = import_files(run, file)
    assert len(captures) == 2
    for one in captures:
        path = run.settings.data_dir / one.warc_path
        assert read_response(path, one.warc_offset, limit=LIMIT).body == PAGE


def test_a_record_with_an_id_of_another_kind_always_gets_the_same_uuid(tmp_path):
    file = write_warc(tmp_path / "a.warc", Record(url=OLD, record_id="<https://x.example/1>"))
    runs = [make_run(tmp_path / name) for name in ("one", "other")]
    (one, other) = [capture.capture_id for run in runs for capture in import_files(run, file)[0]]
    assert one == other
    assert len(one) == 36


def test_the_same_record_in_two_files_is_imported_once(run, tmp_path):
    record = Record(url=OLD)
    file = write_warc(tmp_path / "a.warc.gz", record)
    captures, _ = import_and_load(run, file)
    assert import_and_load(run, file) == ([], {}), "there is a receipt"
    again, skipped = import_and_load(run, write_warc(tmp_path / "b.warc", record, *stories(1)))
    assert len(captures) == len(again) == 1
    assert skipped == {KNOWN: 1}


def test_of_a_file_that_has_grown_what_is_new_is_imported(run, tmp_path):
    file = write_warc(tmp_path / "a.warc", *stories(2), Record(url=OLD, body=PAGE * 100))
    import_and_load(run, file)
    more = write_warc(tmp_path / "more", Record(url="https://menafn.com/1109916099/x"))
    file.write_bytes(file.read_bytes() + more.read_bytes())
    captures, skipped = import_and_load(run, file)
    assert [one.article_id for one in captures] == [1109916099]
    assert skipped == {KNOWN: 3}
    # Another file of the same name is read from the start.
    assert len(import_and_load(run, write_warc(file, *stories(2)))[0]) == 2


@pytest.mark.parametrize("is_new_version", [False, True])
def test_what_was_archived_is_not_archived_again(run, tmp_path, is_new_version):
    file = write_warc(tmp_path / "a.warc.gz", *stories(8))
    first, _ = import_and_load(run, file)
    (receipt,) = (run.paths.state / "backfill").iterdir()
    if is_new_version:
        receipt.write_text(receipt.read_text().replace("today", "yesterday"))
    else:  # a run was killed when it had archived everything
        receipt.unlink()
    again, skipped = import_and_load(make_run(run.settings.data_dir, "r-2"), file)
    assert (again, skipped) == (first, {})
    assert len(archived_files(run.paths)) == 1
    assert '"versions": "today"' in receipt.read_text()


def test_an_import_repeated_after_its_file_was_compacted_does_nothing_twice(run, tmp_path):
    file = write_warc(tmp_path / "a.warc.gz", *stories(8))
    first, _ = import_and_load(run, file)
    assert compact(make_run(run.settings.data_dir, compact_after_days=0.0).settings).files == 1
    (cold,) = archived_files(run.paths)
    assert cold.is_relative_to(run.paths.cold)
    assert import_and_load(make_run(run.settings.data_dir, "r-2"), file) == ([], {})
    (receipt,) = (run.paths.state / "backfill").iterdir()
    receipt.write_text(receipt.read_text().replace("today", "yesterday"))
    again, _ = import_and_load(make_run(run.settings.data_dir, "r-3"), file)
    assert [one.capture_id for one in again] == [one.capture_id for one in first]
    assert archived_files(run.paths) == [cold], "its stories are not copied again"
    with writer(run.paths, wait_seconds=0) as connection:
        rows = connection.table("captures").project("warc_path, warc_offset").fetchall()
    assert sorted(rows) == sorted((one.warc_path, one.warc_offset) for one in again)


def test_the_ranges_of_a_large_file_have_each_record_once(run, tmp_path, monkeypatch):
    file = write_warc(tmp_path / "a.warc.gz", *stories(40))
    monkeypatch.setattr(import_warc, "_RANGE_BYTES", file.stat().st_size // 7)
    units, _ = warc_units([str(file)])
    captures, skipped = import_files(run, file)
    assert len(units) == 7
    assert sorted(one.article_id - STORY for one in captures) == list(range(40))
    assert skipped == {}
    for form in ("one", "plain"):
        path = write_warc(tmp_path / form, *stories(40), form=form)
        assert len(warc_units([str(path)])[0]) == 1, "no record's start can be found there"


def test_a_file_that_changes_while_it_is_read_is_named_and_leaves_nothing(run, tmp_path):
    file = write_warc(tmp_path / "a.warc.gz", *stories(3))
    ((unit,), _) = warc_units([str(file)])
    file.write_bytes(file.read_bytes() * 2)
    with pytest.raises(SourceError, match=r"a\.warc\.gz has changed while it was read"):
        archive_unit(run, unit, run.paths.fetched)
    assert [one for one in run.paths.raw.rglob("*") if one.is_file()] == []
    assert not run.paths.fetched.exists()


@pytest.mark.slow
def test_stories_beyond_the_limit_are_imported_by_later_passes(tmp_path):
    files = [write_warc(tmp_path / f"{n}.warc.gz", *stories(5 * n + 5)[5 * n :]) for n in (0, 1)]
    found: list[list[int]] = []
    for _ in range(4):
        run = make_run(tmp_path / "data", f"r-{len(found)}", max_stories=3, batch_pages=2)
        captures, _ = import_and_load(run, *files)
        found.append(sorted(one.article_id - STORY for one in captures))
    assert found == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]


# What is put in the place of what in a sound record.
BAD = (
    (b"Content-Length: ", b"Content-Length: -"),
    (b"Content-Length: ", b"Content-Length: 9999999"),
    (b"Content-Length: ", b"Content-Length: 1 #"),
    (b"Content-Length: ", b"Content-Length: \r\nX-Length: "),
    (b"WARC-Date: 2017-03-01T10:00:00Z", b"WARC-Date: 9999-12-31T23:59:59-14:00"),
    (b"WARC-Date: 2017-03-01T10:00:00Z", b"WARC-Date: 0001-01-01T00:00:00+14:00"),
    (b"WARC-Date: 2017-03-01T10:00:00Z", b"WARC-Date: " + b"9" * 5000),
    (b"WARC-Date", b"X-Date"),
    (b"WARC/1.0", b"WARC/7.7"),
    (b"WARC/1.0", b"\0" * 3_000_000),
    (b"HTTP/1.1 200 OK", b"HTTP/1.1 " + b"2" * 5000),
    (b"<html>", b""),
    (b"<html>", b"<html><html>"),
)


@pytest.mark.parametrize("form", ["records", "one", "plain"])
def test_a_bad_record_loses_only_itself(run, tmp_path, form):
    whole = b""
    for number, record in enumerate(stories(2 * len(BAD) + 1)):
        content = write_warc(tmp_path / "a", record, form="plain").read_bytes()
        content = content[content.rindex(b"WARC/1.0") :]
        if number % 2:
            old, new = BAD[number // 2]
            assert old in content
            content = content.replace(old, new, 1)
        whole += gzip.compress(content) if form == "records" else content
    file = tmp_path / "bad.warc"
    file.write_bytes(gzip.compress(whole) if form == "one" else whole)
    captures, skipped = import_files(run, file)
    assert [one.article_id - STORY for one in captures] == list(range(0, number + 1, 2))
    assert skipped.pop(UNDATED) == 4
    assert skipped.pop(DAMAGED) >= len(BAD) - 4
    assert skipped == {}


def test_a_truncated_record_is_logged_and_the_others_are_imported(run, tmp_path, caplog):
    file = write_warc(tmp_path / "a\x1b]0;owned\x07\n.warc.gz", *stories(3))
    file.write_bytes(file.read_bytes()[:-20])
    with caplog.at_level(logging.WARNING):
        captures, _ = import_files(run, file)
    assert len(captures) == 2
    assert r"a\x1b]0;owned\x07\n.warc.gz: skipped 1 damaged places" in caplog.text


def test_one_bad_file_loses_only_itself(run, tmp_path):
    bad = tmp_path / "bad.warc.gz"
    bad.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\n")
    gone, good = (
        write_warc(tmp_path / name, *stories(2)) for name in ("gone.warc", "good.warc.gz")
    )
    units, _ = warc_units([*map(str, (bad, gone, good))])
    gone.unlink()
    importer = import_pass(run, units)
    assert len(complete_batches(run.paths.fetched)) == 1
    assert [line.split("/")[-1].split(" ")[0] for line in importer.unread] == [
        "bad.warc.gz",
        "gone.warc:",
    ]
    with pytest.raises(StorageError, match=r"Nothing could be read: .*bad\.warc\.gz"):
        import_pass(run, units[:2])


KINDS = {
    "a.wacz": (b"PK\x03\x04\x14\0archive/", "ZIP file: unzip it"),
    "a.warc.zst": (b"\x28\xb5\x2f\xfd\x04\0", "zstd -d"),
    "dictionary.warc.zst": (b"\x5d\x2a\x4d\x18\x04\0\0\0", "zstd -d"),
    "a.warc.bz2": (b"BZh91AY&SY", "bunzip2"),
    "a.warc.xz": (b"\xfd7zXZ\0\0", "unxz"),
    "a.arc": (b"filedesc://a.arc 0.0.0.0 20170301 text/plain 77\n1 0 A\n", "warcio recompress"),
    "a.arc.gz": (gzip.compress(b"filedesc://a.arc 0.0.0.0 20170301\n"), "warcio recompress"),
    "a.warc": (b"<!DOCTYPE html><title>Not Found</title>", "holds no WARC record"),
    "page.warc.gz": (gzip.compress(b"<!DOCTYPE html>"), "holds no WARC record"),
    "empty.warc.gz": (b"", "is empty"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_kind_is_refused_with_what_to_do(tmp_path, name):
    content, advice = KINDS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=f"{name} .*{advice}"):
        warc_units([str(tmp_path / name)])
    good = write_warc(tmp_path / "good.warc", *stories(1))
    units, refused = warc_units([str(tmp_path / name), str(good)])
    assert names_of(units) == ["good.warc"]
    assert name in refused[0]


def test_other_files_in_a_folder_are_named_in_one_line(tmp_path, caplog):
    folder = tmp_path / "found"
    good = write_warc(folder / "b" / "1.any-name", *stories(1))
    for name, (content, _) in KINDS.items():
        (folder / name).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        units, refused = warc_units([str(folder), str(good)])
    assert (names_of(units), refused) == (["1.any-name"], [])
    (line,) = caplog.messages
    assert line.startswith("Skipped 10 files: ")
    assert "a.arc is an ARC file" in line
    assert line.endswith("; and 5 more.")


def test_records_after_what_is_none_are_found(run, tmp_path):
    file = tmp_path / "a.warc"
    file.write_bytes(
        b"\xef\xbb\xbfHTTP error\n"
        + write_warc(tmp_path / "b", *stories(2), form="plain").read_bytes()
    )
    assert len(import_files(run, file)[0]) == 2


def test_each_file_is_read_once(tmp_path):
    for name in ("b/2.warc.gz", "b/1.WARC", "an odd näme"):
        write_warc(tmp_path / name, *stories(1))
    given = ("an odd näme", "b", "b/1.WARC", "*/*.gz", "**/*näme")
    units, _ = warc_units([str(tmp_path / one) for one in given])
    assert names_of(units) == ["an odd näme", "1.WARC", "2.warc.gz"]


@pytest.mark.parametrize(
    ("name", "message"), [("none", "no such file"), (".", "holds no WARC file")]
)
def test_a_path_without_warc_files_is_an_error(tmp_path, name, message):
    with pytest.raises(UsageError, match=message):
        warc_units([str(tmp_path / name)])
