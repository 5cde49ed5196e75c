"""Records on disk between two steps: Parquet files whose schema is the record's annotations."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.core.errors import BatchError, StorageError
from tasks.core.files import replace_atomically

Record = TypeVar("Record")

_ROWS_IN_MEMORY = 2_000  # an article with its body takes some 10 kB

_ARROW_TYPES: dict[Any, pa.DataType] = {
    int: pa.int64(),
    str: pa.string(),
    bool: pa.bool_(),
    float: pa.float64(),
    Decimal: pa.decimal128(38, 6),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
    Path: pa.string(),
    tuple[str, ...]: pa.list_(pa.string()),
    tuple[int, ...]: pa.list_(pa.int64()),
}


def write_records(path: Path, records: Sequence[Any], kind: type) -> None:
    """Write records to one file atomically; an older one is replaced.

    `kind` is a dataclass whose fields have types of `_ARROW_TYPES` or a StrEnum, each optional or
    not; any other is a `TypeError`. A `ValueError` where an instant has no time zone, or a required
    field is None.
    """
    schema, columns = _schema(kind), []
    for field in schema:
        values = [*map(attrgetter(field.name), records)]
        if not field.nullable and None in values:
            raise ValueError(f"{field.name} is None in a record, and it is required")
        if pa.types.is_timestamp(field.type):
            for value in values:
                if value is not None and value.tzinfo is None:
                    raise ValueError(f"{field.name} has no time zone: {value.isoformat()}")
        if pa.types.is_string(field.type):
            values = [str(value) if isinstance(value, Path) else value for value in values]
        columns.append(pa.array(values, type=field.type))
    _write_table(path, pa.Table.from_arrays(columns, schema=schema))


def encode_table(table: pa.Table, *, as_parquet: bool) -> bytes:
    """A table as a Parquet file, or as an Arrow IPC stream."""
    with pa.BufferOutputStream() as sink:
        if as_parquet:
            pq.write_table(table, sink, compression="zstd")
        else:
            with pa.ipc.new_stream(sink, table.schema) as stream:
                stream.write_table(table)
        return sink.getvalue().to_pybytes()


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """The records of a file in their order; none where there is no file.

    A `StorageError` where it can't be read, a `BatchError` where it is damaged or holds other
    records; fields with a default may be missing, as in a file of an earlier version.
    """
    return list(stream_records(path, kind))


def stream_records(path: Path, kind: type[Record]) -> Iterator[Record]:
    """The records as `read_records` gives them, with some thousand in memory at a time."""
    if not path.exists():
        return
    hints = get_type_hints(kind)
    schema = _schema(kind)
    optional = {field.name for field in fields(kind) if field.default is not MISSING}  # type: ignore[arg-type]
    try:
        with pq.ParquetFile(path) as file:
            held = file.schema_arrow
            missing = optional.difference(held.names)
            names = [name for name in schema.names if name not in missing]
            if any(held.field(name).type != schema.field(name).type for name in names):
                raise pa.ArrowInvalid(f"it holds no records of {kind.__name__}")
            for rows in file.iter_batches(_ROWS_IN_MEMORY, use_threads=False):
                columns = [_python_values(rows.column(name), hints[name]) for name in names]
                for row in zip(*columns, strict=True):
                    yield kind(**dict(zip(names, row, strict=True)))
    except (OSError, ValueError, KeyError, OverflowError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error


def drop_stories(path: Path, article_ids: Collection[int], *, detail: str) -> int:
    """Remove stories from a file of any records with an `article_id`, atomically.

    Records of other stories whose `detail` contains one of the ids get the given one instead. How
    many records were removed; a `StorageError` where the file can't be read or written.
    """
    try:
        table = pq.ParquetFile(path).read(use_threads=False)
        if "article_id" not in table.column_names:
            return 0
        ids = table.column("article_id").to_pylist()
        kept = table.filter(pa.array([one not in article_ids for one in ids], pa.bool_()))
        changed = kept
        if "detail" in table.column_names:
            numbers = [*map(str, article_ids)]
            old: list[Any] = kept.column("detail").to_pylist()
            new = [detail if any(number in one for number in numbers) else one for one in old]
            if new != old:
                index, field = table.column_names.index("detail"), table.schema.field("detail")
                changed = kept.set_column(index, field, pa.array(new, pa.string()))
        if changed.num_rows < table.num_rows or changed is not kept:
            _write_table(path, changed)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error
    return table.num_rows - kept.num_rows


def _unreadable(path: Path, error: Exception) -> StorageError:
    if isinstance(error, OSError) and error.errno is not None:
        return StorageError.of(error, path)
    return BatchError(
        f"{path} can't be read ({' '.join(str(error).split())[:200]}). Move it away and run "
        "again; the archive still has every page in it."
    )


def _write_table(path: Path, table: pa.Table) -> None:
    # Python's own file, because its errors say "No space left on device" and Arrow's do not.
    with replace_atomically(path) as temporary, temporary.open("wb") as file:
        pq.write_table(table, file, compression="zstd")


def _schema(kind: type) -> pa.Schema:
    hints = get_type_hints(kind)
    arrow_fields = []
    for field in fields(kind):
        hint = hints[field.name]
        required = _require(hint)
        is_enum = isinstance(required, type) and issubclass(required, StrEnum)
        arrow_type = _ARROW_TYPES.get(str if is_enum else required)
        if arrow_type is None:
            raise TypeError(f"{field.name}: {hint} has no counterpart in Parquet")
        arrow_fields.append(pa.field(field.name, arrow_type, nullable=required is not hint))
    return pa.schema(arrow_fields)


def _require(hint: Any) -> Any:
    """`T` of a field annotated `T | None`; any other annotation as it is."""
    if isinstance(hint, UnionType):
        (present,) = (option for option in get_args(hint) if option is not NoneType)
        return present
    return hint


def _python_values(column: "pa.Array[Any]", hint: Any) -> list[Any]:
    values, required = column.to_pylist(), _require(hint)
    if get_origin(required) is tuple:
        required = tuple
    elif required is datetime:
        required = partial(datetime.astimezone, tz=UTC)
    elif required is not Path and not issubclass(required, StrEnum):
        return values
    return [None if value is None else required(value) for value in values]
