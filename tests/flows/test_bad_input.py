"""What an operator or the site does wrong ends in one clear message or a reject, never in loss."""

import resource

import duckdb
import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.writer import writer
from tests.flows.conftest import message_of, select
from tests.prefect_server import free_port
from tests.site.small import STORIES, response

pytestmark = pytest.mark.prefect


def test_a_wrong_setting_is_named_and_nothing_is_done(wirehouse):
    done = wirehouse("ingest", worker=2)

    assert done.returncode == 2
    assert "WIREHOUSE_WORKER" in message_of(done)
    assert "Did you mean WIREHOUSE_WORKERS?" in done.stderr


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}", "http://site.invalid"])
def test_an_unreachable_site_is_named(wirehouse, tmp_path, address):
    address = address.format(free_port())

    done = wirehouse("ingest", base_url=address, data_dir=tmp_path, attempts=1)

    assert done.returncode == 1
    assert address in message_of(done)


def test_a_site_that_is_down_is_sent_no_further_request(wirehouse, site, settings):
    site.replaced["*"] = response(503)

    done = wirehouse("ingest", **settings)

    assert done.returncode == 1
    message_of(done)
    assert set(site.paths) == {"/robots.txt"}


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


def test_a_warehouse_of_a_newer_version_is_refused(wirehouse, settings):
    paths = DataPaths(data_dir=settings["data_dir"])
    with writer(paths, wait_seconds=0):
        pass
    with duckdb.connect(paths.writer_file) as newer:
        newer.execute("insert into migrations values (9999, 'later', '', now())")

    done = wirehouse("ingest", **settings)

    assert done.returncode == 1
    assert "Update Wirehouse" in message_of(done)


def test_a_full_disk_is_one_message_and_the_next_run_continues(wirehouse, settings):
    def allow_no_file_over_100_kb():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    command = wirehouse.command("ingest", **settings)
    with command.start(preexec_fn=allow_no_file_over_100_kb) as full:
        _, stderr = full.communicate(timeout=240)

    assert full.returncode == 1
    assert "Traceback" not in stderr
    assert stderr.count("wirehouse: ") == 1, stderr
    assert wirehouse("ingest", **settings).returncode == 0
    assert select(settings["data_dir"], "select count(*) from articles") == [(STORIES,)]
