"""The files of `sql/`, run by their place there."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

SQL_FOLDER = Path(__file__).parents[2] / "sql"


def run_file(
    connection: duckdb.DuckDBPyConnection, name: str, /, **parameters: Any
) -> duckdb.DuckDBPyConnection:
    """Run every statement of a file of `sql/`, such as `runs/end_run.sql`.

    Returns the connection, from which the last statement's rows can be fetched. A `KeyError` where
    a statement has a `$named` parameter that isn't given.
    """
    for statement in _statements(name):
        _execute(connection, statement, parameters)
    return connection


def run_text(
    connection: duckdb.DuckDBPyConnection, text: str, /, **parameters: Any
) -> duckdb.DuckDBPyConnection:
    """Run every statement of a text; see `run_file`."""
    for statement in duckdb.extract_statements(text):
        _execute(connection, statement, parameters)
    return connection


def run_available(
    connection: duckdb.DuckDBPyConnection, name: str, /, **parameters: Any
) -> set[str]:
    """Run those statements of a file whose parameters are all given; return which were used."""
    used: set[str] = set()
    for statement in _statements(name):
        if statement.named_parameters <= parameters.keys():
            _execute(connection, statement, parameters)
            used |= statement.named_parameters
    return used


def run_with_paths(
    connection: duckdb.DuckDBPyConnection, name: str, /, paths: Mapping[str, Any], **parameters: Any
) -> duckdb.DuckDBPyConnection:
    """Run a file with `$named` paths as literals, since `attach` and `load` take no parameters."""
    text = (SQL_FOLDER / name).read_text(encoding="utf-8")
    for parameter, path in paths.items():
        text = text.replace(f"${parameter}", quote(str(path)))
    return run_text(connection, text, **parameters)


def run_with_path(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, /, **parameters: Any
) -> duckdb.DuckDBPyConnection:
    """Run a file that attaches `$path`; see `run_with_paths`."""
    return run_with_paths(connection, name, {"path": path}, **parameters)


def quote(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def sql_files(folder: Path) -> list[Path]:
    """The SQL files of a folder in name order."""
    return sorted(folder.glob("*.sql"))


def digest(*paths: Path) -> str:
    """Hexadecimal SHA-256 of files, one after the other."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _execute(
    connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, parameters: dict[str, Any]
) -> None:
    connection.execute(statement, {name: parameters[name] for name in statement.named_parameters})


@cache  # a load runs a hundred statements for every batch
def _statements(name: str) -> list[duckdb.Statement]:
    return duckdb.extract_statements((SQL_FOLDER / name).read_text(encoding="utf-8"))
