"""One self-contained page about the warehouse: what is new, who is named, what is missing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.core.files import replace_atomically
from tasks.core.paths import DataPaths
from tasks.core.settings import VERSION, Settings
from tasks.warehouse.connect import Connection, open_published, prefer_views
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import SQL_FOLDER, run_file, sql_files

_FOLDER = SQL_FOLDER.parent / "data" / "report"
_SCRIPTS = ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")


def write_report(settings: Settings, path: Path | None = None) -> Path:
    """Write the page from the published copy, `report.html` in the data folder by default.

    Everything on it is in the one file: it opens without a network and asks for nothing.

    Raises:
        UsageError: there is no published copy.
        StorageError: it can't be read, or the page can't be written.
    """
    paths = DataPaths(settings.data_dir)
    path = path or paths.report
    require_published(paths)
    with open_published(paths) as connection:
        prefer_views(connection)
        (facts,) = _rows(connection, "facts")
        sections = {
            file.stem: _rows(connection, file.stem, **facts)
            for file in sql_files(SQL_FOLDER / "report")
            if file.stem != "facts"
        }
    page = (
        _environment()
        .get_template("page.html.jinja")
        .render(
            sections,
            facts=facts,
            charts=json.loads((_FOLDER / "charts.json").read_text(encoding="utf-8")),
            scripts=[_read_vendor(name) for name in _SCRIPTS],
            land=_read_vendor("land-110m.json"),
            version=VERSION,
        )
    )
    with replace_atomically(path) as temporary:
        temporary.write_text(page, encoding="utf-8")
    return path


def _rows(connection: Connection, section: str, **parameters: Any) -> list[dict[str, Any]]:
    cursor = run_file(connection, f"report/{section}.sql", **parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _read_vendor(name: str) -> str:
    return (_FOLDER / "vendor" / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    """Everything is escaped, in HTML as in JSON: titles are the site's."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"default": date.isoformat, "ensure_ascii": False}
    return environment
