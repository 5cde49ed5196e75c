"""Writes the public tables and views of the published copy to a folder, for other tools.

`export.json` there lists the parts of the export, a table's month or a table without months, each
with a digest of its rows: what has the same digest is not written again, and what is no longer in
the warehouse leaves the export.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tasks.core.errors import StorageError, UsageError
from tasks.core.files import remove_leftovers, replace_atomically
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
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import run_file

MANIFEST = "export.json"
SQLITE_FILE = "wirehouse.sqlite"
# 250 rows a story, all of them in `mentions`.
_LEFT_OUT = {"entity_pairs"}
_NO_MONTH = "__HIVE_DEFAULT_PARTITION__"  # by Hive's convention, which every reader has, null

_SQLITE_TYPES = {
    "BIGINT": "integer", "BOOLEAN": "integer", "DOUBLE": "real", "HUGEINT": "integer",
    "INTEGER": "integer",
}  # fmt: skip
# Datasette makes links of foreign keys.
_SQLITE_KEYS = {"article_id": "articles", "entity_id": "entities"}
for kind, adapt in {
    bool: int, date: date.isoformat, datetime: datetime.isoformat, Decimal: float,
    dict: json.dumps, list: json.dumps,
}.items():  # fmt: skip
    sqlite3.register_adapter(kind, adapt)

Part = tuple[str, str | None]  # a table, and a month such as 2026-11 or None


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
    that day (UTC) on, and other tables whole.

    Raises:
        UsageError: the folder holds something else, or there is no published copy.
        StorageError: the copy can't be read, or the folder can't be written.
    """
    require_published(paths)
    _require_export(folder, form)
    spill = scratch_path(paths, "spill")
    writer = SqliteWriter(folder) if form is ExportFormat.SQLITE else FileWriter(folder, form)
    try:
        with (
            exclusive_lock(folder / ".lock", wait_seconds=0.0),
            closing(open_published(paths, {"temp_directory": str(spill)})) as connection,
            explain_errors(folder),
        ):
            refuse_newer(connection)
            prefer_views(connection)
            known = _read_manifest(folder)
            parts: dict[Part, tuple[int, str]] = {}
            written = 0
            with writer.session():
                for table, has_stories in _exportable(connection):
                    _stage(connection, table, since, has_stories=has_stories)
                    found = _digests(connection, table)
                    stale = {part for part in found if known.get(part) != found[part]}
                    stale |= {part for part in known if part[0] == table and part not in found}
                    if stale:
                        # Before they are touched: an interrupted run must not trust them later.
                        known = {part: one for part, one in known.items() if part not in stale}
                        _write_manifest(folder, form, known | parts)
                        writer.replace(connection, table, sorted(stale, key=str), found)
                    written += len(stale & found.keys())
                    parts |= found
                    advance(1)
                gone = known.keys() - parts.keys()
                ...
    finally:
        shutil.rmtree(spill, ignore_errors=True)
