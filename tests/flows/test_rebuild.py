"""A warehouse that is rebuilt from the archive is the one that the ingests made, row for row."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.archive.sample_site import RecordedResponse
from tasks.core.settings import COUNTRY_FEEDS
from tests.flows.conftest import ROOT, Wirehouse
from tests.site.small import STORIES, SmallSite, response, small_site

pytestmark = pytest.mark.prefect

PASSING_FEED = "/rss/passing.xml"
OF_THE_RUN = {"runs", "loads", "applied_files", "migrations"}
"""Tables of clocks; what they say of a rebuild is its own."""


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("wire")) as served:
        yield served


@pytest.fixture(scope="module")
def made(
    wire: SmallSite, wirehouse: Wirehouse, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The settings of a data folder that two ingests have filled, with a revision in between."""
    settings = {
        "base_url": wire.base_url,
        "data_dir": tmp_path_factory.mktemp("made") / "data",
        "requests_per_second": 0,
        "attempts": 1,
        "batch_pages": 5,
        "feeds": ",".join((*COUNTRY_FEEDS, PASSING_FEED)),
    }
    wire.replaced[wire.story_paths[1]] = response(404)
    wire.replaced[wire.story_paths[2]] = response(200, b"<html><p>Hello</p></html>")
    first_id = int(wire.story_paths[0].split("/")[1])
    wire.replaced[PASSING_FEED] = feed_of(wire.story_paths[0])
    assert wirehouse("ingest", **settings).returncode == 0
    # nothing in common with the poll before: two ids were passed by
    wire.replaced[PASSING_FEED] = feed_of(f"/{first_id + 3}/One")
    page = wire.response(wire.story_paths[3])
    assert page is not None
    revised = page.body.replace(b"</h1>", b" Again</h1>")
    assert revised != page.body
    wire.replaced[wire.story_paths[3]] = response(200, revised)  # and no validators of the old text
    again = wirehouse("ingest", **settings, recheck_interval_hours=0)
    assert again.returncode == 0, again.stderr
    return settings


def feed_of(path: str) -> RecordedResponse:
    item = f"<item><title>One</title><link>{path}</link></item>"
    return response(200, f"<rss><channel>{item}</channel></rss>".encode(), "text/xml")


@pytest.fixture
def settings(made: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """A copy of it that a test may spoil; nobody is at the wire's address any more."""
    shutil.copytree(made["data_dir"], tmp_path / "data")
    return made | {"data_dir": tmp_path / "data", "base_url": "http://127.0.0.1:1"}


def differences(one: Path, other: Path) -> dict[str, int]:
    """Rows of either published warehouse that the other lacks, by table."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one / 'warehouse.duckdb'}' as one (read_only)")
        connection.execute(f"attach '{other / 'warehouse.duckdb'}' as other (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'one' and not internal"
        ).fetchall()
        return {
            name: len(
                connection.execute(
                    f"(from one.{name} except all from other.{name}) union all "
                    f"(from other.{name} except all from one.{name})"
                ).fetchall()
            )
            for (name,) in tables
            if name not in OF_THE_RUN
        }


def rows(data_dir: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.sql(question).fetchall()


def test_a_rebuild_equals_the_ingests_row_for_row_and_asks_the_wire_nothing(
    wirehouse: Wirehouse, wire: SmallSite, made: dict[str, Any], settings: dict[str, Any]
) -> None:
    wire.visits.clear()

    done = wirehouse("rebuild", "--json", **settings)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    summary = json.loads(done.stdout.splitlines()[-1])
    assert (summary["inserted"], summary["updated"]) == (STORIES - 2, 1)
    assert summary["not_modified"] > 0
    found = differences(made["data_dir"], settings["data_dir"])
    assert len(found) > 8
    assert not any(found.values()), found
    assert wire.paths == []
    windows = rows(settings["data_dir"], "select resolved_count, outcome from feed_gaps")
    assert windows == [(2, "nothing-missed")]
    flows = rows(settings["data_dir"], "select flow, status from runs order by started_at")
    assert flows == [("ingest", "completed")] * 2 + [("rebuild", "completed")]
    assert not (settings["data_dir"] / "state" / "rebuild").exists()


def test_a_rebuild_without_the_old_warehouse_lacks_only_what_had_no_answer(
    wirehouse: Wirehouse, made: dict[str, Any], settings: dict[str, Any]
) -> None:
    shutil.rmtree(settings["data_dir"] / "state")
    (settings["data_dir"] / "warehouse.duckdb").unlink()

    done = wirehouse("rebuild", **settings)

    assert done.returncode == 0, done.stderr
    found = differences(made["data_dir"], settings["data_dir"])
    assert {name for name, count in found.items() if count} <= {"rejects"}
    reasons = "select article_id, stage, reason from rejects order by all"
    assert rows(settings["data_dir"], reasons) == rows(made["data_dir"], reasons)


def test_a_rebuild_that_is_killed_leaves_the_old_warehouse_and_the_next_one_is_whole(
    wirehouse: Wirehouse, api_url: str, made: dict[str, Any], settings: dict[str, Any]
) -> None:
    data_dir = settings["data_dir"]
    writer = (data_dir / "state" / "writer.duckdb").read_bytes()
    variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(
        [Path(sys.executable).with_name("wirehouse"), "rebuild"],
        cwd=data_dir,
        env=os.environ | {"PREFECT_API_URL": api_url} | variables,
        start_new_session=True,
    ) as rebuilding:
        _await(data_dir / "state" / "rebuild" / "staged")
        os.killpg(rebuilding.pid, signal.SIGKILL)

    assert (data_dir / "state" / "writer.duckdb").read_bytes() == writer
    assert not any(differences(made["data_dir"], data_dir).values())

    assert wirehouse("rebuild", **settings).returncode == 0
    assert not any(differences(made["data_dir"], data_dir).values())


def test_an_archive_that_has_lost_a_file_is_not_rebuilt_from_unless_it_is_said(
    wirehouse: Wirehouse, made: dict[str, Any], settings: dict[str, Any]
) -> None:
    lost = sorted((settings["data_dir"] / "raw").rglob("*.warc.gz"))[1]
    lost.unlink()

    refused = wirehouse("rebuild", **settings)

    assert refused.returncode == 1
    assert lost.name in refused.stderr
    assert not any(differences(made["data_dir"], settings["data_dir"]).values())
    assert wirehouse("rebuild", "--accept-losses", **settings).returncode == 0


def test_a_rebuild_by_another_reader_changes_what_that_reads_differently_and_nothing_else(
    api_url: str, made: dict[str, Any], settings: dict[str, Any], tmp_path: Path
) -> None:
    program = tmp_path / "program"
    for name in ("flows", "sql", "tasks"):
        shutil.copytree(ROOT / name, program / name)
    (program / "data").mkdir()
    (program / "data" / "entities").symlink_to(ROOT / "data" / "entities")
    article = program / "tasks" / "pages" / "article.py"
    text = article.read_text(encoding="utf-8")
    line = "byline=opening.byline or story_byline(story),"
    assert line in text
    article.write_text(text.replace(line, "byline='Somebody Else',"), encoding="utf-8")
    variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
    subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "rebuild"],
        cwd=program,
        env=os.environ | {"PREFECT_API_URL": api_url} | variables,
        timeout=240,
        check=True,
    )
    found = differences(made["data_dir"], settings["data_dir"])
    assert {name for name, count in found.items() if count} == {"articles"}
    others = "select * exclude (byline) from articles order by article_id"
    assert rows(settings["data_dir"], others) == rows(made["data_dir"], others)
    assert rows(settings["data_dir"], "select distinct byline from articles") == [
        ("Somebody Else",)
    ]


def test_a_rebuild_does_not_bring_back_what_was_taken_down(
    wirehouse: Wirehouse, wire: SmallSite, settings: dict[str, Any], tmp_path: Path
) -> None:
    story = int(wire.story_paths[3].split("/")[1])
    assert wirehouse("forget", str(story), "--yes", **settings).returncode == 0
    shutil.copytree(settings["data_dir"], tmp_path / "before")

    done = wirehouse("rebuild", "--json", **settings)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["inserted"] == STORIES - 3
    found = differences(tmp_path / "before", settings["data_dir"])
    assert {name for name, count in found.items() if count} <= {"entities"}
    assert rows(settings["data_dir"], "select article_id from tombstones") == [(story,)]


def test_nothing_archived_is_nothing_to_rebuild(wirehouse: Wirehouse, tmp_path: Path) -> None:
    done = wirehouse("rebuild", data_dir=tmp_path)

    assert done.returncode == 2
    assert "no archive" in done.stderr


def test_another_recogniser_gives_what_a_rebuild_with_it_gives_and_reads_no_page(
    wirehouse: Wirehouse, made: dict[str, Any], settings: dict[str, Any], tmp_path: Path
) -> None:
    rebuilt = settings | {"data_dir": tmp_path / "rebuilt", "recogniser": "rules"}
    shutil.copytree(settings["data_dir"], rebuilt["data_dir"])
    assert wirehouse("rebuild", **rebuilt).returncode == 0
    shutil.rmtree(settings["data_dir"] / "raw")

    done = wirehouse("rebuild", "--entities", "--json", recogniser="rules", **settings)

    assert (done.returncode, done.stderr) == (0, "")
    summary = json.loads(done.stdout.splitlines()[-1])
    assert (summary["extracted"], summary["inserted"], summary["updated"]) == (0, 0, 0)
    found = differences(rebuilt["data_dir"], settings["data_dir"])
    assert {"mentions", "entities", "article_figures", "annotation_stamps"} < found.keys()
    assert not any(found.values()), found
    assert any(differences(made["data_dir"], settings["data_dir"]).values())
    by = "select distinct split_part(recogniser, '-', 1) from mentions order by 1"
    assert rows(settings["data_dir"], by) == [("gazetteer",), ("rules",)]


def test_the_same_recogniser_has_nothing_to_do_and_says_so(
    wirehouse: Wirehouse, made: dict[str, Any], settings: dict[str, Any]
) -> None:
    done = wirehouse("rebuild", "--entities", "--json", **settings)

    assert done.returncode == 0
    assert "nothing to do" in done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["mentions"] == 0
    assert not any(differences(made["data_dir"], settings["data_dir"]).values())


def test_finding_names_anew_can_be_cut_short_and_carried_on(
    wirehouse: Wirehouse, api_url: str, settings: dict[str, Any]
) -> None:
    data_dir = settings["data_dir"]
    settings = settings | {"recogniser": "none", "workers": 1}
    variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(
        [Path(sys.executable).with_name("wirehouse"), "rebuild", "--entities"],
        cwd=data_dir,
        env=os.environ | {"PREFECT_API_URL": api_url} | variables,
        start_new_session=True,
    ) as retelling:
        _await(data_dir / "state" / "read")
        os.killpg(retelling.pid, signal.SIGKILL)

    assert wirehouse("rebuild", "--entities", **settings).returncode == 0
    for table in ("mentions", "entities", "article_figures"):
        assert rows(data_dir, f"select count(*) from {table}") == [(0,)]
    told = "select distinct recogniser, figures_version from annotation_stamps"
    assert rows(data_dir, told) == [("none", 0)]
    assert wirehouse("rebuild", "--entities", "--accept-losses", **settings).returncode == 2


def test_a_damaged_model_is_told_once_and_the_rows_say_that_rules_stood_in(
    wire: SmallSite, api_url: str, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    for folder in ("flows", "tasks", "sql", "data/entities"):
        shutil.copytree(ROOT / folder, program / folder)
    with (program / "data" / "entities" / "tagger.crfsuite.xz").open("r+b") as model:
        model.seek(1000)
        model.write(b"damage")

    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "ingest"],
        cwd=program,
        env=os.environ
        | {
            "PREFECT_API_URL": api_url,
            "PYTHONPATH": str(program),
            "WIREHOUSE_BASE_URL": wire.base_url,
            "WIREHOUSE_REQUESTS_PER_SECOND": "0",
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr.count("is damaged") == 1
    assert "rebuild --entities" in done.stderr
    by = "select distinct split_part(recogniser, '-', 1) from annotation_stamps where recogniser not like 'gazetteer%'"
    assert rows(program / "data", f"{by}") == [("rules",)]


def _await(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until, f"{path} never came"
        time.sleep(0.01)
