"""Whatever dies, wherever: the next run carries on, and the warehouse is as if nothing had been."""

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.kills import Command, Kill, digest, flaws, kills_at
from tests.site.small import STORIES, SmallSite, response, small_site

pytestmark = pytest.mark.prefect

SEED = 20261125
KILLS = 240
"""At places; and a quarter as many at random times."""

ALWAYS = [
    Kill(place="write in tasks.archive.writer:_write for nobody", turn=37, moment="amid"),
    Kill(place="rename in tasks.core.staging:move_folder for tasks.fetch:_write", turn=2),
    Kill(place="rename in tasks.core.staging:move_folder for nobody", moment="after"),
    Kill(place="commit in tasks.warehouse.writer:transaction for tasks.load:_load_staged", turn=3, moment="amid"),
    Kill(place="rename in tasks.core.staging:remove_batch for tasks.load:_load_staged", turn=2),
    Kill(place="rename in tasks.core.files:replace_atomically for tasks.publish:publish"),
]  # fmt: skip
"""One of each stage; the others are left to `make soak`."""


@dataclass(frozen=True, kw_only=True)
class Undisturbed:
    """The run that every killed one is held against."""

    data_dir: Path
    variables: dict[str, str]
    places: Counter[str]
    seconds: float
    digest: dict[str, Any]

    def command(self, folder: Path, *arguments: str) -> Command:
        """The same or another command over another folder."""
        return Command(
            arguments=arguments or ("ingest",),
            data_dir=folder / "data",
            variables=self.variables,
        )


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    """A dozen stories, of which one is gone and one is no story."""
    with small_site(tmp_path_factory.mktemp("wire")) as served:
        served.replaced[served.story_paths[1]] = response(404)
        served.replaced[served.story_paths[2]] = response(200, b"<html><p>Hello</p></html>")
        yield served


@pytest.fixture(scope="module")
def undisturbed(
    wire: SmallSite, api_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Undisturbed:
    data_dir = tmp_path_factory.mktemp("undisturbed") / "data"
    variables = {
        "PREFECT_API_URL": api_url,
        "WIREHOUSE_BASE_URL": wire.base_url,
        "WIREHOUSE_BATCH_PAGES": "2",
        "WIREHOUSE_REQUESTS_PER_SECOND": "0",
        "WIREHOUSE_WORKERS": "1",
    }
    started = time.monotonic()
    places = Command(arguments=("ingest",), data_dir=data_dir, variables=variables).recorded()
    seconds = time.monotonic() - started
    assert flaws(data_dir) == []
    told = digest(data_dir)
    assert told["articles"][0] == STORIES - 2
    return Undisturbed(
        data_dir=data_dir, variables=variables, places=places, seconds=seconds, digest=told
    )


def carries_on(undisturbed: Undisturbed, folder: Path, *kills: Kill) -> None:
    """Kill one run after the other, let one come to its end, and look at what there is."""
    command = undisturbed.command(folder)
    for kill in kills:
        command.killed(kill)

    done = command.run()

    assert done.returncode == 0, done.stderr
    found = digest(command.data_dir)
    assert found == undisturbed.digest
    assert flaws(command.data_dir) == []


@pytest.mark.parametrize("kill", ALWAYS, ids=lambda kill: f"{kill.moment} {kill.place}")
def test_a_run_that_is_killed_is_carried_on(
    undisturbed: Undisturbed, tmp_path: Path, kill: Kill
) -> None:
    assert kill.place in undisturbed.places
    carries_on(undisturbed, tmp_path, kill)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_is_killed_at_any_place_is_carried_on(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    """And every other time the run that carries on is killed too."""
    kills = kills_at(undisturbed.places, seed=SEED)
    first, second = kills[number % len(kills)], kills[-1 - number % len(kills)]
    carries_on(undisturbed, tmp_path, *((first, second) if number % 2 else (first,)))


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("number", range(KILLS // 4))
def test_a_run_that_is_killed_at_any_time_is_carried_on(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    choose = random.Random(SEED + number)
    kills = [Kill(seconds=choose.uniform(1, undisturbed.seconds)) for _ in range(1 + number % 2)]
    carries_on(undisturbed, tmp_path, *kills)


NOTED = "rename in tasks.core.files:replace_atomically for tasks.import_warc:_note_progress"
LOADED = "commit in tasks.warehouse.writer:transaction for tasks.load:_load_staged"
MANY = [pytest.param(number, marks=[pytest.mark.slow, pytest.mark.soak]) for number in range(1, 30)]


@pytest.mark.parametrize("number", [0, *MANY])
def test_a_backfill_that_is_killed_amid_a_file_is_carried_on(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    archive = ("backfill", "--warc", str(undisturbed.data_dir / "raw"))
    alone = undisturbed.command(tmp_path / "alone", *archive)
    assert alone.run().returncode == 0
    command = undisturbed.command(tmp_path, *archive)

    command.killed(_a_kill(Kill(place=NOTED, turn=3), undisturbed, number))

    done = command.run()
    assert done.returncode == 0, done.stderr
    assert digest(command.data_dir) == digest(alone.data_dir)
    assert flaws(command.data_dir) == []


@pytest.mark.parametrize("number", [0, *MANY])
def test_a_rebuild_that_is_killed_is_done_again(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    command = undisturbed.command(tmp_path, "rebuild")
    shutil.copytree(undisturbed.data_dir, command.data_dir)

    command.killed(_a_kill(Kill(place=LOADED, turn=2, moment="amid"), undisturbed, number))

    assert digest(command.data_dir) == undisturbed.digest, "readers keep what they had"
    done = command.run()
    assert done.returncode == 0, done.stderr
    assert digest(command.data_dir) == undisturbed.digest
    # The dead rebuild's lock waits for the next ingest, which looks after runs that died.
    assert [one for one in flaws(command.data_dir) if not one.startswith("state/runs/")] == []


def _a_kill(first: Kill, undisturbed: Undisturbed, number: int) -> Kill:
    """The first is always the same; the others come at random times."""
    seconds = random.Random(SEED + number).uniform(1, undisturbed.seconds)
    return Kill(seconds=seconds) if number else first
