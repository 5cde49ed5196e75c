"""Where everything lies under the data folder."""

from pathlib import Path


class DataPaths:
    def __init__(self, data_dir: Path, state_folder: str = "state") -> None:
        """Name them; a rebuild has a state folder apart from the one in use."""
        self.data_dir = data_dir
        self.state_folder = state_folder
        self.warehouse = data_dir / "warehouse.duckdb"  # the readers' copy
        self.manifest = data_dir / "warehouse.json"  # describes the readers' copy
        self.metrics = data_dir / state_folder / "metrics.prom"  # what monitoring may ask of it
        self.report = data_dir / "report.html"  # a page about it

        self.raw = data_dir / "raw"  # the archive: WARC files
        # What `wirehouse compact` made of older files, under the same names; may be a link.
        self.cold = self.raw / "cold"
        # Stories that were taken down; in the archive, because warehouses are rebuilt from it.
        self.tombstones_file = self.raw / "forgotten.parquet"

        self.state = data_dir / state_folder  # everything that only Wirehouse reads
        # Batches, `<batch_id>/<table>.parquet`:
        self.fetched = self.state / "fetched"  # archived captures that wait for extraction
        self.read = self.state / "read"  # articles that wait for annotation
        self.staged = self.state / "staged"  # complete, to be loaded
        self.quarantine = self.state / "quarantine"  # of no use; with a `reason.txt` each
        # What runs need while they last: `<run_id>.lock` and the folder `<run_id>/`.
        self.runs = self.state / "runs"
        self.writer_file = self.state / "writer.duckdb"  # only the writer opens it
        self.embeddings = self.state / "embeddings"  # a cache of `wirehouse similar`
        self.lake = self.state / "lake"  # what was last published to WIREHOUSE_LAKE
        self.backups_file = self.state / "backups.parquet"  # where backups were made
        self.prefect = self.state / "prefect"  # Prefect's own files, above all its database
        # Why a run failed that the warehouse could not record, while that is so.
        self.unrecorded_failure = self.state / "unrecorded-failure"
        # The ids of this folder's deployments on Prefect servers, one a line.
        self.deployments_file = self.state / "deployments"
        # Empty; its modification time is when the next request may go out.
        self.next_request = self.state / "next-request"

        self.writer_lock = self.state / "writer.lock"  # held while the writer's file is in use
        self.runs_lock = self.state / "runs.lock"  # shared by runs; exclusive for what runs alone
        self.compact_lock = self.state / "compact.lock"  # held while `wirehouse compact` runs
        self.serve_lock = self.state / "serve.lock"  # held while `wirehouse serve` runs
        # See tasks.warehouse.turns: held by the run that may request, and by the one that is next.
        self.fetch_lock = self.state / "fetch.lock"
        self.fetch_queue_lock = self.state / "fetch-queue.lock"

    def run_folder(self, run_id: str) -> Path:
        """One run's own folder, removed when it ends."""
        return self.runs / run_id
