"""A Dask scheduler and two workers on loopback, each as an operator starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from distributed import Client

from tests.cluster.object_store import KEYS
from tests.prefect_server import PATIENCE_SECONDS, free_port

WORKERS = 2


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler's address, and its workers' processes."""
    port = str(free_port())
    address = f"tcp://127.0.0.1:{port}"
    scheduler: list[str | Path] = [
        sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
        "--port", port, "--no-dashboard",
    ]  # fmt: skip
    worker: list[str | Path] = [Path(sys.executable).with_name("wirehouse"), "worker", address]
    environment = os.environ | KEYS | {"WIREHOUSE_WORKERS": "1"}
    with ExitStack() as stack:
        log = stack.enter_context((folder / "dask.log").open("wb"))
        processes: list[subprocess.Popen[bytes]] = []
        stack.callback(_kill, processes)
        for command in (scheduler, *[worker] * WORKERS):
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment)
            processes.append(process)
            if command == scheduler:
                client = stack.enter_context(Client(address, timeout=PATIENCE_SECONDS))  # it is up
        client.wait_for_workers(WORKERS, timeout=PATIENCE_SECONDS)
        client.close()
        yield address, processes[1:]


def _kill(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        kill_children(process)
        process.kill()
        process.wait(30)


def kill_children(process: subprocess.Popen[bytes]) -> None:
    """End what a worker's process has started at once, as the system does for want of memory."""
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
