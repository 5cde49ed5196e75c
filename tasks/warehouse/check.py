"""Holds the warehouse against the claims of `sql/checks`."""

import re
from pathlib import Path
from typing import Any

from tasks.core.rejects import Reason, Stage
from tasks.core.reports import Finding, Severity
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import SQL_FOLDER, run_file, run_text, sql_files

SHOWN_ROWS = 3

_SEVERITY = re.compile(r"^-- Severity: (fail|warn)\.", re.MULTILINE)


def failed_checks(
    connection: Connection,
    *,
    run_id: str,
    everything: bool = False,
    folder: Path = SQL_FOLDER / "checks",
) -> list[Finding]:
    """Runs every check.

    Args:
        connection: the writer's file.
        run_id: the run whose loads the checks of texts look into.
        everything: whether they look into every text of the warehouse instead.
        folder: where the checks lie.

    Returns:
        One finding for each claim that does not hold, by name; none when all is well.
    """
    run_file(connection, "setup/begin_checks.sql", run_id=run_id, everything=everything)
    parameters = {
        "run_id": run_id,
        "everything": everything,
        "stages": [str(stage) for stage in Stage],
        "reasons": [str(reason) for reason in Reason],
    }
    findings = (_finding(connection, path, **parameters) for path in sql_files(folder))
    return [finding for finding in findings if finding]


def severity_of(path: Path) -> Severity:
    """What a check's header says that a broken claim means.

    Raises:
        ValueError: the header doesn't say.
    """
    found = _SEVERITY.search(path.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{path} has no line '-- Severity: fail.' or '-- Severity: warn.'")
    return Severity(found[1])


def _finding(connection: Connection, path: Path, **parameters: Any) -> Finding | None:
    rows = run_text(connection, path.read_text(encoding="utf-8"), **parameters).fetchall()
    if not rows:
        return None
    return Finding(
        check=path.stem,
        severity=severity_of(path),
        columns=tuple(column[0] for column in connection.description),
        rows=tuple(rows[:SHOWN_ROWS]),
        count=len(rows),
    )
