"""Migrations only go forward, once each, and fail with the reason."""

import re
import shutil

import pytest

from tasks.core.errors import MigrationError, NewerWarehouseError
from tasks.core.paths import DataPaths
from tasks.warehouse.migrate import migrate
from tasks.warehouse.sql import SQL_FOLDER, digest, sql_files
from tasks.warehouse.writer import session
from tests.sql.records import RUN_ID, STORY, load_batch, make_article, stage

MIGRATIONS = SQL_FOLDER / "migrations"


@pytest.fixture
def connection(data_dir):
    """An empty warehouse, which `migrate` made."""
    with session(DataPaths(data_dir=data_dir), wait_seconds=0) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    """A copy of the migrations, to add to and to spoil."""
    return shutil.copytree(MIGRATIONS, tmp_path / "migrations")


def tables_of(connection):
    return {name for (name,) in connection.execute("show tables").fetchall()}


def test_each_migration_is_recorded_with_its_digest(connection):
    recorded = connection.table("migrations").select("version", "name", "sha256").fetchall()
    assert recorded == [
        (int(path.name[:4]), path.name, digest(path)) for path in sql_files(MIGRATIONS)
    ]


def test_migrating_again_changes_nothing(connection):
    def content():
        return [connection.table(name).fetchall() for name in ("migrations", "applied_files")]

    before = content()
    migrate(connection)
    assert content() == before


def test_a_new_migration_is_applied_to_an_old_warehouse(connection, folder):
    (folder / "9000_later.sql").write_text("create table later (x integer);")
    migrate(connection, folder)
    assert "later" in tables_of(connection)


def test_an_edited_migration_is_refused(connection, folder):
    first = sql_files(folder)[0]
    first.write_text(first.read_text() + "-- edited")
    with pytest.raises(MigrationError, match=rf"{re.escape(first.name)} was edited"):
        migrate(connection, folder)


def test_a_migration_that_fails_leaves_the_warehouse_as_it_was(connection, folder):
    (folder / "9000_bad.sql").write_text(
        "create table half (x integer); create table half (x int);"
    )
    with pytest.raises(MigrationError, match=r"9000_bad\.sql can't be applied: .*already exists"):
        migrate(connection, folder)
    assert "half" not in tables_of(connection)


def test_a_warehouse_newer_than_the_program_is_refused(connection, folder):
    (folder / "9000_later.sql").write_text("create table later (x integer);")
    migrate(connection, folder)
    with pytest.raises(NewerWarehouseError, match="has had migration 9000"):
        migrate(connection)


def test_a_changed_seed_is_loaded_again(connection):
    connection.execute("delete from providers")
    migrate(connection)
    assert connection.table("providers").fetchall() == []
    connection.execute("update applied_files set sha256 = 'older' where path = 'seeds/seeds.sql'")
    migrate(connection)
    assert ("000071", "Kuwait News Agency (KUNA)") in connection.table("providers").fetchall()


def test_a_corrected_spelling_of_a_provider_reaches_the_stories_it_has(connection, tmp_path):
    articles = [
        make_article(provider_code="000071", provider="KUNA"),
        make_article(article_id=STORY + 1, capture_id="two", provider="IANS"),
    ]
    load_batch(connection, stage(tmp_path / f"{RUN_ID}-0001", articles=articles), run_id=RUN_ID)
    seeds = shutil.copytree(SQL_FOLDER / "seeds", tmp_path / "seeds")
    names = (seeds / "providers.csv").read_text(encoding="utf-8")
    corrected = names.replace("Kuwait News Agency (KUNA)", "Kuwait News Agency")
    (seeds / "providers.csv").write_text(corrected, encoding="utf-8")
    migrate(connection, seeds=seeds)
    spelt = connection.table("articles").order("article_id").select("provider", "provider_printed")
    assert spelt.fetchall() == [
        ("Kuwait News Agency", "Kuwait News Agency (KUNA)"),
        ("IANS", "Kuwait News Agency (KUNA)"),
    ]


def test_views_may_read_those_after_them_and_follow_them_when_they_change(connection, tmp_path):
    views = tmp_path / "views"
    views.mkdir()
    (views / "a_first.sql").write_text("create or replace view a_first as select * from b_second;")
    second = views / "b_second.sql"
    second.write_text("create or replace view b_second as select 1 as one;")
    migrate(connection, views=views)
    second.write_text("create or replace view b_second as select 1 as one, 2 as two;")
    migrate(connection, views=views)
    assert connection.table("a_first").fetchall() == [(1, 2)]


def test_every_migration_has_its_own_number():
    numbers = [path.name[:4] for path in sql_files(MIGRATIONS)]
    assert len(set(numbers)) == len(numbers)
