"""Writes the public tables and views of the published copy to a folder, for other tools.

`export.json` there lists the parts of the export, a table's month or a table without months, each
with a digest of its rows: what has the same digest is not written again, and what is no longer in
the warehouse leaves the export.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path

from tasks.core.errors import UsageError
from tasks.core.files import replace_atomically
from tasks.core.paths import DataPaths
from tasks.core.reports import ExportFormat, ExportSummary
from tasks.core.settings import VERSION
from tasks.warehouse.connect import (
    Connection,
    explain_errors,
    open_published,
    prefer_views,
    scratch_path,
)
from tasks.warehouse.export_sqlite import open_database, write_months
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import run_file

MANIFEST = "export.json"
SQLITE_FILE = "wirehouse.sqlite"
_NAME = re.compile(r"[a-z_]+(\d{4}-\d{2}|none)?", re.ASCII)

Part = tuple[str, str | None]  # a table, and a month such as 2026-11 or None
Parts = dict[Part, tuple[int, str]]  # how many rows each has, and their digest


def export_tables(
    paths: DataPaths,
    folder: Path,
    form: ExportFormat,
    *,
    since: date | None = None,
    advance: Callable[[int], None] = lambda _count: None,
) -> ExportSummary:
    """Bring an export up to date, or make one in an empty folder; `advance` is called per table.

    It can be interrupted at any time and run again. With `since` it has the stories published from
    that day (UTC) on, and tables that aren't of stories whole.

    Raises:
        UsageError: the folder holds something else, or there is no published copy.
        WriterBusyError: another export is writing to the folder.
        StorageError: the copy can't be read, or the folder can't be written.
    """
    require_published(paths)
    _read_manifest(folder, form)  # refuses what is no export before anything is written
    found: Parts = {}
    changed: set[Part] = set()
    with _open_source(paths, folder) as connection:
        known = _read_manifest(folder, form)
        _write_manifest(folder, form, known)
        for leftover in folder.rglob(".*.part"):
            leftover.unlink(missing_ok=True)
        tables = run_file(connection, "export/select_tables.sql").fetchall()
        with _writer(folder, form) as write:
            for table, has_stories in tables:
                here = _stage(connection, table, since, has_stories=has_stories)
                stale = {part for part in here if known.get(part) != here[part]}
                stale |= {part for part in known if part[0] == table and part not in here}
                if stale:
                    # Not trusted from here on, should this run be interrupted.
                    known = {part: one for part, one in known.items() if part not in stale}
                    _write_manifest(folder, form, known | found)
                    write(connection, table, {part[1]: part in here for part in stale})
                found |= here
                changed |= stale
                advance(1)
            gone = known.keys() - found.keys()  # of views that another version had
            for table in {table for table, _ in gone}:
                write(connection, table, {month: False for name, month in gone if name == table})
        _write_manifest(folder, form, found)
    written = len(changed & found.keys())
    return ExportSummary(
        path=str(folder),
        format=form,
        tables=len(tables),
        rows=sum(count for count, _ in found.values()),
        written=written,
        removed=len(changed) - written,
        unchanged=len(found) - written,
    )


@contextmanager
def _open_source(paths: DataPaths, folder: Path) -> Iterator[Connection]:
    """The published copy, for the one export that may write to the folder now."""
    spill = scratch_path(paths, "spill")
    with (
        exclusive_lock(folder / ".lock", wait_seconds=0.0),
        closing(open_published(paths, {"temp_directory": str(spill)})) as connection,
        explain_errors(folder),
    ):
        refuse_newer(connection)
        prefer_views(connection)
        yield connection
    shutil.rmtree(spill, ignore_errors=True)


def _stage(connection: Connection, table: str, since: date | None, *, has_stories: bool) -> Parts:
    """Stage the rows of a table in `exported`; its parts."""
    if has_stories:
        run_file(connection, "export/stage_stories.sql", relation=f"main.{table}", since=since)
    else:
        run_file(connection, "export/stage_rows.sql", relation=f"main.{table}")
    months = run_file(connection, "export/digest_months.sql").fetchall()
    # A table without rows has a file, too, so that it can be read.
    return {(table, month): (count, digest) for month, count, digest in months or [(None, 0, "")]}


@contextmanager
def _writer(folder: Path, form: ExportFormat) -> Iterator[Callable[..., None]]:
    """What writes months of a table, given the connection, the table and its months."""
    if form is ExportFormat.SQLITE:
        with open_database(folder / SQLITE_FILE) as database:
            yield partial(write_months, database)
    else:
        yield partial(_write_files, folder, form)


def _write_files(
    folder: Path,
    form: ExportFormat,
    connection: Connection,
    table: str,
    months: Mapping[str | None, bool],
) -> None:
    """Replace the files of months by the rows that are staged, or remove those marked False."""
    for month, is_staged in months.items():
        path = _path(folder, form, (table, month))
        if is_staged:
            with replace_atomically(path) as temporary:
                run_file(connection, f"export/write_{form}.sql", month=month, path=str(temporary))
        else:
            path.unlink(missing_ok=True)
            with suppress(OSError):  # something else is in it
                path.parent.rmdir()


def _path(folder: Path, form: ExportFormat, part: Part) -> Path:
    """The file of a part; `month=2026-11` makes a column of the month in what reads the folder."""
    if form is ExportFormat.SQLITE:
        return folder / SQLITE_FILE
    table, month = part
    return folder / table / (f"month={month}" if month else "") / f"data.{form}"


def _read_manifest(folder: Path, form: ExportFormat) -> Parts:
    """The parts of an export that are there; a `UsageError` where the folder is no such export."""
    try:
        if not folder.exists() or not any(path.name != ".lock" for path in folder.iterdir()):
            return {}
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        parts = {
            (one["table"], one["month"]): (int(one["rows"]), str(one["digest"]))
            for one in manifest["parts"]
        }
        if not all(_NAME.fullmatch(table + (month or "")) for table, month in parts):
            raise ValueError(f"{MANIFEST} names other files")  # noqa: TRY301
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UsageError(
            f"{folder} has no export of Wirehouse, and is not empty. Name another folder."
        ) from error
    if manifest["format"] != form:
        raise UsageError(
            f"{folder} has an export as {manifest['format']}. Name another folder for {form}."
        )
    return {part: one for part, one in parts.items() if _path(folder, form, part).exists()}


def _write_manifest(folder: Path, form: ExportFormat, parts: Parts) -> None:
    manifest = {
        "written_by": f"Wirehouse/{VERSION}",
        "format": form,
        "parts": [
            {"table": table, "month": month, "rows": count, "digest": digest}
            for (table, month), (count, digest) in parts.items()
        ],
    }
    with replace_atomically(folder / MANIFEST) as temporary:
        temporary.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
