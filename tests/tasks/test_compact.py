"""Compacted files hold the same records where the warehouse says, whenever the work is stopped."""

import gzip
import shutil
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.archive.files import archived_files, archived_parts, captures_of, info_of, run_id_of
from tasks.archive.reader import WarcScan, read_record
from tasks.archive.writer import ArchiveWriter
from tasks.backup import backup, restore
from tasks.compact import compact
from tasks.core.errors import OperatorError, StorageError, UsageError, WriterBusyError
from tasks.takedown import take_down
from tasks.warehouse.check import failed_checks
from tasks.warehouse.publish import publish_file
from tasks.warehouse.runs import begin_run, hold_run_lock
from tasks.warehouse.writer import writer
from tests.sql.records import STORY, load_batch, make_run, stage
from tests.tasks.killing import killed_at
from tests.tasks.takedown_site import FEED, places_of, published_rows, response_to, rows

CAPTURES = "select capture_id, warc_path, warc_offset, payload_sha256 from captures order by all"


@pytest.fixture
def run(backed_up):
    """Nothing of its run is left to do."""
    for folder in (backed_up.paths.fetched, backed_up.paths.staged, backed_up.paths.quarantine):
        shutil.rmtree(folder)
    return backed_up


@pytest.fixture
def days(run):
    """Three more runs, two of them on its day."""
    for run_id in ("20250812T230000Z-aaaaaa", "20250812T231000Z-bbbbbb", "20250813T000000Z-cccccc"):
        add_run(run, run_id)
    return run


def add_run(run, run_id):
    other = make_run(run.settings.data_dir, run_id)
    with ArchiveWriter(other) as archive:
        captures = [archive.append(response_to(FEED, text)) for text in (run_id, run_id * 2)]
    batch = stage(run.paths.staged / f"{run_id}-00001", captures=captures)
    with writer(run.paths, wait_seconds=0) as connection:
        begin_run(connection, other)
        load_batch(connection, batch, run_id=run_id)
    shutil.rmtree(run.paths.staged)
    publish_file(run.paths.writer_file, run.paths)


def settings_of(run, **others):
    return make_run(run.settings.data_dir, compact_after_days=0.0, **others).settings


def records_of(run):
    """What a rebuild would read; every row of both copies finds its record, and no check fails."""
    for select in (rows, published_rows):
        for capture_id, path, offset, _ in select(run, CAPTURES):
            assert read_record(run.paths.data_dir / path, offset).capture_id == capture_id
    with writer(run.paths, wait_seconds=0) as connection:
        assert failed_checks(connection, everything=True) == []
    return sorted(
        (capture.capture_id, capture.run_id, capture.payload_sha256)
        for part in archived_parts(run.paths)
        for capture in captures_of(WarcScan(part.path, within=part.within), run.paths, part.run_id)
    )


def test_a_file_is_smaller_and_every_record_is_where_the_warehouse_says(run):
    before, (path,) = records_of(run), archived_files(run.paths)
    content = gzip.decompress(path.read_bytes())

    done = compact(settings_of(run))

    (cold,) = archived_files(run.paths)
    day = run_id_of(path)[:8]
    assert (cold.parents[2], cold.name) == (run.paths.cold, f"wirehouse-{day}-00000.warc.gz")
    assert not path.exists()
    assert gzip.decompress(cold.read_bytes()) == content
    with cold.open("rb") as file:
        assert sum(one.rec_type == "response" for one in ArchiveIterator(file)) == len(before)
    assert records_of(run) == before
    assert (done.files, done.size) == (1, cold.stat().st_size)
    assert done.size < done.former_size
    assert compact(settings_of(run)).files == 0


def test_the_files_of_a_day_become_one_with_a_part_for_each(days, tmp_path):
    before, written = records_of(days), [path.name for path in archived_files(days.paths)]
    backup(days.settings, tmp_path / "copies")

    assert compact(settings_of(days)).files == len(written)

    joined = [f"wirehouse-{day}-00000.warc.gz" for day in ("20250812", "20250813")]
    assert [path.name for path in archived_files(days.paths)] == joined
    parts = list(archived_parts(days.paths))
    assert [part.name for part in parts] == written
    assert [info_of(part.path, part.within)["ispartof"] for part in parts] == [
        part.run_id for part in parts
    ]
    assert records_of(days) == before
    backup(days.settings, tmp_path / "copies")
    copies = (tmp_path / "copies").rglob("*.warc.gz")
    assert sorted(path.name for path in copies) == joined, "and no longer what they replace"

    add_run(days, "20250812T235000Z-dddddd")
    before = records_of(days)
    assert compact(settings_of(days)).files == 1
    assert [path.name[-13:-8] for path in archived_files(days.paths)] == ["00000", "00001", "00000"]
    assert records_of(days) == before


def test_what_a_run_may_still_need_is_left(run):
    assert compact(run.settings).files == 0, "it is not a month old"
    (path,) = archived_files(run.paths)
    (run.paths.runs / f"{run_id_of(path)}.lock").parent.mkdir(exist_ok=True)
    (run.paths.runs / f"{run_id_of(path)}.lock").touch()
    assert compact(settings_of(run)).files == 0, "its run died and is to be continued"


def test_a_damaged_file_is_named_and_left(run, caplog):
    (path,) = archived_files(run.paths)
    with path.open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\n")[:-3])
    content = path.read_bytes()
    done = compact(settings_of(run))
    assert done.damaged_files == 1
    assert f"{path} is damaged" in caplog.text
    assert path.read_bytes() == content
    assert not list(run.paths.cold.rglob("*.gz"))


def test_runs_go_on_but_for_a_moment_and_the_work_is_kept(run):
    settings = settings_of(run, writer_wait_seconds=0.0)
    other = make_run(run.settings.data_dir, "20250813T090000Z-0a1b2c")
    with hold_run_lock(other), pytest.raises(WriterBusyError, match="is in progress"):
        compact(settings)
    (path,) = run.paths.cold.rglob("*.gz")
    made_at = path.stat().st_mtime_ns
    assert compact(settings).files == 1
    assert path.stat().st_mtime_ns == made_at


@pytest.mark.parametrize("sync", [2, pytest.param(None, marks=pytest.mark.slow)])
def test_killed_at_any_moment_it_is_whole_and_can_be_repeated(days, tmp_path, sync):
    run = days
    before = records_of(run)
    shutil.copytree(run.paths.data_dir, tmp_path / "kept")
    count = 0
    while True:
        at = count if sync is None else sync
        if not killed_at(at, lambda: compact(settings_of(run))):
            break
        assert records_of(run) == before, at
        compact(settings_of(run))
        assert records_of(run) == before, at
        assert not list(run.paths.raw.glob("20*/**/*.gz")), at
        count += 1
        if sync is not None:
            return
        shutil.rmtree(run.paths.data_dir)
        shutil.copytree(tmp_path / "kept", run.paths.data_dir)
    assert count > 6


def test_another_disk_is_read_backed_up_and_erased_from(run, folder, tmp_path):
    disk = tmp_path / "disk"
    before = records_of(run)
    settings = settings_of(run, cold_dir=str(disk))
    done = compact(settings)
    assert (done.files, Path(done.folder)) == (1, disk)
    assert len(list(disk.rglob("*.warc.gz"))) == 1
    assert records_of(run) == before

    again = backup(settings, folder)
    assert (again.files, again.copied_files) == (2, 2), "the file that was compacted is no more"
    assert len(list(folder.rglob("*.warc.gz"))) == 1
    shutil.rmtree(run.paths.data_dir)
    shutil.rmtree(disk)
    restore(settings, folder)
    assert len(list(disk.rglob("*.warc.gz"))) == 1
    assert records_of(run) == before

    erasure = take_down(settings, [STORY])
    assert (erasure.archived_answers, erasure.redacted_listings) == (1, 1)
    assert places_of(run) == places_of(make_run(disk)) == set()
    assert len(records_of(run)) == len(before) - 1


def test_a_backup_made_before_brings_back_what_was_compacted_since(run, folder):
    before = records_of(run)
    compact(settings_of(run))
    restore(run.settings, folder, force=True)
    assert records_of(run) == before
    assert len({path.parents[2] for path in archived_files(run.paths)}) == 2, "there are both"
    compact(settings_of(run))
    assert records_of(run) == before
    assert len(archived_files(run.paths)) == 1
    take_down(run.settings, [STORY])
    assert places_of(run) == set()


def test_a_disk_that_is_missing_is_named_and_nothing_else_is_used(run, tmp_path):
    settings = settings_of(run, cold_dir=str(tmp_path / "disk"))
    compact(settings)
    with pytest.raises(OperatorError, match="WIREHOUSE_COLD_DIR"):
        compact(settings_of(run, cold_dir=str(tmp_path / "other")))
    (tmp_path / "disk").rename(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="Mount that disk"):
        take_down(run.settings, [STORY])
    with pytest.raises(UsageError, match="no warehouse"):
        compact(make_run(tmp_path / "empty").settings)


def test_what_deleted_rows_and_killed_programs_left_is_freed(run):
    # The space at a file's end is given back by DuckDB itself.
    for statement in (
        "create table padding as select random() as x from range(4000000)",
        "create table behind as select random() as x from range(300000)",
        "drop table padding",
    ):
        with writer(run.paths, wait_seconds=0) as connection:
            connection.execute(statement)
    before = run.paths.writer_file.stat().st_size
    (run.paths.state / "published").mkdir()
    (run.paths.state / "published" / "writer.duckdb").write_bytes(bytes(1000))
    content = rows(run, CAPTURES)
    done = compact(run.settings)
    assert done.leftovers_freed >= 1000
    assert done.warehouse_freed == before - run.paths.writer_file.stat().st_size > 16 << 20
    assert rows(run, CAPTURES) == content
