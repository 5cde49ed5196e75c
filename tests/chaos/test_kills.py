"""Wherever a run is killed, the next one completes it as if nothing had happened."""

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.kills import Kill, digest, flaws, kills_at, record_places, run_and_kill
from tests.command import Command
from tests.site.small import STORIES, SmallSite, response, small_site

pytestmark = pytest.mark.prefect
soak = [pytest.mark.slow, pytest.mark.soak]

SEED = 20261125
KILLS = 240  # at places; and a quarter as many at random times

# One of each stage; the others are left to `make soak`.
ALWAYS = [
    Kill(place="write in tasks.archive.writer:_write for tasks.archive.writer:append", turn=37, moment="during"),
    Kill(place="rename in tasks.core.staging:move_folder for tasks.core.staging:write_batch", turn=2),
    Kill(place="rename in tasks.core.staging:move_folder for tasks.pages.batch:extract_batch", moment="after"),
    Kill(place="commit in tasks.warehouse.writer:transaction for tasks.load:_load_staged", turn=3, moment="during"),
    Kill(place="rename in tasks.core.staging:remove_batch for tasks.load:_load_staged", turn=2),
    Kill(place="rename in tasks.core.files:replace_atomically for tasks.publish:publish"),
]  # fmt: skip
PROGRESS = "rename in tasks.core.files:replace_atomically for tasks.units:process_unit"
LOADED = "commit in tasks.warehouse.writer:transaction for tasks.load:_load_staged"


@dataclass(frozen=True, kw_only=True)
class Undisturbed:
    """A run that nothing interrupted, and what it made."""

    command: Command
    places: Counter[str]
    seconds: float
    digest: dict[str, Any]

    def another(self, folder: Path, *arguments: str) -> Command:
        """The same or another command over another folder."""
        arguments = arguments or self.command.arguments
        return replace(self.command, data_dir=folder / "data", arguments=arguments)

    def random_kill(self, choose: random.Random) -> Kill:
        return Kill(seconds=choose.uniform(1, self.seconds))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    """A dozen stories, of which one is gone and one is no story."""
    with small_site(tmp_path_factory.mktemp("site")) as served:
        served.replaced[served.story_paths[1]] = response(404)
        served.replaced[served.story_paths[2]] = response(200, b"<html><p>Hello</p></html>")
        yield served


@pytest.fixture(scope="module")
def undisturbed(
    site: SmallSite, api_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Undisturbed:
    data_dir = tmp_path_factory.mktemp("undisturbed") / "data"
    settings = {
        "base_url": site.base_url,
        "batch_pages": 2,
        "requests_per_second": 0,
        "workers": 1,
    }
    command = Command(data_dir=data_dir, api_url=api_url, settings=settings)
    started = time.monotonic()
    places = record_places(command)
    seconds = time.monotonic() - started
    assert flaws(data_dir) == []
    made = digest(data_dir)
    assert made["articles"][0] == STORIES - 2
    return Undisturbed(command=command, places=places, seconds=seconds, digest=made)


def kill_and_complete(undisturbed: Undisturbed, folder: Path, *kills: Kill) -> None:
    """Kill one run after the other, let one come to its end, and compare what it made."""
    command = undisturbed.another(folder)
    for kill in kills:
        run_and_kill(command, kill)
    command.run()
    assert digest(command.data_dir) == undisturbed.digest
    assert flaws(command.data_dir) == []


@pytest.mark.parametrize("kill", ALWAYS, ids=lambda kill: f"{kill.moment} {kill.place}")
def test_a_killed_run_is_completed(undisturbed: Undisturbed, tmp_path: Path, kill: Kill) -> None:
    assert undisturbed.places[kill.place] >= kill.turn
    kill_and_complete(undisturbed, tmp_path, kill)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_killed_at_any_place_is_completed(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    """And every other time the run that completes it is killed too."""
    kills = kills_at(undisturbed.places, seed=SEED)
    first, second = kills[number % len(kills)], kills[-1 - number % len(kills)]
    kill_and_complete(undisturbed, tmp_path, *((first, second) if number % 2 else (first,)))


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("number", range(KILLS // 4))
def test_a_run_killed_at_any_time_is_completed(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    choose = random.Random(SEED + number)
    kills = [undisturbed.random_kill(choose) for _ in range(1 + number % 2)]
    kill_and_complete(undisturbed, tmp_path, *kills)


# The first kill of a command is always the same; the others come at random times.
NUMBERS = [0, *(pytest.param(number, marks=soak) for number in range(1, 30))]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_backfill_killed_within_a_file_is_completed(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    arguments = ("backfill", "--warc", str(undisturbed.command.data_dir / "raw"))
    alone = undisturbed.another(tmp_path / "alone", *arguments)
    alone.run()
    command = undisturbed.another(tmp_path, *arguments)

    at_random = undisturbed.random_kill(random.Random(SEED + number))
    was_killed = run_and_kill(command, at_random if number else Kill(place=PROGRESS))
    command.run()

    assert was_killed or number
    assert digest(command.data_dir) == digest(alone.data_dir)
    assert flaws(command.data_dir) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_killed_rebuild_leaves_the_warehouse_and_can_be_repeated(
    undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    command = undisturbed.another(tmp_path, "rebuild")
    shutil.copytree(undisturbed.command.data_dir, command.data_dir)

    at_random = undisturbed.random_kill(random.Random(SEED + number))
    at_load = Kill(place=LOADED, turn=2, moment="during")
    was_killed = run_and_kill(command, at_random if number else at_load)

    assert was_killed or number
    assert digest(command.data_dir) == undisturbed.digest, "readers keep what they had"
    command.run()
    assert digest(command.data_dir) == undisturbed.digest
    # The dead rebuild's lock is removed by the next ingest, which recovers interrupted runs.
    assert [one for one in flaws(command.data_dir) if not one.startswith("state/runs/")] == []
