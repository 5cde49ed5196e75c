"""Stories that no listing shows any more come by id, by address, or out of WARC files."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.conftest import Wirehouse
from tests.site.small import STORIES, SmallSite, response, small_site
from tests.unit.archive.foreign_warc import Record, write_warc

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("wire")) as served:
        yield served


@pytest.fixture
def settings(wire: SmallSite, tmp_path: Path) -> dict[str, Any]:
    wire.visits.clear()
    return {
        "base_url": wire.base_url,
        "data_dir": tmp_path / "data",
        "requests_per_second": 0,
        "attempts": 1,
    }


def summary_of(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def rows(settings: dict[str, Any], question: str) -> list[tuple[Any, ...]]:
    path = settings["data_dir"] / "warehouse.duckdb"
    with duckdb.connect(path, read_only=True) as warehouse:
        return warehouse.sql(question).fetchall()


def test_addresses_in_a_file_are_fetched_and_bad_ones_are_rejects(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any], tmp_path: Path
) -> None:
    first, second = wire.story_paths[:2]
    lines = (
        "# mine",
        f"http://www.menafn.com{first}?src=RSS",
        second,
        "/about",
        "https://x.example/",
    )
    (tmp_path / "addresses.txt").write_text("\n".join(lines))

    done = wirehouse("backfill", "--urls", str(tmp_path / "addresses.txt"), "--json", **settings)

    summary = summary_of(done)
    assert (summary["flow"], summary["inserted"], summary["rejected"]) == ("backfill", 2, 2)
    assert set(wire.paths) == {"/robots.txt", first, second}
    refused = rows(settings, "select url, stage, reason from rejects order by url")
    assert refused == [
        ("https://menafn.com/about", "discover", "no-story-id"),
        ("https://x.example/", "discover", "foreign-host"),
    ]


def test_ids_are_walked_and_neither_stories_nor_holes_are_asked_for_twice(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any]
) -> None:
    wanted = wire.story_paths[4]
    article_id = int(wanted.split("/")[1])
    hole = f"/{article_id + 1}/"
    wire.replaced[f"/{article_id}/"] = wire.response(wanted)
    wire.replaced[f"/{article_id + 2}/"] = response(410)
    ids = f"{article_id}-{article_id + 2}"

    first = summary_of(wirehouse("backfill", "--ids", ids, "--json", **settings))

    assert (first["inserted"], first["rejected"]) == (1, 2)
    asked = wire.paths
    assert asked[0] == "/robots.txt"
    assert set(asked[1:3]) == {f"/{article_id + 2}/", hole}
    assert rows(settings, "select reason from rejects order by all") == [
        ("gone",),
        ("not-found",),
    ]
    wire.visits.clear()
    second = summary_of(wirehouse("backfill", "--ids", ids, "--json", **settings))
    assert second["fetched"] == 0
    assert wire.paths == []


def test_gaps_are_filled_within_the_budget_and_nothing_is_asked_for_twice(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any], tmp_path: Path
) -> None:
    newest = int(wire.story_paths[0].split("/")[1]) + 100_000
    story = wire.response(wire.story_paths[6])
    own_id = wire.story_paths[6].split("/")[1]
    assert story is not None
    for number in (0, 4, 7):  # the two ends of the sequence, and a story that no listing shows
        body = story.body.replace(own_id.encode(), str(newest - number).encode())
        wire.replaced[f"/{newest - number}/"] = response(200, body)
    ends = f"{newest},{newest - 7}"
    assert wirehouse("backfill", "--ids", ends, **settings).returncode == 0
    wire.visits.clear()
    gaps = [f"/{newest - number}/" for number in (1, 2, 3, 4, 5, 6)]

    first = summary_of(wirehouse("backfill", "--gaps", "--max-stories", "4", "--json", **settings))

    assert (first["fetched"], first["inserted"], first["rejected"]) == (4, 1, 3)
    second = summary_of(wirehouse("backfill", "--gaps", "--json", **settings))
    assert (second["fetched"], second["inserted"]) == (2, 0)
    asked = wire.paths
    assert sorted(asked) == sorted(["/robots.txt"] * 2 + gaps)
    assert set(asked[1:5]) == set(gaps[:4])
    left = rows(
        settings, "select count(*), (select count(*) from unrequested_ranges) from articles"
    )
    assert left == [(3, 0)]
    covered = "select sum(loaded_count), sum(missing_count), sum(id_count) from coverage_by_day"
    assert rows(settings, covered) == [(3, 5, 8)]


def test_stories_in_warc_files_are_read_without_the_wire(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any], tmp_path: Path
) -> None:
    records = []
    for path in wire.story_paths:
        page = wire.response(path)
        assert page is not None
        url = f"http://www.menafn.com{path}?src=RSS"
        records.append(Record(url=url, body=page.body, date="2026-11-23T10:00:00Z"))
    write_warc(tmp_path / "found" / "a.warc.gz", *records[:6], form="one")
    write_warc(tmp_path / "found" / "b.warc", Record(url="https://x.example/"), *records[6:])

    done = wirehouse("backfill", "--json", "--warc", str(tmp_path / "found"), **settings)

    assert summary_of(done)["inserted"] == STORIES
    assert "1 records passed over: another address" in done.stderr
    assert wire.paths == []
    for path, offset in rows(settings, "select warc_path, warc_offset from captures"):
        assert path.startswith("raw/")
        assert (settings["data_dir"] / path).stat().st_size > offset
    rebuilt = wirehouse("rebuild", "--json", **settings)
    assert summary_of(rebuilt)["inserted"] == STORIES


def test_a_wire_that_is_not_there_is_one_message_and_nothing_is_noted_of_its_ids(
    wirehouse: Wirehouse, settings: dict[str, Any]
) -> None:
    gone = settings | {"base_url": "http://127.0.0.1:1"}

    done = wirehouse("backfill", "--ids", "1109916000-1109916999", **gone)

    assert done.returncode == 1
    assert "run it again" in done.stderr
    assert "Traceback" not in done.stderr
    status = json.loads(wirehouse("status", "--json", **gone).stdout)
    assert (status["counts"]["rejects"], status["runs"][0][2]) == (0, "failed")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--ids", "1109916091", "--urls", "x"), "give one of --ids, --urls, --warc and --gaps"),
        (("--warc", "nowhere.warc", "more.warc"), "no such file"),
        (("more.warc",), "goes before it"),
    ],
)
def test_what_cannot_be_done_is_one_message(
    wirehouse: Wirehouse, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = wirehouse("backfill", *arguments, data_dir=tmp_path)

    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
