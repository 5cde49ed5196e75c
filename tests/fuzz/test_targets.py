"""A short, repeatable part of the fuzzing that `make fuzz` continues by coverage."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import FRAGMENTS, seeds
from tests.fuzz.targets import TARGETS

CRASHES = sorted((Path(__file__).parent / "crashes").glob("*-*"))
EXAMPLES = 120


@st.composite
def damage(draw, sound):
    """Valid input after a few cuts, repetitions and insertions."""
    data = draw(st.sampled_from(sound))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 0, 1, 2, 8, 64, 4096))))
        insertion = draw(
            st.one_of(
                st.sampled_from(FRAGMENTS),
                st.binary(max_size=6),
                st.just(data[start:end] * 3),
                st.sampled_from(FRAGMENTS).map(lambda fragment: fragment * 200),
            )
        )
        data = data[:start] + insertion + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_is_answered_or_refused(name):
    check = given(damage(seeds(name)))(TARGETS[name])
    settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )(check)()  # fmt: skip


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.name)
def test_what_once_broke_a_parser_no_longer_does(path):
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_accepts_its_seeds(name):
    for seed in seeds(name):
        TARGETS[name](seed)
