"""Holds the warehouse against what it claims to be."""

import logging

from prefect import task

from tasks.core.errors import CheckFailedError
from tasks.core.reports import Finding, Severity
from tasks.core.run import Run
from tasks.warehouse.check import failed_checks
from tasks.warehouse.writer import writer

_log = logging.getLogger(__name__)


@task
def check(run: Run, *, everything: bool = False) -> tuple[Finding, ...]:
    """Runs every check of `sql/checks` on the writer's file.

    Args:
        run: the run; the checks of texts look into what it loaded.
        everything: whether they look into every text instead.

    Returns:
        The claims that don't hold and only warn.

    Raises:
        CheckFailedError: a claim that must hold does not; the text names it and the first rows.
        WriterBusyError: another process holds the writer's file.
        OperatorError: the file can't be opened.
    """
    with writer(run.paths, wait_seconds=run.settings.writer_wait_seconds) as connection:
        findings = failed_checks(connection, run_id=run.run_id, everything=everything)
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
