"""The limit of memory, by the files of the kernel in each of its versions."""

import logging

import pytest

from tasks.core.memory import (
    RUN_BYTES,
    WORKER_BYTES,
    affordable_workers,
    database_megabytes,
    is_scarce,
    memory_limit,
    warn_if_short,
)

MIB = 1 << 20


def machine(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


MEMINFO = {"proc/meminfo": f"MemTotal:  {2048 * 1024} kB\nMemFree:  1024 kB\n"}
V1 = MEMINFO | {"proc/self/cgroup": "5:cpu,memory:/a/b\n1:name=systemd:/\n"}
V2 = MEMINFO | {"proc/self/cgroup": "0::/user.slice/run.scope\n"}


@pytest.mark.parametrize(
    ("files", "mib"),
    [
        ({}, None),
        (MEMINFO, 2048),
        (V2, 2048),
        (V2 | {"sys/fs/cgroup/user.slice/run.scope/memory.max": "max\n"}, 2048),
        (V2 | {"sys/fs/cgroup/user.slice/run.scope/memory.max": f"{512 * MIB}\n"}, 512),
        (V2 | {"sys/fs/cgroup/user.slice/memory.max": f"{700 * MIB}\n"}, 700),
        (V2 | {"sys/fs/cgroup/memory.max": f"{600 * MIB}\n"}, 600),
        (V1 | {"sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": f"{256 * MIB}\n"}, 256),
        (V1 | {"sys/fs/cgroup/memory/memory.limit_in_bytes": f"{512 * MIB}\n"}, 512),
        (V1 | {"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 2048),
    ],
)
def test_the_least_limit_counts(tmp_path, files, mib):
    assert memory_limit(machine(tmp_path, files)) == (mib and mib * MIB)


def test_this_machine_has_one():
    assert 64 * MIB < (memory_limit() or 0) < 1 << 50


@pytest.mark.parametrize(
    ("limit", "workers"),
    [
        (None, 4), (256 * MIB, 1), (RUN_BYTES, 1), (RUN_BYTES + WORKER_BYTES - 1, 1),
        (RUN_BYTES + WORKER_BYTES, 2), (RUN_BYTES + 9 * WORKER_BYTES, 4),
    ],
)  # fmt: skip
def test_there_are_no_more_workers_than_memory_for_them(limit, workers, caplog):
    assert affordable_workers(4, limit) == workers
    with caplog.at_level(logging.WARNING), caplog.at_level(logging.WARNING, "tasks"):
        warn_if_short(workers, limit)
    assert bool(caplog.text) == (limit == 256 * MIB)


@pytest.mark.parametrize(
    ("limit", "mib"),
    [(None, 768), (16 << 30, 2048), (2 << 30, 768), (256 * MIB, 128), (512 * MIB, 128)],
)
def test_the_database_takes_what_a_run_leaves(limit, mib):
    assert database_megabytes(limit) == mib
    assert is_scarce(limit) == (mib == 128)


def test_too_little_memory_is_said(caplog):
    with caplog.at_level(logging.WARNING), caplog.at_level(logging.WARNING, "tasks"):
        warn_if_short(3, RUN_BYTES)
    assert f"{RUN_BYTES // MIB} MiB are there" in caplog.text
    assert f"needs about {(RUN_BYTES + 2 * WORKER_BYTES) // MIB} MiB" in caplog.text
