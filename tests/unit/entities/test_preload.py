"""Worker processes find the built-in recogniser loaded."""

import subprocess
import sys

SCRIPT = """
import asyncio
from tasks.core import workers
from tests.unit.core import worker_functions as errands

preload = ["tests.unit.core.worker_functions", "tasks.entities.preload"]
with workers.open_workers(2, preload=preload):
    print(asyncio.run(workers.run(errands.recognisers_loaded, timeout=30)))
"""


def test_workers_are_forked_with_the_recogniser_loaded() -> None:
    script = [sys.executable, "-c", SCRIPT]

    done = subprocess.run(script, capture_output=True, text=True, timeout=120, check=True)

    assert done.stdout.strip() == "1"
