"""Scores linking across articles: each side of a gold pair becomes an article, and all of them are
linked and loaded into one warehouse."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.core.paths import DataPaths
from tasks.core.records import Article, EntityContext, EntityType, Mention
from tasks.entities.gazetteers import load_gazetteers
from tasks.entities.mentions import extract_mentions
from tasks.entities.tokenizer import Span
from tasks.warehouse.connect import Connection
from tasks.warehouse.writer import writer
from tests.quality.entities.articles import article
from tests.quality.entities.gold_set import GoldPair, Score, read_pairs
from tests.sql.records import RUN_ID, load_batch, stage

_TITLE = re.compile(r"^(?:Sheikha|Shaikh|Sheikh) ")


def linking_across(file: str) -> Score:
    """Precision and recall of joining on a file of labelled pairs."""
    pairs = read_pairs(file)
    with warehouse_of(pairs) as connection:
        rows = connection.sql(
            "select m.article_id, e.canonical_id from mentions as m join entities as e "
            "using (entity_id) where m.start_char = 0"
        ).fetchall()
    canonical = dict(rows)
    verdicts = [
        (pair.is_same, canonical[_id(number, 0)] == canonical[_id(number, 1)])
        for number, pair in enumerate(pairs)
    ]
    right = sum(same and joined for same, joined in verdicts)
    same_count, joined_count = map(sum, zip(*verdicts, strict=True))
    return Score(right / joined_count, right / same_count)


@contextmanager
def warehouse_of(pairs: Iterable[GoldPair]) -> Iterator[Connection]:
    """A warehouse of two articles for each pair, the left ones loaded first."""
    known = list(enumerate(pairs))
    sides = (
        [_named(_id(number, 0), pair, pair.left, pair.left_context) for number, pair in known],
        [_named(_id(number, 1), pair, pair.right, pair.right_context) for number, pair in known],
    )
    with TemporaryDirectory() as folder:
        layout = DataPaths(data_dir=Path(folder))
        with writer(layout, wait_seconds=0) as connection:
            for number, side in enumerate(sides):
                batch = stage(
                    layout.staged / f"{RUN_ID}-{number:04}",
                    articles=[one for one, _, _ in side],
                    mentions=[mention for _, mentions, _ in side for mention in mentions],
                    entity_contexts=[each for _, _, appearances in side for each in appearances],
                )
                load_batch(connection, batch, run_id=RUN_ID)
            yield connection


def _id(number: int, side: int) -> int:
    return 1_100_000_000 + 2 * number + side


def _named(
    article_id: int, pair: GoldPair, name: str, context: frozenset[str]
) -> tuple[Article, list[Mention], list[EntityContext]]:
    """An article of one sentence: the name and those of its context."""
    gazetteers = load_gazetteers()
    bare = _TITLE.sub("", name) if pair.type is EntityType.PERSON else name
    body, spans = bare, [Span(0, len(bare), pair.type)]
    for companion in sorted(context):
        is_place = bool(gazetteers.places.every.lookup(companion))
        body += " and "
        kind = EntityType.PLACE if is_place else EntityType.ORGANIZATION
        spans.append(Span(len(body), len(body) + len(companion), kind))
        body += companion
    one = replace(
        article(title="A meeting", body=f"{body} met."),
        article_id=article_id,
        url=f"https://menafn.com/{article_id}/Story",
        capture_id=f"capture-{article_id}",
    )
    return one, *extract_mentions(one, ((), spans), gazetteers, "by hand")
