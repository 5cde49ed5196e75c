"""`make compare`: the gold pages through other extractors, each in an environment of its own.

Every tool gets the pages as text already decoded (Wirehouse gets the bytes), and is asked for title,
date and text with its defaults. A date is right if it is the day on the wire's own clock.
"""

import json
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.quality.environments import TOOLS, make_environment, run_extractor, run_wirehouse
from tests.quality.gold.pages import Expected, GoldPage, gold_articles
from tests.quality.reading import ZONE
from tests.quality.words import NOTHING, compare

_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: shares between 0 and 1, but for the speed.

    Attributes:
        dates: share of the days that are right, `None` for a tool that gave no date at all.
    """

    tool: str
    titles: float
    dates: float | None
    body_f1: float
    lowest_f1: float
    with_foreign_lines: float
    pages_per_second: float


def main() -> int:
    """Make the environments, run the tools one after the other, print the table."""
    golds = gold_articles()
    with tempfile.TemporaryDirectory(prefix="wirehouse-compare-") as temporary:
        folder = Path(temporary)
        _write_pages(golds, folder)
        for tool in ("wirehouse", *TOOLS):
            print(f"{tool} ...", file=sys.stderr, flush=True)
            _answer_pages(tool, folder)
        rows = [_row(tool, golds, folder) for tool in ("wirehouse", *TOOLS)]
    Console(width=110).print(_table(rows, len(golds)))
    return 0


def _write_pages(golds: list[tuple[GoldPage, Expected]], folder: Path) -> None:
    for gold, _ in golds:
        (folder / f"{gold.name}.html").write_text(page_text(gold), encoding="utf-8", newline="")
    index = [{"name": gold.name, "address": gold.address} for gold, _ in golds]
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


def page_text(gold: GoldPage) -> str:
    """The page decoded as its header or the page itself declares, as UTF-8 where neither does."""
    declared = _CHARSET.search((gold.content_type or "").encode() + gold.page)
    return gold.page.decode(declared[1].decode() if declared else "utf-8")


def _answer_pages(tool: str, folder: Path) -> None:
    answers = folder / f"{tool}.json"
    if tool == "wirehouse":
        run_wirehouse(folder, answers)
    else:
        run_extractor(tool, make_environment(tool, folder), folder, answers)


def _row(tool: str, golds: list[tuple[GoldPage, Expected]], folder: Path) -> Row:
    answers = json.loads((folder / f"{tool}.json").read_text(encoding="utf-8"))
    return score_answers(tool, golds, answers)


def score_answers(
    tool: str, golds: list[tuple[GoldPage, Expected]], measured: dict[str, Any]
) -> Row:
    """What a tool answered, measured as the reader is.

    Args:
        tool: its name.
        golds: pages with an article on them.
        measured: what `extractors.py` wrote.

    Returns:
        The tool's row. Titles count if they agree but for blanks.
    """
    pairs = [(wanted, measured["answers"][gold.name]) for gold, wanted in golds]
    bodies = [
        compare(answer["text"], "\n".join(wanted.body)) if answer.get("text") else NOTHING
        for wanted, answer in pairs
    ]
    days = [(_day(wanted), answer.get("date")) for wanted, answer in pairs]
    return Row(
        tool=tool,
        titles=fmean(_is_title(answer.get("title"), wanted) for wanted, answer in pairs),
        dates=_dates_right(days),
        body_f1=fmean(body.f1 for body in bodies),
        lowest_f1=min(body.f1 for body in bodies),
        with_foreign_lines=fmean(bool(body.foreign_lines) for body in bodies),
        pages_per_second=measured["pages_per_second"],
    )


def _dates_right(days: list[tuple[date | None, str | None]]) -> float | None:
    if not any(found for _, found in days):
        return None
    return fmean(found == str(day) for day, found in days if day is not None)


def _is_title(found: str | None, wanted: Expected) -> bool:
    return found is not None and found.split() == wanted.title.split()


def _day(wanted: Expected) -> date | None:
    return wanted.published_at.astimezone(ZONE).date() if wanted.published_at else None


def _table(rows: list[Row], pages: int) -> Table:
    table = Table("tool", title=f"{pages} gold pages with an article on them")
    for heading in ("title exact", "day right", "body F1", "lowest F1", "foreign lines", "pages/s"):
        table.add_column(heading, justify="right")
    for row in rows:
        shares = (row.titles, row.dates, row.body_f1, row.lowest_f1, row.with_foreign_lines)
        table.add_row(row.tool, *map(_share, shares), f"{row.pages_per_second:.0f}")
    return table


def _share(share: float | None) -> str:
    return "none given" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    sys.exit(main())
