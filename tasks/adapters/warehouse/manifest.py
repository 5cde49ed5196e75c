"""What the readers' copy holds, in a small JSON file beside it that needs no DuckDB to be read.

The copy comes first and its manifest a moment later, each in one step. A reader who wants the two
to agree opens the copy and then compares: the manifest's `run_id` is that of the run in the copy
that ended last, and its `sha256` and `bytes` are the file's.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.locking import held
from tasks.adapters.warehouse.statements import run_file
from tasks.wire.errors import StorageError
from tasks.wire.run import Layout
from tasks.wire.settings import VERSION

_WAIT_SECONDS = 60.0
"""Describing a copy takes a moment; who publishes meanwhile waits for its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A readers' copy as it was put in place.

    Attributes:
        file: by which it can be told from later ones.
        sha256: hexadecimal SHA-256 of its bytes.
    """

    file: os.stat_result
    sha256: str


def facts_of(connection: Connection) -> dict[str, Any]:
    """What a warehouse says of itself: schema, last run, newest story, rows of the main tables.

    Args:
        connection: the file that the copy is made of.
    """
    ((version, run_id, newest_story_at),) = run_file(connection, "manifest/facts.sql").fetchall()
    rows: dict[str, int] = dict(run_file(connection, "status/counts.sql").fetchall())
    return {
        "schema_version": version,
        "run_id": run_id,
        "newest_story_at": newest_story_at.isoformat() if newest_story_at else None,
        "rows": rows,
    }


def write_manifest(layout: Layout, copied: Copied, facts: dict[str, Any]) -> None:
    """Puts the description of a copy beside it in one step, unless another copy is there by now.

    Args:
        layout: where the copy lies.
        copied: the copy, as it was when it was put in place.
        facts: those of the file that it was made of.

    Raises:
        WriterBusyError: another process has been describing a copy for too long.
        StorageError: the copy is gone, or the manifest can't be written.
    """
    with held(layout.state / "manifest.lock", wait_seconds=_WAIT_SECONDS):
        try:
            if os.path.samestat(copied.file, layout.warehouse.stat()):
                _replace(layout, _told(layout, copied, facts))
        except OSError as error:
            raise StorageError.of(error, layout.manifest) from error


def _told(layout: Layout, copied: Copied, facts: dict[str, Any]) -> str:
    told = {
        "warehouse": layout.warehouse.name,
        **facts,
        "published_at": datetime.fromtimestamp(copied.file.st_mtime, UTC).isoformat(),
        "bytes": copied.file.st_size,
        "sha256": copied.sha256,
        "written_by": f"Wirehouse/{VERSION}",
    }
    return json.dumps(told, indent=2) + "\n"


def _replace(layout: Layout, text: str) -> None:
    temporary = layout.manifest.with_name(f".{layout.manifest.name}.{os.getpid()}.part")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(layout.manifest)
