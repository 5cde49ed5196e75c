"""A month of runs: nothing lost or doubled, every alert in its time and none without a cause."""

from pathlib import Path

import pytest

from tests.month.month import simulate


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
def test_a_month_with_every_kind_of_fault(tmp_path: Path) -> None:
    outcome = simulate(tmp_path)

    print(outcome.facts, *map(" | ".join, outcome.table), sep="\n")
    assert outcome.failures == []
