"""The plain loops that the pipeline is held against: one process, pages in memory."""

import time
from collections.abc import Callable, Sequence
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
    return rate(pages, lambda page: bare_extraction(page, **options))


def rate(pages: Sequence[Any], work: Callable[[Any], object]) -> float:
    """How many pages a second one process does some work on."""
    started = time.perf_counter()
    for page in pages:
        work(page)
    return len(pages) / (time.perf_counter() - started)
