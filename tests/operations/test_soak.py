"""Two hundred scheduled passes with ten stops; see `tests.operations.soak`."""

from pathlib import Path

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
