"""Merges staged batches into the warehouse, each in one transaction, by the files of `sql/load`."""

from dataclasses import fields
from pathlib import Path

import duckdb

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file
from tasks.adapters.warehouse.writing import transaction
from tasks.wire.errors import StorageError
from tasks.wire.summary import Counts

_STAGED = ("captures", "sightings", "validators", "articles", "mentions", "rejects")

_MERGES = (
    "merge_captures",
    "merge_sightings",
    "merge_validators",
    "date_readings",
    "choose_readings",
    "merge_articles",
    "add_versions",
    "confirm_articles",
    "settle_dates",
    "replace_mentions",
    "merge_entities",
    "add_rejects",
    "count_batch",
)
"""In this order: each may read what those before it left in temporary tables."""


def load_batch(connection: Connection, folder: Path, *, run_id: str) -> Counts:
    """Merges one staged batch; merging it again changes nothing.

    Args:
        connection: the writer's file.
        folder: `state/staged/<batch_id>`, with any of the files captures, sightings, validators,
            articles, mentions and rejects (`.parquet`); a file that is missing means none.
        run_id: the run that loads it, which need not be the one that staged it.

    Returns:
        What it brought.

    Raises:
        StorageError: a file of the batch can't be read; the warehouse is as it was.
    """
    with transaction(connection):
        _stage(connection, folder)
        for name in _MERGES:
            run_file(connection, f"load/{name}.sql")
        recorded = run_file(connection, "load/record_load.sql", batch_id=folder.name, run_id=run_id)
        (row,) = recorded.fetchall()
    return Counts(**dict(zip((field.name for field in fields(Counts)), row, strict=True)))


def _stage(connection: Connection, folder: Path) -> None:
    """Reads a batch's files into temporary tables."""
    run_file(connection, "load/begin_batch.sql")
    for table in _STAGED:
        path = folder / f"{table}.parquet"
        if not path.exists():
            continue
        try:
            run_file(connection, f"load/stage_{table}.sql", path=str(path))
        except duckdb.Error as error:
            line = " ".join(str(error).split())[:300]
            raise StorageError(
                f"{path} can't be read: {line} Move {folder} away and run again; the archive has "
                "every page in it."
            ) from error
