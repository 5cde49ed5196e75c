"""A batch appears complete or not at all, and moves to the next step in one rename."""

import pytest

from tasks.core.errors import StorageError
from tasks.core.paths import DataPaths
from tasks.core.staging import (
    complete_batches,
    move_folder,
    remove_batch,
    staged_folder,
    waiting_captures,
)


def test_a_folder_appears_only_when_its_block_ends(tmp_path):
    target = tmp_path / "staged" / "batch-1"
    with staged_folder(target) as folder:
        (folder / "articles.parquet").touch()
        assert not target.exists()
    assert [entry.name for entry in target.iterdir()] == ["articles.parquet"]
    assert complete_batches(target.parent) == [target]


def fail_half_way(target):
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


def test_a_batch_moves_on_and_is_removed(tmp_path):
    source, target = tmp_path / "read" / "batch", tmp_path / "staged" / "batch"
    source.mkdir(parents=True)
    (source / "articles.parquet").touch()
    move_folder(source, target)
    assert not source.exists()
    assert (target / "articles.parquet").exists()
    remove_batch(target)
    assert list(target.parent.iterdir()) == []


def test_moving_what_is_not_there_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match="No such file"):
        move_folder(tmp_path / "absent", tmp_path / "target")


def test_batches_come_in_name_order_without_unfinished_ones(tmp_path):
    for name in ("b-2", "a-1", ".c-3.1-ab.part"):
        (tmp_path / name).mkdir()
    assert [entry.name for entry in complete_batches(tmp_path)] == ["a-1", "b-2"]
    assert complete_batches(tmp_path / "absent") == []


def test_captures_wait_in_every_step(tmp_path):
    paths = DataPaths(data_dir=tmp_path)
    waiting = [
        paths.fetched / "a-1" / "captures.parquet",
        paths.read / "a-2" / "captures.parquet",
        paths.staged / "a-3" / "captures.parquet",
    ]
    others = [paths.fetched / "a-1" / "rejects.parquet", paths.staged / "a-4" / "entries.parquet"]
    for path in (*waiting, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert list(waiting_captures(paths)) == waiting
