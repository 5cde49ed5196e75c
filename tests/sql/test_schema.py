"""The schema keeps the contract with readers, explains itself, and is written down."""

import pytest

from tasks.warehouse.sql import SQL_FOLDER
from tests.schema import SCHEMA, columns_of, migrated_schema

CONTRACT = {
    "articles": (
        "article_id url language title body provider provider_code account_code menafn_token "
        "published_at published_at_basis word_count body_sha256 version cluster_id image_url "
        "first_seen_at last_seen_at capture_id run_id extractor_version"
    ),
    "article_versions": (
        "article_id version title body body_sha256 published_at capture_id seen_at"
    ),
    "captures": (
        "capture_id url article_id fetched_at status content_type body_bytes payload_sha256 "
        "warc_path warc_offset run_id"
    ),
    "entities": "entity_id type name country_code first_seen_at",
    "mentions": "article_id entity_id part start_char end_char surface",
    "rejects": "url article_id stage reason detail run_id rejected_at",
    "runs": (
        "run_id flow started_at finished_at status discovered fetched not_modified extracted "
        "inserted updated unchanged rejected mentions seconds"
    ),
}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_columns_that_readers_rely_on_come_first_and_in_order(connection, table):
    names = [
        column.column_name for column in columns_of(connection) if column.relation_name == table
    ]
    promised = CONTRACT[table].split()
    assert names[: len(promised)] == promised


def test_every_table_view_and_column_has_its_comment(connection):
    columns = columns_of(connection)
    silent = [
        (column.relation_name, column.column_name)
        for column in columns
        if not column.relation_comment or not column.column_comment
    ]
    assert columns
    assert silent == []


def test_every_instant_has_a_zone_and_a_name_that_says_so(connection):
    for column in columns_of(connection):
        assert column.data_type != "timestamp", column
        is_instant = column.data_type == "timestamp with time zone"
        assert is_instant == column.column_name.endswith("_at"), column


def test_the_articles_key_is_the_story_id(connection):
    keys = [
        c.column_name for c in columns_of(connection) if c.is_key and c.relation_name == "articles"
    ]
    assert keys == ["article_id"]


def test_the_written_schema_is_not_stale():
    assert SCHEMA.read_text(encoding="utf-8") == migrated_schema(), "run: make schema"


def test_every_view_file_makes_the_view_it_is_named_after(connection):
    views = {c.relation_name for c in columns_of(connection) if c.relation_kind == "view"}
    assert views == {path.stem for path in (SQL_FOLDER / "views").glob("*.sql")}


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.rglob("*.sql")), ids=lambda path: path.name)
def test_every_sql_file_opens_by_saying_what_it_gives(path):
    assert path.read_text(encoding="utf-8").startswith("-- ")
