"""Records come back from Parquet as they were written, and damaged files are named."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from tasks.core.errors import StorageError
from tasks.core.parquet import read_records, stream_records, write_records


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    number: int
    text: str
    is_true: bool
    ratio: float
    at: datetime
    day: date
    colour: Colour
    names: tuple[str, ...]
    hashes: tuple[int, ...]
    path: Path
    maybe_at: datetime | None
    maybe_colour: Colour | None
    maybe_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    text: str
    moment: datetime | None


NOON = datetime(2025, 8, 12, 12, 0, 0, 123456, tzinfo=UTC)

FULL = Everything(
    number=1109916091,
    text="نفط 𝒳 “quoted”",
    is_true=True,
    ratio=0.5,
    at=NOON,
    day=date(2025, 8, 12),
    colour=Colour.BLUE,
    hashes=(-(2**63), 0, 2**63 - 1),
    names=("a", "b"),
    path=Path("raw/a.warc.gz"),
    maybe_at=NOON,
    maybe_colour=Colour.RED,
    maybe_number=0,
)
BARE = Everything(
    number=-1,
    text="",
    is_true=False,
    ratio=0.0,
    at=NOON,
    day=date(2000, 1, 1),
    colour=Colour.RED,
    names=(),
    hashes=(),
    path=Path(),
    maybe_at=None,
    maybe_colour=None,
    maybe_number=None,
)


@dataclass(frozen=True)
class Number:
    """A record of one field."""

    value: int


def test_every_kind_of_field_comes_back_equal(tmp_path):
    write_records(tmp_path / "all.parquet", [FULL, BARE], Everything)
    assert read_records(tmp_path / "all.parquet", Everything) == [FULL, BARE]


def test_types_come_back_as_the_annotations_say(tmp_path):
    write_records(tmp_path / "all.parquet", [FULL], Everything)
    (record,) = read_records(tmp_path / "all.parquet", Everything)
    assert isinstance(record.colour, Colour)
    assert isinstance(record.path, Path)
    assert isinstance(record.names, tuple)
    assert isinstance(record.hashes, tuple)
    assert record.at.tzinfo is UTC


def test_an_instant_of_another_zone_is_kept_as_the_same_instant(tmp_path):
    gulf = NOON.astimezone(timezone(timedelta(hours=3)))
    write_records(tmp_path / "n.parquet", [Narrow(text="x", moment=gulf)], Narrow)
    (record,) = read_records(tmp_path / "n.parquet", Narrow)
    assert record.moment == NOON


def test_an_instant_without_a_zone_is_refused(tmp_path):
    naive = Narrow(text="x", moment=NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="moment has no time zone"):
        write_records(tmp_path / "n.parquet", [naive], Narrow)


def test_none_in_a_required_field_is_refused(tmp_path):
    nothing: Any = None
    with pytest.raises(ValueError, match="text is None"):
        write_records(tmp_path / "n.parquet", [Narrow(text=nothing, moment=None)], Narrow)


def test_a_type_without_a_counterpart_is_refused(tmp_path):
    @dataclass(frozen=True)
    class Odd:
        value: complex

    with pytest.raises(TypeError, match="value"):
        write_records(tmp_path / "odd.parquet", [Odd(value=1j)], Odd)


def test_no_records_make_a_file_that_still_has_its_schema(tmp_path):
    write_records(tmp_path / "none.parquet", [], Everything)
    assert (tmp_path / "none.parquet").exists()
    assert read_records(tmp_path / "none.parquet", Everything) == []


def test_a_missing_file_means_none(tmp_path):
    assert read_records(tmp_path / "absent.parquet", Everything) == []


def test_more_records_than_are_held_at_once_come_in_their_order(tmp_path):
    path = tmp_path / "numbers.parquet"
    write_records(path, [Number(value=value) for value in range(4_500)], Number)

    stream = stream_records(path, Number)

    assert next(stream) == Number(value=0)
    assert [one.value for one in stream] == list(range(1, 4_500))


def test_a_damaged_file_is_named_with_what_to_do(tmp_path):
    path = tmp_path / "damaged.parquet"
    write_records(path, [FULL], Everything)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StorageError, match=r"damaged\.parquet can't be read .* Move it away"):
        read_records(path, Everything)


def test_a_file_of_other_records_is_named(tmp_path):
    write_records(tmp_path / "n.parquet", [Narrow(text="x", moment=None)], Narrow)
    with pytest.raises(StorageError, match=r"n\.parquet"):
        read_records(tmp_path / "n.parquet", Everything)
