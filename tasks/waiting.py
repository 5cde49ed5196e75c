"""What is archived and not in the warehouse yet.

This module stands beside the verbs because several of them ask.
"""

from collections.abc import Iterator
from pathlib import Path

from tasks.adapters import staging
from tasks.wire.run import Layout


def waiting_captures(layout: Layout) -> Iterator[Path]:
    """Files of captures (Parquet) of every batch between two stages, whichever run left it.

    Args:
        layout: where the stages lie.
    """
    for path in staging.complete_batches(layout.fetched):
        if path.suffix == ".parquet" and not path.name.endswith(".rejects.parquet"):
            yield path
    for stage in (layout.read, layout.staged):
        for folder in staging.complete_batches(stage):
            path = folder / "captures.parquet"
            if path.exists():
                yield path
