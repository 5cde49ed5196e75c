"""The digest of a warehouse changes with everything it says, and with nothing else."""

from datetime import timedelta

import pytest

from tasks.warehouse.fingerprint import contents_of
from tests.sql.records import (
    SEEN_AT,
    STORY,
    make_annotation_stamp,
    make_article,
    make_capture,
    make_entity_context,
    make_figure,
    make_listing_entry,
    make_mention,
    make_poll,
    make_quote,
    make_reject,
    make_validators,
)

# Tables that say how the warehouse was made or come with the program, and nothing of the site.
NOT_CONTENTS = {
    "alert_messages", "alert_rules", "alerts", "applied_files", "city_coordinates", "currency_rates", "known_organisations", "loads",
    "measurements", "migrations", "observations", "poll_schedule", "runs", "topic_terms", "topics",
}  # fmt: skip
CLOCKS_AND_RUNS = {
    "articles": {"first_seen_at", "last_seen_at", "last_checked_at", "run_id"},
    "article_versions": {"seen_at", "valid_from", "valid_to"},
    "captures": {"claimed_at", "fetched_at", "run_id", "warc_offset", "warc_path"},
    "entities": {"first_seen_at"},
    "entity_candidates": {"found_at"},
    "entity_decisions": {"decided_at"},
    "tombstones": {"erased_at", "forgotten_at"},
    "feed_polls": {"polled_at", "run_id"},
    "listing_validators": {"checked_at"},
    "feed_gaps": {"closed_at", "detected_at", "previous_polled_at", "run_id"},
    "rejects": {"rejected_at", "run_id"},
    "listing_entries": {"last_seen_at", "run_id", "seen_at"},
    # what is counted depends on the order of loads, what follows from it does not
    "person_profiles": {
        "article_count",
        "companion_counts",
        "companion_doubts",
        "counted_companions",
        "unlisted_count",
    },
}
"""What may differ between two warehouses that say the same; everything else may not."""

OTHER = {
    "bigint": "coalesce({0}, 0) + 1",
    "bigint[]": "list_append({0}, 1)",
    "boolean": "not {0}",
    "decimal(9,1)": "{0} + 1",
    "decimal(38,6)": "coalesce({0}, 0) + 1",
    "double": "coalesce({0}, 0) + 1",
    "date": "coalesce({0}, '2020-01-01') + 1",
    "integer": "coalesce({0}, 0) + 1",
    "integer[]": "list_append({0}, 1)",
    "timestamp with time zone": "coalesce({0}, '2020-01-01 00:00:00+00') + interval 1 second",
    "varchar": "coalesce({0}, '') || 'x'",
    "varchar[]": "list_append({0}, 'x')",
}
"""Another value of each type."""


@pytest.fixture
def filled(connection, load):
    """A warehouse with a row or more in every table."""
    feed = make_capture(capture_id="capture-of-feed", article_id=None, payload_sha256="1" * 64)
    page = make_capture(etag='"etag"', last_modified="yesterday")
    load(
        articles=[make_article()],
        captures=[page, feed],
        mentions=[make_mention()],
        entity_contexts=[make_entity_context()],
        article_figures=[make_figure()],
        quotes=[make_quote()],
        annotation_stamps=[make_annotation_stamp()],
        listing_entries=[make_listing_entry()],
        feed_polls=[make_poll(STORY), make_poll(STORY + 9, polled_at=SEEN_AT + timedelta(hours=1))],
        listing_validators=[make_validators()],
        rejects=[make_reject(article_id=STORY + 1)],
    )
    connection.execute("insert into entity_decisions values ('a', 'b', 'merge', now())")
    connection.execute("insert into entity_candidates values ('a', 'b', 'names alike', now())")
    connection.execute("insert into article_topics values (1, 'medtop:15000000', 4)")
    connection.execute("insert into event_pairs values (1, 2)")
    connection.execute("insert into tombstones values (1, now(), 'asked for', null)")
    return connection


def digest(connection):
    return contents_of(connection).digest


def columns(connection):
    return connection.execute(
        "select table_name, column_name, lower(data_type) from duckdb_columns() "
        "where database_name = current_database() and not internal "
        "and (schema_name, table_name) in "
        "(select (schema_name, table_name) from duckdb_tables())"
    ).fetchall()


def test_every_table_is_digested_or_is_said_not_to_be(connection):
    tables = {table for table, *_ in columns(connection)}
    assert {one.table for one in contents_of(connection).tables} == tables - NOT_CONTENTS


def test_every_value_but_clocks_and_run_ids_counts(filled):
    before = digest(filled)
    unnoticed: dict[str, set[str]] = {}
    for table, column, data_type in columns(filled):
        if table in NOT_CONTENTS:
            continue
        filled.begin()
        other = OTHER[data_type].format(column)
        changed = filled.execute(f"update {table} set {column} = {other}").fetchone()[0]
        assert changed, f"{table} is empty"
        if digest(filled) == before:
            unnoticed.setdefault(table, set()).add(column)
        filled.rollback()
    assert unnoticed == CLOCKS_AND_RUNS


def test_another_id_for_the_same_answer_is_no_difference(filled):
    before = digest(filled)
    for table in ("articles", "article_versions", "captures", "feed_polls", "listing_entries"):
        filled.execute(f"update {table} set capture_id = 'again-' || capture_id")
    assert digest(filled) == before


def test_an_answer_or_refusal_that_came_twice_is_no_difference(filled):
    before = digest(filled)
    filled.execute("insert into captures select * replace ('two' as capture_id) from captures")
    filled.execute("insert into rejects select * replace ('two' as run_id) from rejects")
    assert digest(filled) == before


def test_a_row_that_is_lost_or_doubled_is_a_difference(filled):
    before = digest(filled)
    for table in (
        "articles",
        "article_versions",
        "entities",
        "mentions",
        "article_figures",
        "annotation_stamps",
    ):
        changes = [f"delete from {table}", f"insert into {table} from {table}"]
        for change in changes[: 1 if table == "articles" else 2]:
            filled.begin()
            filled.execute(change)
            assert digest(filled) != before, change
            filled.rollback()


def test_the_order_of_rows_is_no_difference(connection, load):
    two = [make_article(), make_article(article_id=STORY + 1, capture_id="two", body="Another.")]
    load(articles=two)
    before = digest(connection)
    connection.execute("create temp table turned as from article_versions order by all desc")
    connection.execute("delete from article_versions")
    connection.execute("insert into article_versions from turned")
    assert digest(connection) == before
