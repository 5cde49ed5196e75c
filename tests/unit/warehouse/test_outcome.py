"""How a run ends is judged by what it got, few stories together with those of earlier runs."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tasks.warehouse.outcome import judge_run
from tasks.warehouse.runs import begin_run
from tasks.warehouse.writer import writer
from tests.sql.records import (
    FEED,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_listing_entry,
    make_reject,
    make_run,
    make_validators,
    stage,
)


@pytest.fixture
def run_over(data_dir, tmp_path):
    """Loads what a run got of stories, by number: their reject reasons, or None; how it ended."""
    runs = count()

    def load_and_judge(stories, *, flow="ingest", listed=True):
        at = datetime.now(UTC)
        run = make_run(data_dir, f"{at:%Y%m%dT%H%M%SZ}-{next(runs):06x}", started_at=at, flow=flow)
        at += timedelta(milliseconds=1)
        tables: dict[str, list[Any]] = {
            "captures": [],
            "articles": [],
            "rejects": [],
            "listing_entries": [],
        }
        for number, reason in stories.items():
            key = {"article_id": STORY + number, "run_id": run.run_id}
            capture_id = f"{run.run_id} {number}"
            tables["captures"].append(make_capture(**key, capture_id=capture_id, fetched_at=at))
            if listed:
                tables["listing_entries"].append(make_listing_entry(**key))
            if reason:
                url = f"https://menafn.com/{STORY + number}/"
                given = {"stage": "fetch", "reason": reason, "url": url, "rejected_at": at}
                tables["rejects"].append(make_reject(**key, **given))
            else:
                tables["articles"].append(make_article(**key, capture_id=capture_id, seen_at=at))
        with writer(run.paths, wait_seconds=0) as connection:
            load_batch(connection, stage(tmp_path / f"{run.run_id}-1", **tables), run_id=run.run_id)
            status, detail = judge_run(connection, run)
        return f"{status}: {detail}" if detail else str(status)

    return load_and_judge


def all_of(reason, *numbers):
    return dict.fromkeys(numbers, reason)


def test_a_few_refused_stories_are_no_news_until_five_have_followed_each_other(run_over):
    ends = [run_over(all_of("forbidden", first, first + 1)) for first in (1, 3, 5)]
    six = "6 of 6 stories could not be read (forbidden 6)"
    assert ends == ["completed", "completed", f"degraded: {six}"]
    assert run_over({7: None}) == "completed"
    assert run_over(all_of("forbidden", 8, 9)) == "completed"


def test_stories_that_stay_broken_while_others_are_read_say_nothing_about_the_site(run_over):
    broken = all_of("server-error", *range(8))
    assert run_over(broken).startswith("degraded: 8 of 8")
    assert run_over(broken | all_of(None, *range(10, 20))) == "completed"
    assert run_over(broken) == "completed"
    assert run_over(broken | all_of("no-story", 30, 31, 32, 33, 34)) == (
        "degraded: 5 of 5 stories could not be read (no-story 5)"
    )


@pytest.mark.parametrize(
    ("refused", "read", "is_degraded"),
    [(4, 0, False), (5, 0, True), (5, 5, False), (6, 5, True), (50, 60, False)],
)
def test_most_stories_and_at_least_five_must_be_refused(run_over, refused, read, is_degraded):
    stories = all_of("no-story", *range(refused)) | all_of(None, *range(100, 100 + read))
    assert run_over(stories).startswith("degraded") is is_degraded


@pytest.mark.parametrize("reason", ["not-found", "gone", "redirected-away"])
def test_a_missing_story_counts_only_where_a_listing_shows_it(run_over, reason):
    missing = all_of(reason, *range(20))
    assert run_over(missing, listed=False) == "completed"
    assert run_over(missing, flow="backfill") == "completed"
    assert run_over(missing).startswith("degraded: 20 of 20")


def test_what_robots_txt_forbids_is_no_refusal(run_over):
    assert run_over(all_of("robots-forbids", *range(20))) == "completed"


def test_of_stories_that_a_person_names_each_one_counts(run_over):
    assert run_over({1: "forbidden"}, flow="backfill").startswith("degraded: 1 of 1")
    assert run_over({1: "forbidden", 2: None}, flow="backfill") == "completed"
    assert run_over({1: "forbidden"}, flow="backfill").startswith("degraded: 1 of 1")


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_run_that_polled_and_got_nothing_has_failed(data_dir, tmp_path, is_shown):
    run = make_run(data_dir, started_at=datetime.now(UTC))
    tables = {"captures": [make_capture(article_id=None, url=FEED)]}
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, stage(tmp_path / "one-1", **tables), run_id=run.run_id)
        if is_shown:
            connection.execute(
                "insert into listing_validators values (?, null, null, now())", [FEED]
            )
        status, detail = judge_run(connection, run)
    expected = (
        ("completed", None) if is_shown else ("failed", "1 of 1 feeds gave nothing (empty 1)")
    )
    assert (status, detail) == expected


def test_a_run_that_polled_what_was_due_is_judged_with_the_polls_before(data_dir, tmp_path):
    """One feed of three that is refused is no refusal of the site; two of them are."""
    feeds = [f"{FEED}?{number}" for number in range(3)]
    began = datetime.now(UTC) - timedelta(hours=3)
    ends = []
    for number, refused in enumerate(([], feeds[:1], feeds[1:2], feeds[2:])):
        started_at = began + timedelta(hours=number / 2)
        run = make_run(data_dir, f"run-{number}", started_at=started_at, feeds=feeds)
        at: dict[str, Any] = {"run_id": run.run_id, "article_id": None}
        tables: dict[str, list[Any]] = {
            "captures": [
                make_capture(**at, url=url, capture_id=f"{number} {url}", fetched_at=started_at)
                for url in refused or feeds
            ],
            "rejects": [
                make_reject(**at, url=url, stage="discover", rejected_at=started_at)
                for url in refused
            ],
            "listing_validators": [
                make_validators(url=url, checked_at=started_at) for url in feeds if not refused
            ],
        }
        with writer(run.paths, wait_seconds=0) as connection:
            begin_run(connection, run)
            load_batch(connection, stage(tmp_path / f"b-{number}", **tables), run_id=run.run_id)
            ends.append(str(judge_run(connection, run)[0]))
    assert ends == ["completed", "completed", "degraded", "failed"]
