"""What recognising costs, measured in this process on the sample wire's English stories."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.core.parquet import write_records
from tasks.core.records import Article
from tasks.entities.annotate import annotate_batch
from tasks.entities.tokenizer import sentences
from tests.quality.entities.articles import article

_STORIES = Path(__file__).parents[1] / "site" / "expected" / "sample.jsonl"
_ROUNDS = 5


def seconds_per_word() -> float:
    """Processor time per word, the best of some rounds after a first one that loads the tables.

    The verb itself is measured, reading and writing its files included.
    """
    articles = _articles()
    words = sum(len(f"{one.title} {one.body}".split()) for one in articles)
    with TemporaryDirectory() as name:
        taken = [_once(Path(name) / str(turn), articles) for turn in range(_ROUNDS + 1)]
    return min(taken[1:]) / words


def _articles() -> list[Article]:
    rows = (json.loads(line) for line in _STORIES.read_text(encoding="utf-8").splitlines())
    return [
        article(title=row["title"], body=row["body"]) for row in rows if row["language"] == "en"
    ]


def _once(folder: Path, articles: Sequence[Article]) -> float:
    write_records(folder / "read" / "articles.parquet", articles, Article)
    sentences.cache_clear()
    started = time.process_time()
    annotate_batch(folder / "read", folder / "staged", "builtin")
    return time.process_time() - started
