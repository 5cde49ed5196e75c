"""The schema keeps the contract with readers, explains itself, and is written down."""

import pytest

from tasks.warehouse.sql import SQL_FOLDER
from tests.schema import CONTRACT, INTERNAL, ROOT, columns_of, generated, macros_of


@pytest.mark.parametrize("table", CONTRACT)
def test_the_columns_that_readers_rely_on_come_first_and_in_order(connection, table):
    names = [
        column.column_name for column in columns_of(connection) if column.relation_name == table
    ]
    promised = CONTRACT[table].split()
    assert names[: len(promised)] == promised


def test_every_table_view_column_and_macro_has_its_comment(connection):
    columns = columns_of(connection)
    silent = [
        (column.relation_name, column.column_name)
        for column in columns
        if not column.relation_comment or not column.column_comment
    ]
    assert columns
    assert silent == []
    assert all(comment for _, comment in macros_of(connection).values())


def test_every_instant_has_a_zone_and_a_name_that_says_so(connection):
    for column in columns_of(connection):
        assert column.data_type != "timestamp", column
        is_instant = column.data_type == "timestamp with time zone"
        assert is_instant == column.column_name.endswith(("_at", "valid_from", "valid_to")), column


def test_no_generated_file_is_stale():
    stale = [
        str(path.relative_to(ROOT))
        for path, text in generated().items()
        if path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make schema"


def test_every_view_file_makes_the_view_or_macro_it_is_named_after(connection):
    views = {
        c.relation_name.removeprefix(INTERNAL)
        for c in columns_of(connection)
        if c.relation_kind == "view"
    }
    assert views | macros_of(connection).keys() == {
        path.stem for path in (SQL_FOLDER / "views").glob("*.sql")
    }


def test_every_sql_file_opens_by_saying_what_it_gives():
    files = list(SQL_FOLDER.rglob("*.sql"))
    assert files
    assert [one for one in files if not one.read_text(encoding="utf-8").startswith("-- ")] == []
