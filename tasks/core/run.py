"""One run of a flow, and the batches that travel between its tasks."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from tasks.core.paths import DataPaths
from tasks.core.settings import Settings

_ID_TIME = "%Y%m%dT%H%M%SZ"


def utc_now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one flow, as every task gets it."""

    run_id: str  # sortable and safe in file names: 20261123T225100Z-1f3a9c
    flow: str
    started_at: datetime
    settings: Settings
    state_folder: str = "state"  # see DataPaths
    # What time it is for the site's responses and what is due; a simulation's runs faster.
    clock: Callable[[], datetime] = field(default=utc_now, compare=False)
    # What it measures on its way, by name, until it ends; see ops.measurements.
    measured: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def paths(self) -> DataPaths:
        """Where this run's files lie."""
        return DataPaths(self.settings.data_dir, self.state_folder)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds of the block to those of a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            name = f"seconds:{stage}"
            self.measured[name] = self.measured.get(name, 0) + time.perf_counter() - started


def new_run(flow: str, settings: Settings) -> Run:
    """A run that starts now, under an id of its own."""
    now = datetime.now(UTC)
    run_id = f"{now:{_ID_TIME}}-{token_hex(3)}"
    return Run(run_id=run_id, flow=flow, started_at=now, settings=settings)


def started_at_of(run_id: str) -> datetime | None:
    """When the run of an id that `new_run` made started; `None` for any other id."""
    try:
        return datetime.strptime(run_id[:16], _ID_TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A step's result on disk."""

    batch_id: str  # <run_id>-<number>; names its file or folder in every step
    path: Path
    count: int  # captures, stories or listing entries
