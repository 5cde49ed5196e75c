"""What an operator or the site does wrong ends in one clear message or a reject, never in loss."""

import resource
from datetime import UTC, datetime

import pytest

from tasks.core.paths import DataPaths
from tasks.core.urls import story_id
from tests.flows.conftest import message_of, select
from tests.site.small import STORIES, response
from tests.sql.records import make_capture, stage

pytestmark = pytest.mark.prefect


def test_a_wrong_setting_is_named_and_nothing_is_done(wirehouse):
    done = wirehouse("ingest", worker=2)
    assert done.returncode == 2
    assert "WIREHOUSE_WORKER" in message_of(done)
    assert "Did you mean WIREHOUSE_WORKERS?" in done.stderr


def test_an_unreachable_site_is_named(wirehouse, tmp_path):
    address = "http://site.invalid"
    done = wirehouse("ingest", base_url=address, data_dir=tmp_path, attempts=1)
    assert done.returncode == 1
    assert address in message_of(done)


def test_what_is_no_feed_and_no_story_is_a_reject_and_the_rest_is_read(wirehouse, site, settings):
    feed = "/rss/menafn_Yemen.xml"
    bodies = {
        "empty-body": (b"", "text/html"),
        "not-html": (b"%PDF-1.7 not a page", "application/pdf"),
        "no-story": (b"<html><p>Hello</p></html>", "text/html; charset=nonsense-8"),
        "too-large": (b"<html>" + b"<p>padding</p>" * (50 << 20 >> 4), "text/html"),
    }
    paths = dict(zip(bodies, site.story_paths, strict=False))
    for reason, (body, content_type) in bodies.items():
        site.replaced[paths[reason]] = response(200, body, content_type)
    site.replaced[feed] = response(200, b"<html>Sorry</html>", "text/html")

    done = wirehouse("ingest", **settings)

    assert done.returncode == 0, done.stderr
    rejects = select(settings["data_dir"], "select reason, url from rejects")
    expected = {"not-a-feed": feed} | paths
    assert dict(rejects) == {
        reason: f"https://menafn.com{path}" for reason, path in expected.items()
    }
    loaded = select(settings["data_dir"], "select count(*) from articles")
    assert loaded == [(STORIES - len(bodies),)]


@pytest.mark.slow
def test_a_full_disk_is_one_message_and_the_next_run_continues(wirehouse, settings):
    def allow_no_file_over_100_kb():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    command = wirehouse.command("ingest", **settings)
    # Python would leave compiled modules cut short, and every later process would load them.
    env = {"PYTHONDONTWRITEBYTECODE": "1"}
    with command.start(preexec_fn=allow_no_file_over_100_kb, env=env) as full:
        _, stderr = full.communicate(timeout=240)

    assert full.returncode == 1
    assert "Traceback" not in stderr
    assert stderr.count("wirehouse: ") == 1, stderr
    assert wirehouse("ingest", **settings).returncode == 0
    assert select(settings["data_dir"], "select count(*) from articles") == [(STORIES,)]


@pytest.mark.slow
def test_a_batch_that_cannot_be_loaded_is_set_aside_and_a_rebuild_loads_its_pages(
    wirehouse, site, settings
):
    paths = DataPaths(data_dir=settings["data_dir"])
    assert wirehouse("ingest", **settings | {"max_stories": 6}).returncode == 0
    lost_path = next(path for path in site.story_paths if path not in site.paths)
    site.visits.clear()
    folder = paths.staged / "20260101T000000Z-0a1b2c-00001"
    lost = make_capture(article_id=story_id(lost_path), status=3_000_000_000)
    stage(folder, captures=[lost])

    done = wirehouse("ingest", **settings)

    assert done.returncode == 1
    assert "1 batches could not be loaded and were set aside" in done.stderr
    assert f"A batch was set aside, and the others are loaded: {folder.name}" in done.stderr
    assert lost_path not in site.paths, "its stories count as fetched"
    loaded = "select count(*) from articles"
    assert select(settings["data_dir"], loaded) == [(STORIES - 1,)]
    assert folder.name in wirehouse("status", **settings).stdout
    assert wirehouse("rebuild", **settings).returncode == 0
    assert not paths.quarantine.exists()


@pytest.mark.slow
def test_one_absurd_id_in_a_feed_is_an_article_and_moves_nothing_else(wirehouse, site, known):
    settings = known
    views = "select * from ops.id_sequence"
    before = select(settings["data_dir"], views)
    feed, absurd = "/rss/menafn_Yemen.xml", "1999999991"
    story, own_id = site.response(site.story_paths[0]), site.story_paths[0].split("/")[1]
    item = f"<item><title>Forged</title><link>https://menafn.com/{absurd}/Forged</link></item>"
    shown = f"<rss><channel>{item}</channel></rss>".encode()
    site.replaced[feed] = response(200, shown, "application/rss+xml")
    forged = story.body.replace(own_id.encode(), absurd.encode())
    site.replaced[f"/{absurd}/Forged"] = response(200, forged)

    assert wirehouse("ingest", **settings).returncode == 0

    stories = "select count(*), max(article_id) from articles"
    assert select(settings["data_dir"], stories) == [(STORIES + 1, int(absurd))]
    assert select(settings["data_dir"], views) == before
    years = "select max(year(published_date)) from coverage_by_day"
    assert select(settings["data_dir"], years) <= [(datetime.now(UTC).year,)]
    gaps = "select count(*) from feed_gaps where last_id - first_id > 10000000"
    assert select(settings["data_dir"], gaps) == [(0,)]
    site.visits.clear()
    wirehouse("backfill", "--gaps", "--max-stories", "5", **settings)
    ids = [int(path.split("/")[1]) for path in site.paths if path != "/robots.txt"]
    assert ids
    assert max(ids) < before[0][1]
