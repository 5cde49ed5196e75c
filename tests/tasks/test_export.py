"""Exports: what other tools read, what is written again, and what an interrupted one leaves."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import duckdb
import pytest

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.core.reports import ExportFormat
from tasks.matchers import MATCHERS
from tasks.warehouse.erase import remove_stories
from tasks.warehouse.export import export_tables
from tasks.warehouse.publish import publish_file
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_listing_entry,
    make_mention,
    stage,
)

JULY, AUGUST, GONE = STORY, STORY + 1, STORY + 2
TEXT = 'A "quoted", line\nand أخبار; \x1b[2J'
READERS = {
    "parquet": "read_parquet('{}/articles/*/*.parquet', hive_partitioning = true)",
    "csv": "read_csv('{}/articles/*/*.csv', hive_partitioning = true, all_varchar = true)",
    "ndjson": "read_json('{}/articles/*/*.ndjson', hive_partitioning = true)",
}


@pytest.fixture(scope="module")
def paths(new_warehouse):
    """Three published stories, one of which was published a month before the others."""
    paths = new_warehouse()
    articles = [
        make_article(article_id=JULY, page_at=datetime(2025, 7, 1, tzinfo=UTC), body=TEXT),
        make_article(article_id=AUGUST, title="Zanzibar", capture_id="two"),
        make_article(article_id=GONE, title="Quokkas", body="Quokkas here.", capture_id="three"),
    ]
    entries = [
        make_listing_entry(
            article_id=AUGUST, listing_url=f"https://menafn.com/{section}", section=section
        )
        for section in ("Oman", "Qatar")
    ]
    mention = make_mention(article_id=JULY, body=TEXT)
    batch = stage(
        paths.staged / "1", articles=articles, listing_entries=entries, mentions=[mention]
    )
    with writer(paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish_file(paths.writer_file, paths)
    return paths


@pytest.fixture(scope="module")
def later(paths, tmp_path_factory):
    """The same warehouse after a story was revised and another taken down."""
    later = DataPaths(data_dir=tmp_path_factory.mktemp("after") / "data")
    shutil.copytree(paths.data_dir, later.data_dir)
    revised = make_article(
        article_id=AUGUST, title="Lagoon", capture_id="later", seen_at=SEEN_AT.replace(hour=12)
    )
    with writer(later, wait_seconds=0) as connection:
        load_batch(connection, stage(later.staged / "2", articles=[revised]), run_id=RUN_ID)
        remove_stories(connection, [GONE], reason="", now=SEEN_AT, matchers=MATCHERS)
    publish_file(later.writer_file, later)
    return later


def stories(folder, form):
    """The id, month, sections as JSON and body of each story of an export."""
    if form == "sqlite":
        query = "select article_id, month, sections, body from articles order by article_id"
        with closing(sqlite3.connect(folder / "wirehouse.sqlite")) as database:
            return database.execute(query).fetchall()
    query = (
        "select article_id::bigint, month::varchar, "
        f"{'sections' if form == 'csv' else 'to_json(sections)::varchar'}, body "
        f"from {READERS[form].format(folder)} order by article_id"
    )
    return duckdb.sql(query).fetchall()


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("data.*")
    }


@pytest.mark.parametrize("form", ExportFormat)
def test_an_export_has_each_story_and_follows_the_warehouse(paths, later, tmp_path, form):
    folder = tmp_path / "out"
    export_tables(paths, folder, form)
    rows = stories(folder, form)
    assert [(row[0], row[1]) for row in rows] == [
        (JULY, "2025-07"), (AUGUST, "2025-08"), (GONE, "2025-08")
    ]  # fmt: skip
    assert rows[0][3] == TEXT
    assert json.loads(rows[1][2]) == ["Oman", "Qatar"]

    before = files_of(folder)
    assert export_tables(later, folder, form).unchanged > 0
    assert [row[0] for row in stories(folder, form)] == [JULY, AUGUST]
    changed = {path for path, at in files_of(folder).items() if before.get(path) != at}
    assert not {path for path in changed if "month=2025-07" in path}
    if form == "sqlite":
        assert_linked_and_searched(folder / "wirehouse.sqlite")
    else:
        assert f"articles/month=2025-08/data.{form}" in changed


def assert_linked_and_searched(path):
    assert b"quokka" not in path.read_bytes().lower()
    search = "select rowid from articles_fts where articles_fts match ?"
    with closing(sqlite3.connect(path)) as database:
        found = {
            word: database.execute(search, (word,)).fetchall()
            for word in ("lagoon", "zanzibar", "أخبار")
        }
        assert database.execute("pragma foreign_key_check(mentions)").fetchall() == []
        keys = {row[2] for row in database.execute("pragma foreign_key_list(mentions)")}
    assert found == {"lagoon": [(AUGUST,)], "zanzibar": [], "أخبار": [(JULY,)]}
    assert keys == {"articles", "entities"}


def test_an_interrupted_export_is_run_again(paths, tmp_path):
    folder, advanced = tmp_path / "out", []

    def interrupt(count):
        advanced.append(count)
        if len(advanced) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_tables(paths, folder, ExportFormat.SQLITE, advance=interrupt)
    (folder / ".data.1-abc.part").write_text("half")
    done = export_tables(paths, folder, ExportFormat.SQLITE)
    assert 0 < done.unchanged < done.written
    assert [row[0] for row in stories(folder, "sqlite")] == [JULY, AUGUST, GONE]
    assert not list(folder.rglob("*.part"))


def test_an_export_may_begin_with_a_day_and_lost_files_are_written_again(paths, tmp_path):
    folder = tmp_path / "out"
    export_tables(paths, folder, ExportFormat.PARQUET)
    since = export_tables(paths, folder, ExportFormat.PARQUET, since=date(2025, 8, 1))
    assert [row[0] for row in stories(folder, "parquet")] == [AUGUST, GONE]
    assert not (folder / "mentions" / "month=2025-07").exists()
    assert since.removed > 0
    (folder / "articles" / "month=2025-08" / "data.parquet").unlink()
    again = export_tables(paths, folder, ExportFormat.PARQUET, since=date(2025, 8, 1))
    assert (again.written, again.removed) == (1, 0)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("thesis.txt", "mine", "is not empty. Name another folder"),
        ("export.json", "{", "is not empty. Name another folder"),
        ("export.json", '{"parts": 5}', "is not empty. Name another folder"),
        ("export.json", '{"format": "csv", "parts": []}', "has an export as csv"),
        (
            "export.json",
            '{"parts": [{"table": "../thesis", "month": null, "rows": 1, "digest": ""}]}',
            "is not empty. Name another folder",
        ),
    ],
)
def test_a_folder_with_something_else_is_refused(paths, tmp_path, name, content, message):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text(content)
    with pytest.raises(UsageError, match=message):
        export_tables(paths, folder, ExportFormat.PARQUET)
    assert [path.name for path in folder.iterdir()] == [name]
