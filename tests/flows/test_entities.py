"""`wirehouse entities`: candidates are listed, rulings are told, kept by a rebuild, or refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import Wirehouse

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def settings(wirehouse: Wirehouse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data_dir = tmp_path_factory.mktemp("entities") / "data"
    done = wirehouse("ingest", "--sample", "--max-stories", "150", data_dir=data_dir)
    assert done.returncode == 0, done.stderr
    return {"data_dir": data_dir, "base_url": "http://127.0.0.1:1"}


def candidates(wirehouse: Wirehouse, settings: dict[str, Any]) -> list[dict[str, Any]]:
    done = wirehouse("entities", "candidates", "--most", "500", "--format", "json", **settings)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def rows(wirehouse: Wirehouse, settings: dict[str, Any], question: str) -> list[dict[str, Any]]:
    done = wirehouse("sql", question, "--format", "json", **settings)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_rulings_are_seen_by_readers_and_survive_a_rebuild(
    wirehouse: Wirehouse, settings: dict[str, Any]
) -> None:
    first, second = candidates(wirehouse, settings)[:2]
    one, other = first["entity_id"], first["other_id"]

    merged = wirehouse("entities", "merge", one, other, **settings)
    split = wirehouse("entities", "split", second["entity_id"], second["other_id"], **settings)

    assert merged.stdout == (
        f"{first['name']} and {first['other_name']} are merged and count as {first['other_name']}. "
        "Readers see it now.\n"
    )
    assert split.stdout.endswith("are kept apart. Readers see it now.\n")
    question = f"select canonical_id from entities where entity_id = '{one}'"
    assert rows(wirehouse, settings, question) == [{"canonical_id": other}]
    tables = {
        name: rows(wirehouse, settings, f"select * from {name} order by all")
        for name in ("entities", "entity_decisions", "entity_candidates", "canonical_entities")
    }
    assert len(tables["entity_decisions"]) == 2

    rebuilt = wirehouse("rebuild", **settings)

    assert rebuilt.returncode == 0, rebuilt.stderr
    for name, before in tables.items():
        assert rows(wirehouse, settings, f"select * from {name} order by all") == before, name
    listed = [(each["entity_id"], each["other_id"]) for each in candidates(wirehouse, settings)]
    assert (one, other) not in listed
    assert (second["entity_id"], second["other_id"]) not in listed


def test_a_ruling_on_what_is_not_there_is_refused_with_one_message(
    wirehouse: Wirehouse, settings: dict[str, Any]
) -> None:
    refused = wirehouse("entities", "merge", "person:0", "person:\x1b[1m", **settings)

    assert refused.returncode == 2
    assert "There is no entity person:0 in the warehouse" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_without_a_warehouse_there_is_nothing_to_rule_on(
    wirehouse: Wirehouse, tmp_path: Path
) -> None:
    assert candidates(wirehouse, {"data_dir": tmp_path}) == []
    refused = wirehouse("entities", "split", "person:0", "person:1", data_dir=tmp_path)

    assert refused.returncode == 2
    shutil.rmtree(tmp_path)
