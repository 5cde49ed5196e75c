"""Queries of the published copy are answered; anything else is refused and changes nothing."""

import json
import os
import signal
from datetime import UTC, datetime

import duckdb
import pytest

from tasks.core.errors import StorageError, UsageError
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.sandbox import ask
from tasks.warehouse.sql import SQL_FOLDER, sql_files
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_listing_entry,
    make_mention,
    make_run,
    stage,
)
from tests.unit.warehouse.other_process import another_process, hold_file, query_without_end

# Statements that are refused, one a line, by what the error says.
REFUSED = {
    "Only queries can be run here|can't run that": r"""
        insert into listing_validators values ('u', null, null, now())
        update articles set title = 'x'
        delete from articles
        drop table articles
        create table mine (x integer)
        create temp table mine (x integer)
        attach 'other.duckdb'
        copy articles to 'out.csv'
        export database 'out'
        install httpfs
        load httpfs
        set memory_limit = '90GB'
        pragma enable_profiling
        call pragma_database_size()
        checkpoint
        begin
        prepare p as select 1
        use memory
    """,
    "DuckDB can't run that": r"""
        select * from read_text('/etc/hostname')
        select * from '/etc/hostname'
        select * from glob('/etc/*')
        select * from read_csv('https://menafn.com/x.csv')
        explain analyze copy (select 1) to 'out.csv'
        explain analyze set threads = 1
        select getenv('HOME')
        from 'https://menafn.com/x.parquet'
        from 's3://bucket/x.parquet'
        select * from read_parquet('/etc/hostname')
        select * from sniff_csv('/etc/hostname')
        select * from read_duckdb('state/writer.duckdb', table_name = 'runs')
        select * from sqlite_scan('x', 'y')
        select * from postgres_scan('host=127.0.0.1', 'public', 'x')
        from (values (1)) as one, lateral (from read_text('/etc/hostname'))
        select (select content from read_text('/etc/hostname')) as stolen from articles
        with stolen as (from read_text('/etc/hostname')) from stolen
        pragma import_database('/etc')
        import database '/etc'
        select * from duckdb_secrets()
        select * from duckdb_extensions()
        explain analyze delete from articles
        explain analyze create table mine as select 1
        explain analyze insert into runs select * from runs
        show tables from '/etc'
        from published
    """,
    "is a function of the engine": r"""
        select * from pandas_scan(null)
        select * from "pandas_scan"(null)
        select * from PANDAS_SCAN /* a */ -- b\n (null)
        explain select * from arrow_scan(null, null, null)
        select * from query('select * from pandas' || '_scan(null)')
        select * from query('attach ''x.duckdb''')
        from json_execute_serialized_sql(json_serialize_sql('select * from pandas_scan(null)'))
        select * from enable_logging(level = 'trace', storage = 'file', storage_path = 'logs')
        select * from enable_profiling(format = 'json', save_location = 'profile.json')
        select write_log('x')
        select * from checkpoint()
        select * from force_checkpoint('warehouse')
    """,
    r"Name them: pivot \.\.\. on \.\.\. in": r"""
        explain pivot articles on provider using count(*)
        create table mine as pivot articles on provider using count(*)
        insert into listing_validators pivot articles on provider using count(*)
    """,
    "exactly one statement, not": r"""
        select 1; pivot articles on provider using count(*)
        pivot articles on provider using count(*); select 2
        pivot articles on provider using count(*); drop table articles
        select 1; select 2
    """,
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    paths = make_run(tmp_path_factory.mktemp("data")).paths
    batch = stage(
        paths.staged / f"{RUN_ID}-0001",
        articles=[
            make_article(),
            make_article(article_id=STORY + 1, capture_id="two", provider="IANS"),
        ],
        mentions=[make_mention(), make_mention(name="Kuwait", type="place", entity_id="place:1")],
        listing_entries=[make_listing_entry()],
    )
    with writer(paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish_copy(paths.writer_file, paths.warehouse)
    return paths


@pytest.mark.parametrize(
    "query",
    [
        "select article_id from articles order by all",
        "from articles select article_id order by all",
        "with ids as (select article_id from articles) select * from ids order by all;",
        "-- a comment before it\nselect article_id from articles order by all",
    ],
)
def test_a_query_is_answered(published, query):
    assert ask(published, query) == (["article_id"], [(STORY,), (STORY + 1,)])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select first_seen_at from articles limit 1", datetime(2025, 8, 12, 9, tzinfo=UTC)),
        ("select count(*) from articles where body like '%checkpoint%'", 0),
    ],
    ids=["instants in UTC", "words of the engine"],
)
def test_a_query_has_its_result(published, query, expected):
    assert ask(published, query)[1] == [(expected,)]


def test_a_query_gets_no_more_memory_and_disk_than_allowed(published):
    query = "select current_setting('memory_limit'), current_setting('max_temp_directory_size')"
    assert ask(published, query)[1] == [("1.8 GiB", "3.7 GiB")]


@pytest.mark.parametrize(
    "query", ["describe articles", "show tables", "summarize articles", "explain select 1"]
)
def test_a_query_about_the_warehouse_is_answered(published, query):
    columns, rows = ask(published, query)
    assert columns
    assert rows


@pytest.mark.parametrize(
    "query",
    [
        "pivot articles on provider using count(*)",
        "from (pivot articles on provider using count(*))",
        "pivot articles on provider, version using count(*)",
        "pivot articles on provider in ('IANS') using count(*)",
        "from articles pivot (count(*) for provider in ('IANS'))",
    ],
)
def test_a_pivot_is_answered(published, query):
    columns, rows = ask(published, query)
    assert [column for column in columns if column.startswith("IANS")]
    assert rows


@pytest.mark.parametrize(
    ("message", "statement"),
    [(message, line) for message, lines in REFUSED.items() for line in lines.strip().splitlines()],
)
def test_what_is_no_query_is_refused_and_changes_nothing(
    published, message, statement, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    before = published.warehouse.stat().st_mtime_ns
    with pytest.raises(UsageError, match=message):
        ask(published, statement.strip().replace(r"\n", "\n"))
    assert list(tmp_path.iterdir()) == []
    assert published.warehouse.stat().st_mtime_ns == before


def test_no_more_rows_come_back_than_the_limit(published):
    assert len(ask(published, "select range from range(1000)", limit=7)[1]) == 7


def test_every_function_that_changes_the_engine_is_known():
    """A new DuckDB may bring more: an update needs a look at what a select can call."""
    with duckdb.connect() as engine:
        names = {
            name
            for (name,) in engine.sql(
                "select distinct function_name from duckdb_functions() where function_type = 'table'"
                " and regexp_matches(function_name, 'enable|disable|truncate|checkpoint|force|_scan$"
                "|^set|^write|execute|^query$|map_function')"
            ).fetchall()
        }
    assert names == {
        "arrow_scan", "checkpoint", "disable_logging", "disable_profiling", "enable_logging",
        "enable_profiling", "force_checkpoint", "json_execute_serialized_sql", "pandas_scan",
        "parquet_scan", "python_map_function", "query", "seq_scan", "truncate_duckdb_logs",
    }  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "select count(*) from range(100000000000)",
        "with recursive one(n) as (select 1 union all select n + 1 from one) select sum(n) from one",
    ],
)
def test_a_query_without_end_is_interrupted(published, query):
    with pytest.raises(UsageError, match=r"interrupted after 0\.3 seconds"):
        ask(published, query, seconds=0.3)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "exactly one statement, not 0"),
        ("selec 1", r"syntax error at or near \"selec\""),
        ('select "\x1b[31mred" from articles', "not found in FROM clause"),
    ],
)
def test_a_mistake_is_explained_in_duckdbs_words_on_one_printable_line(published, query, message):
    with pytest.raises(UsageError, match=message) as caught:
        ask(published, query)
    assert str(caught.value).isprintable()


def test_without_a_warehouse_the_error_says_what_to_do(paths):
    with pytest.raises(UsageError, match=r"There is no warehouse .* wirehouse ingest"):
        ask(paths, "select 1")


def test_a_damaged_copy_is_an_error(paths):
    paths.data_dir.mkdir()
    paths.warehouse.write_bytes(b"nothing of the kind " * 500)
    with pytest.raises(StorageError, match=r"warehouse\.duckdb is damaged"):
        ask(paths, "select 1")


def test_a_query_can_be_interrupted(published):
    with another_process(query_without_end, published.data_dir) as asking:
        os.kill(asking.pid, signal.SIGINT)
        assert asking.stdout.readline().strip() == "interrupted"


def test_a_copy_that_an_analyst_has_open_for_writing_can_be_queried(published):
    with another_process(hold_file, published.warehouse):
        assert ask(published, "select count(*) from articles")[1] == [(2,)]
        assert not list(published.state.glob(".reading-*"))


@pytest.mark.parametrize("path", sql_files(SQL_FOLDER / "queries"), ids=lambda path: path.stem)
def test_every_bundled_query_opens_with_its_question_and_is_answered(published, path):
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith("?")
    columns, rows = ask(published, text)
    assert columns
    assert json.dumps(rows, default=str)
