"""The floors under the score: a figure may rise above its floor, and its floor with it."""

import json
import math
from pathlib import Path

FLOORS = Path(__file__).parents[1] / "floors.json"

_STEPS = 10_000


class LowerFloorError(Exception):
    """A floor would have to be lowered, which only a person may do, by editing the file."""


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    """The floors of the score by figure."""
    if not path.exists():
        return {}
    floors: dict[str, float] = json.loads(path.read_text(encoding="utf-8")).get("score", {})
    return floors


def shortfalls(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The figures below their floors, and the floors without a figure; one line for each."""
    return [
        f"{name}: {figures.get(name, 'not measured')}, floor {floor}"
        for name, floor in sorted(floors.items())
        if figures.get(name, -1.0) < floor
    ]


def raise_floors(figures: dict[str, float], path: Path = FLOORS) -> list[str]:
    """Raise each floor to its figure, rounded down, and return the figures with a new floor.

    Other scores in the file are kept. LowerFloorError, and nothing is written, where some figure
    is below its floor.
    """
    floors = read_floors(path)
    if short := shortfalls(figures, floors):
        raise LowerFloorError("\n".join(short))
    reached = {name: math.floor(figure * _STEPS) / _STEPS for name, figure in figures.items()}
    raised = {name: max(floors.get(name, 0.0), floor) for name, floor in reached.items()}
    record = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    record["score"] = dict(sorted(raised.items()))
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return [name for name, floor in sorted(raised.items()) if floor != floors.get(name)]
