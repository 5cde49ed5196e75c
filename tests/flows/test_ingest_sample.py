"""The sample wire, ingested by the command as a newcomer does it, gives exactly what was meant."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.conftest import ROOT, Wirehouse

pytestmark = pytest.mark.prefect

EXPECTED = ROOT / "tests" / "site" / "expected"
FIELDS = (
    "url", "language", "title", "body", "provider", "provider_printed", "provider_code",
    "account_code", "menafn_token", "dateline_place", "dateline_date", "byline", "published_at",
    "published_at_basis", "image_url", "is_stock_image",
)  # fmt: skip
COUNTED = (
    "run_id", "discovered", "fetched", "not_modified", "extracted", "inserted", "updated",
    "unchanged", "rejected", "mentions", "seconds",
)  # fmt: skip

WELL_KNOWN_IDS = 1107000000
"""Stories since late 2023 are dated every few weeks; before, a few days of a decade are known."""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="module")
def first(wirehouse: Wirehouse, data_dir: Path) -> dict[str, Any]:
    """The summary of a first ingest."""
    done = wirehouse("ingest", "--sample", "--json", data_dir=data_dir)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "a run that went well says nothing on standard error"
    summary: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return summary


@pytest.fixture
def warehouse(first: dict[str, Any], data_dir: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXPECTED / name).read_text().splitlines()]


def test_the_summary_has_every_count_of_the_contract(first: dict[str, Any]) -> None:
    assert [name for name in COUNTED if name not in first] == []


def test_every_article_is_as_its_writer_meant_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    states = ("sample.jsonl", "sample_revised.jsonl", "sample_reverted.jsonl")
    expected = {row["article_id"]: row for name in states for row in _lines(name)}
    relation = warehouse.sql(f"select article_id, {', '.join(FIELDS)} from articles")
    stored = {row[0]: dict(zip(FIELDS, row[1:], strict=True)) for row in relation.fetchall()}

    assert sorted(stored) == sorted(expected)
    wrong = [
        (article_id, name, stored[article_id][name], meant[name])
        for article_id, meant in expected.items()
        for name in FIELDS
        if not _agree(name, stored[article_id], meant)
    ]
    assert wrong == []


def _agree(name: str, stored: dict[str, Any], meant: dict[str, Any]) -> bool:
    """A date read off the id alone is an estimate, good to two days where ids are well known."""
    if name == "published_at" and meant["published_at_basis"] == "article_id":
        told = datetime.fromisoformat(meant[name])
        days = 2 if meant["article_id"] >= WELL_KNOWN_IDS else 14
        return bool(abs(stored[name] - told) <= timedelta(days=days))
    return bool(_plain(stored[name]) == _plain(meant[name]))


def _plain(value: Any) -> Any:
    """Instants and days as text, so that a row compares with its JSON."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, str):
        return value.replace("+00:00", "Z") if value.endswith("+00:00") else value
    return value if isinstance(value, int | None) else str(value)


def test_revisions_are_versions(warehouse: duckdb.DuckDBPyConnection) -> None:
    revised = {row["article_id"] for row in _lines("sample_revised.jsonl")}
    stored = warehouse.sql("select article_id from article_versions where version = 2").fetchall()
    assert {article_id for (article_id,) in stored} == revised


def test_every_refusal_has_its_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    stored = warehouse.sql("select url, stage, reason from rejects").fetchall()

    expected = [(row["url"], row["stage"], row["reason"]) for row in _lines("sample_rejects.jsonl")]
    assert sorted(set(stored)) == sorted(expected)


def test_no_file_is_named_by_the_wire(first: dict[str, Any], data_dir: Path) -> None:
    """Slugs of the sample have Arabic letters, blanks and percent signs; no name of ours has."""
    names = {
        part
        for path in data_dir.rglob("*")
        for part in path.relative_to(data_dir).parts
        if "prefect" not in path.parts
    }
    assert [
        name for name in names if not re.fullmatch(r"\.?[A-Za-z0-9_-]+(\.[a-z0-9]+)*", name)
    ] == []


def test_every_article_points_at_its_bytes(
    warehouse: duckdb.DuckDBPyConnection, data_dir: Path
) -> None:
    places = warehouse.sql(
        "select warc_path, warc_offset from articles join captures using (capture_id)"
    ).fetchall()

    assert len(places) == len(_lines("sample.jsonl"))
    for path, offset in places[::37]:
        with (data_dir / path).open("rb") as archive:
            archive.seek(offset)
            assert archive.read(2) == b"\x1f\x8b", "a gzip member starts at the offset"


def test_a_second_pass_fetches_no_known_page_and_changes_no_row(
    wirehouse: Wirehouse, first: dict[str, Any], data_dir: Path
) -> None:
    before = _content(data_dir)

    done = wirehouse("ingest", "--sample", "--json", data_dir=data_dir)

    second = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert second["fetched"] == second["inserted"] == second["updated"] == 0
    assert _content(data_dir) == before


def _content(data_dir: Path) -> dict[str, Any]:
    """A digest of every row of the tables that a pass without news must leave alone."""
    tables = ("articles", "article_versions", "entities", "mentions", "rejects")
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as connection:
        return {
            name: connection.sql(f"select count(*), bit_xor(hash(t)) from {name} as t").fetchone()
            for name in tables
        }
