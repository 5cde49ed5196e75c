"""`make compare`: the gold pages through other extractors, each in an environment of its own.

Every tool gets the pages as decoded text (Wirehouse gets the bytes) and returns title, date and text
with its defaults. A date is right if it is the day on the site's clock.
"""

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.quality.gold.pages import Expected, GoldPage, gold_articles
from tests.quality.score import NOTHING_FOUND, ZONE, compare_texts

# What each tool's environment holds.
TOOLS = {
    "trafilatura": ("trafilatura==2.3.1", "lxml_html_clean>=0.4"),
    "newspaper4k": ("newspaper4k==0.9.6",),
    "news-please": ("news-please==1.6.16",),
    "readability-lxml": ("readability-lxml==0.9", "lxml_html_clean>=0.4"),
    "resiliparse": ("resiliparse==2.0.1",),
}
_ROOT = Path(__file__).parents[2]
_SCRIPT = Path(__file__).with_name("extractors.py")
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: shares between 0 and 1, except for the speed."""

    tool: str
    titles: float
    dates: float | None  # `None` for a tool that gave no date at all
    body_f1: float
    lowest_f1: float
    with_foreign_lines: float
    pages_per_second: float


def main() -> int:
    """Make the environments, run the tools one after the other, print the table."""
    golds = gold_articles()
    rows = []
    with tempfile.TemporaryDirectory(prefix="wirehouse-compare-") as temporary:
        folder = Path(temporary)
        for gold, _ in golds:
            (folder / f"{gold.name}.html").write_text(page_text(gold), "utf-8", newline="")
        index = [{"name": gold.name, "address": gold.address} for gold, _ in golds]
        (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
        for tool in ("wirehouse", *TOOLS):
            print(f"{tool} ...", file=sys.stderr, flush=True)
            answers = folder / f"{tool}.json"
            _run(*_command(tool, folder), tool, folder, answers)
            rows.append(score_answers(tool, golds, json.loads(answers.read_text("utf-8"))))
    Console(width=110).print(_table(rows, len(golds)))
    return 0


def _command(tool: str, folder: Path) -> tuple[str | Path, ...]:
    """The command of a tool: Wirehouse in this environment, others in a new one."""
    if tool == "wirehouse":
        return sys.executable, "-m", "tests.quality.extractors"
    home = folder / f"env-{tool}"
    python = home / "bin" / "python"
    _run(sys.executable, "-m", "venv", home)
    _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *TOOLS[tool])
    return python, "-P", _SCRIPT


def _run(*command: str | Path) -> None:
    try:
        subprocess.run(
            ["nice", "-n", "15", *command], check=True, capture_output=True, text=True, cwd=_ROOT
        )
    except subprocess.CalledProcessError as broken:
        print(broken.stderr[-2000:], file=sys.stderr)
        raise


def page_text(gold: GoldPage) -> str:
    """The page decoded, as its header or the page itself declares where it was added as sent."""
    declared = _CHARSET.search((gold.content_type or "").encode() + gold.page)
    return gold.page.decode(gold.encoding or (declared[1].decode() if declared else "utf-8"))


def score_answers(
    tool: str, golds: list[tuple[GoldPage, Expected]], measured: dict[str, Any]
) -> Row:
    """The row of a tool from what `extractors.py` wrote; blanks in titles make no difference."""
    pairs = [(expected, measured["answers"][gold.name]) for gold, expected in golds]
    bodies = [
        compare_texts(answer["text"], "\n".join(expected.body))
        if answer.get("text")
        else NOTHING_FOUND
        for expected, answer in pairs
    ]
    days = [
        (expected.published_at.astimezone(ZONE).date(), answer.get("date"))
        for expected, answer in pairs
        if expected.published_at
    ]
    gives_days = any(found for _, found in days)
    return Row(
        tool=tool,
        titles=fmean(
            (answer.get("title") or "").split() == expected.title.split()
            for expected, answer in pairs
        ),
        dates=fmean(found == str(day) for day, found in days) if gives_days else None,
        body_f1=fmean(body.f1 for body in bodies),
        lowest_f1=min(body.f1 for body in bodies),
        with_foreign_lines=fmean(bool(body.foreign_lines) for body in bodies),
        pages_per_second=measured["pages_per_second"],
    )


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
