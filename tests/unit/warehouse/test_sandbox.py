"""Queries of the published copy are answered; anything else is refused and changes nothing."""

import json
import os
import re
import resource
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

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
    stage,
)
from tests.unit.warehouse.other_process import (
    another_process,
    ask_all,
    hold_file,
    query_without_end,
    start_process,
)

# Statements that are refused, one a line, by the error message.
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
        select * from '/etc/hostname'
        from 'https://menafn.com/x.parquet'
        from 's3://bucket/x.parquet'
        pragma import_database('/etc')
        import database '/etc'
        show tables from '/etc'
        from published
    """,
    "Only queries can be run here": r"""
        explain analyze copy (select 1) to 'out.csv'
        explain analyze set threads = 1
        explain analyze delete from articles
        explain analyze create table mine as select 1
        explain analyze insert into runs select * from runs
        explain /* a */ (analyze) insert into runs select * from runs
        -- a comment before it\n explain analyze insert into runs select * from runs
    """,
    r"function \w+ can't be called here": r"""
        select * from read_text('/etc/hostname')
        select * from glob('/etc/*')
        select * from read_csv('https://menafn.com/x.csv')
        select getenv('HOME')
        select * from read_parquet('/etc/hostname')
        select * from sniff_csv('/etc/hostname')
        select * from read_duckdb('state/writer.duckdb', table_name = 'runs')
        select * from sqlite_scan('x', 'y')
        select * from postgres_scan('host=127.0.0.1', 'public', 'x')
        from (values (1)) as one, lateral (from read_text('/etc/hostname'))
        select (select content from read_text('/etc/hostname')) as stolen from articles
        with stolen as (from read_text('/etc/hostname')) from stolen
        select * from duckdb_secrets()
        select * from duckdb_extensions()
        select * from pandas_scan(null)
        select * from "pandas_scan"(null)
        select * from system.main."pandas_scan"(null)
        select * from PANDAS_SCAN /* a */ -- b\n (null)
        select * from pandas_scan /* /* */ */ (null)
        select * from pandas_scan -- a\r (null)
        select * from pandas_scan\u00a0(null)
        select * from pandas_scan\u200b(null)
        select * from pandas_scan\ufeff(null)
        select * from pandas_scan\u2060(null)
        explain select * from arrow_scan(null, null, null)
        explain (format json, analyze) select * from pandas_scan(null)
        describe select write_log('x')
        summarize from pandas_scan(null)
        select articles.title.write_log() from articles
        select [write_log(title) for title in ['x']]
        select count(*) filter (write_log('x') is null) over (order by write_log('y')) from articles
        select * from articles order by write_log('x')
        select query /* /* */ */ ('select 42')
        select * from query('select * from pandas' || '_scan(null)')
        select * from query('attach ''x.duckdb''')
        from json_execute_serialized_sql(json_serialize_sql('select * from pandas_scan(null)'))
        select * from enable_logging(level = 'trace', storage = 'file', storage_path = 'logs')
        select * from enable_profiling(format = 'json', save_location = 'profile.json')
        select * from checkpoint()
        select * from force_checkpoint('warehouse')
        pivot articles on provider using count(write_log('x'))
        pivot (from "PANDAS_SCAN"(null)) on provider using count(*)
        from (pivot (select * from articles, query('select 1')) on provider using count(*))
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


# What DuckDB has and no query may call, apart from collations and internal casts.
REFUSED_FUNCTIONS = """
    arrow_scan arrow_scan_dumb checkpoint combine currval disable_logging disable_profiling
    duckdb_approx_database_count duckdb_connection_count duckdb_extensions
    duckdb_external_file_cache duckdb_log_contexts duckdb_logs duckdb_logs_parsed
    duckdb_prepared_statements duckdb_profiling_settings duckdb_secret_types duckdb_secrets
    duckdb_table_sample duckdb_temporary_files enable_logging enable_profiling finalize
    force_checkpoint glob json_deserialize_sql json_execute_serialized_sql json_serialize_plan
    json_serialize_sql nextval pandas_scan parquet_bloom_probe parquet_file_metadata
    parquet_full_metadata parquet_kv_metadata parquet_metadata parquet_scan parquet_schema
    parse_duckdb_log_message pg_sleep pragma_user_agent python_map_function query read_blob read_csv
    read_csv_auto read_duckdb read_json read_json_auto read_json_objects read_json_objects_auto
    read_ndjson read_ndjson_auto read_ndjson_objects read_parquet read_text seq_scan sleep_ms
    sniff_csv test_all_types test_vector_types truncate_duckdb_logs variant_bytes_to_variant
    variant_to_parquet_variant vector_type which_secret write_log
"""

# One value each that would take more than a gigabyte, and ways to make the engine recurse.
LARGE_VALUES = [
    "select length(printf('%1500000000d', 1))",
    "select length(format('{:1900000000}', 1))",
    "select length(repeat('x', 2000000000))",
    "select len(string_split(repeat('x,', 100000000), ','))",
]
CRASHES = [
    "select json_structure(repeat('[', 200000) || repeat(']', 200000))",
    "select (repeat('[', 200000) || repeat(']', 200000))::json::variant",
    """select json_merge_patch(json, json)
    from (select repeat('{"a":', 99999) || '1' || repeat('}', 99999) as json)""",
]


def unescape(found):
    return found[0].encode().decode("unicode_escape")


@pytest.fixture(scope="module")
def published(new_warehouse):
    paths = new_warehouse()
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
    assert ask(published, query) == (["article_id"], [(STORY,), (STORY + 1,)], 2)


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
    assert ask(published, query)[1] == [("1.3 GiB", "3.7 GiB")]


@pytest.mark.parametrize(
    "query", ["describe articles", "show tables", "summarize articles", "explain select 1"]
)
def test_a_query_about_the_warehouse_is_answered(published, query):
    columns, rows, _ = ask(published, query)
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
    columns, rows, _ = ask(published, query)
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
        ask(published, re.sub(r"\\(n|r|u\w{4})", unescape, statement.strip()))
    assert list(tmp_path.iterdir()) == []
    assert published.warehouse.stat().st_mtime_ns == before


def test_every_function_of_duckdb_is_allowed_or_refused_on_purpose():
    """A new DuckDB may bring more: an update needs a look at what a select can call."""
    with duckdb.connect() as engine:
        names = engine.sql(
            "select distinct lower(function_name) from duckdb_functions()"
            " where function_type <> 'pragma'"
            " and not regexp_matches(function_name, '^(__internal|icu_collate)_')"
        ).fetchall()
    allowed = (SQL_FOLDER / "allowed_functions.txt").read_text().split()
    assert sorted(allowed + REFUSED_FUNCTIONS.split()) == sorted(name for (name,) in names)


@pytest.mark.parametrize(
    "query",
    [
        "select count(*) from range(100000000000)",
        "with recursive one(n) as (select 1 union all select n + 1 from one) select sum(n) from one",
        "select levenshtein(repeat('a', 60000), repeat('b', 60000))",
        "select damerau_levenshtein(repeat('a', 9000), repeat('b', 9000))",
    ],
)
def test_a_query_without_end_is_interrupted(published, query):
    with pytest.raises(UsageError, match=r"interrupted after 0\.3 seconds"):
        ask(published, query, seconds=0.3)


@pytest.mark.parametrize("query", LARGE_VALUES)
def test_one_large_value_is_refused_and_stays_within_the_memory(published, query):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    shared = pages * resource.getpagesize() >> 10  # with the process that is forked
    with pytest.raises(UsageError, match="needs more than 200 MB of memory"):
        ask(published, query, memory_mb=200)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert most <= max(before, shared + (200 << 10))


def test_a_result_that_is_too_large_is_refused(published):
    with pytest.raises(UsageError, match="result is larger than 200 MB"):
        ask(published, "select repeat('x', 1000) from range(1000000)", memory_mb=200)


def test_a_query_that_crashes_duckdb_is_one_message(published):
    with start_process(ask_all, published.data_dir, *CRASHES) as asking:
        output, errors = asking.communicate(timeout=60)
    message = "The query crashed DuckDB (SIGSEGV). Nothing was changed; write it another way."
    assert output.splitlines() == [message] * len(CRASHES)
    assert errors == ""


def test_a_result_of_many_rows_and_types_is_complete(published):
    query = (
        "select range, range::decimal(18, 2), [range], {'a': range}, 'x'::blob,"
        " timestamptz '2025-08-12 09:00:00+00' + to_seconds(range) from range(2500)"
    )
    with duckdb.connect() as engine:
        engine.execute("set timezone = 'UTC'")
        assert ask(published, query)[1] == engine.execute(query).fetchall()


def test_no_query_outlives_its_caller(published):
    with another_process(query_without_end, published.data_dir) as asking:
        children = Path(f"/proc/{asking.pid}/task/{asking.pid}/children")
        while not (child := children.read_text().strip()):
            time.sleep(0.01)
        asking.kill()
        asking.wait()
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(child)


def is_running(process_id):
    try:
        return Path(f"/proc/{process_id}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


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
        children = Path(f"/proc/{asking.pid}/task/{asking.pid}/children")
        while not children.read_text("ascii"):
            time.sleep(0.05)
        time.sleep(0.2)  # Python drops an interrupt that comes while it forks
        os.kill(asking.pid, signal.SIGINT)
        assert asking.stdout.readline().strip() == "interrupted"


def test_a_copy_that_an_analyst_has_open_for_writing_can_be_queried(published):
    with another_process(hold_file, published.warehouse):
        assert ask(published, "select count(*) from articles")[1] == [(2,)]
        assert not list(published.state.glob(".*.part"))


@pytest.mark.parametrize("path", sql_files(SQL_FOLDER / "queries"), ids=lambda path: path.stem)
def test_every_bundled_query_opens_with_its_question_and_is_answered(published, path):
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith("?")
    columns, rows, _ = ask(published, text)
    assert columns
    assert json.dumps(rows, default=str)
