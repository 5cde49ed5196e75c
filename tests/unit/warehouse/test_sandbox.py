"""Questions to the readers' copy are answered; anything else is refused and changes nothing."""

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
    make_mention,
    make_run,
    make_sighting,
    stage,
)

ASK_FOR_EVER = """
    import sys
    from pathlib import Path
    from tasks.warehouse.sandbox import ask
    from tasks.core.paths import DataPaths
    try:
        print("ready", flush=True)
        ask(
            DataPaths(data_dir=Path(sys.argv[1])),
            "select sum(one.range * two.range)"
            " from range(10000000) as one cross join range(1000000) as two",
        )
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""

OPEN_FOR_WRITING = """
    import sys
    import duckdb
    with duckdb.connect(sys.argv[1]):
        print("ready", flush=True)
        sys.stdin.read()
"""


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
        listing_entries=[make_sighting()],
    )
    with writer(paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish_copy(paths.writer_file, paths.warehouse)
    return paths


@pytest.mark.parametrize(
    "question",
    [
        "select article_id from articles order by all",
        "from articles select article_id order by all",
        "with ids as (select article_id from articles) select * from ids order by all;",
        "-- a comment before it\nselect article_id from articles order by all",
    ],
)
def test_a_question_is_answered(published, question):
    assert ask(published, question) == (["article_id"], [(STORY,), (STORY + 1,)])


@pytest.mark.parametrize(
    "question",
    [
        "describe articles",
        "show tables",
        "summarize articles",
        "explain select 1",
        "table articles",
    ],
)
def test_questions_about_the_warehouse_are_answered(published, question):
    columns, rows = ask(published, question)
    assert columns
    assert rows


@pytest.mark.parametrize(
    "question",
    [
        "pivot articles on provider using count(*)",
        "from (pivot articles on provider using count(*))",
        "pivot articles on provider, version using count(*)",
        "pivot articles on provider in ('IANS') using count(*)",
        "from articles pivot (count(*) for provider in ('IANS'))",
    ],
)
def test_a_pivot_is_answered(published, question):
    columns, rows = ask(published, question)
    assert [column for column in columns if column.startswith("IANS")]
    assert rows


@pytest.mark.parametrize(
    "question",
    [
        "explain pivot articles on provider using count(*)",
        "create table mine as pivot articles on provider using count(*)",
        "insert into listing_validators pivot articles on provider using count(*)",
    ],
)
def test_a_pivot_within_another_statement_is_told_to_name_its_columns(published, question):
    with pytest.raises(UsageError, match=r"Name them: pivot \.\.\. on \.\.\. in"):
        ask(published, question)


@pytest.mark.parametrize(
    "text",
    [
        "select 1; pivot articles on provider using count(*)",
        "pivot articles on provider using count(*); select 2",
        "pivot articles on provider using count(*); drop table articles",
    ],
)
def test_a_pivot_among_other_statements_is_refused(published, text):
    with pytest.raises(UsageError, match="exactly one statement"):
        ask(published, text)


def test_instants_come_back_in_utc(published):
    _, rows = ask(published, "select first_seen_at from articles limit 1")
    assert rows == [(datetime(2025, 8, 12, 9, 0, tzinfo=UTC),)]


def test_no_more_rows_come_back_than_the_limit(published):
    assert len(ask(published, "select range from range(1000)", limit=7)[1]) == 7


@pytest.mark.parametrize(
    "statement",
    [
        "insert into listing_validators values ('u', null, null, now())",
        "update articles set title = 'x'",
        "delete from articles",
        "drop table articles",
        "create table mine (x integer)",
        "create temp table mine (x integer)",
        "attach 'other.duckdb'",
        "copy articles to 'out.csv'",
        "export database 'out'",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '90GB'",
        "pragma enable_profiling",
        "call pragma_database_size()",
        "checkpoint",
        "begin",
        "prepare p as select 1",
        "use memory",
    ],
)
def test_anything_but_a_question_is_refused(published, statement):
    with pytest.raises(UsageError, match=r"Only questions can be put here|can't answer"):
        ask(published, statement)


@pytest.mark.parametrize(
    "question",
    [
        "select * from read_text('/etc/hostname')",
        "select * from read_csv('/etc/hostname')",
        "select * from '/etc/hostname'",
        "select * from glob('/etc/*')",
        "select * from read_csv('https://menafn.com/x.csv')",
        "explain analyze copy (select 1) to 'out.csv'",
        "explain analyze set threads = 1",
        "select getenv('HOME')",
        "from '/etc/passwd.csv'",
        "from 'https://menafn.com/x.parquet'",
        "from 's3://bucket/x.parquet'",
        "select * from read_blob('/etc/hostname')",
        "select * from read_parquet('/etc/hostname')",
        "select * from read_json_objects('/etc/hostname')",
        "select * from sniff_csv('/etc/hostname')",
        "select * from parquet_metadata('/etc/hostname')",
        "select * from read_duckdb('state/writer.duckdb', table_name = 'runs')",
        "select * from sqlite_scan('x', 'y')",
        "select * from postgres_scan('host=127.0.0.1', 'public', 'x')",
        "from (values (1)) as one, lateral (from read_text('/etc/hostname'))",
        "select (select content from read_text('/etc/hostname')) as stolen from articles",
        "with stolen as (from read_text('/etc/hostname')) from stolen",
        "pragma import_database('/etc')",
        "import database '/etc'",
        "select * from duckdb_secrets()",
        "select * from duckdb_extensions()",
        "explain analyze delete from articles",
        "explain analyze create table mine as select 1",
        "explain analyze insert into runs select * from runs",
        "show tables from '/etc'",
        "from published",
    ],
)
def test_a_question_reaches_no_file_network_or_setting(published, question, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="DuckDB can't answer that"):
        ask(published, question)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "question",
    [
        "select * from pandas_scan(null)",
        'select * from "pandas_scan"(null)',
        "select * from PANDAS_SCAN /* a */ -- b\n (null)",
        "explain select * from arrow_scan(null, null, null)",
        "select * from query('select * from pandas' || '_scan(null)')",
        "select * from query('attach ''x.duckdb''')",
        "from json_execute_serialized_sql(json_serialize_sql('select * from pandas_scan(null)'))",
        "select * from enable_logging(level = 'trace', storage = 'file', storage_path = 'logs')",
        "select * from enable_profiling(format = 'json', save_location = 'profile.json')",
        "select write_log('x')",
        "select * from checkpoint()",
        "select * from force_checkpoint('warehouse')",
    ],
)
def test_a_question_calls_no_function_of_the_engine(published, question, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is a function of the engine"):
        ask(published, question)
    assert list(tmp_path.iterdir()) == []


def test_every_function_that_changes_the_engine_is_known():
    """A new DuckDB may bring more: whoever updates it must look at what a select can call."""
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


def test_words_of_the_engine_may_be_searched_for(published):
    question = "select count(*) as found from articles where body like '%checkpoint%'"
    assert ask(published, question) == (["found"], [(0,)])


@pytest.mark.parametrize(
    "question",
    [
        "select count(*) from range(100000000000)",
        "with recursive one(n) as (select 1 union all select n + 1 from one) select sum(n) from one",
    ],
)
def test_a_question_without_end_is_broken_off(published, question):
    with pytest.raises(UsageError, match=r"broken off after 0\.3 seconds"):
        ask(published, question, seconds=0.3)


def test_a_question_gets_no_more_memory_and_disk_than_allowed(published):
    question = """
        select current_setting('memory_limit'), current_setting('max_temp_directory_size')
    """
    assert ask(published, question)[1] == [("1.8 GiB", "3.7 GiB")]


@pytest.mark.parametrize(("text", "count"), [("", 0), ("select 1; select 2", 2)])
def test_exactly_one_statement_is_wanted(published, text, count):
    with pytest.raises(UsageError, match=f"exactly one statement, not {count}"):
        ask(published, text)


def test_a_mistake_is_told_in_duckdbs_words_on_one_line(published):
    with pytest.raises(UsageError, match=r"syntax error at or near \"selec\"") as caught:
        ask(published, "selec 1")
    assert "\n" not in str(caught.value)


def test_a_mistake_with_control_characters_is_told_without_them(published):
    with pytest.raises(UsageError) as caught:
        ask(published, 'select "\x1b[31mred" from articles')
    assert str(caught.value).isprintable()


def test_a_warehouse_that_is_not_there_is_told_with_what_to_do(paths):
    with pytest.raises(UsageError, match=r"There is no warehouse .* wirehouse ingest"):
        ask(paths, "select 1")


def test_a_damaged_copy_is_told(paths):
    paths.data_dir.mkdir()
    paths.warehouse.write_bytes(b"nothing of the kind " * 500)
    with pytest.raises(StorageError, match=r"warehouse\.duckdb is damaged"):
        ask(paths, "select 1")


def test_a_question_can_be_interrupted(published, another_process):
    with another_process(ASK_FOR_EVER, published.data_dir) as asking:
        os.kill(asking.pid, signal.SIGINT)
        assert asking.stdout.readline().strip() == "interrupted"


def test_a_question_is_answered_while_an_analyst_has_the_copy_open_for_writing(
    published, another_process
):
    with another_process(OPEN_FOR_WRITING, published.warehouse):
        assert ask(published, "select count(*) as story_count from articles") == (
            ["story_count"],
            [(2,)],
        )
        assert not list(published.state.glob(".reading-*"))


@pytest.mark.parametrize("path", sql_files(SQL_FOLDER / "queries"), ids=lambda path: path.stem)
def test_every_bundled_query_opens_with_its_question_and_is_answered(published, path):
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith("?")
    columns, rows = ask(published, text)
    assert columns
    assert json.dumps(rows, default=str)


def test_the_places_of_each_provider_are_counted(published):
    question = (SQL_FOLDER / "queries" / "places_by_provider.sql").read_text(encoding="utf-8")
    columns, rows = ask(published, question)
    assert [dict(zip(columns, row, strict=True)) for row in rows] == [
        {
            "provider": "IANS",
            "story_count": 1,
            "newest_date": datetime(2025, 8, 12, tzinfo=UTC).date(),
            "most_named_places": None,
        },
        {
            "provider": "Kuwait News Agency (KUNA)",
            "story_count": 1,
            "newest_date": datetime(2025, 8, 12, tzinfo=UTC).date(),
            "most_named_places": "Kuwait (1)",
        },
    ]
