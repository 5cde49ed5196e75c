"""Merge staged batches into the warehouse, some in one transaction, by the files of `sql/load`."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.annotations import DecisionKind, MergeDecision
from tasks.core.errors import BatchError
from tasks.core.records import ComparedText, Part
from tasks.core.rejects import plain_line
from tasks.core.reports import Counts
from tasks.warehouse.connect import FILE_ERRORS, Connection, transaction
from tasks.warehouse.sql import SQL_FOLDER, run_available, run_file, sql_files

# The folder's order is the order of execution. A step reads what those before it left in temporary
# tables; from 60 on, only those that `begin_settling.sql` makes for other callers.
_STAGE, *_STEPS = (f"load/{path.name}" for path in sql_files(SQL_FOLDER / "load"))
_KNOWN = "known"  # texts that a retag annotates again
_TEXTS = ("articles", _KNOWN)
_RECOVER = "The archive has its pages: run wirehouse rebuild"
_CLOCK_SLACK = timedelta(minutes=5)
_SETTLING_STEPS = [step for step in _STEPS if "load/60" <= step < "load/99"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matchers:
    """What decides between two steps: which stories and entities are one, events and days."""

    cluster_batch: Callable[..., dict[int, int]]
    group_events: Callable[..., dict[int, int]]
    resolve_entities: Callable[..., Any]  # the ids that entities count as, and candidates
    find_dates: Callable[..., Any]  # the dates of a text in a language, by the story's day

    def match(self, connection: Connection, step: str) -> dict[str, Any]:
        """The parameters that steps after this one need, decided from what it left in tables."""
        match step:
            case "load/55_estimated_days.sql":
                return self.find_days(connection)
            case "load/65_cluster_candidates.sql":
                return self.cluster_stories(connection)
            case "load/71_event_pairs.sql":
                return self.find_events(connection)
            case "load/80_entity_blocks.sql":
                return self.merge_entities(connection)
        return {}

    def find_days(self, connection: Connection) -> dict[str, Any]:
        texts = connection.table("estimated_texts").fetchall()
        days = [
            {
                "article_id": article_id,
                "part": part,
                "start_char": figure.start_char,
                "end_char": figure.end_char,
                "day": figure.day.isoformat(),
            }
            for article_id, language, title, body, day in texts
            for part, text in ((Part.TITLE, title), (Part.BODY, body))
            for figure in self.find_dates(text, language, day)
        ]
        return {"figure_days": json.dumps(days)}

    def cluster_stories(self, connection: Connection) -> dict[str, Any]:
        stories = connection.table("cluster_texts").fetchall()
        merged = self.cluster_batch(
            texts={
                article_id: ComparedText(title=title, body=body, language=language, published_at=at)
                for article_id, _, title, body, language, at in stories
            },
            clusters={article_id: cluster_id for article_id, cluster_id, *_ in stories},
            candidates=connection.table("cluster_pairs").fetchall(),
        )
        return {"dissolved": list(merged), "remaining": list(merged.values())}

    def find_events(self, connection: Connection) -> dict[str, Any]:
        stories, links = connection.table("event_stories"), connection.table("event_links")
        found = self.group_events(stories.fetchall(), links.fetchall())
        rows = [{"article_id": story, "event_id": event} for story, event in found.items()]
        return {"events": json.dumps(rows)}

    def merge_entities(self, connection: Connection) -> dict[str, Any]:
        columns = ("entity_id", "block_key", "parts", "companions", "first_article_id")
        known = connection.table("examined_entities").select(*columns).fetchall()
        decided = connection.table("examined_decisions").fetchall()
        decisions = [
            MergeDecision(entity_id=entity_id, other_id=other_id, kind=DecisionKind(decision))
            for entity_id, other_id, decision, _ in decided
        ]
        resolved = self.resolve_entities(known, decisions)
        canonical = [
            {"entity_id": entity_id, "canonical_id": canonical_id}
            for entity_id, canonical_id in resolved.canonical.items()
        ]
        candidates = [
            {"entity_id": one.entity_id, "other_id": one.other_id, "evidence": one.evidence}
            for one in resolved.candidates
        ]
        return {"canonical": json.dumps(canonical), "candidates": json.dumps(candidates)}


def load_batch(connection: Connection, *folders: Path, run_id: str, matchers: Matchers) -> Counts:
    """Merge staged batches in one transaction and return what they brought; again changes nothing.

    A folder has any of the Parquet files that 00_stage.sql reads. Which batches are merged together
    makes no difference if `bundle_batches` chose them. Whichever run staged them, `run_id` is the
    one that loads them.

    Raises:
        BatchError: something in one is damaged or can't be loaded; the warehouse is as it was.
        duckdb.Error: one of `FILE_ERRORS`, for which the batch is not to blame.
    """
    names = [folder.name for folder in folders]
    step, parameters = _STAGE, {"batch_ids": names, "run_id": run_id}
    try:
        with transaction(connection):
            files: defaultdict[str, list[str]] = defaultdict(list)
            for path in chain.from_iterable(folder.glob("*.parquet") for folder in folders):
                files[path.stem].append(str(path))
            files.pop(_KNOWN, None)  # they are loaded already
            used = run_available(connection, _STAGE, latest=_latest(), **files)
            if unknown := files.keys() - used:
                raise BatchError(  # noqa: TRY301 - the transaction is to be rolled back
                    f"{', '.join(names)} was staged by another version of Wirehouse, which knows "
                    f"{', '.join(sorted(unknown))}. {_RECOVER}"
                )
            for step in _STEPS:
                run_file(connection, step, **parameters)
                parameters |= matchers.match(connection, step)
            (row,) = connection.fetchall()
    except (*FILE_ERRORS, BatchError, MemoryError):
        raise
    except Exception as error:  # whatever is in a batch, it must not keep the others out
        line = plain_line(str(error))[:300]
        raise BatchError(
            f"{', '.join(names)} can't be loaded by sql/{step} ({line}). Nothing of it is in the "
            f"warehouse. {_RECOVER}"
        ) from error
    return Counts(**dict(zip((field.name for field in fields(Counts)), row, strict=True)))


def bundle_batches(
    connection: Connection, folders: Iterable[Path], size: int
) -> Iterator[list[Path]]:
    """The batches to be merged together, at most `size` each, in their order.

    No two of them bring a text of one story: an older text that a batch brings must have been
    merged before a newer one. A batch that was loaded before or can't be read comes alone.
    """
    loaded = {name for (name,) in connection.table("loads").select("batch_id").fetchall()}
    bundle: list[Path] = []
    stories: set[int] = set()
    for folder in folders:
        found = None if folder.name in loaded else _stories_of(connection, folder)
        if bundle and (found is None or len(bundle) == size or not stories.isdisjoint(found)):
            yield bundle
            bundle, stories = [], set()
        bundle.append(folder)
        if found is None:
            yield bundle
            bundle = []
        else:
            stories |= found
    if bundle:
        yield bundle


def _stories_of(connection: Connection, folder: Path) -> set[int] | None:
    """`None` where a file can't be read."""
    paths = [folder / f"{name}.parquet" for name in _TEXTS]
    if not (files := [str(path) for path in paths if path.exists()]):
        return set()
    try:
        run_file(connection, "admin/select_staged_stories.sql", files=files)
    except duckdb.Error:
        return None
    return {story for (story,) in connection.fetchall()}


def begin_settling(
    connection: Connection, *, entity_ids: Sequence[str] | None = None, has_all_gaps: bool = False
) -> None:
    """Prepare `settle` for a change that no batch brought, within the caller's transaction.

    `entity_ids` are matched again if a reader has decided on them, `None` for all such; with
    `has_all_gaps` every feed gap is counted again.
    """
    run_file(
        connection, "admin/begin_settling.sql", entity_ids=entity_ids, has_all_gaps=has_all_gaps
    )


def settle(connection: Connection, matchers: Matchers) -> None:
    """Recompute id calibration, clusters, merged entities and gaps, in one transaction."""
    parameters: dict[str, Any] = {}
    for step in _SETTLING_STEPS:
        run_file(connection, step, **parameters)
        parameters |= matchers.match(connection, step)


def cap_times(connection: Connection) -> None:
    """Bring times that a clock which was ahead has left down to now, in one transaction."""
    with transaction(connection):
        run_file(connection, "admin/cap_times.sql", latest=_latest())


def _latest() -> datetime:
    """The latest time that is believed."""
    return datetime.now(UTC) + _CLOCK_SLACK
