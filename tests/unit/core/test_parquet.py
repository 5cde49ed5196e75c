"""Records come back from Parquet as they were written, and damaged files are named."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from tasks.core.errors import StorageError
from tasks.core.parquet import drop_stories, read_records, stream_records, write_records


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    number: int = 1109916091
    text: str = "نفط 𝒳 “quoted”"
    is_true: bool = True
    ratio: float = 0.5
    at: datetime = datetime(2025, 8, 12, 12, 0, 0, 123456, tzinfo=UTC)
    day: date = date(2025, 8, 12)
    colour: Colour = Colour.BLUE
    names: tuple[str, ...] = ("a", "b")
    hashes: tuple[int, ...] = (-(2**63), 0, 2**63 - 1)
    path: Path = Path("raw/a.warc.gz")
    maybe_at: datetime | None = datetime(2000, 1, 1, tzinfo=UTC)
    maybe_colour: Colour | None = Colour.RED
    maybe_number: int | None = 0


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Complex:
    value: complex


@dataclass(frozen=True)
class Note:
    article_id: int
    detail: str


FULL = Everything()
BARE = Everything(
    number=-1, text="", is_true=False, ratio=0.0, names=(), hashes=(), path=Path(),
    maybe_at=None, maybe_colour=None, maybe_number=None,
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.parquet"


def test_every_kind_of_field_comes_back_equal_and_of_its_type(path):
    write_records(path, [FULL, BARE], Everything)
    full, bare = read_records(path, Everything)
    assert (full, bare) == (FULL, BARE)
    assert isinstance(full.colour, Colour)
    assert full.at.tzinfo is UTC


def test_an_instant_of_another_zone_is_kept_as_the_same_instant(path):
    gulf = replace(FULL, at=FULL.at.astimezone(timezone(timedelta(hours=3))))
    write_records(path, [gulf], Everything)
    assert read_records(path, Everything) == [FULL]


NOTHING: Any = None


@pytest.mark.parametrize(
    ("record", "error", "message"),
    [
        (replace(FULL, at=datetime(2025, 8, 12)), ValueError, "at has no time zone"),  # noqa: DTZ001
        (replace(FULL, text=NOTHING), ValueError, "text is None"),
        (Complex(value=1j), TypeError, "value: .* has no counterpart"),
    ],
)
def test_what_has_no_place_in_a_file_is_refused(path, record, error, message):
    with pytest.raises(error, match=message):
        write_records(path, [record], type(record))
    assert not path.exists()


def test_no_records_make_a_file_and_no_file_has_no_records(path):
    assert read_records(path, Everything) == []
    write_records(path, [], Everything)
    assert path.exists()
    assert read_records(path, Everything) == []


def test_more_records_than_are_held_at_once_come_in_their_order(path):
    write_records(path, [Number(value=value) for value in range(4_500)], Number)
    stream = stream_records(path, Number)
    assert next(stream) == Number(value=0)
    assert [one.value for one in stream] == list(range(1, 4_500))


@pytest.mark.parametrize("kind", [Everything, Number])
def test_a_damaged_file_or_one_of_other_records_is_named_with_what_to_do(path, kind):
    write_records(path, [FULL], Everything)
    if kind is Everything:
        path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StorageError, match=r"records\.parquet can't be read .* Move it away"):
        read_records(path, kind)


def test_stories_are_dropped_and_their_ids_replaced_in_other_details(path):
    notes = [Note(1109916091, "x"), Note(1109916092, "like 1109916091"), Note(1109916093, "y")]
    write_records(path, notes, Note)
    assert drop_stories(path, {1109916091}, detail="gone") == 1
    assert read_records(path, Note) == [Note(1109916092, "gone"), Note(1109916093, "y")]
    write_records(path, [FULL], Everything)
    assert drop_stories(path, {FULL.number}, detail="gone") == 0
