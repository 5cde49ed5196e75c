"""The author of a backup can write stories with it, and nothing else."""

import hashlib
import json
import os
import shutil
import sqlite3

import duckdb
import pytest

from tasks.backup import restore
from tasks.core.errors import StorageError, UsageError
from tasks.warehouse import swap
from tests.sql.records import STORY
from tests.tasks.takedown_site import COPY, LATER, OTHER, rows

IDS = [(COPY,), (STORY,), (OTHER,), (LATER,)]


@pytest.fixture
def run(backed_up):
    return backed_up


def sign(folder, *others, edit=lambda facts: facts):
    """List the backup's files and others with digests and facts that are right, but for `edit`."""
    (facts_path,) = folder.glob("warehouse-*.json")
    original = folder.with_name("facts.json")
    if not original.exists():
        shutil.copyfile(facts_path, original)
    facts = json.loads(original.read_text())
    lines = []
    for path in [*facts["files"], *others]:
        content = (folder / path).read_bytes() if (folder / path).is_file() else b""
        facts["files"][path] = {"size": len(content), "changed_ns": 0}
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
    edited = edit(facts)
    text = edited if isinstance(edited, str) else json.dumps(edited)
    facts_path.write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "SHA256SUMS").write_text("".join(lines) + f"{digest}  {facts_path.name}\n")


def put(folder, path, content=b"evil"):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def state_of(run):
    """Every file of the data folder with its content; locks and folders of runs come and go."""
    files = (path for path in run.paths.data_dir.rglob("*") if path.is_file())
    return {
        path: path.read_bytes()
        for path in files
        if path.suffix != ".lock" and not path.is_relative_to(run.paths.runs)
    }


def refuse(run, folder, message, kind=StorageError):
    """What a restore raises; nothing is written."""
    before = state_of(run)
    with pytest.raises(kind, match=message) as raised:
        restore(run.settings, folder, force=True)
    assert state_of(run) == before
    return raised.value


FOREIGN = (
    "state/prefect/logging.yml", "state/writer.lock", "state/writer.duckdb", "warehouse.json",
    "entities/titles.csv", "raw/notes.txt", "raw/x.warc", "raw/x.WARC.GZ", "RAW/x.warc.gz",
    "raw/../state/x.warc.gz", "../x.warc.gz", "raw/.x.warc.gz", "raw//x.warc.gz",
    "raw\\x.warc.gz", "raw/a\\..\\x.warc.gz", "raw/./x.warc.gz", "raw/x.warc.gz/",
    " raw/x.warc.gz", "raw/x.warc.gz\x1b[2J", "raw/forgotten.parquet.warc",
    "raw/2026/forgotten.parquet",
)  # fmt: skip


def test_no_other_file_is_restored(run, folder):
    for path in FOREIGN:
        put(folder, path.removesuffix("/"))
        sign(folder, path)
        assert repr(path) in str(refuse(run, folder, "can't be part of a backup"))


def test_an_absolute_path_is_refused(run, folder, tmp_path):
    put(tmp_path, "x.warc.gz")
    sign(folder, str(tmp_path / "x.warc.gz"))
    refuse(run, folder, "can't be part of a backup")


def test_a_link_in_the_backup_leads_nowhere(run, folder, tmp_path):
    put(tmp_path, "elsewhere/x.warc.gz")
    (folder / "raw" / "link").symlink_to(tmp_path / "elsewhere")
    (folder / "raw" / "x.warc.gz").symlink_to("/etc/passwd")
    (folder / "raw" / "loop.warc.gz").symlink_to("loop.warc.gz")
    for path in ("raw/link/x.warc.gz", "raw/x.warc.gz", "raw/loop.warc.gz"):
        sign(folder, path)
        refuse(run, folder, "can't be part of a backup")


def test_a_link_in_the_data_folder_leads_nowhere(run, folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (run.paths.raw / "link").symlink_to(tmp_path / "elsewhere")
    put(folder, "raw/link/x.warc.gz")
    sign(folder, "raw/link/x.warc.gz")
    refuse(run, folder, "leads out of")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_archive_itself_may_lie_on_another_disk(run, folder, tmp_path):
    shutil.rmtree(run.paths.raw)
    (tmp_path / "disk").mkdir()
    run.paths.raw.symlink_to(tmp_path / "disk")
    restore(run.settings, folder, force=True)
    assert len(list((tmp_path / "disk").rglob("*.warc.gz"))) == 1


@pytest.mark.parametrize("name", ["raw/x.warc.gz", "SHA256SUMS"])
@pytest.mark.timeout(30)
def test_a_pipe_is_not_waited_for(run, folder, name):
    sign(folder, "raw/x.warc.gz")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    refuse(run, folder, "isn't")


def test_the_list_is_not_read_elsewhere(run, folder):
    for target in ("/etc/passwd", "/dev/zero", "SHA256SUMS", ".."):
        (folder / "SHA256SUMS").unlink()
        (folder / "SHA256SUMS").symlink_to(target)
        assert "root:" not in str(refuse(run, folder, "isn't a complete backup"))


ZEROS = b"0" * 64
LISTS = (
    b"", b"\0", b"\n", b"\xff\xfe\0", b"[" * 100_000, b"{}", b"abc  raw/x.warc.gz\n",
    ZEROS + b" raw/x.warc.gz\n", ZEROS + b" *raw/x.warc.gz\n", ZEROS + b"  \n",
    "\u0660".encode() * 64 + b"  raw/x.warc.gz\n", ZEROS + b"  raw/x.warc.gz\n",
    ZEROS + b"  raw/x.warc.gz\n" + ZEROS + b"  raw/X.warc.gz\n",
    ZEROS + b"  raw/x\0.warc.gz\n", ZEROS + b"  raw/x.warc.gz\r\n",
    ZEROS + b"  raw/" + b"x" * 300 + b".warc.gz\n",
)  # fmt: skip


def test_a_malformed_list_is_refused(run, folder):
    for text in LISTS:
        (folder / "SHA256SUMS").write_bytes(text)
        refuse(run, folder, "isn't a complete backup|can't be part of a backup")


def test_a_list_without_end_is_refused(run, folder):
    os.truncate(folder / "SHA256SUMS", 1 << 40)
    refuse(run, folder, "has more than")


def change(**changes):
    return lambda facts: facts | changes


def change_files(**changes):
    return lambda facts: (
        facts | {"files": {path: one | changes for path, one in facts["files"].items()}}
    )


TEXTS = ("", "[]", "null", "[" * 100_000, '"\0"', '{"a":' * 100_000, "9" * 5000, "\u0660")
NO_FILES: tuple[object, ...] = ([], {}, None, "raw", 5)
NO_SIZES: tuple[object, ...] = (-1, "1", 1.5, True, None, [], {}, float("nan"))
NO_COUNTS: tuple[object, ...] = (-1, "4", float("inf"), None, [])
NO_INSTANTS: tuple[object, ...] = (
    5, "", [], {}, False, "yesterday", "2026-11-29T10:00:00", "9999-12-31T23:59:59-14:00",
    "2026-13-01T00:00:00Z",
)  # fmt: skip
EDITS = (
    *(lambda _, text=text: text for text in TEXTS),
    *(lambda facts, name=name: {key: facts[key] for key in facts if key != name}
      for name in ("files", "stories", "made_at", "last_run_at")),
    *(change(files=value) for value in NO_FILES),
    *(change_files(size=value) for value in NO_SIZES),
    *(change_files(changed_ns=value) for value in NO_SIZES),
    *(change(stories=value) for value in NO_COUNTS),
    *(change(made_at=value) for value in (*NO_INSTANTS, None)),
    *(change(last_run_at=value) for value in NO_INSTANTS),
)  # fmt: skip


def test_malformed_facts_are_refused(run, folder):
    for edit in EDITS:
        sign(folder, edit=edit)
        refuse(run, folder, "isn't a complete backup: its list is damaged")


def test_what_is_signed_anew_is_restored(run, folder):
    sign(folder, edit=change(made_at="9999-12-31T00:00:00+00:00", extra={"a": 1}))
    assert restore(run.settings, folder, force=True).stories == len(IDS)


@pytest.mark.parametrize(
    "statement",
    [
        "create view leak as from read_text('/etc/passwd')",
        "create macro leak() as table from read_text('/etc/passwd')",
        "create macro lower(text) as (select content from read_text('/etc/passwd'))",
        "create table extra (i int)",
        "create schema extra",
        "create sequence extra",
        "create type extra as enum ('a')",
        "create index extra on runs (flow)",
        "alter table runs add column extra varchar",
        "alter table runs alter column flow set default 'x'",
        "drop table rejects",
        "drop table rejects; create view rejects as from read_text('/etc/passwd')",
        "drop table ops.migrations; create view ops.migrations as from read_text('/etc/passwd')",
        "drop table ops.applied_files; create view ops.applied_files as select 'a' as path",
        "drop view article_changes; create table article_changes (i int)",
        "drop table ops.articles cascade",
        "update ops.migrations set sha256 = 'x'",
    ],
)
def test_a_warehouse_that_is_not_ours_is_refused(run, folder, statement):
    (warehouse,) = folder.glob("warehouse-*.duckdb")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(statement)
    sign(folder)
    error = refuse(run, folder, "isn't a complete backup: its warehouse")
    assert "root:" not in str(error)


def test_a_warehouse_under_restoration_reaches_no_file(run, folder):
    with (
        pytest.raises(StorageError, match="file system operations are disabled"),
        swap.restored_session(run.paths, folder) as connection,
    ):
        connection.execute("from read_text('/etc/passwd')")


def test_views_of_a_restored_warehouse_are_ours(run, folder):
    (warehouse,) = folder.glob("warehouse-*.duckdb")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "create or replace view coverage_by_day as from read_text('/etc/passwd')"
        )
    sign(folder)
    restore(run.settings, folder, force=True)
    assert rows(run, "select article_id from articles order by all") == IDS
    (view,) = rows(run, "select sql from duckdb_views() where view_name = 'coverage_by_day'")
    assert "passwd" not in view[0]


def text_file(path):
    path.write_bytes(b"no warehouse" * 1000)


def sqlite_file(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("create table articles (i int)")


def empty_file(path):
    path.write_bytes(b"")


def parquet_file(path):
    path.unlink()
    duckdb.sql("select 1").write_parquet(str(path))


def cut_file(path):
    os.truncate(path, path.stat().st_size // 2)


def encrypted_file(path):
    path.unlink()
    with duckdb.connect() as connection:
        connection.execute("set force_mbedtls_unsafe = true")
        connection.execute(f"attach '{path}' as one (encryption_key 'x')")
        connection.execute("create table one.articles (i int)")


@pytest.mark.parametrize(
    "make", [text_file, sqlite_file, empty_file, cut_file, encrypted_file, parquet_file]
)
def test_a_file_that_is_no_warehouse_is_refused(run, folder, make):
    (warehouse,) = folder.glob("warehouse-*.duckdb")
    make(warehouse)
    sign(folder)
    refuse(run, folder, "isn't a complete backup: its warehouse")


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PAR1" * 10])
def test_tombstones_that_cannot_be_read_are_refused(run, folder, content):
    put(folder, "raw/forgotten.parquet", content)
    sign(folder, "raw/forgotten.parquet")
    refuse(run, folder, "can't be read")


def test_no_backup_is_a_mistake_of_usage(run, tmp_path):
    refuse(run, tmp_path / "nowhere", "isn't a complete backup: there is no SHA256SUMS", UsageError)
