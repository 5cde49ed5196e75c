"""Each folder under `load/` is a test: batches to load in the order of their names, and what the
warehouse then holds. A batch is JSON with only the fields it is about (`records.py` fills in the
rest); `expect.json` has rows with only the columns it is about, one table or view each."""

import json
from pathlib import Path

import pytest

from tasks.core.reports import Severity
from tasks.warehouse.check import failed_checks
from tests.sql.records import from_json

CASES = sorted(path for path in (Path(__file__).parent / "load").iterdir() if path.is_dir())


def as_json(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def rows_of(connection, table, columns):
    relation = connection.table(table).select(*columns).order("all")
    return [dict(zip(columns, map(as_json, row), strict=True)) for row in relation.fetchall()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_batches_of_a_folder_make_the_rows_it_expects(case, connection, load):
    expected = json.loads((case / "expect.json").read_text(encoding="utf-8"))
    batches = sorted(path for path in case.glob("*.json") if path.name != "expect.json")
    for path in batches:
        load(**from_json(path))
    found = {
        table: rows_of(connection, table, list(rows[0]) if rows else ["*"])
        for table, rows in expected.items()
    }
    assert found == expected
    findings = failed_checks(connection, everything=True)
    assert [one for one in findings if one.severity is Severity.FAIL] == []
