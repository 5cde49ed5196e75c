"""`make score`: the reader and the duplicate finder on the gold set, as a table.

`python -m tests.quality --raise-floors` raises the floors to what was reached instead.
"""

import sys

from rich.console import Console
from rich.table import Table

from tests.quality.floors import LowerFloorError, raise_floors, read_floors, shortfalls
from tests.quality.score import PageScore, PairsScore, labelled_pairs, measure

_LINE_CHARS = 60


def main() -> int:
    """Print the table and whatever is wrong; 1 where a figure lies below its floor."""
    figures, pages, pairs = measure()
    console = Console(width=100, highlight=False, markup=False)
    if "--raise-floors" in sys.argv[1:]:
        try:
            raised = raise_floors(figures)
        except LowerFloorError as error:
            console.print(f"No floor was changed, because these figures fell:\n{error}")
            return 1
        console.print("\n".join(f"raised: {name}" for name in raised) or "no floor was changed")
        return 0
    floors = read_floors()
    table = Table("figure", title=f"{len(pages)} gold pages, {len(labelled_pairs())} pairs")
    table.add_column("score", justify="right")
    table.add_column("floor", justify="right")
    for name, figure in figures.items():
        floor = floors.get(name)
        table.add_row(name, f"{figure:.4f}", "" if floor is None else f"{floor:.4f}")
    console.print(table)
    short = shortfalls(figures, floors)
    for line in (*_faults(pages, pairs), *(f"below its floor: {line}" for line in short)):
        console.print(line, soft_wrap=True)
    return 1 if short else 0


def _faults(pages: list[PageScore], pairs: PairsScore) -> list[str]:
    lines = []
    for page in pages:
        lines += [
            f"{page.name}: {field} is {found!r}, not {expected!r}"
            for field, (found, expected) in page.wrong.items()
        ]
        if page.body and not page.is_body_exact:
            precision, recall = page.body.precision, page.body.recall
            lines.append(f"{page.name}: body precision {precision:.3f}, recall {recall:.3f}")
        foreign = page.body.foreign_lines if page.body else ()
        lines += [f"{page.name}: foreign line {line[:_LINE_CHARS]!r}" for line in foreign]
    for pair in pairs.wrong:
        outcome = "not found" if pair.same else "wrongly joined"
        lines.append(f"{pair.kind}: {outcome}: {pair.a.title!r} and {pair.b.title!r}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
