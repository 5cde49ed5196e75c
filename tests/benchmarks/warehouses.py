"""Warehouses of a given size, made without a site: staged and loaded as a run would.

Recognising the names of 100,000 articles would take longer than all measurements together, so whom
an article names is drawn at random: some are named all the time, some in other countries now and
then, and a good part never before.
"""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from tasks.core.parquet import write_records
from tasks.core.paths import DataPaths
from tasks.core.records import Article, EntityContext, EntityType, Mention, entity_id
from tasks.core.run import new_run
from tasks.core.settings import Settings
from tasks.core.staging import staged_folder
from tasks.entities.figures.article_figures import ArticleFigure
from tasks.entities.resolution import country_companion
from tasks.warehouse.runs import begin_run, end_run
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import writer
from tests.site.newsroom import stories
from tests.site.story import Story
from tests.sql.records import (
    KINDS,
    load_batch,
    make_annotation_stamp,
    make_article,
    make_capture,
    make_entity_context,
    make_figure,
    make_listing_entry,
    make_mention,
    make_quote,
    make_signature,
)

BATCH = 2_000
SEED = 42  # not the site's, so that none of these stories is one of those to come
# When all of them have been published and read; new stories come after it, as on the real site.
NEXT_AT = datetime(2026, 11, 21, tzinfo=UTC)

PERSONS, OTHERS = 5, 12  # in one article
SENTENCE = 120  # characters
WELL_KNOWN = 3_000
COUNTRIES = 22
# Spellings that sound alike are few, however many stories there are: of one spelling is one entity.
SOUNDS, COMMON_SOUNDS = 200_000, 40_000
COMMON = 10  # one in so many is of two given names, such as Mohammed Ahmed, that sound like many
NEW_SHARE = 0.3  # have never been named
ABROAD_SHARE = 0.1
# The bundled queries name these: of the best known names, so that each query has much to read.
PRINTED = {
    EntityType.PLACE: {0: "Kuwait", 1: "Qatar", 2: "Yemen"},
    EntityType.ORGANIZATION: {0: "Indravex"},
}


def fill(data_dir: Path, count: int) -> Path:
    """A new data folder of so many invented stories, all of them too old to be re-checked."""
    paths = DataPaths(data_dir=data_dir)
    invented = stories(count, seed=SEED)
    with writer(paths, wait_seconds=0) as connection:
        while batch := [_article(story) for story in islice(invented, BATCH)]:
            path = paths.staged / "filling"
            _stage(path, batch)
            load_batch(connection, path, run_id="filling")
            shutil.rmtree(path)
    # The first checkpoint after a load tidies up after it, which is no part of what comes next.
    settings = Settings(data_dir=data_dir, base_url="http://127.0.0.1")
    run = new_run("filling", settings)
    with writer(paths, wait_seconds=0) as connection:
        begin_run(connection, run)
        end_run(connection, run)
        # What was never published would be checked again by the next run.
        run_file(connection, "runs/record_publication.sql", run_id=run.run_id, seconds=0.0)
    return data_dir


def stage_new(data_dir: Path, *, batches: int, size: int) -> list[Path]:
    """So many batches of stories that come after those of a filled warehouse, staged there."""
    staged = DataPaths(data_dir=data_dir).staged
    coming = stories(batches * size, seed=SEED, first_at=NEXT_AT)
    folders = []
    for number in range(batches):
        articles = [
            replace(
                _article(story),
                page_at=story.published_at,
                seen_at=story.published_at + timedelta(hours=1),
            )
            for story in islice(coming, size)
        ]
        folders.append(staged / f"new-{number:04}")
        _stage(folders[-1], articles)
    return folders


def _article(story: Story) -> Article:
    return make_article(
        article_id=story.article_id,
        language=story.language,
        body="\n".join(story.paragraphs),
        provider=story.provider.name,
        provider_printed=story.provider.name,
        provider_code=story.provider.code,
        account_code=story.provider.account,
        dateline_place=story.dateline_place,
        dateline_date=story.dateline_date,
        byline=story.byline,
        title=story.title,
        page_at=min(story.published_at, NEXT_AT),
        capture_id=f"filling-{story.article_id}",
        seen_at=NEXT_AT - timedelta(days=2),
        run_id="filling",
    )


def _stage(path: Path, articles: list[Article]) -> None:
    captures = [
        make_capture(
            capture_id=article.capture_id,
            article_id=article.article_id,
            fetched_at=article.seen_at,
            payload_sha256=article.body_sha256,
            run_id="filling",
        )
        for article in articles
    ]
    mentions: list[Mention] = []
    contexts: list[EntityContext] = []
    figures: list[ArticleFigure] = []
    for article in articles:
        random = Random(article.article_id)
        _draw_names(article, random, mentions, contexts)
        figure = make_figure(
            article_id=article.article_id,
            body=article.body,
            part="body",
            surface=article.body[2:8],
            amount=Decimal(random.randrange(10**9)),
            currency="USD",
        )
        figures.append(figure)
    speakers = {mention.article_id: mention.entity_id for mention in mentions}
    tables: dict[str, list[Any]] = {
        "articles": articles,
        "captures": captures,
        "listing_entries": [
            make_listing_entry(
                article_id=article.article_id, title=article.title, seen_at=article.seen_at
            )
            for article in articles
        ],
        "minhash_bands": [make_signature(article) for article in articles],
        "annotation_stamps": [
            make_annotation_stamp(
                article_id=article.article_id,
                title=article.title,
                body=article.body,
                sentence_starts=tuple(range(0, len(article.body), SENTENCE)),
            )
            for article in articles
        ],
        "mentions": mentions,
        "entity_contexts": contexts,
        "article_figures": figures,
        "quotes": [
            make_quote(
                article_id=article.article_id,
                body=article.body,
                surface=article.body[30:41],
                entity_id=speakers[article.article_id],
                sentence_number=1,
            )
            for article in articles
        ],
    }
    with staged_folder(path) as folder:
        for name, records in tables.items():
            write_records(folder / f"{name}.parquet", records, KINDS[name])


def _draw_names(
    article: Article, random: Random, mentions: list[Mention], contexts: list[EntityContext]
) -> None:
    """Add the names of one article; its first words stand for them."""
    persons = [_draw_number(random, article) for _ in range(PERSONS)]
    others = [_draw_number(random, article) for _ in range(OTHERS)]
    firms = [entity_id(EntityType.ORGANIZATION, f"firm {number}") for number in others[::2]]
    start = 0
    for index, number in enumerate((*persons, *others)):
        end = max(article.body.find(" ", start), start + 1)
        if end > len(article.body):
            break
        other = EntityType.PLACE if index % 2 else EntityType.ORGANIZATION
        kind = EntityType.PERSON if index < PERSONS else other
        home = random.randrange(COUNTRIES) if random.random() < ABROAD_SHARE else number % COUNTRIES
        country = f"{chr(65 + home)}X"
        name = f"{kind} {number} @{country if kind is EntityType.PERSON else ''}"
        name = PRINTED.get(kind, {}).get(number, name)
        mention = make_mention(
            article_id=article.article_id,
            body=article.body,
            entity_id=entity_id(kind, name),
            type=kind,
            name=name,
            country_code=country,
            start_char=start,
            end_char=end,
            surface=article.body[start:end],
        )
        mentions.append(mention)
        if kind is EntityType.PERSON:
            is_common = number % COMMON == 0
            sound = number % (COMMON_SOUNDS if is_common else SOUNDS)
            context = make_entity_context(
                article_id=article.article_id,
                capture_id=article.capture_id,
                entity_id=mention.entity_id,
                block_key=f"#1|{sound}",
                parts=("#1", f"#{sound}") if is_common else ("#1", f"family{number}"),
                companions=(country_companion(country), *firms[:3]),
            )
            contexts.append(context)
        start = end + 1


def _draw_number(random: Random, article: Article) -> int:
    """The number of somebody: small ones often, and now and then one that is new."""
    if random.random() < NEW_SHARE:
        return WELL_KNOWN + article.article_id * 100 + random.randrange(100)
    return int(WELL_KNOWN * random.random() ** 3)
