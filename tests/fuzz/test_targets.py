"""A fixed, short and repeatable share of the fuzzing that `make fuzz` does for as long as told."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import PIECES, seeds
from tests.fuzz.targets import TARGETS

CRASHES = sorted((Path(__file__).parent / "crashes").glob("*-*"))
EXAMPLES = 120


@st.composite
def _damaged(draw, sound):
    """Sound input after a few cuts, doublings and insertions, or bytes of any kind."""
    data = draw(st.sampled_from(sound))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 0, 1, 2, 8, 64, 4096))))
        piece = draw(
            st.one_of(
                st.sampled_from(PIECES),
                st.binary(max_size=6),
                st.just(data[start:end] * 3),
                st.sampled_from(PIECES).map(lambda one: one * 200),
            )
        )
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_is_answered_or_refused(name):
    @given(_damaged(seeds(name)))
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def holds(data):
        TARGETS[name](data)

    holds()


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.name)
def test_what_once_broke_a_parser_no_longer_does(path):
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_its_sound_input(name):
    for sound in seeds(name):
        TARGETS[name](sound)
