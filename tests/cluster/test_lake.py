"""A lake has what readers have, never changes under one who reads it, and forgets at once."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from tasks.core.errors import LakeError, UsageError
from tasks.takedown import take_down
from tasks.warehouse import lake as lakes
from tasks.warehouse.connect import open_published, prefer_views
from tasks.warehouse.lake import attach_statements, publish_lake
from tasks.warehouse.publish import publish_file
from tasks.warehouse.storage import LakeStorage
from tasks.warehouse.writer import writer
from tests.cluster.object_store import files
from tests.cluster.reading import open_lake
from tests.sql.records import RUN_ID, SEEN_AT, STORY, load_batch, make_article, make_mention, stage
from tests.tasks.killing import killed_at
from tests.tasks.takedown_site import LATER, MARK, places_of

RELATIONS = """
select table_name from duckdb_columns() where schema_name = 'main' and not internal
and database_name = current_database() group by all order by all
"""
TITLES = "select article_id, title from articles order by all"


def in_bucket(test):
    return pytest.mark.cluster(pytest.mark.parametrize("lake", ["bucket"], indirect=True)(test))


def contents(connection):
    names = [name for (name,) in connection.execute(RELATIONS).fetchall()]
    return {
        name: sorted(connection.execute(f'from main."{name}"').fetchall(), key=repr)
        for name in names
    }


def published(run):
    with closing(open_published(run.paths)) as connection:
        prefer_views(connection)
        return contents(connection)


def in_lake(run):
    with closing(open_lake(attach_statements(run.settings))) as connection:
        return contents(connection)


def add_stories(run):
    """Load and publish a new story and a revised one, and lose all quotes."""
    body = "A ferry left the port."
    articles = [
        make_article(article_id=LATER + 5, title="New", body=body, capture_id="new"),
        make_article(
            article_id=LATER, title="Revised", body="Something happened.", capture_id="again",
            seen_at=SEEN_AT + timedelta(hours=1),
        ),
    ]  # fmt: skip
    port = make_mention(
        article_id=LATER + 5, body=body, name="Port", surface="port", start_char=17, end_char=21
    )
    batch = stage(run.paths.data_dir / "batch", articles=articles, mentions=[port])
    with writer(run.paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
        connection.execute("delete from quotes")
    publish_file(run.paths.writer_file, run.paths)


def filesystem(run):
    """Where the lake is, to look into, and its folder there."""
    storage = LakeStorage(run.settings.lake)
    is_folder = not storage.is_remote
    address = run.settings.lake.partition("endpoint_override=")[2].partition("&")[0]
    return fs.LocalFileSystem() if is_folder else files(address), storage.root


def objects(run):
    store, root = filesystem(run)
    found = store.get_file_info(fs.FileSelector(root, recursive=True))
    return {one.path.removeprefix(f"{root}/") for one in found if one.is_file}


@contextmanager
def reader(run):
    """Runs queries in a process that stays open."""
    command = [sys.executable, "-m", "tests.cluster.reading"]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ
    )
    with process:
        assert process.stdin
        assert process.stdout
        questions, answers = process.stdin, process.stdout

        def ask(query, *, first=""):
            questions.write(f"{first}{query}\n")
            questions.flush()
            return json.loads(answers.readline())

        ask(TITLES, first=json.dumps(attach_statements(run.settings)) + "\n")
        yield ask
        questions.close()


def test_each_publication_is_what_readers_have_and_an_open_one_stays(run):
    publish_lake(run.settings)
    with reader(run) as ask:
        before, stories = objects(run), ask("select count(*) from entity_articles, articles")
        add_stories(run)
        publish_lake(run.settings)
        assert in_lake(run) == published(run)
        assert before - objects(run) == set()
        added = {path.split("/")[2] for path in objects(run) - before if path.startswith("data-")}
        assert "articles" in added
        assert added.isdisjoint({"providers", "city_coordinates", "topics"})
        assert [row[1] for row in ask(TITLES)][-1] == "Another day"
        assert ask("select count(*) from entity_articles, articles") == stories
    count = len(objects(run))
    publish_lake(run.settings)
    assert len(objects(run)) == count + 1  # the catalogue alone


@in_bucket
def test_macros_and_comments_are_published_too(run):
    publish_lake(run.settings)
    with closing(open_lake(attach_statements(run.settings))) as connection:
        assert connection.execute("from entities_named('Pier')").fetchall()
        comments = connection.execute(
            "select comment from duckdb_views() where view_name = 'articles' union all select comment "
            "from duckdb_columns() where table_name = 'captures' and column_name = 'capture_id'"
        ).fetchall()
    assert len(comments) == 2
    assert all(text for (text,) in comments)


@in_bucket
def test_plain_parquet_is_read_by_the_other_statements(run):
    publish_lake(run.settings)
    add_stories(run)
    publish_lake(run.settings)
    statements = attach_statements(run.settings)
    (articles,) = (line for line in statements.splitlines() if line.endswith("-- ops.articles"))
    with closing(open_lake(statements)) as connection:
        rows = connection.execute(articles).fetchall()
    assert len(rows) == 4
    assert "Revised" not in repr(rows)


@in_bucket
def test_a_story_that_is_taken_down_leaves_no_trace(run):
    publish_lake(run.settings)
    add_stories(run)
    publish_lake(run.settings)
    assert objects_with(run, MARK)
    take_down(run.settings, [STORY])
    assert objects_with(run, MARK) == set()
    assert places_of(run) == set()
    assert in_lake(run) == published(run)
    assert sum(path.endswith(".ducklake") for path in objects(run)) == 1
    with closing(open_lake(attach_statements(run.settings))) as connection:
        snapshots = connection.execute("from ducklake_snapshots('wirehouse')").fetchall()
        first = connection.execute(f"{TITLES} limit 1").fetchall()
        for version, *_ in snapshots[1:]:
            statement = f"select count(*) from ops.articles at (version => {version}) where article_id = {STORY}"
            assert connection.execute(statement).fetchall() == [(0,)]
    assert first


def objects_with(run, word):
    store, root = filesystem(run)
    found = set()
    for name in objects(run):
        with store.open_input_file(f"{root}/{name}") as file:
            content = file.read()
        if name.endswith(".parquet"):
            content = repr(pq.read_table(pa.BufferReader(content)).to_pylist()).encode()
        if word.encode() in content:
            found.add(name)
    return found


@in_bucket
def test_old_catalogues_and_their_files_expire(run, monkeypatch):
    def count(kind):
        return len({path.split("/")[0] for path in objects(run) if path.startswith(kind)})

    monkeypatch.setattr(lakes, "_MAX_INCREMENTS", 1)
    for _ in range(3):  # the third can't be an increment
        publish_lake(run.settings)
    assert (count("warehouse-"), count("data-")) == (3, 2)
    monkeypatch.setattr(lakes, "_KEPT", timedelta(0))
    publish_lake(run.settings)
    assert (count("warehouse-"), count("data-")) == (1, 1)
    assert in_lake(run) == published(run)


@pytest.mark.cluster
@pytest.mark.parametrize("lake", ["folder"], indirect=True)
def test_a_lake_that_cannot_be_written_is_one_sentence_and_catches_up(run, lake):
    publish_lake(run.settings)
    add_stories(run)
    away = Path(lake).rename(f"{lake} away")
    Path(lake).write_text("no folder")
    for act in (lambda: publish_lake(run.settings), lambda: take_down(run.settings, [STORY])):
        with pytest.raises(
            LakeError, match=r"can't be read or written: .*Not a directory"
        ) as failure:
            act()
        assert str(failure.value).count("\n") == 0
    Path(lake).unlink()
    away.rename(lake)
    publish_lake(run.settings)
    assert in_lake(run) == published(run)
    assert objects_with(run, MARK) == set()
    moved = replace(run, settings=replace(run.settings, lake=str(away)))
    shutil.copytree(lake, away)
    publish_lake(moved.settings)
    assert in_lake(moved) == published(run)


@pytest.mark.cluster
@pytest.mark.parametrize("lake", ["folder"], indirect=True)
def test_a_publication_that_is_killed_is_made_again(run):
    def publish():
        publish_lake(run.settings)

    assert not killed_at(99, publish)
    before = in_lake(run)
    add_stories(run)
    assert killed_at(0, publish)  # its catalogue is there, and lake.json not
    assert in_lake(run) == before
    assert killed_at(1, publish)  # lake.json is there
    assert in_lake(run) == published(run)
    publish()
    assert in_lake(run) == published(run)
    manifest = LakeStorage(run.settings.lake).read_manifest()
    named = {one["catalog"] for one in (manifest, *manifest["former"])}
    assert {path for path in objects(run) if path.startswith("warehouse-")} == named
    assert len(named) == 3


@in_bucket
@pytest.mark.parametrize(
    ("changed", "to", "key", "cause"),
    [
        ("s3://wire/", "s3://other/", None, "there is no bucket other"),
        ("", "", "wrong", "ACCESS_DENIED"),
        (r"127.0.0.1:\d+", "127.0.0.1:1", None, "Could not connect to server"),
    ],
    ids=["no bucket", "wrong key", "not reachable"],
)
def test_an_object_store_that_refuses_is_one_sentence(run, monkeypatch, changed, to, key, cause):
    publish_lake(run.settings)
    add_stories(run)
    lake = re.sub(changed, to, run.settings.lake, count=1)
    with monkeypatch.context() as patch:
        if key:
            patch.setenv("AWS_SECRET_ACCESS_KEY", key)
        with pytest.raises(
            LakeError, match=f"can't be read or written: .*{cause}.*brings the lake"
        ):
            publish_lake(replace(run.settings, lake=lake))
    publish_lake(run.settings)
    assert in_lake(run) == published(run)


@pytest.mark.parametrize("lake", ["folder"], indirect=True)
def test_missing_packages_are_named(run, monkeypatch):
    monkeypatch.setattr("tasks.warehouse.storage.find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"pip install -e '\.\[lake\]'"):
        publish_lake(run.settings)
    for lake, message in (("", "There is no lake"), (run.settings.lake, "has no lake yet")):
        with pytest.raises(UsageError, match=message):
            attach_statements(replace(run.settings, lake=lake))
