"""What recognising costs, measured in this process on invented stories of all kinds."""

import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.adapters.staging import read_records, write_records
from tasks.recognition import recognise_batch
from tasks.wire.article import Article
from tasks.wire.entities.tokens import sentences
from tests.entities.articles import long_articles

_ROUNDS = 5


def seconds_per_article() -> tuple[float, float]:
    """Processor time per article, the best of some rounds, and the words of an article.

    The verb itself is measured, reading and writing its files included.
    """
    articles = long_articles()
    with TemporaryDirectory() as name:
        taken = [_once(Path(name) / str(turn), articles) for turn in range(_ROUNDS + 1)]
    words = sum(len(f"{one.title} {one.body}".split()) for one in articles) / len(articles)
    return min(taken[1:]) / len(articles), words


def _once(folder: Path, articles: Sequence[Article]) -> float:
    write_records(folder / "read" / "articles.parquet", articles, Article)
    sentences.cache_clear()
    started = time.process_time()
    recognise_batch(folder / "read", folder / "staged", "builtin")
    seconds = time.process_time() - started
    assert len(read_records(folder / "staged" / "articles.parquet", Article)) == len(articles)
    return seconds
