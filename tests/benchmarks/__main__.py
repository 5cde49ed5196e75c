"""Measures and prints one table: `python -m tests.benchmarks [--scale 0.01] [measure ...]`.

A scale below 1 shows that a measure works; only the figures at full size count.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.measures import MEASURES
from tests.benchmarks.processes import Bench
from tests.prefect_server import prefect_server


def main() -> int:
    """Run the chosen measures; exit status 1 if a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("measures", nargs="*", choices=[[], *MEASURES], help="all by default")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size")
    parser.add_argument(
        "--known", type=int, default=100_000, help="stories in the warehouse that scale loads into"
    )
    parser.add_argument("--folder", help="where filled warehouses are kept for the next time")
    options = parser.parse_args()
    table = Table("measure", "found", "bound", "", "made of")
    is_kept = True
    with (
        tempfile.TemporaryDirectory(dir=options.folder) as name,
        prefect_server(Path(name) / "prefect") as api_url,
    ):
        for measure in options.measures or MEASURES:
            print(f"measuring {measure}", file=sys.stderr)
            folder = Path(name) / measure
            folder.mkdir()
            bench = Bench(
                folder=folder,
                warehouses=Path(options.folder or name),
                api_url=api_url,
                scale=options.scale,
                known=options.known,
            )
            for one in MEASURES[measure](bench):
                is_kept &= one.holds
                mark = "kept" if one.holds else "MISSED"
                # At once too: whatever fails later, what was measured is not lost.
                print(f"  {one.promise}: {one.found} ({one.bound}) {one.detail}", file=sys.stderr)
                table.add_row(one.promise, one.found, one.bound, mark, one.detail)
    Console(width=150).print(table)
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
