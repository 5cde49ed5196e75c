"""What reads the warehouse from the command line: formats, limits, standard input, one story."""

import io
import json
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.flows.conftest import BIN, message_of, select

pytestmark = pytest.mark.prefect

IDS = "select article_id, sections, published_at from articles order by article_id"


@pytest.fixture
def run(wirehouse, sample):
    return lambda *arguments: wirehouse(*arguments, data_dir=sample.data_dir)


def redirect(sample, *arguments, data=b""):
    """The bytes that a command writes to a file, and its messages."""
    done = subprocess.run(
        [BIN / "wirehouse", *arguments], input=data, capture_output=True, check=True,
        env={"WIREHOUSE_DATA_DIR": str(sample.data_dir), "PATH": str(BIN)},
    )  # fmt: skip
    return done.stdout, done.stderr.decode()


@pytest.mark.parametrize("limit", ["2", "0"])
@pytest.mark.parametrize(
    ("form", "count"),
    [
        ("csv", lambda text: len(text.splitlines()) - 1),
        ("json", lambda text: len(json.loads(text))),
        ("ndjson", lambda text: len([json.loads(line) for line in text.splitlines()])),
        ("markdown", lambda text: len(text.splitlines()) - 2),
        ("vertical", lambda text: text.count("article_id ")),
        ("table", lambda text: text.count("\n│ ")),
    ],
)
def test_rows_are_printed_and_cut_only_where_it_is_said(run, sample, form, count, limit):
    ((total,),) = select(sample.data_dir, "select count(*) from articles")
    done = run("sql", IDS, "--format", form, *(["--limit", limit] if limit == "2" else []))
    assert done.returncode == 0
    assert count(done.stdout) == (2 if limit == "2" else total)
    is_cut = f"The first 2 of {total} rows; --limit 0 shows all." in done.stderr
    assert is_cut == (limit == "2")


def test_lists_are_json_in_csv(run, sample):
    query = "select sections from articles where len(sections) > 1 order by article_id limit 1"
    ((sections,),) = select(sample.data_dir, query)
    done = run("sql", query, "--format", "csv")
    assert '""' + sections[0] + '"", ""' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "data", "read"),
    [
        (
            ("search", "-", "--format", "parquet"),
            b"oil",
            lambda data: pq.read_table(io.BytesIO(data)),
        ),
        (
            ("sql", "-f", "-", "--format", "arrow"),
            b"\xef\xbb\xbf" + IDS.encode(),
            lambda data: pa.ipc.open_stream(data).read_all(),
        ),
    ],
    ids=["parquet", "arrow"],
)
def test_a_query_comes_from_standard_input_and_its_rows_with_their_types(
    sample, arguments, data, read
):
    output, note = redirect(sample, *arguments, "--limit", "3", data=data)
    table = read(output)
    assert (table.num_rows, table.schema.field("article_id").type) == (3, pa.int64())
    assert " 3 of " in note


def test_a_table_is_described(run):
    assert "search(query, row_limit)" in run("describe").stdout
    rows = json.loads(run("describe", "Mentions", "--format", "json").stdout)
    assert rows[0] == {"name": "article_id", "type": "bigint", "meaning": "The story."}


def test_a_story_is_shown_with_its_changes_and_its_page(run, sample, tmp_path):
    ((article_id, title, path, offset),) = select(
        sample.data_dir,
        "select articles.article_id, title, warc_path, warc_offset from articles join captures "
        "using (capture_id) where version_count > 1 and language = 'en' limit 1",
    )  # fmt: skip
    shown = run("show", str(article_id)).stdout
    assert shown.startswith(title)
    assert "{+" in shown
    assert path in shown
    assert str(offset) in shown
    story = json.loads(run("show", str(article_id), "--json").stdout)
    assert (story["facts"]["title"], story["facts"]["warc_offset"]) == (title, offset)
    page = tmp_path / "page.html"
    assert str(page) in run("show", str(article_id), "--html", str(page)).stderr
    assert title.encode() in page.read_bytes()
    assert redirect(sample, "show", str(article_id), "--html", "-")[0] == page.read_bytes()


def test_an_export_says_what_it_wrote(run, tmp_path):
    done = run("export", str(tmp_path / "out"), "--since", "2026-11-15", "--json")
    summary = json.loads(done.stdout)
    assert (summary["format"], summary["unchanged"]) == ("parquet", 0)
    table = pq.read_table(tmp_path / "out" / "articles")
    assert set(table["month"].to_pylist()) == {"2026-11"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sql",), "give either a query in quotes or --file"),
        (("sql", "select 1", "--file", "-"), "give either a query in quotes or --file"),
        (("sql", "--file", "nowhere.sql"), "can't be read"),
        (("sql", ""), "exactly one statement"),
        (("describe", "nowhere"), "There is no public table or view 'nowhere'"),
        (("describe", "ops.mentions"), "There is no public table or view"),
        (("describe", "'; drop table runs; --"), "There is no public table or view"),
        (("describe", "--format", "arrow"), "prints text"),
        (("show", "1999999999"), "There is no story 1999999999"),
        (("show", "1999999999", "--html", "-"), "There is no story 1999999999"),
        (("export", str(Path(__file__).parent)), "is not empty. Name another folder"),
    ],
)
def test_wrong_use_is_one_message(run, arguments, message):
    done = run(*arguments)
    assert done.returncode == 2
    assert message in message_of(done)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "5"), "Invalid value for 'ID'"),
        (("show", "oil"), "Invalid value for 'ID'"),
        (("sql", "select 1", "--limit", "-1"), "Invalid value for '--limit'"),
        (("sql", "select 1", "--format", "xml"), "Invalid value for '--format'"),
        (("export", "out", "--format", "xlsx"), "Invalid value for '--format'"),
        (("export", "out", "--since", "yesterday"), "Invalid value for '--since'"),
    ],
)
def test_a_wrong_value_is_named(run, arguments, message):
    done = run(*arguments)
    assert (done.returncode, message in done.stderr) == (2, True)


def test_a_shell_completes_commands():
    done = subprocess.run(
        [BIN / "wirehouse"], capture_output=True, text=True, check=True,
        env={"_WIREHOUSE_COMPLETE": "complete_bash", "COMP_WORDS": "wirehouse exp", "COMP_CWORD": "1"},
    )  # fmt: skip
    assert done.stdout.split() == ["export"]
