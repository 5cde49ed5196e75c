"""A wire that goes wrong in every way, ingested until nothing is left; see `tests.chaos.soak`."""

from pathlib import Path

import pytest

from tests.chaos.faulty_site import faulty_site
from tests.chaos.soak import most_in_a_second, most_in_flight, soak


@pytest.mark.prefect
def test_every_story_is_had_once_and_every_refusal_has_its_cause(
    tmp_path: Path, api_url: str
) -> None:
    with faulty_site(tmp_path / "wire", count=300, share=0.2, most=1) as wire:
        result = soak(wire, tmp_path / "data", api_url)

    assert result.failures == []
    assert result.facts["kinds of fault"] > 60


@pytest.mark.soak
@pytest.mark.prefect
@pytest.mark.timeout(3600)
def test_twenty_thousand_stories_of_which_a_fifth_go_wrong(tmp_path: Path, api_url: str) -> None:
    with faulty_site(tmp_path / "wire", count=20_000, share=0.2, most=6) as wire:
        result = soak(wire, tmp_path / "data", api_url)

    assert result.failures == []
    assert result.facts["stories"] == 20_000


def test_the_judges_see_what_overlaps_and_what_crowds() -> None:
    assert most_in_flight([(0.0, 0.5), (0.4, 0.9), (0.5, 0.7), (1.3, 1.4)]) == 2
    assert most_in_a_second([0.0, 0.4, 0.5, 1.3, 1.45]) == 3
