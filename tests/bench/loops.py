"""The plain loops that the pipeline is held against: one process, pages in memory."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from trafilatura import bare_extraction

PLAIN: dict[str, Any] = {"with_metadata": True}
"""What a person writes first."""

TUNED: dict[str, Any] = {
    "favor_precision": True,
    "fast": True,
    "include_comments": False,
    "include_tables": False,
}
"""What a person writes who has read trafilatura's documentation on speed."""


def pages_per_second(pages: Sequence[bytes], options: dict[str, Any]) -> float:
    """How many whole pages a second one process extracts."""
    started = time.perf_counter()
    _extract(pages, options)
    return len(pages) / (time.perf_counter() - started)


def _extract(pages: Iterable[bytes], options: dict[str, Any]) -> None:
    for page in pages:
        bare_extraction(page, **options)
