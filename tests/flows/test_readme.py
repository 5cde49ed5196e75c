"""What README and OPERATIONS show works as shown: every command, and the query with its result."""

import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest
from typer.core import TyperGroup
from typer.main import get_command

from flows.cli import app
from tasks.archive.sample_site import LoopbackServer, Recording
from tests.flows.conftest import BIN, ROOT
from tests.flows.pages import blocks_of, shell_lines, text_of

pytestmark = pytest.mark.prefect

# `wirehouse serve` and what it needs are run by make test-operations.
LINES = [
    line
    for line in dict.fromkeys((*shell_lines("README.md"), *shell_lines("OPERATIONS.md")))
    if not re.search("^make |wirehouse serve|deployment run", line)
]
# What a line must print besides ending well.
PRINTED = {
    "wirehouse status$": "articles",
    "wirehouse status --check": "OK|WARNING|CRITICAL",
    "wirehouse attach": "ducklake:",
    "duckdb -readonly": '"articles":',
    "organisations_and_company": "named_with",
    "backfill --gaps": "fetched",
    "unrequested_ranges": "last_id",
    "wirehouse search": r"\*\*Water\*\* \*\*Plant\*\*",
    "wirehouse forget": "responses in the archive",
}


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A folder in which the commands find what they would find in a clone after `make ingest`."""

    folder: Path
    settings: dict[str, str]
    environment: dict[str, str]

    def shell(self, script: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )


@pytest.fixture(scope="module")
def clone(tmp_path_factory, api_url, sample):
    folder = tmp_path_factory.mktemp("clone")
    for path in ROOT.iterdir():
        if path.name not in {"data", ".git"}:
            (folder / path.name).symlink_to(path)
    (folder / "data").mkdir()
    for name in ("sample", "entities"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    (folder / "data" / "warehouse.duckdb").symlink_to(sample.data_dir / "warehouse.duckdb")
    (folder / "crawl").mkdir()
    (folder / "crawl" / "revised.warc.gz").symlink_to(ROOT / "data" / "sample" / "revised.warc.gz")
    (folder / "addresses.txt").write_text("# one\nhttps://menafn.com/1111943049/\n")
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "PREFECT_API_URL": api_url}
    recording = Recording(ROOT / "data" / "sample" / "wire.warc.gz")
    with LoopbackServer(recording.response) as site:
        settings = {"base_url": site.base_url, "requests_per_second": "0", "max_stories": "20"}
        yield Clone(folder=folder, settings=settings, environment=os.environ | environment)


def test_make_ingest_ingests_the_sample_and_asks_the_query(clone, tmp_path):
    limit = {"WIREHOUSE_MAX_STORIES": "5", "WIREHOUSE_DATA_DIR": str(tmp_path)}
    limited = replace(clone, environment=clone.environment | limit)
    done = limited.shell("make --assume-old=.venv/.installed ingest")  # the environment is ready
    assert done.returncode == 0, done.stderr
    assert "most_named_places" in done.stdout


def test_the_query_of_make_ingest_has_the_result_that_is_shown(wirehouse, sample):
    (result,) = blocks_of("README.md", "text")
    (query,) = re.findall(r"wirehouse sql --file (\S+)", text_of("Makefile"))
    done = wirehouse("sql", "--file", query, folder=ROOT, data_dir=sample.data_dir)
    assert done.stdout.strip() in result


@pytest.mark.parametrize("line", LINES)
def test_each_line_works_in_the_order_of_the_pages(clone, wirehouse, line):
    words = shlex.split(line, comments=True)
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        clone.settings[name.removeprefix("WIREHOUSE_").lower()] = value
        return
    if words[0] == ".venv/bin/wirehouse":
        done = wirehouse(*words[1:], folder=clone.folder, **clone.settings)
    else:
        done = clone.shell(line)
    assert done.returncode == 0, done.stderr
    for part, printed in PRINTED.items():
        assert not re.search(part, line) or re.search(printed, done.stdout), printed


def test_python_reads_the_warehouse(clone):
    for block in blocks_of("README.md", "python"):
        done = clone.shell(f"python - <<'PROGRAM'\n{block}\nPROGRAM")
        assert done.returncode == 0, done.stderr
        assert "published_at" in done.stdout


def test_each_query_of_the_tour_has_rows(sample):
    (tour,) = blocks_of("README.md", "sql")
    with duckdb.connect(sample.data_dir / "warehouse.duckdb", read_only=True) as connection:
        for statement in connection.extract_statements(tour):
            assert connection.execute(statement).fetchall(), statement.query


def test_every_make_target_that_is_named_exists():
    pages = text_of("README.md") + text_of("OPERATIONS.md")
    for target in re.findall(r"(?:`|^)make ([a-z-]+)", pages, re.MULTILINE):
        assert f"\n{target}: " in text_of("Makefile"), target


def test_every_command_is_named():
    program = get_command(app)
    assert isinstance(program, TyperGroup)
    assert [
        name for name in program.commands if f"wirehouse {name}" not in text_of("README.md")
    ] == []


def test_there_is_a_shell_for_the_duckdb_line():
    assert shutil.which("duckdb", path=str(BIN))
