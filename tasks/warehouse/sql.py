"""The SQL files of the house, found and run by their place in `sql/`."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

SQL_FOLDER = Path(__file__).parents[2] / "sql"


def run_file(
    connection: duckdb.DuckDBPyConnection, name: str, /, **parameters: Any
) -> duckdb.DuckDBPyConnection:
    """Runs every statement of an SQL file in turn.

    Args:
        connection: an open warehouse.
        name: the file, relative to `sql/`, such as `load/merge_captures.sql`.
        parameters: values for the `$named` parameters, each of which some statement must use.

    Returns:
        The connection, from which the last statement's rows can be fetched.

    Raises:
        duckdb.Error: a statement failed.
    """
    return run_text(connection, _text(SQL_FOLDER / name), **parameters)


def run_text(
    connection: duckdb.DuckDBPyConnection, text: str, /, **parameters: Any
) -> duckdb.DuckDBPyConnection:
    """Runs every statement of a text in turn; see `run_file`."""
    for statement in duckdb.extract_statements(text):
        named = {name: parameters[name] for name in statement.named_parameters}
        connection.execute(statement, named)
    return connection


def attach(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Runs one of the files of `sql/attach/`.

    `attach` is the one statement that takes no parameters, so the path goes in as a literal.

    Args:
        connection: an open in-memory database.
        name: the file, relative to `sql/`.
        path: the DuckDB file.

    Raises:
        duckdb.Error: the file can't be opened.
    """
    literal = "'" + str(path).replace("'", "''") + "'"
    run_text(connection, _text(SQL_FOLDER / name).replace("$path", literal))


def sql_files(folder: Path) -> list[Path]:
    """The SQL files of a folder in name order."""
    return sorted(folder.glob("*.sql"))


def digest(*paths: Path) -> str:
    """Hexadecimal SHA-256 of files, one after the other."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
