"""Hundreds of scheduled passes, with and without stops; see `tests.operations.soak`."""

import os
from pathlib import Path
from statistics import linear_regression

import pytest

from tests.operations.soak import RECOVERY_SECONDS, soak


@pytest.mark.soak
@pytest.mark.timeout(3 * 3600)
def test_two_hundred_scheduled_passes_with_ten_stops(tmp_path: Path) -> None:
    result = soak(tmp_path, passes=200, stops=10)

    print(result.facts, *result.recoveries, sep="\n")
    assert result.failures == []
    assert max(seconds for _, seconds in result.recoveries) < RECOVERY_SECONDS
    assert len(result.recoveries) == 10


@pytest.mark.soak
@pytest.mark.timeout(6 * 3600)
def test_the_memory_of_serve_is_flat(tmp_path: Path) -> None:
    passes = int(os.environ.get("SOAK_PASSES", "500"))
    result = soak(tmp_path, passes=passes, stops=0, every_seconds=5)

    later = [one for one in result.memory if one[0] > passes // 5]  # caches are filled before
    slope = linear_regression(*zip(*later, strict=True)).slope
    print(f"{slope * 1024:.0f} KiB a run;", *result.memory[:: max(1, passes // 10)])
    assert result.failures == []
    assert slope * 100 < 1, "MiB in a hundred runs"
