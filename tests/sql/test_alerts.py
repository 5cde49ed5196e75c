"""Alerts over weeks of polls: each fault opens its own and no other, and quiet weeks open none."""

import shutil
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from tasks.core.alert_limits import ALERT_RULES
from tasks.core.paths import DataPaths
from tasks.warehouse.alerts import RULES, check_health, free_bytes, open_alerts
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import writer
from tests.sql.alert_history import FEEDS, ROBOTS, START, History, feed_url
from tests.sql.records import make_run

BEGUN = START + timedelta(days=21, hours=8)  # a Monday morning, after three weeks


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three quiet weeks."""
    paths = DataPaths(tmp_path_factory.mktemp("history"))
    with writer(paths, wait_seconds=0) as connection:
        history = History(connection, paths)
        while history.now < BEGUN:
            history.poll()
        assert history.evaluate() == set()
    return paths


@pytest.fixture
def history(made, tmp_path):
    paths = DataPaths(tmp_path / "data")
    paths.state.mkdir(parents=True)
    shutil.copyfile(made.writer_file, paths.writer_file)
    with writer(paths, wait_seconds=0) as connection:
        yield History(connection, paths, BEGUN)


@pytest.mark.parametrize(
    ("fault", "rule", "subject", "opens_within", "closes_within"),
    [
        ("failing run", "run_failing", "ingest", 1, 1),
        ("empty Yemen", "feed_unusable", feed_url("Yemen"), 2, 2),
        ("broken Kuwait", "feed_repaired", feed_url("Kuwait"), 2, 2),
        ("silent Kuwait", "feed_silent", feed_url("Kuwait"), 12, 1),
        ("layouts", "layouts_unknown", "pages", 2, 6),
        ("rejects", "rejects", "results", 3, 6),
        ("coverage", "coverage", "figures", 3, 4),
        ("revisions", "revisions_stopped", "revisions", 11, 2),
        ("quiet", "volume", "all stories", 9, 8),
        # that it has changed is news for a day
        ("robots", "robots_changed", ROBOTS, 1, 49),
    ],
)
def test_a_fault_opens_an_alert_once_and_its_end_closes_it(
    history, fault, rule, subject, opens_within, closes_within
):
    for _ in range(opens_within - 1):
        history.poll([fault])
    assert (rule, subject) not in history.evaluate()
    for _ in range(2):
        history.poll([fault])
        assert (rule, subject) in history.evaluate()
    for _ in range(closes_within):
        history.poll([fault] if fault == "robots" else [])
    assert (rule, subject) not in history.evaluate()
    assert history.count_alerts(rule, subject) == 1


def test_every_run_measures_anew_so_that_the_next_one_opens_what_crossed_its_threshold(history):
    values = []
    for _ in range(13):
        history.poll(["silent Kuwait"], after=timedelta(minutes=5))
        history.evaluate()
        (silence,) = (
            row for row in rows_of(history, "feed_silent") if row[0] == feed_url("Kuwait")
        )
        values.append(silence[1])
        until = history.now - timedelta(minutes=3)  # the run's start
        for subject, _, detail in rows_of(history, "volume"):
            hours = int(detail.partition(" in ")[2].split()[0])
            count = history.connection.table("articles").filter(
                f"'{subject}' in ('all stories', provider) and published_at < '{until}' "
                f"and published_at >= '{until - timedelta(hours=hours)}'"
            )
            assert detail.startswith(f"{len(count)} stories")
    steps = [after - before for before, after in pairwise(values)]
    assert all(0.02 < step < 0.15 for step in steps), "and never the whole of an hour at once"


def rows_of(history, rule):
    parameters = {"feeds": [feed_url(name) for name in FEEDS], "now": history.now}
    return run_file(history.connection, f"alerts/{rule}.sql", **parameters).fetchall()


def test_a_disk_that_fills_opens_an_alert_and_a_week_without_closes_it(history):
    history = History(history.connection, history.run.paths, BEGUN, alert_thresholds=())
    history.connection.execute("delete from measurements")
    run_file(
        history.connection, "admin/record_measurements.sql", run_id="3 days ago",
        now=history.now - timedelta(days=3), names=["disk_free_bytes"],
        values=[1.5 * free_bytes(history.run.paths)],
    )  # fmt: skip
    history.poll()
    assert ("disk", "disk") in history.evaluate(), "some six days are left"
    history.now += timedelta(days=5)
    history.poll()
    assert ("disk", "disk") not in history.evaluate()
    assert history.count_alerts("disk", "disk") == 1


def test_an_alert_that_gets_worse_is_critical_and_still_the_same(history):
    for _ in range(5):
        history.poll(["failing run"])
        history.evaluate()
    worst, stale = open_alerts(history.connection)
    assert (worst.rule, worst.severity, stale.rule) == ("run_failing", "critical", "last_run")
    assert worst.detail == "run 20260928T103000Z-000000 is failed"
    assert history.count_alerts("run_failing", "ingest") == 1


def test_an_alert_about_a_threshold_is_not_opened_again_and_again(history):
    for seconds in (61, 59, 62, 58):
        history.poll()
        assert history.evaluate(clock_skew_seconds=seconds) == {("clock_skew", "clock")}
    history.poll()
    assert history.evaluate(clock_skew_seconds=50) == set()
    assert history.count_alerts("clock_skew", "clock") == 1


@pytest.mark.parametrize(
    ("free", "value"),
    [(100e9, 50.0), (10e9, 5.0), (0.1e9, 0.0)],
)
def test_the_days_until_the_disk_is_full_go_by_the_last_week(history, free, value):
    history.connection.execute("delete from measurements")  # of the disk of this machine
    for days in range(8):
        measured_at = history.now - timedelta(days=days)
        run_file(
            history.connection, "admin/record_measurements.sql", run_id=str(days), now=measured_at,
            names=["disk_free_bytes"], values=[free + days * 2e9],
        )  # fmt: skip
    row = run_file(
        history.connection, "alerts/disk.sql", now=history.now, free_bytes=free, warehouse_bytes=0
    ).fetchone()
    assert row
    assert row[1] == pytest.approx(value)
    assert f"{free / 1024**3:.1f} GiB free, 1.86 GiB a day" in row[2]


def test_thresholds_are_the_operators(history):
    limits = {"alert_thresholds": ("disk=20000", "run_failing=off", "clock_skew=1:2")}
    history = History(history.connection, history.run.paths, BEGUN, **limits)
    history.poll(["failing run"])
    opened = history.evaluate(clock_skew_seconds=-2)
    assert opened == {("disk", "disk"), ("clock_skew", "clock")}
    severities = {alert.rule: alert.severity for alert in open_alerts(history.connection)}
    assert severities == {"disk": "warning", "clock_skew": "critical"}


def test_without_history_nothing_is_judged(data_dir):
    paths = DataPaths(data_dir)
    with writer(paths, wait_seconds=0) as connection:
        history = History(connection, paths)
        for _ in range(5):
            history.poll(["silent Kuwait", "quiet", "revisions", "coverage"])
            assert history.evaluate() == set()


def test_a_schedule_that_has_stopped_is_noticed_by_asking(made, tmp_path):
    settings = make_run(tmp_path / "none").settings
    assert str(check_health(settings)) == "UNKNOWN: there is no warehouse of this version yet"
    settings = make_run(made.data_dir).settings
    health = check_health(settings, now=BEGUN + timedelta(minutes=40))
    assert (str(health), health.exit_status) == ("OK: no open alert", 0)
    health = check_health(settings, now=BEGUN + timedelta(hours=3))
    found = "last_run of ingest: the last one ended at 2026-09-28 08:00 UTC, and one is usual every"
    assert (str(health), health.exit_status) == (f"WARNING: {found} 30 minutes", 1)
    health = check_health(settings, now=BEGUN + timedelta(hours=13))
    assert str(health).startswith("CRITICAL: last_run of ingest: ")
    assert "; newest_story of all stories: the newest is of 2026-09-28 07:" in str(health)
    assert health.exit_status == 2


def test_every_rule_is_a_seed_and_a_setting(history):
    seeds = history.connection.execute("select rule from alert_rules order by all").fetchall()
    assert tuple(rule for (rule,) in seeds) == RULES == ALERT_RULES


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [[30], [5, 120, 15, 60]])
def test_three_quiet_weeks_open_nothing(history, minutes):
    choose = Random(5)
    while history.now < BEGUN + timedelta(weeks=3):
        for _ in range(4):
            history.poll(after=timedelta(minutes=choose.choice(minutes)))
        assert history.evaluate(clock_skew_seconds=1.0) == set()
