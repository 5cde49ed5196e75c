"""`make score`: the reader and the finder of duplicates on the gold set, as a table."""

import sys

from rich.console import Console
from rich.table import Table

from tests.quality.duplicates import PairsScore, labelled_pairs
from tests.quality.floors import read_floors, shortfalls
from tests.quality.gold.pages import gold_pages
from tests.quality.measures import measure
from tests.quality.reading import PageScore

_LINE_CHARS = 60


def main() -> int:
    """Print the table and whatever is wrong; 1 where a figure lies below its floor."""
    figures, pages, pairs = measure()
    floors = read_floors()
    console = Console(width=100, highlight=False, markup=False)
    console.print(_table(figures, floors))
    _print_faults(console, pages, pairs)
    short = shortfalls(figures, floors)
    for line in short:
        console.print(f"below its floor: {line}")
    return 1 if short else 0


def _table(figures: dict[str, float], floors: dict[str, float]) -> Table:
    pages, pairs = len(gold_pages()), len(labelled_pairs())
    title = f"{pages} gold pages, {pairs} pairs"
    table = Table("figure", title=title)
    table.add_column("score", justify="right")
    table.add_column("floor", justify="right")
    for name, figure in figures.items():
        floor = floors.get(name)
        table.add_row(name, f"{figure:.4f}", "" if floor is None else f"{floor:.4f}")
    return table


def _print_faults(console: Console, pages: list[PageScore], pairs: PairsScore) -> None:
    for page in pages:
        for field, (found, wanted) in page.wrong.items():
            _say(console, f"{page.name}: {field} is {found!r}, not {wanted!r}")
        if page.body is not None and not page.is_body_exact:
            _say(
                console,
                f"{page.name}: body precision {page.body.precision:.3f},"
                f" recall {page.body.recall:.3f}",
            )
        for line in page.body.foreign_lines if page.body else ():
            _say(console, f"{page.name}: foreign line {line[:_LINE_CHARS]!r}")
    for pair in pairs.wrong:
        kept = "not found" if pair.same else "wrongly joined"
        _say(console, f"{pair.kind}: {kept}: {pair.a.title!r} and {pair.b.title!r}")


def _say(console: Console, line: str) -> None:
    console.print(line, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
