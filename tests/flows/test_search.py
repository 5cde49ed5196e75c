"""`wirehouse search`: its filters, its snippets, and one message for each mistake."""

import json

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.core.records import EntityType
from tasks.warehouse.publish import publish_file
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_article,
    make_mention,
    stage,
)

LONG, LATER, ARABIC = STORY, STORY + 1, STORY + 2
BODY = " ".join(
    ["Nothing here."] * 40 + ["A (bridge) at Lusail, two bridges. \x1b[2J"] + ["End."] * 40
)


@pytest.fixture(scope="module")
def data_dir(new_warehouse):
    paths = new_warehouse()
    articles = [
        make_article(article_id=LONG, title="Long", body=BODY, capture_id="long"),
        make_article(
            article_id=LATER,
            body="The old bridge reopens.",
            capture_id="later",
            provider="Gulf Times",
            page_at=SEEN_AT.replace(day=11, hour=23),
        ),
        make_article(
            article_id=ARABIC, language="ar", body="افتتح الجسر.", title="جسر", capture_id="arabic"
        ),
    ]
    start = BODY.index("Lusail")
    lusail = make_mention(
        article_id=LONG, body=BODY, name="Lusail", type=EntityType.PLACE, entity_id="place:lusail",
        surface="Lusail", start_char=start, end_char=start + 6,
    )  # fmt: skip
    batch = stage(paths.data_dir / "batch", articles=articles, mentions=[lusail])
    with writer(paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish_file(paths.writer_file, paths)
    return paths.data_dir


@pytest.fixture
def search(data_dir):
    def run(*arguments):
        settings = {"WIREHOUSE_DATA_DIR": str(data_dir)}
        return CliRunner().invoke(app, ["search", *arguments], env=settings)

    return run


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("bridge", {LONG, LATER}),
        ("جسر", {ARABIC}),
        ("bridge --limit 1", {LATER}),
        ("bridge --limit 0", {LONG, LATER}),
        ("old bridge", {LATER}),
        ("bridge --since 2025-08-12", {LONG}),
        ("bridge --until 2025-08-11", {LATER}),
        ("bridge --since 2025-08-11 --until 2025-08-12", {LONG, LATER}),
        ("bridge --provider gulf", {LATER}),
        ("bridge --provider KUNA", {LONG}),
        ("bridge --language EN", {LONG, LATER}),
        ("bridge --language ar", set()),
        ("bridge --place LUSAIL", {LONG}),
        ("bridge --entity place:lusail", {LONG}),
        ("bridge --place Nowhere", set()),
        ("bridge --entity '", set()),
        ("bridge --provider ';", {LONG, LATER}),
        ("zebra", set()),
    ],
)
def test_filters_are_of_the_story(search, arguments, found):
    done = search(*arguments.split(" "), "--format", "json")
    assert {row["article_id"] for row in json.loads(done.stdout)} == found
    assert done.exit_code == 0
    assert ("No story has all of this." in done.stderr) == (not found)
    assert ("The best 1 of 2 stories" in done.stderr) == ("--limit 1" in arguments)


def test_a_snippet_is_where_the_words_are(search):
    (row,) = json.loads(search("bridge", "--place", "Lusail", "--format", "json").stdout)
    assert row["title"] == "Long"
    assert "… " in row["snippet"]
    assert "A (**bridge**) at Lusail, two **bridges**." in row["snippet"]
    assert len(row["snippet"].split()) <= 32
    shown = search("bridge").stdout
    assert "**bridge**" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bridge", "--since", "yesterday"], "does not match the format"),
        (["bridge", "--since", "2025-02-30"], "does not match the format"),
        (["bridge", "--since", "2025-08-13", "--until", "2025-08-12"], "is after --until"),
        (["bridge", "--limit", "-1"], "--limit"),
        ([], "QUERY"),
    ],
)
def test_a_mistake_is_one_message(search, arguments, message):
    done = search(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
