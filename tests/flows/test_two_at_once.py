"""Runs and readers at the same time: no error for anyone, no row lost or doubled."""

import json
import time
from collections import Counter
from threading import Timer

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.sorting import FlowRunSort

from tests.flows.conftest import message_of, select, summary_of
from tests.site.small import STORIES
from tests.tasks.stages import feed
from tests.unit.warehouse.other_process import another_process, count_later, hold_lock

pytestmark = pytest.mark.prefect


@pytest.fixture
def settings(settings):
    return settings | {"batch_pages": 5}


def most_at_once(site):
    """Requests in the fullest three quarters of a second; a busy machine delays some a little."""
    times = [visit.at for visit in site.visits]
    return max(sum(0 <= later - at < 0.75 for later in times) for at in times)


def story_visits(site):
    return Counter(path for path in site.paths if path in site.story_paths)


def wait_for_visits(site, count):
    until = time.monotonic() + 60
    while len(site.visits) < count:
        assert time.monotonic() < until, site.paths
        time.sleep(0.02)


def run_statuses(data_dir):
    return select(data_dir, "select flow, status from runs order by started_at")


@pytest.fixture
def one_feed(settings, site):
    """Settings by which an ingest finds every story by one request."""
    links = [(f"https://menafn.com{path}", "A title", "") for path in site.story_paths]
    site.replaced["/rss/all.xml"] = feed(*links)
    return settings | {"feeds": "/rss/all.xml", "listings": ""}


@pytest.mark.slow
def test_of_three_ingests_that_start_together_one_runs(wirehouse, one_feed, site):
    limit = 4
    command = wirehouse.command("ingest", "--json", **one_feed | {"requests_per_second": limit})
    together = [command.start() for _ in range(3)]
    output = [process.communicate(timeout=200) for process in together]
    assert [process.returncode for process in together] == [0, 0, 0], output
    summaries = [json.loads(out.splitlines()[-1]) for out, _ in output]
    assert sorted(one["status"] for one in summaries) == ["completed", "skipped", "skipped"]
    for summary, (_, errors) in zip(summaries, output, strict=True):
        assert ("Skipped: process" in errors) == (summary["status"] == "skipped")
    assert most_at_once(site) <= limit
    assert story_visits(site) == dict.fromkeys(site.story_paths, 1)
    assert run_statuses(one_feed["data_dir"]) == [("ingest", "completed")]


def test_an_ingest_is_skipped_while_another_runs(wirehouse, settings, site):
    lock = settings["data_dir"] / "state" / "fetch.lock"
    with another_process(hold_lock, lock, "ingest") as holder:
        skipped = wirehouse("ingest", "--json", **settings)
        assert summary_of(skipped)["status"] == "skipped"
        assert summary_of(skipped)["fetched"] == 0
        assert f"Skipped: process {holder.pid} (ingest) since 20" in skipped.stderr
        assert "WIREHOUSE_OVERLAP=wait" in skipped.stderr
        with get_client(sync_client=True) as client:
            [run] = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
        assert run.state
        assert (run.state.name, run.state.is_completed()) == ("Skipped", True)
        assert f"process {holder.pid}" in str(run.state.message)
        assert site.visits == []
        assert not (settings["data_dir"] / "raw").exists()

        Timer(1.0, holder.communicate, ["\n"]).start()
        started = time.monotonic()
        waited = wirehouse("ingest", "--json", **settings, overlap="wait")
    assert summary_of(waited)["inserted"] == STORIES
    assert time.monotonic() - started > 1
    assert run_statuses(settings["data_dir"]) == [("ingest", "completed")]


@pytest.mark.slow
def test_an_ingest_and_a_backfill_share_limits_and_stories(wirehouse, one_feed, site, tmp_path):
    limit = 4
    slow = one_feed | {"requests_per_second": limit}
    file = tmp_path / "urls.txt"
    file.write_text("\n".join(f"https://menafn.com{path}" for path in site.story_paths))
    backfill = wirehouse.command("backfill", "--urls", str(file), "--json", **slow).start()
    wait_for_visits(site, 1)
    ingest = summary_of(wirehouse("ingest", "--json", **slow))
    output, errors = backfill.communicate(timeout=200)
    assert backfill.returncode == 0, errors
    assert [ingest["status"], json.loads(output.splitlines()[-1])["status"]] == ["completed"] * 2
    assert story_visits(site) == dict.fromkeys(site.story_paths, 1)
    assert most_at_once(site) <= limit
    assert select(one_feed["data_dir"], "select count(*) from articles") == [(STORIES,)]


@pytest.mark.slow
def test_a_killed_run_leaves_its_turn_and_its_limit(wirehouse, one_feed, site):
    limit = 4
    slow = one_feed | {"requests_per_second": limit}
    with wirehouse.command("ingest", **slow).start() as first:
        wait_for_visits(site, 6)
        first.kill()
    assert summary_of(wirehouse("ingest", "--json", **slow))["status"] == "completed"
    assert most_at_once(site) <= limit
    assert select(one_feed["data_dir"], "select count(*) from articles") == [(STORIES,)]


@pytest.mark.slow
def test_an_ingest_and_a_reader_that_holds_the_warehouse_do_not_disturb_each_other(
    wirehouse, settings
):
    first = wirehouse("ingest", **settings | {"max_stories": 5})
    assert first.returncode == 0, first.stderr
    path = settings["data_dir"] / "warehouse.duckdb"
    with another_process(count_later, path, "articles") as reader:
        done = wirehouse("ingest", **settings)
        assert done.returncode == 0, done.stderr
        assert reader.communicate("go on\n") == ("5\n", "")
    assert select(settings["data_dir"], "select count(*) from articles") == [(STORIES,)]


@pytest.mark.slow
def test_a_late_run_names_the_writer_and_leaves_its_batches_to_the_next(wirehouse, site, settings):
    lock = settings["data_dir"] / "state" / "writer.lock"
    with another_process(hold_lock, lock) as holder:
        late = wirehouse("ingest", **settings, writer_wait_seconds=1)
        assert late.returncode == 1
        assert f"in use by process {holder.pid} since 20" in message_of(late)
        holder.communicate("\n")
    assert {*site.story_paths} <= set(site.paths)
    site.visits.clear()
    assert summary_of(wirehouse("ingest", "--json", **settings))["inserted"] == STORIES
    assert set(site.paths).isdisjoint(site.story_paths), "what was fetched is not fetched again"
    stories = "select count(*), count(distinct article_id) from captures where article_id > 0"
    assert select(settings["data_dir"], stories) == [(STORIES, STORIES)]
