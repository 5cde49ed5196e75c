"""Checks the warehouse against the claims of `sql/checks`."""

import logging

from prefect import task

from tasks.core.errors import CheckFailedError
from tasks.core.reports import Finding, Severity
from tasks.core.run import Run
from tasks.warehouse.check import failed_checks
from tasks.warehouse.writer import writer

_log = logging.getLogger(__name__)


@task(task_run_name="check {run.run_id}")
def check(run: Run, *, everything: bool = False) -> tuple[Finding, ...]:
    """Run every check on the writer's file; return the claims that don't hold and only warn.

    Checks of texts look into what was loaded since the last publication, or into `everything`. A
    claim that must hold and doesn't is a `CheckFailedError`, which names it and the first rows.
    """
    with writer(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        findings = failed_checks(connection, everything=everything)
    run.measured.update({f"check:{one.severity}:{one.check}": one.count for one in findings})
    warnings = tuple(found for found in findings if found.severity is Severity.WARN)
    for finding in warnings:
        _log.warning("%s", finding.message())
    failures = [found.message() for found in findings if found.severity is Severity.FAIL]
    if failures:
        raise CheckFailedError(
            f"Nothing was published, because checks failed. {' '.join(failures)} "
            "Readers keep the copy they have; sql/checks has the claims."
        )
    return warnings
