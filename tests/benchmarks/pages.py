"""What one process does with pages in memory: the plain loops, and our own work on a page."""

import json
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trafilatura import bare_extraction

from tasks.archive.reader import WarcScan, read_response
from tasks.core.parquet import write_records
from tasks.core.records import OK, Article
from tasks.core.urls import story_id
from tasks.duplicates.minhash import signature
from tasks.entities.annotate import annotate_batch
from tasks.entities.tokenizer import sentences
from tests.quality.entities.articles import article
from tests.site.build import EXPECTED
from tests.unit.pages.page_builders import read

LOOPS: dict[str, dict[str, Any]] = {
    "plain": {"with_metadata": True},  # what a person writes first
    # What a person writes who has read trafilatura's documentation on speed.
    "tuned": {
        "favor_precision": True,
        "fast": True,
        "include_comments": False,
        "include_tables": False,
    },
}
MAX_PAGE_BYTES = 1 << 20
ANNOTATION_ROUNDS = 5


def story_pages(warc: Path, count: int) -> list[tuple[int, bytes]]:
    """Article id and decoded body of the first story pages of a site."""
    pages = (
        (article_id, read_response(warc, record.offset, limit=MAX_PAGE_BYTES).body)
        for record in WarcScan(warc)
        if record.status == OK and (article_id := story_id(record.url))
    )
    return list(islice(pages, count))


def loop_rate(name: str, pages: Sequence[tuple[int, bytes]]) -> float:
    """Pages a second that a plain loop extracts."""
    return rate(pages, lambda page: bare_extraction(page[1], **LOOPS[name]))


def our_rate(pages: Sequence[tuple[int, bytes]]) -> float:
    """Pages a second that one core makes articles of, and signatures of their texts."""
    return rate(pages, lambda page: signature(read(page[1], article_id=page[0]).body))


def rate(pages: Sequence[Any], work: Callable[[Any], object]) -> float:
    started = time.perf_counter()
    for page in pages:
        work(page)
    return len(pages) / (time.perf_counter() - started)


def annotation_seconds_per_word() -> float:
    """Processor time of annotating the sample's English stories, files included.

    The best of some rounds after a first one that loads the tables.
    """
    rows = map(json.loads, (EXPECTED / "sample.jsonl").read_text(encoding="utf-8").splitlines())
    articles = [
        article(title=row["title"], body=row["body"]) for row in rows if row["language"] == "en"
    ]
    taken = []
    with TemporaryDirectory() as name:
        for turn in range(ANNOTATION_ROUNDS + 1):
            folder = Path(name) / str(turn)
            write_records(folder / "read" / "articles.parquet", articles, Article)
            sentences.cache_clear()
            started = time.process_time()
            annotate_batch(folder / "read", folder / "staged", "builtin")
            taken.append(time.process_time() - started)
    return min(taken[1:]) / sum(len(f"{one.title} {one.body}".split()) for one in articles)
