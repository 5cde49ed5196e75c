"""How much memory a run may use, by the machine and by the limits of its control groups."""

import logging
from pathlib import Path, PurePosixPath

# Measured with the bundled sample: what a run takes with one worker, and each worker more.
RUN_BYTES = 480 << 20
WORKER_BYTES = 80 << 20
# With less than this a run gives memory back early, which costs it time.
AMPLE_BYTES = 1 << 30
# What the writer's database may keep in memory. A load reads the company of every person that it
# names, in all stories: with 116,000 stories of `make bench`, 768 MiB no longer suffice.
_DATABASE_MB, _LEAST_DATABASE_MB = 768, 128

_log = logging.getLogger(__name__)


def memory_limit(root: Path = Path("/")) -> int | None:
    """The most bytes that this process and its children may have, `None` where nothing says so."""
    lines = _text(root / "proc/meminfo").splitlines()
    limits = [int(line.split()[1]) << 10 for line in lines if line.startswith("MemTotal:")]
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            folder, name = root / "sys/fs/cgroup", "memory.max"
        elif "memory" in controllers.split(","):
            folder, name = root / "sys/fs/cgroup/memory", "memory.limit_in_bytes"
        else:
            continue
        # A limit holds for every group below it; in a container some of the path may be hidden.
        group = PurePosixPath(path.lstrip("/"))
        texts = [_text(folder / each / name).strip() for each in (group, *group.parents)]
        limits += [int(text) for text in texts if text.isdigit()]  # "max" is no limit
    return min(limits, default=None)


def affordable_workers(cores: int, limit: int | None) -> int:
    """A worker for each core, but no more than there is memory for; one at least."""
    if limit is None:
        return cores
    return max(1, min(cores, 1 + (limit - RUN_BYTES) // WORKER_BYTES))


def is_scarce(limit: int | None) -> bool:
    """Whether a run should give memory back as soon as it can, though that costs time."""
    return limit is not None and limit < AMPLE_BYTES


def database_megabytes(limit: int | None) -> int:
    """MiB for the writer's database: an eighth of all memory, or what a run leaves of little."""
    if limit is None:
        return _DATABASE_MB
    most = max(_DATABASE_MB, limit // 8 >> 20)
    return max(_LEAST_DATABASE_MB, min(most, (limit - RUN_BYTES) >> 20))


def warn_if_short(workers: int, limit: int | None) -> None:
    """Say so where a run with so many workers needs more memory than there is."""
    need = RUN_BYTES + (workers - 1) * WORKER_BYTES
    if limit is not None and limit < need:
        _log.warning(
            "A run with %d workers needs about %d MiB of memory, and %d MiB are there: it may be "
            "killed. Raise the limit, or lower WIREHOUSE_WORKERS.",
            workers, need >> 20, limit >> 20,
        )  # fmt: skip


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
