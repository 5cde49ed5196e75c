"""Measures every promise and prints one table: `python -m tests.benchmarks [promise ...]`.

A machine's speed drifts, so each figure is a ratio of things done in turn in this very run.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks import measures, storage
from tests.benchmarks.measures import Finding
from tests.benchmarks.warehouses import NEXT_AT
from tests.prefect_server import prefect_server
from tests.site.build import build_site
from tests.site.calendar import FIRST_AT

PAGE_KB = (60, 90)


def main() -> int:
    """Run the chosen measurements; leaves with 1 if a promise isn't kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("promises", nargs="*", choices=[[], *PROMISES], help="all by default")
    chosen = parser.parse_args().promises or list(PROMISES)
    table = Table("promise", "found", "wanted", "", "made of")
    kept = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with prefect_server(folder / "prefect") as api_url:
            for promise in chosen:
                for finding in PROMISES[promise](folder / promise, api_url):
                    kept &= finding.holds
                    mark = "kept" if finding.holds else "NOT KEPT"
                    table.add_row(
                        finding.promise, finding.found, finding.wanted, mark, finding.detail
                    )
    Console(width=150).print(table)
    return 0 if kept else 1


def _wire(folder: Path, count: int, first_at: datetime = FIRST_AT) -> Path:
    return build_site(folder, count=count, page_kb=PAGE_KB, first_at=first_at).warc


def _speed(folder: Path, api_url: str) -> Iterator[Finding]:
    yield from measures.end_to_end(folder, api_url, _wire(folder / "wire", measures.PAGES))


def _reader(folder: Path, _api_url: str) -> Iterator[Finding]:
    yield from measures.reader(_wire(folder / "wire", measures.ROUNDS * 160))


def _known(folder: Path, api_url: str) -> Iterator[Finding]:
    yield from measures.known_stories(folder, api_url, _wire(folder / "wire", measures.KNOWN))


def _growth(folder: Path, api_url: str) -> Iterator[Finding]:
    warc = _wire(folder / "wire", measures.NEW, first_at=NEXT_AT)
    yield from measures.growth(folder, api_url, warc)


def _entities(folder: Path, api_url: str) -> Iterator[Finding]:
    yield from measures.names_and_figures()
    yield from measures.with_entities(folder, api_url, _wire(folder / "wire", measures.PAGES))


def _memory(folder: Path, api_url: str) -> Iterator[Finding]:
    few, many = measures.PAGES, measures.MANY_PAGES
    small = measures.watched(folder / "few", api_url, _wire(folder / "few-wire", few))
    large = measures.watched(folder / "many", api_url, _wire(folder / "many-wire", many))
    yield from measures.memory(small, large)


def _publishing(folder: Path, _api_url: str) -> Iterator[Finding]:
    yield from storage.publishing(folder)


def _archiving(folder: Path, api_url: str) -> Iterator[Finding]:
    warc = _wire(folder / "wire", measures.PAGES)
    yield from storage.archiving(folder, api_url, warc)


PROMISES: dict[str, Callable[[Path, str], Iterator[Finding]]] = {
    "speed": _speed,
    "reader": _reader,
    "known": _known,
    "growth": _growth,
    "entities": _entities,
    "memory": _memory,
    "publishing": _publishing,
    "archiving": _archiving,
}

if __name__ == "__main__":
    raise SystemExit(main())
