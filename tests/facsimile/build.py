"""Builds a wire of any size: `python -m tests.facsimile.build --count 340 --out data/sample`.

That very command remakes the bundled sample byte for byte. Nothing but the last few headlines and
the feeds of the wire is kept in memory, so that 100,000 stories take no more of it than 1,000.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.facsimile.newsroom.desk import FIRST_AT, stories
from tests.facsimile.newsroom.revisions import revise
from tests.facsimile.site.archive import WireArchive
from tests.facsimile.site.planner import Shape
from tests.facsimile.site.revision import Reviser
from tests.facsimile.site.wire import Plan, WireMaker, write_summary

EXPECTED = Path(__file__).parent / "expected"
WARC_NAME = "wire.warc.gz"
REVISION_NAME = "revision.warc.gz"

_SMALL = 1_000
"""Wires up to this size are packed as tightly as gzip can, larger ones as fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFacts:
    """What a built wire holds, and where.

    Attributes:
        warc: the capture, to be replayed.
        articles: the expected articles, one JSON object a line.
        rejects: the expected refusals, one JSON object a line.
        summary: totals, as JSON.
        answer_count: responses in the capture.
        article_count: expected articles.
        reject_count: expected refusals.
    """

    warc: Path
    articles: Path
    rejects: Path
    summary: Path
    answer_count: int
    article_count: int
    reject_count: int


def build_wire(
    target: Path,
    *,
    count: int,
    seed: int = 11,
    shape: Shape = Shape.SAMPLE,
    page_kb: tuple[int, int] | None = None,
    expected: Path | None = None,
    first_at: datetime = FIRST_AT,
) -> WireFacts:
    """Builds a wire.

    Args:
        target: folder for the capture, `wire.warc.gz`; made where it is missing.
        count: stories.
        seed: another seed makes another wire.
        shape: with every trap and odd address, or good stories only, all of them in feeds.
        page_kb: smallest and largest page in thousands of bytes; 31 to 97 by layout by default.
        expected: folder for the expected rows, by default the target; they are named after the
            target: `sample.jsonl`, `sample_rejects.jsonl`, `sample_summary.json`.
        first_at: no story is published before this instant's day on the wire's clock.

    Returns:
        Where everything lies and how much there is of it.
    """
    folder = expected or target
    folder.mkdir(parents=True, exist_ok=True)
    rows = folder / f"{target.name}.jsonl"
    rejects = folder / f"{target.name}_rejects.jsonl"
    summary = folder / f"{target.name}_summary.json"
    page_bytes = (page_kb[0] * 1000, page_kb[1] * 1000) if page_kb else None
    plan = Plan(count=count, seed=seed, shape=shape, page_bytes=page_bytes)
    with _maker(plan, target / WARC_NAME, rows, rejects) as maker:
        maker.make(stories(count, seed=seed, first_at=first_at))
    write_summary(summary, maker)
    return WireFacts(
        warc=target / WARC_NAME,
        articles=rows,
        rejects=rejects,
        summary=summary,
        answer_count=maker.totals["answers"],
        article_count=maker.totals["articles"],
        reject_count=maker.totals["rejects"],
    )


def build_revision(
    target: Path, *, count: int, seed: int = 11, most: int = 6, expected: Path | None = None
) -> Path:
    """Builds a later state of a wire that `build_wire` made with the same count and seed.

    Replayed after the wire, its pages take the place of some of the last stories' own.

    Args:
        target: folder for the capture, `revision.warc.gz`.
        count: stories of the wire.
        seed: the wire's seed.
        most: stories that are revised.
        expected: folder for the expected rows, by default the target: `sample_revised.jsonl`.

    Returns:
        Where the capture lies.
    """
    reviser = Reviser(Plan(count=count, seed=seed, shape=Shape.SAMPLE), most)
    reviser.read(stories(count, seed=seed))
    rows = (expected or target) / f"{target.name}_revised.jsonl"
    rows.parent.mkdir(parents=True, exist_ok=True)
    warc = target / REVISION_NAME
    with (
        WireArchive(warc, level=9) as archive,
        rows.open("w", encoding="utf-8", newline="\n") as file,
    ):
        reviser.write(partial(revise, seed=seed), archive, file)
    return warc


@contextmanager
def _maker(plan: Plan, warc: Path, rows: Path, rejects: Path) -> Iterator[WireMaker]:
    level = 9 if plan.count <= _SMALL else 1
    with (
        WireArchive(warc, level=level) as archive,
        rows.open("w", encoding="utf-8", newline="\n") as rows_file,
        rejects.open("w", encoding="utf-8", newline="\n") as rejects_file,
    ):
        yield WireMaker(plan, archive, rows_file, rejects_file)


def _kilobytes(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    return int(low), int(high or low)


def main() -> None:
    """Reads the command line and builds a wire."""
    parser = argparse.ArgumentParser(description="Build a facsimile of the wire.")
    parser.add_argument("--count", type=int, required=True, help="stories")
    parser.add_argument("--out", type=Path, required=True, help="folder for wire.warc.gz")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--shape", type=Shape, choices=list(Shape), default=Shape.SAMPLE)
    parser.add_argument("--page-kb", type=_kilobytes, help="size of a page, e.g. 60-90")
    parser.add_argument(
        "--expected", type=Path, default=EXPECTED, help="folder for the expected rows"
    )
    told = parser.parse_args()
    facts = build_wire(
        told.out,
        count=told.count,
        seed=told.seed,
        shape=told.shape,
        page_kb=told.page_kb,
        expected=told.expected,
    )
    if told.shape is Shape.SAMPLE and told.count <= _SMALL:
        build_revision(told.out, count=told.count, seed=told.seed, expected=told.expected)
    print(
        f"{facts.answer_count} answers in {facts.warc} ({facts.warc.stat().st_size:,} bytes): "
        f"{facts.article_count} articles and {facts.reject_count} refusals are expected"
    )


if __name__ == "__main__":
    main()
