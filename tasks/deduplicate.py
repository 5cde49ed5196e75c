"""Keeps a run from asking for what the warehouse already knows."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from prefect import task

from tasks.adapters import staging
from tasks.adapters.warehouse import discovering
from tasks.adapters.warehouse.backfilling import gaps
from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.snapshot import latest
from tasks.requesting import wanted_ids
from tasks.waiting import waiting_captures
from tasks.wire.listing import Validators, Wanted
from tasks.wire.menafn.id_ranges import count_ids
from tasks.wire.run import Batch, Run

_log = logging.getLogger(__name__)


@task
def deduplicate(run: Run, discovered: Batch) -> Batch:
    """The stories that this run asks the wire for.

    Args:
        run: the run.
        discovered: what its listings showed; its folder holds `sightings.parquet`.

    Returns:
        A batch whose path is a Parquet file of `Wanted`, newest story first; after them up to
        `catch_up_stories` ids of open loss windows, newest first.

    Raises:
        OperatorError: the warehouse can't be read.
    """
    with latest(run.layout) as connection:
        wanted = discovering.wanted_stories(
            connection,
            run.settings,
            sighted=discovered.path / "sightings.parquet",
            pending=waiting_captures(run.layout),
            now=datetime.now(UTC),
        )
        lost = _lost_stories(connection, run, taken=len(wanted))
    path = run.layout.of_run(run.run_id) / "wanted.parquet"
    staging.write_records(path, wanted + lost, Wanted)
    _log.info("%d stories to ask for, of %d seen", len(wanted), discovered.count)
    return replace(discovered, path=path, count=len(wanted) + len(lost))


def _lost_stories(connection: Connection, run: Run, *, taken: int) -> list[Wanted]:
    """Stories that feeds may have passed by unseen, as far as the settings leave room for them."""
    most = run.settings.catch_up_stories
    if run.settings.max_stories:
        most = min(most, run.settings.max_stories - taken)
    left = gaps(connection, only_losses=True) if most > 0 else ()
    lost = wanted_ids(connection, run, left, most=most) if left else []
    if lost:
        _log.info("%d ids of loss windows are asked for, of %d", len(lost), count_ids(left))
    return lost


@task
def recall_validators(run: Run) -> Path:
    """What the feeds and listings sent last time, for conditional requests.

    Args:
        run: the run.

    Returns:
        A Parquet file of `Validators`; without records when nothing was ever asked.

    Raises:
        OperatorError: the warehouse can't be read.
    """
    with latest(run.layout) as connection:
        known = discovering.known_validators(connection)
    path = run.layout.of_run(run.run_id) / "validators.parquet"
    staging.write_records(path, known, Validators)
    return path
