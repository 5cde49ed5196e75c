"""What an operator or the wire does wrong ends in one clear message or a reject, never in loss."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.conftest import Wirehouse
from tests.prefect_server import free_port
from tests.site.small import STORIES, SmallSite, response, small_site

pytestmark = pytest.mark.prefect

HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[SmallSite]:
    with small_site(tmp_path / "wire") as served:
        yield served


@pytest.fixture
def settings(wire: SmallSite, tmp_path: Path) -> dict[str, Any]:
    return {
        "base_url": wire.base_url,
        "data_dir": tmp_path / "data",
        "requests_per_second": 0,
        "attempts": 1,
    }


def rows(data_dir: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql(question).fetchall()


def one_message(done: "subprocess.CompletedProcess[str]") -> str:
    """What was said; exactly one message, and no traceback."""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("wirehouse: ") == 1, done.stderr
    return done.stderr


def test_a_wrong_setting_is_named_and_nothing_is_done(wirehouse: Wirehouse) -> None:
    done = wirehouse("ingest", worker=2)

    assert done.returncode == 2
    assert "WIREHOUSE_WORKER" in one_message(done)
    assert "Did you mean WIREHOUSE_WORKERS?" in done.stderr


def test_a_wire_that_is_not_there_is_named(wirehouse: Wirehouse, tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"

    done = wirehouse("ingest", base_url=nowhere, data_dir=tmp_path, attempts=1)

    assert done.returncode == 1
    assert nowhere in one_message(done)


def test_a_name_that_does_not_resolve_is_named(wirehouse: Wirehouse, tmp_path: Path) -> None:
    done = wirehouse("ingest", base_url="http://wire.invalid", data_dir=tmp_path, attempts=1)

    assert done.returncode == 1
    assert "http://wire.invalid" in one_message(done)


def test_a_wire_that_is_down_is_asked_for_nothing_more(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any]
) -> None:
    wire.replaced["*"] = response(503)

    done = wirehouse("ingest", **settings)

    assert done.returncode == 1
    one_message(done)
    assert set(wire.paths) == {"/robots.txt"}


def test_robots_txt_that_forbids_everything_is_obeyed(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any]
) -> None:
    wire.replaced["/robots.txt"] = response(200, b"User-agent: *\nDisallow: /\n", "text/plain")

    wirehouse("ingest", **settings)

    assert set(wire.paths) == {"/robots.txt"}
    reasons = rows(settings["data_dir"], "select distinct reason from rejects")
    assert reasons == [("robots-forbids",)]


def test_a_feed_that_is_not_xml_is_a_reject_and_the_others_are_read(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any]
) -> None:
    wire.replaced["/rss/menafn_Yemen.xml"] = response(200, b"<html>Sorry</html>", "text/html")

    done = wirehouse("ingest", **settings)

    assert done.returncode == 0, done.stderr
    refused = rows(settings["data_dir"], "select url, stage, reason from rejects")
    assert refused == [("https://menafn.com/rss/menafn_Yemen.xml", "discover", "not-a-feed")]


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "empty-body"),
        (b"%PDF-1.7 not a page", "application/pdf", "not-html"),
        (b"<html><p>Hello</p></html>", "text/html; charset=nonsense-8", "no-story"),
        (b"<html>" + b"<p>padding</p>" * (50 << 20 >> 4), "text/html", "too-large"),
    ],
    ids=["empty", "not HTML", "unknown layout and charset", "50 MB"],
)
def test_a_page_that_is_no_story_is_a_reject_and_the_others_are_read(
    wirehouse: Wirehouse,
    wire: SmallSite,
    settings: dict[str, Any],
    body: bytes,
    content_type: str,
    reason: str,
) -> None:
    wire.replaced[wire.story_paths[5]] = response(200, body, content_type)

    done = wirehouse("ingest", **settings)

    assert done.returncode == 0, done.stderr
    assert rows(settings["data_dir"], "select reason from rejects") == [(reason,)]
    assert rows(settings["data_dir"], "select count(*) from articles") == [(STORIES - 1,)]


def test_a_held_writers_file_leaves_the_batches_for_the_next_run(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any]
) -> None:
    writers_file = settings["data_dir"] / "state" / "writer.duckdb"
    writers_file.parent.mkdir(parents=True)
    command = [sys.executable, "-c", HOLD, str(writers_file)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()

        late = wirehouse("ingest", **settings, writer_wait_seconds=1)

        assert late.returncode == 1
        assert f"process {holder.pid}" in one_message(late)
        holder.communicate("\n")

    assert {*wire.story_paths} <= set(wire.paths)
    wire.visits.clear()
    done = wirehouse("ingest", "--json", **settings)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["inserted"] == STORIES
    asked = set(wire.paths)
    assert asked.isdisjoint(wire.story_paths), "what was fetched is not fetched again"


def test_a_warehouse_of_a_newer_version_is_refused(
    wirehouse: Wirehouse, settings: dict[str, Any]
) -> None:
    assert wirehouse("ingest", **settings).returncode == 0
    with duckdb.connect(settings["data_dir"] / "state" / "writer.duckdb") as newer:
        newer.execute(
            "insert into migrations select 9999, 'later', sha256, now() from migrations limit 1"
        )

    done = wirehouse("ingest", **settings)

    assert done.returncode == 1
    assert "Update Wirehouse" in one_message(done)


def test_a_full_disk_is_one_message_and_the_next_run_carries_on(
    wirehouse: Wirehouse, settings: dict[str, Any]
) -> None:
    def no_file_over_100_kb() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    full = wirehouse("ingest", before=no_file_over_100_kb, **settings)

    assert full.returncode == 1
    one_message(full)
    assert wirehouse("ingest", **settings).returncode == 0
    assert rows(settings["data_dir"], "select count(*) from articles") == [(STORIES,)]
