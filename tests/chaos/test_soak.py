"""A site that goes wrong in every way, ingested until nothing is left; see `tests.chaos.soak`."""

from pathlib import Path

import pytest

from tests.chaos.faulty_site import faulty_site
from tests.chaos.soak import max_in_a_second, max_in_flight, soak


@pytest.mark.prefect
def test_every_story_is_had_once_and_every_refusal_has_its_cause(
    tmp_path: Path, api_url: str
) -> None:
    with faulty_site(tmp_path / "site", count=300, share=0.2, max_faults=1) as site:
        result = soak(site, tmp_path / "data", api_url)

    assert result.failures == []
    assert result.facts["kinds of fault"] > 60


@pytest.mark.soak
@pytest.mark.prefect
@pytest.mark.timeout(3600)
def test_twenty_thousand_stories_of_which_a_fifth_go_wrong(tmp_path: Path, api_url: str) -> None:
    with faulty_site(tmp_path / "site", count=20_000, share=0.2, max_faults=6) as site:
        result = soak(site, tmp_path / "data", api_url)

    print(result.facts, *result.summaries, sep="\n")
    assert result.failures == []
    assert result.facts["stories"] == 20_000


def test_overlaps_and_crowds_are_counted() -> None:
    assert max_in_flight([(0.0, 0.5), (0.4, 0.9), (0.5, 0.7), (1.3, 1.4)]) == 2
    assert max_in_a_second([0.0, 0.4, 0.5, 1.3, 1.45]) == 3
