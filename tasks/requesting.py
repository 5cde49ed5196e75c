"""Chooses what to ask the wire for among stories that no listing need have shown.

This module stands beside the verbs because several of them ask.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tasks.adapters import staging
from tasks.adapters.warehouse import discovering
from tasks.adapters.warehouse.connection import Connection
from tasks.waiting import waiting_captures
from tasks.wire.listing import Asked, Wanted
from tasks.wire.menafn.addresses import StoryAddress
from tasks.wire.menafn.id_ranges import id_groups
from tasks.wire.run import Run

_IDS_AT_ONCE = 10_000


def wanted_ids(
    connection: Connection, run: Run, ids: Sequence[range], *, most: int
) -> list[Wanted]:
    """Stories of which nothing but the id is known.

    Args:
        connection: the writer's file or the readers' copy.
        run: the run.
        ids: ranges of ids, in the order in which they shall be asked for; they may overlap.
        most: how many stories at most.

    Returns:
        Those that the warehouse lacks, that wait in no batch, and that don't rest after a refusal.

    Raises:
        StorageError: the disk is full.
    """
    groups = (
        [StoryAddress(article_id=one, slug="", is_arabic=False) for one in group]
        for group in id_groups(ids, _IDS_AT_ONCE)
    )
    return wanted_addresses(connection, run, groups, most=most)


def wanted_addresses(
    connection: Connection, run: Run, groups: Iterable[Sequence[StoryAddress]], *, most: int
) -> list[Wanted]:
    """Stories of which the address is known; see `wanted_ids`.

    Args:
        connection: the writer's file or the readers' copy.
        run: the run.
        groups: addresses in the order in which they shall be asked for.
        most: how many stories at most.
    """
    wanted: dict[int, Wanted] = {}
    for stories in groups:
        for one in _unknown(connection, run, stories):
            wanted.setdefault(one.article_id, one)
        if len(wanted) >= most:
            break
    return list(wanted.values())[:most]


def _unknown(connection: Connection, run: Run, stories: Sequence[StoryAddress]) -> list[Wanted]:
    """Those of the stories that a run would ask for if a listing showed them, in their order."""
    now = datetime.now(UTC)
    path = run.layout.of_run(run.run_id) / "asked.parquet"
    asked = [Asked(article_id=one.article_id, url=one.url, seen_at=now) for one in stories]
    staging.write_records(path, asked, Asked)
    wanted = discovering.wanted_stories(
        connection,
        replace(run.settings, recheck_window_hours=0, max_stories=0),
        sighted=path,
        pending=waiting_captures(run.layout),
        now=now,
    )
    by_id = {story.article_id: story for story in wanted}
    return [by_id[one.article_id] for one in stories if one.article_id in by_id]
