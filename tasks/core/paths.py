"""Where everything lies under the data folder."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPaths:
    """Files and folders under the data folder."""

    data_dir: Path
    # Of staged batches and the writer's file; a rebuild's is apart from the one in use.
    state_folder: str = "state"

    @property
    def raw(self) -> Path:
        """The archive: WARC files."""
        return self.data_dir / "raw"

    @property
    def state(self) -> Path:
        """Everything that only Wirehouse reads."""
        return self.data_dir / self.state_folder

    @property
    def fetched(self) -> Path:
        """Batches of archived captures that wait for extraction: `<batch_id>/<table>.parquet`."""
        return self.state / "fetched"

    @property
    def read(self) -> Path:
        """Batches of articles that wait for annotation: `<batch_id>/<table>.parquet`."""
        return self.state / "read"

    @property
    def staged(self) -> Path:
        """Complete batches that wait to be loaded: `<batch_id>/<table>.parquet`."""
        return self.state / "staged"

    @property
    def quarantine(self) -> Path:
        """Batches that can't be used: what there is of each, and `reason.txt`."""
        return self.state / "quarantine"

    @property
    def runs(self) -> Path:
        """What runs need while they last: `<run_id>.lock` and the folder `<run_id>/`."""
        return self.state / "runs"

    def run_folder(self, run_id: str) -> Path:
        """One run's own folder, removed when it ends."""
        return self.runs / run_id

    @property
    def writer_file(self) -> Path:
        """The DuckDB file that only the writer opens."""
        return self.state / "writer.duckdb"

    @property
    def writer_lock(self) -> Path:
        """Held, and naming its holder, while the writer's file is in use."""
        return self.state / "writer.lock"

    @property
    def runs_lock(self) -> Path:
        """Shared by every active run; held exclusively by what must run alone."""
        return self.state / "runs.lock"

    @property
    def prefect(self) -> Path:
        """Prefect's own files, above all its database."""
        return self.state / "prefect"

    @property
    def serve_lock(self) -> Path:
        """Held, and naming its holder, while `wirehouse serve` runs the schedule."""
        return self.state / "serve.lock"

    @property
    def deployments_file(self) -> Path:
        """The ids of this folder's deployments on Prefect servers, one a line."""
        return self.state / "deployments"

    @property
    def fetch_lock(self) -> Path:
        """Held by the one run that may request from the site; see `tasks.warehouse.turns`."""
        return self.state / "fetch.lock"

    @property
    def fetch_queue_lock(self) -> Path:
        """Held by the run that gets that lock next."""
        return self.state / "fetch-queue.lock"

    @property
    def next_request(self) -> Path:
        """An empty file whose modification time is when the next request may go out."""
        return self.state / "next-request"

    # In the archive's folder, because warehouses are rebuilt from it.
    @property
    def tombstones_file(self) -> Path:
        """The stories that were taken down."""
        return self.raw / "forgotten.parquet"

    @property
    def backups_file(self) -> Path:
        """Where backups were made."""
        return self.state / "backups.parquet"

    @property
    def warehouse(self) -> Path:
        """The readers' copy."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def manifest(self) -> Path:
        """A description of the readers' copy, in JSON."""
        return self.data_dir / "warehouse.json"


def printable_path(path: Path) -> str:
    """The path with control characters, line breaks too, and bytes that are no text escaped."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in str(path)
    )
