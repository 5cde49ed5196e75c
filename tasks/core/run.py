"""One run of a flow, and where on disk its stages hand over to each other."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from tasks.core.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPaths:
    """The folders under the data folder.

    Attributes:
        data_dir: the data folder itself.
        state_folder: where the stages and the writer's file lie in it; another name keeps a
            warehouse that is being built apart from the one in use.
    """

    data_dir: Path
    state_folder: str = "state"

    @property
    def raw(self) -> Path:
        """WARC files."""
        return self.data_dir / "raw"

    @property
    def state(self) -> Path:
        """Everything that only Wirehouse reads."""
        return self.data_dir / self.state_folder

    @property
    def fetched(self) -> Path:
        """Batches of captures that are archived and wait to be read: `<batch_id>.parquet`."""
        return self.state / "fetched"

    @property
    def read(self) -> Path:
        """Batches that are read and wait for the recogniser: `<batch_id>/<table>.parquet`."""
        return self.state / "read"

    @property
    def staged(self) -> Path:
        """Batches that are complete and wait to be loaded: `<batch_id>/<table>.parquet`."""
        return self.state / "staged"

    @property
    def runs(self) -> Path:
        """What single runs keep while they last: `<run_id>.lock` and the folder `<run_id>/`."""
        return self.state / "runs"

    def of_run(self, run_id: str) -> Path:
        """One run's own folder, removed when it ends."""
        return self.runs / run_id

    @property
    def writer_file(self) -> Path:
        """The DuckDB file that only the writer opens."""
        return self.state / "writer.duckdb"

    @property
    def writer_lock(self) -> Path:
        """Who holds the writer's file."""
        return self.state / "writer.lock"

    @property
    def runs_lock(self) -> Path:
        """Shared by every run at work; held alone by what no run may be at work beside."""
        return self.state / "runs.lock"

    @property
    def forgotten_list(self) -> Path:
        """The stories that were taken down, beside the archive, from which warehouses are made."""
        return self.raw / "forgotten.parquet"

    @property
    def backups_list(self) -> Path:
        """Where backups were made."""
        return self.state / "backups.parquet"

    @property
    def warehouse(self) -> Path:
        """The readers' copy."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def manifest(self) -> Path:
        """What the readers' copy holds, in JSON."""
        return self.data_dir / "warehouse.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one flow; what every task is told.

    Attributes:
        run_id: sortable and safe in file names: `20261123T225100Z-1f3a9c`.
        flow: the flow's name.
        started_at: when (UTC).
        settings: what it was told.
        state_folder: see `DataPaths`.
    """

    run_id: str
    flow: str
    started_at: datetime
    settings: Settings
    state_folder: str = "state"

    @property
    def paths(self) -> DataPaths:
        """Where this run's stages lie on disk."""
        return DataPaths(data_dir=self.settings.data_dir, state_folder=self.state_folder)


def new_run(flow: str, settings: Settings) -> Run:
    """A run that starts now.

    Args:
        flow: the flow's name.
        settings: what it is told.

    Returns:
        The run, under an id that no other has.
    """
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{token_hex(3)}"
    return Run(run_id=run_id, flow=flow, started_at=now, settings=settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A stage's result on disk: what travels between tasks.

    Attributes:
        batch_id: `<run_id>-<number>`; the name of its file or folder in every stage.
        path: that file or folder.
        count: how many captures, stories or sightings it holds.
    """

    batch_id: str
    path: Path
    count: int
