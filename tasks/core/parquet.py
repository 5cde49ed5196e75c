"""Records on disk between two stages: Parquet files whose schema is the record's own annotations.

A file or folder appears under its name complete and synced, or not at all: it is built under a
temporary name (a leading dot, the builder's process id) and renamed. The library is pyarrow.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.core.errors import StorageError

Record = TypeVar("Record")

_STREAMED_RECORDS = 2_000

_ARROW_TYPES: dict[type, pa.DataType] = {
    int: pa.int64(),
    str: pa.string(),
    bool: pa.bool_(),
    float: pa.float64(),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
    Path: pa.string(),
}
_LIST_TYPES: dict[tuple[Any, ...], pa.DataType] = {
    (str, ...): pa.list_(pa.string()),
    (int, ...): pa.list_(pa.int64()),
}


def write_records(path: Path, records: Sequence[Any], kind: type) -> None:
    """Writes records to one Parquet file, which appears complete and synced or not at all.

    Args:
        path: the file; its folder is made if need be, an older file is replaced.
        records: instances of `kind`, in the order they shall have.
        kind: a dataclass of int, str, bool, float, aware datetime, date, Path, StrEnum,
            `tuple[str, ...]` and `tuple[int, ...]` fields, each optional or not.

    Raises:
        StorageError: the disk is full or the folder can't be written.
        TypeError: a field's type has no counterpart in Parquet.
        ValueError: an instant has no time zone, or a required field is None.
    """
    table = _table(records, kind)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_table(path, table)
    except OSError as error:
        raise StorageError.of(error, path) from error


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """The records of a file that `write_records` wrote.

    Args:
        path: the file.
        kind: the dataclass it was written from.

    Returns:
        The records in their order; none where there is no such file, since a stage writes no
        file for what it has none of.

    Raises:
        StorageError: the file can't be read or isn't what was written.
    """
    return list(stream_records(path, kind))


def stream_records(path: Path, kind: type[Record]) -> Iterator[Record]:
    """The records of a file as `read_records` gives them, some thousand in memory at a time.

    Args:
        path: the file.
        kind: the dataclass it was written from.

    Yields:
        The records in their order.

    Raises:
        StorageError: the file can't be read or isn't what was written.
    """
    if not path.exists():
        return
    names = _schema(kind).names
    try:
        with pq.ParquetFile(path) as file:
            for some in file.iter_batches(_STREAMED_RECORDS, use_threads=False):
                yield from _records(some.select(names), kind)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise StorageError(
            f"{path} can't be read ({' '.join(str(error).split())[:200]}). Move it away and run "
            "again; the archive still has every page in it."
        ) from error


def drop_stories(path: Path, article_ids: Collection[int], *, detail: str) -> int:
    """Takes stories out of a stage's file of any records that name them, in one step.

    Args:
        path: the file; one without a column `article_id` stays as it is.
        article_ids: the stories.
        detail: what a record of another story says where its `detail` spoke of one of them.

    Returns:
        How many records are gone.

    Raises:
        StorageError: the file can't be read or written.
    """
    try:
        table = pq.ParquetFile(path).read(use_threads=False)
        if "article_id" not in table.column_names:
            return 0
        ids = table.column("article_id").to_pylist()
        kept = table.filter(pa.array([one not in article_ids for one in ids], pa.bool_()))
        changed = _with_detail(kept, set(map(str, article_ids)), detail)
        if changed.num_rows < table.num_rows or changed is not kept:
            _write_table(path, changed)
    except (OSError, pa.ArrowException) as error:
        raise StorageError(
            f"{path} can't be read or written ({' '.join(str(error).split())[:200]}). Move it away "
            "and run again; the archive still has every page in it."
        ) from error
    return table.num_rows - kept.num_rows


@contextmanager
def staged_folder(path: Path) -> Iterator[Path]:
    """A folder that appears under its name complete or not at all.

    Args:
        path: what it shall be called; an older folder of that name gives way.

    Yields:
        The folder to write into. It is renamed when the block ends well, else removed.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    temporary = _temporary(path)
    try:
        temporary.mkdir(parents=True)
        yield temporary
        move_folder(temporary, path)
    except OSError as error:
        raise StorageError.of(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def move_folder(source: Path, target: Path) -> None:
    """Hands a complete folder to the next stage: one rename, synced on both sides.

    Args:
        source: the folder.
        target: its new place on the same disk; an older folder there gives way.

    Raises:
        StorageError: the disk is full or a folder can't be written.
    """
    replaced = _temporary(target)
    try:
        _sync_folder(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(replaced)
        source.rename(target)
        _sync_folder(target.parent)
        _sync_folder(source.parent)
    except OSError as error:
        raise StorageError.of(error, target) from error
    shutil.rmtree(replaced, ignore_errors=True)


def remove_batch(folder: Path) -> None:
    """Removes a folder that is done with; it leaves its name in one step.

    Args:
        folder: a stage's batch.

    Raises:
        StorageError: it can't be removed.
    """
    removed = _temporary(folder)
    try:
        folder.rename(removed)
    except OSError as error:
        raise StorageError.of(error, folder) from error
    shutil.rmtree(removed, ignore_errors=True)


def complete_batches(folder: Path) -> list[Path]:
    """What a stage has finished, oldest run first.

    Args:
        folder: a stage's folder, such as `state/staged`.

    Returns:
        Its files and folders by name, without those still being built.
    """
    if not folder.is_dir():
        return []
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


def remove_leftovers(folder: Path) -> None:
    """Removes what a process that is gone was still building.

    Args:
        folder: a stage's folder.
    """
    if not folder.is_dir():
        return
    for entry in folder.glob(".*.part"):
        builder = entry.name.removesuffix(".part").rsplit(".", 1)[-1].split("-", 1)[0]
        if builder.isdigit() and _is_gone(int(builder)):
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


def _is_gone(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{uuid4().hex[:8]}.part")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _records(some: pa.RecordBatch, kind: type[Record]) -> Iterator[Record]:
    hints = get_type_hints(kind)
    names = some.schema.names
    columns = [_revived(some.column(name), hints[name]) for name in names]
    for row in zip(*columns, strict=True):
        yield kind(**dict(zip(names, row, strict=True)))


def _with_detail(table: pa.Table, named: Collection[str], detail: str) -> pa.Table:
    """The table, its details that speak of one of the names replaced; itself where none does."""
    if "detail" not in table.column_names:
        return table
    old: list[Any] = table.column("detail").to_pylist()
    new = [detail if any(name in one for name in named) else one for one in old]
    if new == old:
        return table
    place = table.column_names.index("detail")
    return table.set_column(place, table.schema.field("detail"), pa.array(new, pa.string()))


def _write_table(path: Path, table: pa.Table) -> None:
    temporary = _temporary(path)
    try:
        with temporary.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _table(records: Sequence[Any], kind: type) -> pa.Table:
    schema = _schema(kind)
    columns = [_column(records, field) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _column(records: Sequence[Any], field: "pa.Field[Any]") -> "pa.Array[Any]":
    values = [*map(attrgetter(field.name), records)]
    if not field.nullable and None in values:
        raise ValueError(f"{field.name} is None in a record, and it is required")
    if pa.types.is_timestamp(field.type):
        for value in values:
            if value is not None and value.tzinfo is None:
                raise ValueError(f"{field.name} has no time zone: {value.isoformat()}")
    if pa.types.is_string(field.type):
        values = [str(value) if isinstance(value, Path) else value for value in values]
    column: pa.Array[Any] = pa.array(values, type=field.type)
    return column


def _schema(kind: type) -> pa.Schema:
    hints = get_type_hints(kind)
    return pa.schema([_field(field.name, hints[field.name]) for field in fields(kind)])


def _field(name: str, hint: Any) -> "pa.Field[Any]":
    required = _required(hint)
    if get_origin(required) is tuple and get_args(required) in _LIST_TYPES:
        arrow_type: pa.DataType = _LIST_TYPES[get_args(required)]
    elif isinstance(required, type) and issubclass(required, StrEnum):
        arrow_type = pa.string()
    elif required in _ARROW_TYPES:
        arrow_type = _ARROW_TYPES[required]
    else:
        raise TypeError(f"{name}: {hint} has no counterpart in Parquet")
    return pa.field(name, arrow_type, nullable=required is not hint)


def _required(hint: Any) -> Any:
    """The type that an optional field has when it is there; any other type as it is."""
    if isinstance(hint, UnionType):
        (present,) = (option for option in get_args(hint) if option is not NoneType)
        return present
    return hint


def _revived(column: "pa.Array[Any]", hint: Any) -> list[Any]:
    values = column.to_pylist()
    required = _required(hint)
    if get_origin(required) is tuple:
        return [None if value is None else tuple(value) for value in values]
    if required is datetime:
        return [None if value is None else value.astimezone(UTC) for value in values]
    if required is Path or issubclass(required, StrEnum):
        return [None if value is None else required(value) for value in values]
    return values
