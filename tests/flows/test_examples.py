"""The examples of data/examples run on a published warehouse, each with its tool."""

import os
import shutil
import subprocess

import duckdb
import pytest

from tasks.core.paths import DataPaths
from tasks.warehouse.publish import publish_file
from tasks.warehouse.writer import writer
from tests.aside import install_aside
from tests.flows.conftest import ROOT
from tests.sql.records import RUN_ID, load_batch, make_article, stage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def data_dir(tmp_path):
    paths = DataPaths(data_dir=tmp_path / "data")
    article = make_article(title="Water plant flooded", body="Floods reached a water plant.")
    batch = stage(paths.data_dir / "batch", articles=[article])
    with writer(paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish_file(paths.writer_file, paths)
    return paths.data_dir


@pytest.fixture
def example(data_dir, tmp_path):
    """Runs a command in a copy of data/examples, which may not write to the warehouse."""
    folder = shutil.copytree(ROOT / "data" / "examples", tmp_path / "examples")

    def run(*command, place="."):
        environment = os.environ | {"WIREHOUSE_DATA_DIR": str(data_dir), "DO_NOT_TRACK": "1"}
        done = subprocess.run(
            command,
            cwd=folder / place,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return folder / place

    return run


def test_the_notebook_runs(example, tmp_path):
    marimo = install_aside(tmp_path / "marimo", "marimo==0.25.2", "duckdb==1.5.5") / "marimo"
    folder = example(marimo, "export", "html", "notebook.py", "-o", "page.html")
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "Water plant flooded" in page
    assert "disaster, accident and emergency incident" in page


def test_dbt_builds_a_model_of_the_sources(example, tmp_path):
    # dbt-core 1.12 needs a newer Python than the oldest that we support
    dbt = (
        install_aside(tmp_path / "dbt", "dbt-duckdb==1.11.1", "dbt-core<1.12", "duckdb==1.5.5")
        / "dbt"
    )
    folder = example(dbt, "build", "--profiles-dir", ".", place="dbt")
    with duckdb.connect(str(folder / "example.duckdb")) as built:
        built.execute(
            f"attach '{folder.parents[1] / 'data'}/warehouse.duckdb' as wirehouse (read_only)"
        )
        rows = built.execute("select topic, story_count from topics_by_month").fetchall()
    assert rows == [("disaster, accident and emergency incident", 1)]
