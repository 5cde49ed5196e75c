"""Writes `sql/schema.sql` again: `python -m tests.schema`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.core.paths import DataPaths
from tasks.warehouse.migrate import schema_text
from tasks.warehouse.sql import SQL_FOLDER
from tasks.warehouse.writer import session

SCHEMA = SQL_FOLDER / "schema.sql"


def migrated_schema() -> str:
    """The schema of a warehouse that has had every migration."""
    with (
        TemporaryDirectory() as folder,
        session(DataPaths(data_dir=Path(folder)), wait_seconds=0) as connection,
    ):
        return schema_text(connection)


if __name__ == "__main__":
    SCHEMA.write_text(migrated_schema(), encoding="utf-8")
