"""Warehouses of a given size, made without a wire: staged and loaded as a run would."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from tasks.core.parquet import write_records
from tasks.core.paths import DataPaths
from tasks.core.records import Appearance, Article, Capture, Mention
from tasks.core.run import new_run
from tasks.core.settings import Settings
from tasks.core.staging import staged_folder
from tasks.warehouse.load import load_batch
from tasks.warehouse.runs import begin_run
from tasks.warehouse.writer import writer
from tests.benchmarks.naming import draw_names
from tests.site.newsroom import stories
from tests.site.story import Story

_BATCH = 2_000
_SEED = 42
"""Not the wire's, so that none of these stories is one of those to come."""
NEXT_AT = datetime(2026, 11, 21, tzinfo=UTC)
"""When all of them have been published and read; new stories come after it, as on the wire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A data folder with a warehouse of a given size."""

    data_dir: Path

    def copied(self, target: Path) -> Path:
        """A copy of it, to be changed."""
        shutil.copytree(self.data_dir, target)
        return target


def fill(data_dir: Path, count: int) -> Filled:
    """Load so many invented stories, all of them too old to be asked for again.

    Args:
        data_dir: the folder; made here.
        count: how many.

    Returns:
        The folder.
    """
    paths = DataPaths(data_dir=data_dir)
    told = stories(count, seed=_SEED)
    number = 0
    with writer(paths, wait_seconds=0) as connection:
        while batch := list(islice(told, _BATCH)):
            number += 1
            path = paths.staged / f"filling-{number:05d}"
            _stage(path, [_article(story) for story in batch])
            load_batch(connection, path, run_id="filling")
            shutil.rmtree(path)
    _tidy(paths)
    return Filled(data_dir=data_dir)


def _tidy(paths: DataPaths) -> None:
    """Has the file checkpointed once more, as the end of a run does after its loads.

    The first checkpoint after a load tidies up after it, which is no part of what comes next.
    """
    settings = Settings(data_dir=paths.data_dir, base_url="http://127.0.0.1")
    with writer(paths, wait_seconds=0) as connection:
        begin_run(connection, new_run("filling", settings))


def _stage(path: Path, articles: list[Article]) -> None:
    with staged_folder(path) as folder:
        write_records(folder / "articles.parquet", articles, Article)
        write_records(folder / "captures.parquet", list(_captures(articles)), Capture)
        named = [draw_names(article, Random(article.article_id)) for article in articles]
        mentions = [mention for found, _ in named for mention in found]
        appearances = [appearance for _, found in named for appearance in found]
        write_records(folder / "mentions.parquet", mentions, Mention)
        write_records(folder / "appearances.parquet", appearances, Appearance)


def _captures(articles: list[Article]) -> Iterator[Capture]:
    for article in articles:
        yield Capture(
            capture_id=article.capture_id,
            url=article.url,
            article_id=article.article_id,
            fetched_at=article.seen_at,
            status=200,
            content_type="text/html; charset=utf-8",
            body_bytes=75_000,
            payload_sha256=article.body_sha256,
            warc_path="raw/filling.warc.gz",
            warc_offset=0,
            etag=None,
            last_modified=None,
            run_id="filling",
        )


def _article(story: Story) -> Article:
    body = "\n".join(story.paragraphs)
    return Article(
        article_id=story.article_id,
        url=f"https://menafn.com/{story.article_id}/Filling",
        language=story.language,
        title=story.title,
        body=body,
        provider=story.provider.name,
        provider_printed=story.provider.name,
        provider_code=story.provider.code,
        account_code=story.provider.account,
        menafn_token=None,
        dateline_place=story.dateline_place,
        dateline_date=story.dateline_date,
        byline=story.byline,
        page_at=min(story.published_at, NEXT_AT),
        token_at=None,
        word_count=len(body.split()),
        body_sha256=hashlib.sha256(body.encode()).hexdigest(),
        image_url=None,
        is_stock_image=False,
        damage=(),
        capture_id=f"filling-{story.article_id}",
        seen_at=NEXT_AT - timedelta(days=2),
        run_id="filling",
        extractor_version="filling",
    )
