"""What a run needs of memory, under a real limit."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.core.memory import RUN_BYTES, affordable_workers
from tests.command import Command
from tests.site.small import SmallSite

pytestmark = pytest.mark.operations

LIMIT_BYTES = 512 << 20
_GROUPS = Path("/sys/fs/cgroup")


@pytest.fixture
def group() -> Iterator[Path]:
    """A control group with the limit; skipped where none can be made."""
    is_v1 = (_GROUPS / "memory").is_dir()
    folder = (_GROUPS / "memory" if is_v1 else _GROUPS) / f"wirehouse-test-{os.getpid()}"
    try:
        folder.mkdir()
    except OSError as error:
        pytest.skip(f"no control group can be made: {error}")
    try:
        names = ["memory.limit_in_bytes"] if is_v1 else ["memory.max", "memory.swap.max"]
        if not (folder / names[0]).exists():
            pytest.skip("control groups here don't limit memory")
        for name, value in zip(names, (LIMIT_BYTES, 0), strict=False):
            (folder / name).write_text(str(value))
        yield folder
    finally:
        until = time.monotonic() + 10
        while (folder / "cgroup.procs").read_text() and time.monotonic() < until:
            time.sleep(0.1)  # the last of its processes are ending
        folder.rmdir()


def test_a_run_needs_no_more_than_512_mib(group: Path, site: SmallSite, tmp_path: Path) -> None:
    settings = {"base_url": site.base_url, "requests_per_second": 0}
    # Its shell enters the group, so that the limit holds for the program from its first moment.
    enter = ("sh", "-c", f'echo $$ > {group}/cgroup.procs; exec "$@"', "sh")
    program = (*enter, *Command(data_dir=tmp_path, api_url=None).program)
    command = Command(data_dir=tmp_path / "data", api_url=None, settings=settings, program=program)
    done = command.run()
    assert done.stderr == "", "512 MiB suffice, so that nothing is said"


def test_the_stated_need_is_within_the_limit() -> None:
    assert RUN_BYTES <= LIMIT_BYTES
    assert affordable_workers(8, LIMIT_BYTES) == 1
