"""The newest state of the warehouse that can be had without waiting for a load to end."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager

from tasks.adapters.warehouse.connection import (
    Connection,
    private_connection,
    published_connection,
)
from tasks.adapters.warehouse.migration import migrate, refuse_newer
from tasks.adapters.warehouse.writing import writer
from tasks.wire.errors import WriterBusyError
from tasks.wire.run import Layout

_WAIT_SECONDS = 2.0
"""A load's transaction is shorter than this; whoever holds the file for longer isn't waited for."""

_log = logging.getLogger(__name__)


@contextmanager
def latest(layout: Layout, *, wait_seconds: float = _WAIT_SECONDS) -> Iterator[Connection]:
    """The writer's file; while another process holds it, the readers' copy.

    Where there is no warehouse none is made: an empty one in memory stands in.

    Args:
        layout: where both lie.
        wait_seconds: how long to wait for the writer's file.

    Yields:
        A connection in UTC on which temporary tables may be made and nothing else be written.

    Raises:
        OperatorError: the file can't be opened; see `writer`.
    """
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(_existing(layout, wait_seconds))
        except WriterBusyError as busy:
            _log.warning("Reading the published copy instead: %s", busy)
            connection = stack.enter_context(closing(_published_or_empty(layout)))
        yield connection


def _existing(layout: Layout, wait_seconds: float) -> AbstractContextManager[Connection]:
    if layout.writer_file.exists():
        return writer(layout, wait_seconds=wait_seconds)
    return closing(_published_or_empty(layout))


def _published_or_empty(layout: Layout) -> Connection:
    if layout.warehouse.exists():
        published = published_connection(layout)
        refuse_newer(published)
        return published
    connection = private_connection(layout.state / "spill")
    migrate(connection)
    return connection
