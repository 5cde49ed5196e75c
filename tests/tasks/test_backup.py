"""A backup is complete or absent, is updated cheaply, and restores what was lost."""

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from tasks.archive.files import archived_files
from tasks.archive.reader import read_record
from tasks.archive.writer import ArchiveWriter
from tasks.backup import backup, restore
from tasks.core.errors import NewerWarehouseError, StorageError, UsageError, WriterBusyError
from tasks.takedown import take_down
from tasks.warehouse.check import failed_checks
from tasks.warehouse.publish import publish
from tasks.warehouse.runs import begin_run, hold_run_lock
from tasks.warehouse.writer import writer
from tests.sql.records import STORY, load_batch, make_article, make_run, stage
from tests.tasks.killing import killed_at
from tests.tasks.takedown_site import COPY, LATER, OTHER, places_of, response_to, rows

NEXT = "20250813T090000Z-0a1b2c"
IDS = "select article_id from articles order by all"


@pytest.fixture
def run(backed_up):
    return backed_up


def add_story(run):
    """What another run would bring."""
    later = make_run(run.settings.data_dir, NEXT)
    later = replace(later, started_at=later.started_at + timedelta(days=1))
    story = LATER + 1
    url = f"https://menafn.com/{story}/x"
    with ArchiveWriter(later) as archive:
        capture = archive.append(response_to(url, "<p>A new one" * 99), story)
    article = make_article(article_id=story, url=url, capture_id=capture.capture_id)
    batch = stage(run.paths.staged / f"{NEXT}-00001", captures=[capture], articles=[article])
    with writer(run.paths, wait_seconds=0) as connection:
        begin_run(connection, later)
        load_batch(connection, batch, run_id=NEXT)
    shutil.rmtree(batch)
    publish(later)


def everything(run):
    """What an operator would miss: the published rows, and the response of each."""
    found = rows(run, "select * exclude (run_id) from articles order by article_id")
    captures = "select capture_id, warc_path, warc_offset from captures order by capture_id"
    for capture_id, path, offset in rows(run, captures):
        record = read_record(run.paths.data_dir / path, offset)
        assert record.capture_id == capture_id
        found.append((capture_id, record.body))
    with writer(run.paths, wait_seconds=0) as connection:
        assert failed_checks(connection, everything=True) == []
    return found


def test_a_lost_data_folder_comes_back(run, folder):
    before = everything(run)
    shutil.rmtree(run.paths.data_dir)
    done = restore(run.settings, folder)
    assert (done.stories, done.archive_files, done.newer_files) == (4, 1, 0)
    assert everything(run) == before


def test_a_second_backup_copies_only_what_is_new(run, folder):
    first = backup(run.settings, folder)
    assert (first.files, first.copied_files) == (2, 1)
    add_story(run)
    second = backup(run.settings, folder)
    assert (second.files, second.copied_files, second.stories) == (3, 2, 5)
    assert len(list(folder.glob("warehouse-*"))) == 2  # and its JSON
    before = everything(run)
    shutil.rmtree(run.paths.data_dir)
    restore(run.settings, folder)
    assert everything(run) == before


def test_a_backup_is_made_while_a_run_is_active_and_its_file_grows(run, folder):
    with hold_run_lock(run), ArchiveWriter(run) as archive:
        archive.append(response_to(f"https://menafn.com/{STORY + 7}/x", "one"), STORY + 7)
        backup(run.settings, folder)
        with pytest.raises(WriterBusyError, match="is in progress"):
            restore(run.settings, folder)
        archive.append(response_to(f"https://menafn.com/{STORY + 8}/x", "two"), STORY + 8)
    restore(run.settings, folder)
    again = backup(run.settings, folder)
    assert again.copied_files == 2
    copied = sum(path.stat().st_size for path in (folder / "raw").rglob("*.gz"))
    assert copied == sum(path.stat().st_size for path in archived_files(run.paths))


def test_a_backup_does_not_start_while_a_load_holds_the_file(run, folder):
    before = (folder / "SHA256SUMS").read_bytes()
    with writer(run.paths, wait_seconds=0), pytest.raises(WriterBusyError, match="in use by"):
        backup(run.settings, folder)
    assert (folder / "SHA256SUMS").read_bytes() == before


def test_what_the_archive_has_lost_stays_in_the_backup(run, folder):
    before = everything(run)
    for lost in archived_files(run.paths):
        lost.unlink()
    backup(run.settings, folder)
    restore(run.settings, folder)
    assert everything(run) == before


def test_a_newer_warehouse_is_replaced_only_with_force(run, folder):
    add_story(run)
    with pytest.raises(UsageError, match=r"is newer than the backup.*say --force"):
        restore(run.settings, folder)
    assert len(rows(run, IDS)) == 5
    done = restore(run.settings, folder, force=True)
    assert (done.stories, done.newer_files) == (4, 1)
    assert rows(run, IDS) == [(COPY,), (STORY,), (OTHER,), (LATER,)]


@pytest.mark.parametrize("pattern", ["warehouse-*.duckdb", "raw/**/*.warc.gz"])
@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_a_damaged_backup_is_refused_and_the_file_named(run, folder, pattern, damage):
    (path,) = folder.glob(pattern)
    if damage == "gone":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content if damage == "changed" else content[:-1])
    files = (run.paths.writer_file, run.paths.warehouse, *archived_files(run.paths))
    before = [file.read_bytes() for file in files]
    with pytest.raises(StorageError, match=path.name):
        restore(run.settings, folder)
    assert [file.read_bytes() for file in files] == before


def test_sha256sum_verifies_a_backup(run, folder):
    add_story(run)
    backup(run.settings, folder)
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(done.stdout.replace(": OK", "").split()) == files - {"SHA256SUMS", ".lock"}


@pytest.mark.parametrize("name", ["SHA256SUMS", "warehouse-*.json"])
def test_a_damaged_or_missing_list_is_refused(run, folder, name):
    (path,) = folder.glob(name)
    for text in ("", "{}", "half of i"):
        path.write_text(text)
        with pytest.raises(StorageError, match="is damaged"):
            restore(run.settings, folder)
    path.unlink()
    with pytest.raises(UsageError, match="a complete backup"):
        restore(run.settings, folder)


def test_a_backup_cannot_name_what_is_no_part_of_one(run, folder):
    """Nor files that are there, with the right digest: see test_hostile_backup.py."""
    sums = (folder / "SHA256SUMS").read_text()
    for name in ("../../stolen", "/etc/passwd", "raw/a\0b", "warehouse.duckdb", "raw"):
        (folder / "SHA256SUMS").write_text(f"{sums}{'0' * 64}  {name}\n")
        with pytest.raises(StorageError, match="can't be part of a backup"):
            restore(run.settings, folder)


def test_a_backup_of_a_newer_program_is_refused(run, folder):
    with duckdb.connect(str(run.paths.writer_file)) as connection:
        connection.execute("insert into ops.migrations values (9999, 'later', '', now())")
    newer = folder.with_name("newer")
    with pytest.raises(NewerWarehouseError):
        backup(run.settings, newer)
    with pytest.raises(NewerWarehouseError, match="say --force"):
        restore(run.settings, folder)
    restore(run.settings, folder, force=True)
    assert len(rows(run, IDS)) == 4


def test_a_damaged_warehouse_is_replaced_without_force(run, folder):
    before = everything(run)
    run.paths.writer_file.write_bytes(b"rubbish" * 1000)
    restore(run.settings, folder)
    assert everything(run) == before


def test_a_story_taken_down_since_does_not_come_back(run, folder):
    take_down(run.settings, [STORY], reason="asked for")
    done = restore(run.settings, folder, force=True)
    assert done.forgotten == 1
    assert places_of(run) == set()
    everything(run)
    assert rows(run, "select article_id, reason from tombstones") == [(STORY, "asked for")]
    for path in archived_files(run.paths):
        path.unlink()
    restore(run.settings, folder, force=True)
    assert places_of(run) == set()
    everything(run)


def test_a_backup_made_again_has_nothing_of_a_story_taken_down(run, folder):
    backup(run.settings, folder)
    assert str(folder.resolve()) in take_down(run.settings, [STORY]).backups
    backup(run.settings, folder)
    assert places_of(make_run(folder)) == set()


@pytest.mark.parametrize("place", ["data", "data/raw/x", "data/state"])
def test_a_backup_is_not_made_among_the_originals(run, tmp_path, place):
    with pytest.raises(UsageError, match="Name another folder"):
        backup(run.settings, tmp_path / place)
    empty = make_run(tmp_path / place / "empty").settings
    with pytest.raises(UsageError, match="no warehouse"):
        backup(empty, empty.data_dir / "backup")


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing(run, folder, tmp_path):
    """A backup killed leaves the one before it; a restore killed, the old state or the new one."""
    old = rows(run, IDS)
    add_story(run)
    new = rows(run, IDS)
    killed = 0
    while killed_at(killed, lambda: backup(run.settings, folder)):
        killed += 1
        restore(make_run(tmp_path / "aside").settings, folder)
        assert rows(make_run(tmp_path / "aside"), IDS) in (old, new)
        shutil.rmtree(tmp_path / "aside")
    assert killed > 4
    killed = 0
    shutil.copytree(run.paths.data_dir, tmp_path / "kept")
    while True:
        shutil.rmtree(run.paths.data_dir)
        shutil.copytree(tmp_path / "kept", run.paths.data_dir)
        archived_files(run.paths)[0].unlink()
        if not killed_at(killed, lambda: restore(run.settings, folder)):
            break
        assert rows(run, IDS) == new
        restore(run.settings, folder)
        everything(run)
        killed += 1
    assert killed > 4


def test_a_verified_backup_copies_again_what_is_damaged_and_names_what_it_cannot(run, folder):
    (path,) = folder.glob("raw/**/*.warc.gz")
    content = path.read_bytes()
    damaged = content[::-1]
    path.write_bytes(damaged)
    assert backup(run.settings, folder).copied_files == 1, "its size and time are the same"
    assert backup(run.settings, folder, verify=True).copied_files == 2
    assert path.read_bytes() == content
    path.write_bytes(damaged)
    archived_files(run.paths)[0].unlink()
    with pytest.raises(StorageError, match=rf"{path.name} isn't what was backed up. Its other"):
        backup(run.settings, folder, verify=True)
