"""What the bundled queries answer on the sample: `python -m tests.site.answers` writes it again."""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tasks.core.paths import DataPaths
from tasks.warehouse.sandbox import ask
from tasks.warehouse.sql import SQL_FOLDER, sql_files

STORED = Path(__file__).with_suffix(".jsonl")
_NEWEST_AT = datetime(2026, 11, 21, tzinfo=UTC)  # what is later is of the run


def answer(data_dir: Path, path: Path) -> dict[str, Any]:
    """How many rows a query of `sql/queries` gives, and the first two, without times of the run."""
    columns, rows, _ = ask(DataPaths(data_dir=data_dir), path.read_text(encoding="utf-8"))
    first = [dict(zip(columns, map(_lasting, row), strict=True)) for row in rows[:2]]
    return {
        "query": path.stem,
        "rows": len(rows),
        "first": json.loads(json.dumps(first, default=str)),
    }


def _lasting(value: object) -> object:
    is_of_run = (isinstance(value, datetime) and value.tzinfo and value > _NEWEST_AT) or (
        isinstance(value, timedelta)
    )
    return "*" if is_of_run else value


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        command = [".venv/bin/wirehouse", "ingest", "--sample"]
        subprocess.run(command, env=os.environ | {"WIREHOUSE_DATA_DIR": folder}, check=True)
        answers = [answer(Path(folder), path) for path in sql_files(SQL_FOLDER / "queries")]
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in answers]
    STORED.write_text("\n".join(lines) + "\n", encoding="utf-8")
