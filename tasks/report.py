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
    sections = [file.stem for file in sql_files(SQL_FOLDER / "report") if file.stem != "facts"]
    facts, rows = _read(paths, sections)
    page = (
        _environment()
        .get_template("page.html.jinja")
        .render(
            rows,
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


def report_lines(settings: Settings) -> list[str]:
    """What the page says first, for a place without charts; nothing before the first publication.

    Raises:
        StorageError: the published copy can't be read.
    """
    paths = DataPaths(settings.data_dir)
    if not paths.warehouse.exists():
        return []
    facts, rows = _read(paths, ["alerts", "names", "trending", "providers"])
    ranked = {
        "providers": [f"{row['provider']} ({row['stories']})" for row in rows["providers"]],
        "named more than usual": [f"{row['name']} ({row['stories']})" for row in rows["trending"]],
    }
    for row in rows["names"]:
        ranked.setdefault(f"named most, {row['type']}", []).append(
            f"{row['name']} ({row['stories']})"
        )
    alerts = [
        f"{alert['severity']} alert: {alert['meaning']}: {alert['subject']}: {alert['detail']}"
        for alert in rows["alerts"]
        if alert["state"] == "open"
    ]
    return [
        *alerts,
        *(f"{name.replace('_', ' ')}: {value}" for name, value in facts.items()),
        *(f"{name}: {', '.join(names[:8])}" for name, names in ranked.items() if names),
    ]


def _read(
    paths: DataPaths, sections: list[str]
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The facts of the published copy, and the rows of some sections."""
    require_published(paths)
    with open_published(paths) as connection:
        prefer_views(connection)
        (facts,) = _rows(connection, "facts")
        return facts, {name: _rows(connection, name, **facts) for name in sections}


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
