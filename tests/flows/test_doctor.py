"""`wirehouse doctor` names what is broken and what to do, and changes nothing."""

import json
import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files

import duckdb
import pytest

from tasks import doctor
from tasks.core.known_listings import COUNTRY_FEEDS
from tasks.core.paths import DataPaths
from tasks.core.reports import Level
from tasks.core.settings import Settings
from tasks.warehouse.locks import exclusive_lock
from tests.flows.conftest import message_of
from tests.site.small import response

pytestmark = pytest.mark.prefect


def examined(wirehouse, settings, *options):
    done = wirehouse("doctor", "--json", *options, **settings)
    found = {one["subject"]: one for one in json.loads(done.stdout)["diagnoses"]}
    levels = {one["level"] for one in found.values()}
    assert done.returncode == ("FAIL" in levels)
    assert all(
        one["advice"] or "." in one["detail"] for one in found.values() if one["level"] != "OK"
    )
    return found


def files_of(data_dir):
    """What it holds; in a lock file stands only who had the lock last."""
    paths = [path for path in data_dir.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {path: path.read_bytes() for path in paths}


def test_a_sound_installation_is_ok_and_stays_as_it_is(wirehouse, known, site):
    before = files_of(known["data_dir"])
    done = wirehouse("doctor", **known)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("OK   ")] == []
    assert len(lines) == 13
    assert site.paths == ["/robots.txt", COUNTRY_FEEDS[0]] or site.paths == [COUNTRY_FEEDS[0]]
    assert files_of(known["data_dir"]) == before


def test_offline_nothing_is_requested(wirehouse, settings, site):
    found = examined(wirehouse, settings, "--offline")
    assert site.visits == []
    assert "feed" not in found


def _execute(settings, statement):
    with duckdb.connect(DataPaths(settings["data_dir"]).writer_file) as connection:
        connection.execute(statement)


def _lose_archive(settings, _site):
    for path in DataPaths(settings["data_dir"]).raw.rglob("*.gz"):
        path.write_bytes(path.read_bytes()[:-40])


def _block_folder(settings, _site):
    settings["data_dir"] = settings["data_dir"] / "warehouse.duckdb"


def _lie_about_time(_settings, site):
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

    async def respond(visit):
        await visit.respond(200, b"", Date=date)

    site.scripts["/robots.txt"] = respond


@pytest.mark.parametrize(
    ("subject", "level", "text", "breaks"),
    [
        ("archive", "FAIL", r"responses are lost; .*\.warc\.gz has no response at byte \d+ ", _lose_archive),
        ("data folder", "FAIL", r"warehouse\.duckdb is no folder", _block_folder),
        ("warehouse", "FAIL", "Update Wirehouse", lambda settings, _: _execute(
            settings, "insert into ops.migrations values (9999, 'later', '', now())")),
        ("warehouse", "WARN", r"1 migrations are to be applied, from \d+ on", lambda settings, _: _execute(
            settings, "delete from ops.migrations where version = (select max(version) from ops.migrations)")),
        ("memory", "WARN", "workers needs", lambda settings, _: settings.update(workers=100_000)),
        ("robots.txt", "FAIL", "its robots.txt could not be read", lambda _, site: site.replaced.update(
            {"/robots.txt": response(503)})),
        ("feed", "FAIL", "not-found", lambda _, site: site.replaced.update(
            {COUNTRY_FEEDS[0]: response(404)})),
        ("feed", "FAIL", "not-a-feed", lambda _, site: site.replaced.update(
            {COUNTRY_FEEDS[0]: response(200, b"<html>Sorry</html>")})),
        ("clock", "FAIL", r"3[56]\d\d s behind the site's", _lie_about_time),
    ],
)  # fmt: skip
def test_what_is_broken_is_named(wirehouse, known, site, subject, level, text, breaks):
    breaks(known, site)
    found = examined(wirehouse, known)[subject]
    assert (found["level"], bool(re.search(text, found["detail"]))) == (level, True), found


def test_who_holds_a_lock_is_named_and_the_site_is_left_to_a_run(wirehouse, known, site):
    with exclusive_lock(DataPaths(known["data_dir"]).fetch_lock, wait_seconds=0, flow="ingest"):
        found = examined(wirehouse, known)
    assert re.search(
        r"fetch\.lock is held by process \d+ \(ingest\) since", found["locks"]["detail"]
    )
    assert site.visits == []


def test_packages_are_those_of_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "duckdb==0.1 \\\n    --hash=sha256:0\nno-such-package==1 \\\nwindows-only==1 ; sys_platform == 'win32'\n"
    )
    found = doctor._packages(Settings(), lock)
    assert found.level is Level.FAIL
    assert re.fullmatch(r"no-such-package is missing; duckdb [\d.]+, not ==0\.1", found.detail)


def test_zone_data_of_the_system_that_are_wrong_are_noticed(tmp_path):
    zone = tmp_path / "America" / "New_York"
    zone.parent.mkdir()
    zone.write_bytes((files("tzdata") / "zoneinfo" / "Asia" / "Tokyo").read_bytes())
    try:
        zoneinfo.reset_tzpath(to=[tmp_path])
        zoneinfo.ZoneInfo.clear_cache()
        found = doctor._time_zone(Settings())
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
    assert (found.level, "differs from tzdata" in found.detail) == (Level.FAIL, True)


def test_wrong_settings_are_one_message(wirehouse):
    assert "WIREHOUSE_WORKER" in message_of(wirehouse("doctor", worker=1))
