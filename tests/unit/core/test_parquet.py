"""Records survive the way over the disk, and half-written ones are never seen."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from tasks.core.errors import StorageError
from tasks.core.parquet import (
    complete_batches,
    move_folder,
    read_records,
    remove_leftovers,
    staged_folder,
    stream_records,
    write_records,
)


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


def test_a_full_disk_is_told_plainly_and_leaves_nothing_behind(tmp_path):
    code = (
        "import resource, signal\n"
        "from pathlib import Path\n"
        "from tasks.core.parquet import write_records\n"
        "from tasks.core.errors import StorageError\n"
        "from tasks.core.records import Validators\n"
        "from datetime import UTC, datetime\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "record = Validators(url='u', etag=None, last_modified=None, checked_at=datetime.now(UTC))\n"
        "try:\n"
        f"    write_records(Path({str(tmp_path / 'v.parquet')!r}), [record], Validators)\n"
        "except StorageError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert f"{tmp_path / 'v.parquet'}: File too large. Free some space" in told
    assert list(tmp_path.iterdir()) == []


def test_a_folder_appears_only_when_its_block_ends(tmp_path):
    target = tmp_path / "staged" / "batch-1"
    with staged_folder(target) as folder:
        write_records(folder / "n.parquet", [Narrow(text="x", moment=None)], Narrow)
        assert not target.exists()
    assert [entry.name for entry in target.iterdir()] == ["n.parquet"]
    assert complete_batches(target.parent) == [target]


def fail_half_way(target: Path):
    with staged_folder(target) as folder:
        (folder / "half").write_text("half")
        raise RuntimeError("half-way")


def test_a_folder_whose_block_fails_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way(tmp_path / "batch")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_built_again_replaces_the_older_one(tmp_path):
    for name in ("old", "new"):
        with staged_folder(tmp_path / "batch") as folder:
            (folder / name).touch()
    assert [entry.name for entry in (tmp_path / "batch").iterdir()] == ["new"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["batch"]


def test_a_moved_folder_leaves_its_old_place(tmp_path):
    source = tmp_path / "read" / "batch"
    source.mkdir(parents=True)
    (source / "articles.parquet").touch()
    move_folder(source, tmp_path / "staged" / "batch")
    assert not source.exists()
    assert (tmp_path / "staged" / "batch" / "articles.parquet").exists()


def test_moving_what_is_not_there_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match="No such file"):
        move_folder(tmp_path / "absent", tmp_path / "target")


def test_batches_come_in_name_order_without_unfinished_ones(tmp_path):
    for name in ("b-2", "a-1", ".c-3.1-ab.part"):
        (tmp_path / name).mkdir()
    assert [entry.name for entry in complete_batches(tmp_path)] == ["a-1", "b-2"]


def test_a_stage_without_a_folder_has_no_batches(tmp_path):
    assert complete_batches(tmp_path / "absent") == []


def test_leftovers_of_a_process_that_is_gone_are_removed(tmp_path):
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (tmp_path / f".old.{gone}-0a1b2c3d.part").mkdir()
    (tmp_path / f".old.parquet.{gone}-0a1b2c3d.part").touch()
    mine = tmp_path / f".mine.{os.getpid()}-0a1b2c3d.part"
    mine.mkdir()
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [mine]
