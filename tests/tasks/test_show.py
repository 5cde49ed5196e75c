"""One story in full, and why there is none."""

import pytest

from tasks.core.errors import StorageError, UsageError
from tasks.core.settings import Settings
from tasks.matchers import MATCHERS
from tasks.show import compare_words, read_page, select_story
from tasks.warehouse.erase import remove_stories
from tasks.warehouse.publish import publish_file
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_capture,
    make_figure,
    make_listing_entry,
    make_mention,
    make_reject,
    make_run,
    stage,
)

PENDING, REJECTED, DELETED, UNKNOWN = STORY + 1, STORY + 2, STORY + 3, STORY + 4
REVISED = "The ministry opened a wide bridge.\nIt is long."


@pytest.fixture(scope="module")
def settings(new_warehouse):
    run = make_run(new_warehouse().data_dir)
    first: dict[str, list[object]] = {
        "articles": [make_article(), make_article(article_id=DELETED, capture_id="d")],
        "captures": [make_capture()],
        "listing_entries": [make_listing_entry(article_id=PENDING)],
        "rejects": [make_reject(article_id=REJECTED)],
    }
    revised = make_article(body=REVISED, capture_id="c2", seen_at=SEEN_AT.replace(hour=12))
    second: dict[str, list[object]] = {
        "articles": [revised],
        "captures": [make_capture(capture_id="c2", fetched_at=SEEN_AT.replace(hour=12))],
        "mentions": [make_mention(body=REVISED)],
        "article_figures": [make_figure(body=REVISED)],
    }
    with writer(run.paths, wait_seconds=0) as connection:
        for number, batch in enumerate((first, second)):
            folder = stage(run.paths.staged / f"{RUN_ID}-{number}", **batch)
            load_batch(connection, folder, run_id=RUN_ID)
        remove_stories(connection, [DELETED], reason="a request", now=SEEN_AT, matchers=MATCHERS)
    publish_file(run.paths.writer_file, run.paths)
    return run.settings


def test_a_story_has_its_changes_names_figures_and_records(settings):
    story = select_story(settings, STORY)
    assert (story.facts["body"], story.facts["warc_offset"]) == (REVISED, 0)
    (revision,) = story.revisions
    assert (revision.version, revision.title) == (2, (("equal", "A bridge opens"),))
    assert revision.body[1:2] == (("insert", "wide "),)
    assert [row[0] for row in story.names.rows] == ["Ministry"]
    assert [row[2] for row in story.figures.rows] == ["5 KWD"]
    assert [row[-1] for row in story.captures.rows] == ["capture-1", "c2"]


@pytest.mark.parametrize(
    ("article_id", "message"),
    [
        (PENDING, f"There is no text of story {PENDING}. It is pending since 2025-08-12 09:00 UTC"),
        (REJECTED, f"There is no text of story {REJECTED}. It is missing since .* UTC: .+"),
        (DELETED, f"Story {DELETED} was deleted by wirehouse forget: a request."),
        (UNKNOWN, f"There is no story {UNKNOWN} here"),
    ],
)
def test_why_there_is_no_story_is_one_line(settings, article_id, message):
    with pytest.raises(UsageError, match=message) as caught:
        select_story(settings, article_id)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "No such file"), (b"no archive", "has no readable page at byte 0")],
)
def test_a_page_that_the_archive_has_lost_is_an_error(settings, content, message):
    story = select_story(settings, STORY)
    path = settings.data_dir / story.facts["warc_path"]
    if content:
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    with pytest.raises(StorageError, match=message):
        read_page(settings, story)


def test_before_the_first_ingest_the_error_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="wirehouse ingest"):
        select_story(Settings(data_dir=tmp_path), STORY)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "", ()),
        ("one two", "one two", (("equal", "one two"),)),
        ("one two three", "one 2 three",
         (("equal", "one "), ("delete", "two "), ("insert", "2 "), ("equal", "three"))),
        ("one\ntwo", "one\nand\ntwo", (("equal", "one\n"), ("insert", "and\n"), ("equal", "two"))),
        ("افتتح الجسر", "افتتح النفق", (("equal", "افتتح "), ("delete", "الجسر"), ("insert", "النفق"))),
        ("word " * 4000, "word " * 4001,
         (("delete", "word " * 4000), ("insert", "word " * 4001))),
    ],
)  # fmt: skip
def test_words_are_compared(old, new, parts):
    assert compare_words(old, new) == parts
