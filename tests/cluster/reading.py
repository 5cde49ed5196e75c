"""Reads a lake as `wirehouse attach` says; as a program it stays open and runs a query a line."""

import importlib
import json
import sys
from contextlib import closing
from pathlib import Path

import duckdb

from tests.cluster.object_store import KEYS


def open_lake(statements):
    """A connection after the statements for DuckDB; extensions come from their packages."""
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    for line in statements.partition("\n\n")[0].splitlines():
        if line.startswith("install "):
            name = line.removeprefix("install ").rstrip(";")
            package = importlib.import_module(f"duckdb_extension_{name}")
            (path,) = Path(package.__path__[0]).glob(f"extensions/*/{name}.duckdb_extension")
            statement = f"load '{path}'"
        else:
            key_id, key = KEYS.values()
            statement = line.replace("key_id '...'", f"key_id '{key_id}'")
            statement = statement.replace("secret '...'", f"secret '{key}'")
        connection.execute(statement)
    connection.execute("set timezone = 'UTC'")
    return connection


if __name__ == "__main__":
    with closing(open_lake(json.loads(sys.stdin.readline()))) as lake:
        for query in sys.stdin:
            print(json.dumps(lake.execute(query).fetchall(), default=str), flush=True)
