"""Merges staged batches into the warehouse, each in one transaction, by the files of `sql/load`."""

from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from tasks.adapters.warehouse.clustering import settle_clusters
from tasks.adapters.warehouse.connection import OF_THE_FILE, Connection
from tasks.adapters.warehouse.entities import settle_entities
from tasks.adapters.warehouse.losses import settle_windows
from tasks.adapters.warehouse.statements import run_file
from tasks.adapters.warehouse.writing import transaction
from tasks.wire.errors import MergeError, StorageError
from tasks.wire.summary import Counts

_STAGED = (
    "captures", "sightings", "polls", "validators", "articles", "signatures", "mentions",
    "appearances", "figures", "recognitions", "rejects",
)  # fmt: skip

_MERGE_STORIES = (
    "leave_forgotten",
    "merge_captures",
    "merge_sightings",
    "merge_polls",
    "merge_validators",
    "date_readings",
    "choose_readings",
    "merge_articles",
    "add_versions",
    "confirm_articles",
    "settle_dates",
    "calibrate_ids",
)
_MERGE_NAMES = (
    "readmit_texts",
    "replace_mentions",
    "date_retold_names",
    "merge_entities",
    "replace_appearances",
    "touch_entities",
    "drop_unnamed_entities",
    "replace_figures",
)
"""In this order, the clusters after the first group and the entities after the second: each may
read what those before it left in temporary tables."""


def load_batch(connection: Connection, folder: Path, *, run_id: str) -> Counts:
    """Merges one staged batch; merging it again changes nothing.

    Args:
        connection: the writer's file.
        folder: `state/staged/<batch_id>`, with any of the files captures, sightings, polls,
            validators, articles, signatures, mentions, appearances, figures, recognitions and
            rejects (`.parquet`); a file that is missing means none.
        run_id: the run that loads it, which need not be the one that staged it.

    Returns:
        What it brought.

    Raises:
        StorageError: a file of the batch can't be read; the warehouse is as it was.
        MergeError: a statement fails on what is in the batch; the warehouse is as it was.
    """
    run_merge = partial(_run_merge, connection, folder)
    with transaction(connection):
        _stage(connection, folder)
        for name in _MERGE_STORIES:
            run_merge(name)
        settle_clusters(run_merge)
        for name in _MERGE_NAMES:
            run_merge(name)
        if run_merge("count_dropped_names").fetchone() != (0,):
            run_merge("redate_entities")  # reads every text of an entity's stories
        settle_entities(run_merge)
        run_merge("add_rejects")
        settle_windows(run_merge)
        run_merge("count_batch")
        (row,) = run_merge("record_load", batch_id=folder.name, run_id=run_id).fetchall()
    return Counts(**dict(zip((field.name for field in fields(Counts)), row, strict=True)))


def _run_merge(connection: Connection, folder: Path, name: str, **parameters: Any) -> Connection:
    """Runs one of the files of `sql/load`; a failure names it and the batch."""
    try:
        return run_file(connection, f"load/{name}.sql", **parameters)
    except OF_THE_FILE:
        raise
    except duckdb.Error as error:
        line = " ".join(str(error).split())[:300]
        raise MergeError(
            f"{folder} can't be merged by sql/load/{name}.sql: {line} That is a defect of "
            "Wirehouse. The batch is kept, and nothing of it is in the warehouse; move it away to "
            "load the others, and report it."
        ) from error


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
