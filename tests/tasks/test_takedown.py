"""A story that is taken down is nowhere under the data folder, and never comes back."""

import shutil
from dataclasses import replace

import pytest

from tasks.archive.files import archived_files
from tasks.archive.members import read_members
from tasks.archive.reader import read_record
from tasks.core.errors import UsageError, WriterBusyError
from tasks.core.parquet import read_records
from tasks.core.reports import Tombstone
from tasks.import_warc import warc_units
from tasks.report import write_report
from tasks.runs import start_run
from tasks.takedown import preview, story_ids, take_down
from tasks.units import FORGOTTEN, archive_unit
from tasks.warehouse.check import failed_checks
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.writer import writer
from tests.schema import columns_of
from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_run,
    stage,
)
from tests.tasks.killing import killed_at
from tests.tasks.takedown_site import (
    BODY,
    COPY,
    LATER,
    OTHER,
    TITLE,
    make_data,
    places_of,
    published_rows,
    rows,
)
from tests.unit.archive.foreign_warc import Record, write_warc


@pytest.fixture(scope="module")
def made(new_warehouse):
    return make_data(new_warehouse().data_dir)


@pytest.fixture
def run(made, tmp_path):
    shutil.copytree(made.paths.data_dir, tmp_path / "data")
    return make_run(tmp_path / "data")


def state_of(run):
    """Everything that is kept, but for the times of the take-down itself."""
    with writer(run.paths, wait_seconds=0) as connection:
        tables = {
            name: sorted(connection.table(name).fetchall(), key=repr)
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
            if name not in ("tombstones", "applied_files", "migrations")
        }
    changed = [m.content for path in archived_files(run.paths) for m in read_members(path)
               if b"\r\nWARC-Type: metadata" in m.content or b"WARC-Redacted" in m.content]  # fmt: skip
    captures = tables.pop("captures")
    return tables, [capture[:6] for capture in captures], len(changed)


def test_the_story_is_in_no_file(run):
    write_report(run.settings)
    run.paths.embeddings.mkdir()
    before = places_of(run)
    assert {
        "report.html",
        "writer.duckdb",
        "warehouse.duckdb",
        "articles.parquet",
        "wanted.parquet",
    } <= before
    assert "reason.txt" in before
    erasure = take_down(run.settings, [STORY], reason="asked by the publisher")
    assert places_of(run) == set()
    assert not run.paths.embeddings.exists()
    assert erasure.rows == {"articles": 1, "article_versions": 1, "mentions": 1,
                            "article_figures": 1, "quotes": 1, "annotation_stamps": 1, "captures": 1, "listing_entries": 1,
                            "rejects": 1, "entities": 1}  # fmt: skip
    assert (erasure.archived_answers, erasure.redacted_listings) == (1, 1)
    assert erasure.staged_rows > 4


def test_what_is_left_is_sound_and_published(run):
    take_down(run.settings, [STORY])
    for select in (rows, published_rows):
        left = select(run, "select article_id from articles order by all")
        assert left == [(COPY,), (OTHER,), (LATER,)]
        assert select(run, "select name from entities") == [("Pier",)]
        tombstones = select(run, "select article_id, erased_at is not null from tombstones")
        assert tombstones == [(STORY, True)]
    assert rows(run, "select count(*) from duckdb_columns() where comment is null and schema_name = 'main' and not internal") == [(0,)]  # fmt: skip
    for capture_id, path, offset, size in rows(
        run, "select capture_id, warc_path, warc_offset, body_bytes from captures"
    ):
        record = read_record(run.paths.data_dir / path, offset)
        assert (record.capture_id, len(record.body)) == (capture_id, size)
    with writer(run.paths, wait_seconds=0) as connection:
        assert failed_checks(connection, everything=True) == []


def test_what_is_kept_from_readers_is_not_published_by_it(run):
    with writer(run.paths, wait_seconds=0) as connection:
        connection.execute(f"update articles set title = 'not checked' where article_id = {OTHER}")
    take_down(run.settings, [STORY])
    titles = "select article_id, title = 'not checked' from articles order by all"
    assert published_rows(run, titles) == [(COPY, False), (OTHER, False), (LATER, False)]
    assert published_rows(run, "select erased_at is not null from tombstones") == [(True,)]
    assert rows(run, titles) == [(COPY, False), (OTHER, True), (LATER, False)]


def test_copies_of_the_story_are_clustered_without_it(run):
    clusters = "select distinct cluster_id from articles where article_id <> " + str(LATER)
    assert rows(run, clusters) == [(COPY,)]
    assert take_down(run.settings, [COPY]).same_story == (STORY, OTHER)
    assert rows(run, clusters) == [(STORY,)]
    assert take_down(run.settings, [OTHER]).same_story == (STORY,)
    assert rows(run, clusters) == [(STORY,)]


def test_every_table_with_stories_is_cleared(run):
    """A table that a later migration adds must be added to sql/forget too."""
    with writer(run.paths, wait_seconds=0) as connection:
        tables = {
            column.relation_name
            for column in columns_of(connection)
            if column.relation_kind == "table" and column.column_name == "article_id"
        } - {"ops.id_anchors"}
        for table in tables - {"tombstones", "ops.articles", "ops.id_day_medians"}:
            columns = [c for c in columns_of(connection) if c.relation_name == table]
            values = [_some(column, STORY + 50) for column in columns]
            connection.execute(f"insert into {table} values ({', '.join(values)})")
    take_down(run.settings, [STORY + 50])
    for table in tables - {"tombstones"}:
        assert rows(run, f"select * from {table} where article_id = {STORY + 50}") == [], table


def _some(column, article_id):
    kinds = {"bigint": "1", "integer": "1", "double": "1", "boolean": "false", "varchar": "'x'",
             "date": "'2025-08-12'", "decimal(38,6)": "1", "decimal(9,1)": "1", "timestamp with time zone": "now()",
             "varchar[]": "['x']", "integer[]": "[1]"}  # fmt: skip
    return str(article_id) if column.column_name == "article_id" else kinds[column.data_type]


def test_nothing_brings_it_back(run, tmp_path):
    take_down(run.settings, [STORY])
    again = stage(
        run.paths.staged / f"{RUN_ID}-00009",
        articles=[make_article(title=TITLE, body=BODY, capture_id="new")],
        listing_entries=[make_listing_entry(title=TITLE)],
    )
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, again, run_id=RUN_ID)
    shutil.rmtree(again)
    found = write_warc(tmp_path / "a.warc.gz", Record(url=f"https://menafn.com/{STORY}/x"))
    ((unit,), _) = warc_units([str(found)])
    receipt = archive_unit(run, unit, run.paths.fetched)
    assert (receipt.pages, receipt.skipped) == (0, {FORGOTTEN: 1})
    assert places_of(run) == set()


def test_a_new_warehouse_has_the_tombstone(run):
    take_down(run.settings, [STORY], reason="court\torder\n")
    (listed,) = read_records(run.paths.tombstones_file, Tombstone)
    assert (listed.article_id, listed.reason) == (STORY, "court order")
    assert listed.erased_at is not None
    new = replace(run, state_folder="state/rebuild")
    start_run.fn(new)
    with writer(new.paths, wait_seconds=0) as connection:
        known = connection.table("tombstones").select("article_id", "reason").fetchall()
    assert known == [(STORY, "court order")]


def test_an_id_that_nobody_has_is_named_and_nothing_noted(run):
    with pytest.raises(UsageError, match=rf"no story {LATER + 30}, {LATER + 31} in "):
        take_down(run.settings, [LATER + 30, LATER + 31])
    assert not run.paths.tombstones_file.exists()
    erasure = take_down(run.settings, [STORY, LATER + 30], reason="first")
    assert (erasure.article_ids, erasure.unknown) == ((STORY,), (LATER + 30,))
    assert rows(run, "select article_id from tombstones") == [(STORY,)]
    (first,) = rows(run, "select forgotten_at, reason from tombstones")
    take_down(run.settings, [STORY], reason="second")
    assert rows(run, "select forgotten_at, reason from tombstones") == [first]


def test_a_story_that_waits_to_be_loaded_is_taken_down(run):
    stage(run.paths.staged / f"{RUN_ID}-00009", captures=[make_capture(article_id=STORY + 70)])
    assert take_down(run.settings, [STORY + 70]).staged_rows == 1


def test_the_preview_has_the_titles_that_are_known(run):
    found = preview(run.settings, [STORY, STORY + 60])
    assert [(one.article_id, one.title) for one in found] == [(STORY, TITLE), (STORY + 60, None)]


def test_nothing_is_taken_down_during_a_run_or_a_load(run):
    before = places_of(run)
    with hold_run_lock(run), pytest.raises(WriterBusyError, match=f"Run {RUN_ID} is in progress"):
        take_down(run.settings, [STORY])
    assert places_of(run) >= before - {"wanted.parquet"}
    with writer(run.paths, wait_seconds=0), pytest.raises(WriterBusyError, match="in use by"):
        take_down(run.settings, [STORY])
    assert not run.paths.tombstones_file.exists()


def test_an_interrupted_one_is_finished_with_the_next(run):
    assert killed_at(6, lambda: take_down(run.settings, [STORY]))
    assert places_of(run) != set()
    assert take_down(run.settings, [LATER]).article_ids == (STORY, LATER)
    assert places_of(run) == set()
    assert rows(run, "select count(erased_at) from tombstones") == [(2,)]


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_it_has_the_same_result(run, made, tmp_path):
    take_down(run.settings, [STORY])
    expected = state_of(run)
    killed = 0
    while True:
        data_dir = tmp_path / f"killed-{killed}"
        shutil.copytree(made.paths.data_dir, data_dir)
        one = make_run(data_dir)
        if not killed_at(killed, lambda: take_down(one.settings, [STORY])):  # noqa: B023
            break
        take_down(one.settings, [STORY])
        assert places_of(one) == set(), killed
        assert state_of(one) == expected, killed
        killed += 1
        shutil.rmtree(data_dir)
    assert killed > 8


@pytest.mark.parametrize("given", [["12"], [], [f"{STORY}-{STORY + 5000}"]])
def test_ids_and_ranges_name_stories_and_nothing_else(given):
    assert story_ids([f"{STORY}-{STORY + 2}", str(STORY)]) == (STORY, STORY + 1, STORY + 2)
    with pytest.raises(UsageError):
        story_ids(given)
