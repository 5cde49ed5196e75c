"""A simulated week costs fewer requests and misses fewer stories than on a fixed schedule."""

from pathlib import Path

import pytest

from tests.simulation.week import simulate_week


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_week_of_adaptive_polls_costs_less_and_misses_less(tmp_path: Path) -> None:
    fixed = simulate_week(tmp_path / "fixed", is_adaptive=False)
    adaptive = simulate_week(tmp_path / "adaptive", is_adaptive=True)
    print(fixed, adaptive, sep="\n")
    assert adaptive.requests < fixed.requests
    assert adaptive.lost < fixed.lost
