"""A warehouse that is rebuilt from the archive is the one that the ingests made, row for row."""

import os
import shutil
import signal
import sys
import time
from dataclasses import replace

import duckdb
import pytest

from tasks.core.known_listings import COUNTRY_FEEDS
from tests.flows.conftest import ROOT, message_of, quick_settings, select, summary_of
from tests.site.small import STORIES, response

pytestmark = pytest.mark.prefect

PASSING_FEED = "/rss/passing.xml"
# Tables of clocks; a rebuild has its own.
OF_THE_RUN = {"runs", "loads", "measurements", "applied_files", "migrations"}
MAIN = (sys.executable, "-c", "from flows.cli import main; main()")


@pytest.fixture(scope="module")
def made(session_site, wirehouse, tmp_path_factory):
    """The settings of a data folder that two ingests have filled, with a revision in between."""
    site, first_path = session_site, session_site.story_paths[0]
    settings = quick_settings(site, tmp_path_factory.mktemp("made") / "data") | {
        "recogniser": "builtin",
        "batch_pages": 5,
        "feeds": ",".join((*COUNTRY_FEEDS, PASSING_FEED)),
    }
    site.replaced = {
        PASSING_FEED: feed_of(first_path),
        site.story_paths[1]: response(404),
        site.story_paths[2]: response(200, b"<html><p>Hello</p></html>"),
    }
    assert wirehouse("ingest", **settings).returncode == 0
    # Nothing in common with the poll before: two ids were missed.
    site.replaced[PASSING_FEED] = feed_of(f"/{int(first_path.split('/')[1]) + 3}/One")
    page = site.response(site.story_paths[3]).body
    revised = page.replace(b"</h1>", b" Again</h1>")
    assert revised != page
    site.replaced[site.story_paths[3]] = response(200, revised)  # without the old validators
    again = wirehouse("ingest", **settings, recheck_interval_hours=0)
    assert again.returncode == 0, again.stderr
    site.replaced.clear()
    return settings


def feed_of(path):
    item = f"<item><title>One</title><link>{path}</link></item>"
    return response(200, f"<rss><channel>{item}</channel></rss>".encode(), "text/xml")


@pytest.fixture
def settings(made, tmp_path):
    """A copy of it that a test may spoil; its site can't be reached any more."""
    shutil.copytree(made["data_dir"], tmp_path / "data")
    return made | {"data_dir": tmp_path / "data", "base_url": "http://127.0.0.1:1"}


def differences(one, other):
    """Rows of either published warehouse that the other lacks, by table."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one['data_dir'] / 'warehouse.duckdb'}' as one (read_only)")
        connection.execute(
            f"attach '{other['data_dir'] / 'warehouse.duckdb'}' as other (read_only)"
        )
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'one' and not internal"
        ).fetchall()
        return {
            name: len(
                connection.execute(
                    f"(from one.{schema}.{name} except all from other.{schema}.{name}) union all "
                    f"(from other.{schema}.{name} except all from one.{schema}.{name})"
                ).fetchall()
            )
            for schema, name in tables
            if name not in OF_THE_RUN
        }


def differing(one, other):
    return {name for name, count in differences(one, other).items() if count}


def test_a_rebuild_equals_the_ingests_row_for_row(wirehouse, made, settings):
    done = wirehouse("rebuild", "--json", **settings)
    assert done.stderr == ""
    summary = summary_of(done)
    assert (summary["inserted"], summary["updated"]) == (STORIES - 2, 1)
    assert summary["not_modified"] > 0
    assert len(differences(made, settings)) > 8
    assert differing(made, settings) == set()
    data_dir = settings["data_dir"]
    gaps = select(data_dir, "select resolved_count, outcome from feed_gaps")
    assert gaps == [(2, "nothing-missed")]
    flows = select(data_dir, "select flow, status from runs order by started_at")
    assert flows == [("ingest", "completed")] * 2 + [("rebuild", "completed")]
    assert not (data_dir / "state" / "rebuild").exists()


@pytest.mark.slow
def test_a_rebuild_without_the_old_warehouse_has_every_reject_by_its_last_response(
    wirehouse, made, settings
):
    shutil.rmtree(settings["data_dir"] / "state")
    (settings["data_dir"] / "warehouse.duckdb").unlink()
    done = wirehouse("rebuild", **settings)
    assert done.returncode == 0, done.stderr
    assert differing(made, settings) <= {"rejects"}
    reasons = "select article_id, stage, reason from rejects order by all"
    assert select(settings["data_dir"], reasons) == select(made["data_dir"], reasons)


@pytest.mark.slow
def test_an_archive_that_has_lost_a_file_is_rebuilt_only_when_losses_are_accepted(
    wirehouse, made, settings
):
    lost = sorted((settings["data_dir"] / "raw").rglob("*.warc.gz"))[1]
    lost.unlink()
    refused = wirehouse("rebuild", **settings)
    assert refused.returncode == 1
    assert lost.name in message_of(refused)
    assert differing(made, settings) == set()
    assert wirehouse("rebuild", "--accept-losses", **settings).returncode == 0


def copy_program(folder, *data):
    """A copy of the program, to change."""
    for name in ("flows", "sql", "tasks", *data):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.mark.slow
def test_a_rebuild_with_changed_extraction_changes_that_field_and_nothing_else(
    wirehouse, made, settings, tmp_path
):
    program = copy_program(tmp_path / "program")
    (program / "data").mkdir()
    (program / "data" / "entities").symlink_to(ROOT / "data" / "entities")
    article = program / "tasks" / "pages" / "article.py"
    text = article.read_text(encoding="utf-8")
    line = "byline=opening.byline or story_byline(story),"
    assert line in text
    article.write_text(text.replace(line, "byline='Somebody Else',"), encoding="utf-8")
    replace(wirehouse.command("rebuild", **settings), program=MAIN).run(cwd=program)
    assert differing(made, settings) == {"articles"}
    others = "select * exclude (byline) from articles order by article_id"
    assert select(settings["data_dir"], others) == select(made["data_dir"], others)
    bylines = select(settings["data_dir"], "select distinct byline from articles")
    assert bylines == [("Somebody Else",)]


@pytest.mark.slow
def test_a_rebuild_keeps_takedowns_and_decisions(wirehouse, session_site, made, settings, tmp_path):
    before = settings | {"data_dir": tmp_path / "before"}
    one, other, third = (
        row[0]
        for row in select(
            settings["data_dir"],
            "select entity_id from entities where type = 'person' order by all limit 3",
        )
    )
    merged = wirehouse("entities", "merge", one, other, **settings)
    split = wirehouse("entities", "split", one, third, **settings)
    assert "are merged and count as" in merged.stdout
    assert merged.stdout.endswith("Readers see it now.\n")
    assert split.stdout.endswith("are kept apart. Readers see it now.\n")
    canonical = f"select entity_id from entity_names where name_id = '{one}'"
    assert select(settings["data_dir"], canonical) == [(other,)]
    refused = wirehouse("entities", "merge", "person:0", "person:\x1b[1m", **settings)
    assert refused.returncode == 2
    assert "There is no entity person:0 in the warehouse" in message_of(refused)
    story = session_site.story_paths[3].split("/")[1]
    assert wirehouse("forget", story, "--yes", **settings).returncode == 0
    shutil.copytree(settings["data_dir"], before["data_dir"])

    summary = summary_of(wirehouse("rebuild", "--json", **settings))

    assert summary["inserted"] == STORIES - 3
    assert differing(before, settings) <= {"entities"}
    assert select(settings["data_dir"], canonical) == [(other,)]
    assert select(settings["data_dir"], "select article_id from tombstones") == [(int(story),)]
    decisions = select(settings["data_dir"], "select count(*) from ops.entity_decisions")
    assert decisions == [(2,)]


@pytest.mark.slow
def test_another_recogniser_gives_what_a_rebuild_with_it_gives_and_reads_no_page(
    wirehouse, made, settings, tmp_path
):
    rebuilt = settings | {"data_dir": tmp_path / "rebuilt", "recogniser": "rules"}
    shutil.copytree(settings["data_dir"], rebuilt["data_dir"])
    assert wirehouse("rebuild", **rebuilt).returncode == 0
    shutil.rmtree(settings["data_dir"] / "raw")
    done = wirehouse("rebuild", "--entities", "--json", **settings | {"recogniser": "rules"})
    assert done.stderr == ""
    summary = summary_of(done)
    assert (summary["extracted"], summary["inserted"], summary["updated"]) == (0, 0, 0)
    compared = differences(rebuilt, settings)
    assert {"mentions", "entities", "article_figures", "annotation_stamps"} < compared.keys()
    assert not any(compared.values()), compared
    assert differing(made, settings)
    by = "select distinct split_part(recogniser, '-', 1) from mentions order by 1"
    assert select(settings["data_dir"], by) == [("gazetteer",), ("rules",)]


def test_the_same_recogniser_has_nothing_to_do_and_says_so(wirehouse, made, settings):
    done = wirehouse("rebuild", "--entities", "--json", **settings)
    assert "Nothing to do" in done.stderr
    assert summary_of(done)["mentions"] == 0
    assert differing(made, settings) == set()


@pytest.mark.slow
def test_a_killed_rebuild_of_entities_is_finished_by_the_next(wirehouse, settings):
    data_dir = settings["data_dir"]
    settings = settings | {"recogniser": "none"}
    command = wirehouse.command("rebuild", "--entities", **settings)
    with command.start(start_new_session=True) as process:
        until = time.monotonic() + 60
        while not (data_dir / "state" / "read").exists():
            assert time.monotonic() < until, "it never read anything"
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert wirehouse("rebuild", "--entities", **settings).returncode == 0
    for table in ("mentions", "entities", "article_figures"):
        assert select(data_dir, f"select count(*) from {table}") == [(0,)]
    stamps = "select distinct recogniser, figures_version from ops.annotation_stamps"
    assert select(data_dir, stamps) == [("none", 0)]


@pytest.mark.slow
def test_a_damaged_model_is_reported_once_and_the_rows_say_that_rules_replaced_it(
    wirehouse, site, tmp_path
):
    program = copy_program(tmp_path / "program", "data/entities")
    with (program / "data" / "entities" / "tagger.crfsuite.xz").open("r+b") as model:
        model.seek(1000)
        model.write(b"damage")
    settings = quick_settings(site, tmp_path / "data") | {"recogniser": "builtin"}
    stderr = replace(wirehouse.command("ingest", **settings), program=MAIN).run(cwd=program).stderr
    assert stderr.count("is damaged") == 1
    assert "rebuild --entities" in stderr
    by = (
        "select distinct split_part(recogniser, '-', 1) from ops.annotation_stamps"
        " where recogniser not like 'gazetteer%'"
    )
    assert select(tmp_path / "data", by) == [("rules",)]
