"""Prints what a simulated week costs and misses on either schedule: `python -m tests.simulation`."""

import argparse
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.rows import show_table
from tests.simulation.week import simulate_week

parser = argparse.ArgumentParser(prog="python -m tests.simulation")
parser.add_argument("--days", type=int, default=7)
days = parser.parse_args().days
weeks = []
for is_adaptive in (False, True):
    with TemporaryDirectory() as folder:
        weeks.append(simulate_week(Path(folder) / "data", is_adaptive=is_adaptive, days=days))
show_table(tuple(asdict(weeks[0])), [tuple(asdict(week).values()) for week in weeks])
