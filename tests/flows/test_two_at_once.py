"""Runs and readers at the same time: no error for anyone, no row lost or doubled."""

import pytest

from tests.flows.conftest import message_of, select, summary_of
from tests.site.small import STORIES
from tests.unit.warehouse.other_process import another_process, count_later, hold_lock

pytestmark = pytest.mark.prefect


@pytest.fixture
def settings(settings):
    return settings | {"batch_pages": 5}


def test_two_ingests_that_start_together_give_what_one_gives(wirehouse, settings, tmp_path):
    alone = settings | {"data_dir": tmp_path / "alone"}
    command = wirehouse.command("ingest", **settings)
    both = [command.start() for _ in range(2)]
    summary_of(wirehouse("ingest", "--json", **alone))
    output = [process.communicate(timeout=200) for process in both]

    assert [process.returncode for process in both] == [0, 0], output
    together, separate = (wirehouse("digest", **given) for given in (settings, alone))
    assert together.stdout == separate.stdout
    assert select(settings["data_dir"], "select count(*) from articles") == [(STORIES,)]


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
