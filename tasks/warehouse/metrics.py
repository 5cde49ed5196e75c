"""Metrics for Prometheus: a file that each run writes, and an endpoint that serves it."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter

from prometheus_client import CollectorRegistry, Metric, generate_latest, start_http_server
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from tasks.core.errors import OperatorError
from tasks.core.files import replace_atomically
from tasks.core.paths import DataPaths
from tasks.core.staging import queue_lengths
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_file

_TOTAL = "_total"


class _Families(Collector):
    def __init__(self, read: Callable[[], Iterable[Metric]]) -> None:
        self._read = read

    def collect(self) -> Iterable[Metric]:
        return self._read()


def write_metrics(connection: Connection, paths: DataPaths) -> None:
    """Write what monitoring may ask of the warehouse, as text that node_exporter collects."""
    queues = queue_lengths(paths)
    rows = run_file(
        connection,
        "admin/select_metrics.sql",
        steps=list(queues),
        lengths=list(queues.values()),
        warehouse_bytes=paths.writer_file.stat().st_size,
        free_bytes=shutil.disk_usage(paths.data_dir).free,
    ).fetchall()
    families = []
    for (name, text), group in groupby(rows, key=itemgetter(0, 1)):
        kind = "counter" if name.endswith(_TOTAL) else "gauge"
        family = Metric(name.removesuffix(_TOTAL), text, kind)
        for _, _, labels, value in group:
            family.add_sample(name, labels, value)
        families.append(family)
    registry = CollectorRegistry()
    registry.register(_Families(lambda: families))
    with replace_atomically(paths.metrics) as temporary:
        temporary.write_bytes(generate_latest(registry))


@contextmanager
def serve_metrics(paths: DataPaths, port: int | None) -> Iterator[None]:
    """Serve what the last run wrote at `http://127.0.0.1:<port>/metrics` during the block."""
    if port is None:
        yield
        return

    def read() -> Iterable[Metric]:
        if not paths.metrics.exists():
            return ()
        return text_string_to_metric_families(paths.metrics.read_text(encoding="utf-8"))

    registry = CollectorRegistry()
    registry.register(_Families(read))
    try:
        server, thread = start_http_server(port, "127.0.0.1", registry)
    except OSError as error:
        raise OperatorError(
            f"The metrics can't be served at port {port}: {error.strerror}. Choose another: "
            "wirehouse serve --metrics-port 9178"
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
