"""Merges staged batches into the warehouse, each in one transaction, by the files of `sql/load`."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.annotations import DecisionKind, MergeDecision
from tasks.core.errors import MergeError, StorageError
from tasks.core.reports import Counts
from tasks.duplicates.cluster import cluster_batch
from tasks.duplicates.compare import ComparedText
from tasks.entities.resolution import resolve_entities
from tasks.warehouse.connect import OF_THE_FILE, Connection
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import transaction


def settle_windows(run_merge: Callable[..., Connection]) -> None:
    """Brings the loss windows that a batch says something about up to date.

    Looking up the states of stories costs as much as the warehouse is large, and nearly every
    batch says nothing of any window.

    Args:
        run_merge: runs a file of `sql/load`, named without its suffix, within the batch's
            transaction.
    """
    ((affected,),) = run_merge("affected_windows").fetchall()
    if affected:
        run_merge("settle_windows")


def settle_all_windows(connection: Connection) -> None:
    """Brings every loss window up to date, within the caller's transaction.

    Args:
        connection: a warehouse whose stories changed otherwise than by loading a batch.
    """
    run_file(connection, "rebuild/affect_all_windows.sql")
    run_file(connection, "load/settle_windows.sql")


RunMerge = Callable[..., Connection]


def settle_clusters(run_merge: RunMerge) -> None:
    """Settles the clusters of the stories that the batch wrote or dated anew.

    Args:
        run_merge: runs one file of `sql/load` by its name, with its parameters, within the
            transaction of a load that has written the batch's articles.
    """
    run_merge("examine_clusters")
    join_examined(run_merge)


def join_examined(run_merge: RunMerge) -> None:
    """Joins the stories of the table `examined`, each on its own, with those they are copies of.

    Args:
        run_merge: as for `settle_clusters`; what examines the stories comes before.
    """
    ((first_date, last_date),) = run_merge("select_cluster_window").fetchall()
    if first_date is None:
        return
    run_merge("propose_cluster_pairs", first_date=first_date, last_date=last_date)
    pairs = run_merge("select_cluster_pairs").fetchall()
    stories = run_merge("select_cluster_texts").fetchall()
    merged = cluster_batch(
        texts={
            article_id: ComparedText(title=title, body=body, language=language, published_at=at)
            for article_id, _, title, body, language, at in stories
        },
        clusters={article_id: cluster_id for article_id, cluster_id, *_ in stories},
        candidates=pairs,
    )
    if merged:
        run_merge("merge_clusters", dissolved=list(merged), remaining=list(merged.values()))


RunMerge_entities = Callable[..., Connection]


def settle_rulings(connection: Connection, entity_ids: Sequence[str] | None = None) -> None:
    """Settles anew which entities count as one, of those that a reader has ruled on.

    Args:
        connection: the writer's file, in a transaction.
        entity_ids: the entities; `None` for all that were ever ruled on.
    """
    run_file(connection, "entities/touch_rulings.sql", entity_ids=entity_ids)
    settle_entities(
        lambda name, **parameters: run_file(connection, f"load/{name}.sql", **parameters)
    )


def settle_entities(run_merge: RunMerge_entities) -> None:
    """Settles anew which entities count as one, of those in `touched_blocks` and their like.

    Args:
        run_merge: runs one file of `sql/load` by its name, with its parameters, within a
            transaction that has made `touched_blocks`.
    """
    run_merge("examine_entities")
    known = run_merge("select_examined_entities").fetchall()
    if not known:
        return
    decisions = [
        MergeDecision(entity_id=entity_id, other_id=other_id, ruling=DecisionKind(ruling))
        for entity_id, other_id, ruling in run_merge("select_entity_decisions").fetchall()
    ]
    settled = resolve_entities(known, decisions)
    run_merge(
        "settle_entities",
        settled=json.dumps(
            [
                {"entity_id": entity_id, "canonical_id": canonical_id}
                for entity_id, canonical_id in settled.canonical.items()
            ]
        ),
        candidates=json.dumps([asdict(one) for one in settled.candidates]),
    )


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
