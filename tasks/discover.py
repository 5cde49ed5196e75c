"""Finds out what stories the wire has."""

import logging
from pathlib import Path

from prefect import task

from tasks.archive.writer import Archive
from tasks.core.errors import WireUnreachableError
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Capture, FeedPoll, ListingEntry, Validators
from tasks.core.rejects import Reject
from tasks.core.run import Batch, Run
from tasks.core.staging import staged_folder
from tasks.http.client import Client
from tasks.listings.poll import DiscoveryResult, Poll

_log = logging.getLogger(__name__)


@task
async def discover(run: Run, validators: Path | None = None) -> Batch:
    """Ask every feed and listing page what stories there are, and stage what they say.

    Args:
        run: the run.
        validators: a Parquet file of `Validators`, for conditional requests; `None` for none.

    Returns:
        The staged batch: captures, sightings, polls, validators and rejects; its count is that of
        the different stories.

    Raises:
        SettingsError: a feed or listing of the settings isn't on the wire.
        StorageError: the archive or the batch can't be written.
        WireUnreachableError: the wire's robots.txt can't be had, so that nothing may be asked
            for; what was answered is staged all the same.
    """
    held = read_records(validators, Validators) if validators else []
    findings = DiscoveryResult(run)
    try:
        async with Archive(run) as archive, Client(run.settings, archive.keep) as wire:
            await Poll(run, wire, findings, held).everything()
    except WireUnreachableError:
        stage(run, findings)
        raise
    return stage(run, findings)


def stage(run: Run, findings: DiscoveryResult) -> Batch:
    """Writes what was found as one batch, there complete or not at all.

    Args:
        run: the run.
        findings: what its poll brought; the archive it points into is synced.

    Returns:
        The batch, of number 0 in its run.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    batch_id = f"{run.run_id}-00000"
    path = run.paths.staged / batch_id
    with staged_folder(path) as folder:
        write_records(folder / "captures.parquet", findings.captures, Capture)
        write_records(folder / "sightings.parquet", findings.sightings, ListingEntry)
        write_records(folder / "polls.parquet", findings.polls, FeedPoll)
        write_records(folder / "validators.parquet", findings.validators, Validators)
        write_records(folder / "rejects.parquet", findings.rejects, Reject)
    _log.info("%d stories seen, %d answers", findings.story_count, len(findings.captures))
    return Batch(batch_id=batch_id, path=path, count=findings.story_count)
