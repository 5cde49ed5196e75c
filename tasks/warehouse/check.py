"""Check the claims of `sql/checks`."""

import re
from pathlib import Path

from tasks.core.rejects import Reason, Stage
from tasks.core.reports import Finding, Severity
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import SQL_FOLDER, run_file, run_text, sql_files

SHOWN_ROWS = 3

_SEVERITY = re.compile(r"^-- Severity: (fail|warn)\.", re.MULTILINE)


def failed_checks(
    connection: Connection, *, everything: bool = False, folder: Path = SQL_FOLDER / "checks"
) -> list[Finding]:
    """One finding for each claim that does not hold, by name; `everything` as for `tasks.check`."""
    run_file(connection, "admin/begin_checks.sql", everything=everything)
    parameters = {
        "everything": everything,
        "stages": [str(stage) for stage in Stage],
        "reasons": [str(reason) for reason in Reason],
    }
    findings = []
    for path in sql_files(folder):
        rows = run_text(connection, path.read_text(encoding="utf-8"), **parameters).fetchall()
        if rows:
            finding = Finding(
                check=path.stem,
                severity=severity_of(path),
                columns=tuple(column[0] for column in connection.description),
                rows=tuple(rows[:SHOWN_ROWS]),
                count=len(rows),
            )
            findings.append(finding)
    return findings


def severity_of(path: Path) -> Severity:
    """What a check's header says that a broken claim means; a `ValueError` where it doesn't."""
    found = _SEVERITY.search(path.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{path} has no line '-- Severity: fail.' or '-- Severity: warn.'")
    return Severity(found[1])
