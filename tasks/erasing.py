"""Takes stories out of the archive, and brings the warehouse in line with what is left of it.

This module stands beside the verbs because two of them do it, with several adapters.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from tasks.adapters.warc.striking import Struck, strike
from tasks.adapters.warehouse import forgetting
from tasks.adapters.warehouse.connection import Connection
from tasks.retrieving import archived_files
from tasks.wire.run import Layout


def strike_archive(
    layout: Layout,
    article_ids: Collection[int],
    *,
    advance: Callable[[int], None] = lambda _count: None,
) -> list[Struck]:
    """Takes stories out of every file of the archive, on which no run may be at work.

    Args:
        layout: where the archive lies; what an earlier attempt left half written there goes.
        article_ids: the stories, at least one.
        advance: told of each file that is gone through.

    Returns:
        What became of each file.

    Raises:
        StorageError: a file can't be read or written; those before it are done.
    """
    for left in layout.raw.rglob(".*.part"):
        with suppress(FileNotFoundError):
            left.unlink()
    struck = []
    for path in archived_files(layout):
        struck.append(strike(path, article_ids))
        advance(1)
    return struck


def correct_captures(connection: Connection, struck: Sequence[Struck]) -> None:
    """Brings the captures in line with what became of the archive."""
    forgetting.correct_captures(
        connection,
        changed={
            one.capture_id: (one.payload_sha256, one.body_bytes)
            for file in struck
            for one in file.blotted
        },
        removed=[capture_id for file in struck for capture_id in file.removed],
    )
