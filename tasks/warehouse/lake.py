"""Publishes to a lake: a folder or bucket of Parquet files and DuckLake's catalogues of them.

`lake.json` names the newest catalogue. Each publication has its own, so that one which a reader has
open never changes. A publication adds what has changed to the files of the last one, or writes all
anew. What is no longer named is removed after some days, which is how snapshots expire.
"""

import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from tasks.core.errors import LakeError, UsageError
from tasks.core.paths import DataPaths
from tasks.core.settings import Settings
from tasks.warehouse.connect import Connection, open_in_memory, transaction
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.migrate import find_sources
from tasks.warehouse.sql import (
    SQL_FOLDER,
    digest,
    quote,
    run_file,
    run_text,
    run_with_paths,
    sql_files,
)
from tasks.warehouse.storage import LakeStorage

_KEPT = timedelta(days=7)  # that a reader may go on with a catalogue after another was published
# Each adds a file to most tables; a reader over a network feels a hundred of them.
_MAX_INCREMENTS = 100
_CATALOG, _RENEW = "catalog.ducklake", "renew"
_VIEWS = SQL_FOLDER / "views"
_log = logging.getLogger(__name__)
_MADE_BY_VIEWS = re.compile(r"\s*(--.*\s*)*(create or replace (view|macro)|comment on view)\b")


def publish_lake(settings: Settings) -> None:
    """Bring the lake to what readers have; what `require_new_lake` was called for leaves it.

    Raises:
        UsageError: the optional packages are missing.
        LakeError: the lake can't be read or written.
    """
    paths = DataPaths(settings.data_dir)
    with (
        exclusive_lock(paths.lake / "lock", wait_seconds=settings.writer_wait_seconds),
        _explain_errors(settings.lake),
    ):
        lake = LakeStorage(settings.lake)
        last, is_erasing = lake.read_manifest(), (paths.lake / _RENEW).exists()
        former = [last, *last["former"]] if last and not is_erasing else []
        published = _publish(settings, lake, {} if is_erasing else last)
        now = published["published_at"]
        oldest = (datetime.fromisoformat(now) - _KEPT).isoformat()
        published["former"] = [
            {"catalog": one["catalog"], "data": one["data"], "until": one.get("until", now)}
            for one in former
            if one.get("until", now) > oldest
        ]
        lake.write_manifest(published)
        kept = [published, *published["former"]]
        lake.remove_others({name for one in kept for name in (one["catalog"], one["data"])})
        (paths.lake / _RENEW).unlink(missing_ok=True)


def require_new_lake(settings: Settings) -> None:
    """Have the next publication write the lake anew and remove all else there at once."""
    paths = DataPaths(settings.data_dir)
    if paths.lake.exists() and not settings.lake:
        _log.warning(
            "There was a lake, and WIREHOUSE_LAKE is not set now. The next publication that has it "
            "clears the lake of what was deleted."
        )
    if paths.lake.exists() or settings.lake:
        shutil.rmtree(paths.lake, ignore_errors=True)  # a catalogue has the first and last headline
        paths.lake.mkdir(parents=True)
        (paths.lake / _RENEW).touch()


def attach_statements(settings: Settings) -> str:
    """What a reader types into DuckDB, or another reader of Parquet, to read the lake."""
    if not settings.lake:
        raise UsageError("There is no lake. Name a folder or s3://bucket/prefix: WIREHOUSE_LAKE")
    with _explain_errors(settings.lake):
        lake = LakeStorage(settings.lake)
        manifest = lake.read_manifest()
    if not manifest:
        raise UsageError(f"{settings.lake} has no lake yet: wirehouse ingest publishes to it.")
    catalog = lake.address(manifest["catalog"])
    first, files = manifest["first"], dict[str, list[str]]()
    for path in first["files"]:
        files.setdefault(path.rpartition("/")[0].replace("/", "."), []).append(
            quote(lake.address(f"{manifest['data']}/{path}"))
        )
    secret = {name: value for name, value in lake.secret.items() if name not in ("key", "token")}
    return "\n".join(
        [
            f"-- in DuckDB {duckdb.__version__} or newer, as of {manifest['published_at']}",
            "install ducklake;",
            *(["install httpfs;", _secret(secret)] if lake.is_remote else []),
            f"attach {quote(f'ducklake:{catalog}')} as wirehouse (read_only);",
            "use wirehouse;",
            "",
            f"-- as plain Parquet, as of {first['published_at']}: tables without later changes",
            *(
                f"from read_parquet([{', '.join(paths)}]); -- {table}"
                for table, paths in files.items()
            ),
        ]
    )


def _secret(secret: dict[str, Any]) -> str:
    return (
        "create secret (type s3, key_id '...', secret '...', region "
        f"{quote(secret['region'])}, endpoint {quote(secret['endpoint'])}, url_style "
        f"{quote(secret['url_style'])}, use_ssl {str(secret['use_ssl']).lower()});"
    )


def _publish(settings: Settings, lake: LakeStorage, last: dict[str, Any]) -> dict[str, Any]:
    """Write a catalogue, its files and a folder of its name; the manifest that is to name them."""
    paths, now = DataPaths(settings.data_dir), datetime.now(UTC)
    name = f"{now:%Y%m%dT%H%M%SZ}-{uuid4().hex[:6]}"
    # Digests of another DuckDB may be others, and a catalogue is of one place.
    folders = (SQL_FOLDER / "migrations", SQL_FOLDER / "lake", _VIEWS)
    files = digest(*chain.from_iterable(map(sql_files, folders)))
    schema = [files, duckdb.__version__, lake.root]
    known = paths.lake / last.get("catalog", "none")
    is_increment = (
        known.exists() and last["schema"] == schema and last["increments"] < _MAX_INCREMENTS
    )
    manifest: dict[str, Any] = {
        "catalog": f"warehouse-{name}.ducklake",
        "data": last["data"] if is_increment else f"data-{name}",
        "published_at": now.isoformat(),
        "increments": last["increments"] + 1 if is_increment else 0,
        "schema": schema,
        "first": last["first"] if is_increment else {"published_at": now.isoformat()},
    }
    for entry in paths.lake.iterdir():  # of older publications, and those that failed
        if entry.is_dir() and entry != known:
            shutil.rmtree(entry)
    folder = paths.lake / manifest["catalog"]
    folder.mkdir()
    if is_increment:
        shutil.copyfile(known / _CATALOG, folder / _CATALOG)
    with closing(open_in_memory(paths.state / "spill")) as connection:
        run_file(connection, "lake/configure.sql", threads=settings.workers)
        lake.connect(connection)
        databases = {
            "catalog": f"ducklake:{folder / _CATALOG}",
            "data": lake.address(manifest["data"]) + "/",
            "source": paths.warehouse,
        }
        run_with_paths(connection, "lake/attach.sql", databases)
        with transaction(connection):
            if is_increment:
                _add_changes(connection, known, folder)
            else:
                _write_everything(connection, folder)
        run_file(connection, "lake/detach.sql")
    lake.upload(folder / _CATALOG, manifest["catalog"])
    if not is_increment:
        manifest["first"]["files"] = lake.list_files(manifest["data"])
    return manifest


def _write_everything(connection: Connection, folder: Path) -> None:
    for (statement,) in run_file(connection, "lake/create_tables.sql").fetchall():
        run_text(connection, statement)
    for table, find_parts, _, _, insert_all in _select_tables(connection):
        run_text(connection, f"{find_parts}; {insert_all}")
        run_file(connection, "lake/write_parts.sql", path=_parts_file(folder, table))
    run_file(connection, "lake/use.sql")
    for path in TopologicalSorter(find_sources(_VIEWS)).static_order():
        text = path.read_text(encoding="utf-8")
        # Others write to the writer's tables, and DuckLake comments on no macro and view's column.
        for statement in duckdb.extract_statements(text):
            if _MADE_BY_VIEWS.match(statement.query) and "ops.search_terms" not in text:
                run_text(connection, statement.query)


def _add_changes(connection: Connection, known: Path, folder: Path) -> None:
    for table, find_parts, delete_rows, insert_rows, _ in _select_tables(connection):
        run_text(connection, find_parts)
        ((changed, replaced),) = run_file(
            connection, "lake/compare_parts.sql", known=_parts_file(known, table)
        ).fetchall()
        for count, statement in ((replaced, delete_rows), (changed, insert_rows)):
            if count:
                run_text(connection, statement)
        run_file(connection, "lake/write_parts.sql", path=_parts_file(folder, table))


def _select_tables(connection: Connection) -> list[tuple[str, ...]]:
    return run_file(connection, "lake/select_changes.sql").fetchall()


def _parts_file(folder: Path, table: str) -> str:
    return str(folder / f"{table}.parquet")


@contextmanager
def _explain_errors(lake: str) -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, OSError, ValueError, LookupError, TypeError, pa.ArrowException) as error:
        cause = " ".join(str(error).split())[:300].rstrip(".")
        raise LakeError(
            f"The lake {lake} can't be read or written: {cause}. Check WIREHOUSE_LAKE and the keys "
            "in the environment. The readers' copy is not affected, and the next publication "
            "brings the lake up to date."
        ) from error
