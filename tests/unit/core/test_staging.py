"""A batch appears complete or not at all, and moves to the next step in one rename."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from tasks.core.errors import StorageError
from tasks.core.paths import DataPaths
from tasks.core.staging import (
    complete_batches,
    move_folder,
    remove_batch,
    staged_folder,
    waiting_captures,
    write_batch,
)
from tests.sql.records import STORY, make_capture


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
    steps = (paths.fetched, paths.read, paths.staged)
    waiting = [make_capture(article_id=STORY + number) for number in range(len(steps))]
    for step, capture in zip(steps, waiting, strict=True):
        write_batch(step / "a-1", [capture])
    (paths.staged / "a-2").mkdir()
    assert waiting_captures(paths) == waiting


def test_a_capture_is_found_while_its_batch_is_moved_on(tmp_path):
    paths = DataPaths(data_dir=tmp_path)
    steps = [paths.fetched, paths.read, paths.staged]
    write_batch(steps[0] / "a-1", [make_capture()])
    for number in range(2, 40):  # so that looking takes longer than moving
        write_batch(steps[0] / f"a-{number:02}", [make_capture(article_id=STORY + number)])

    def move_all() -> None:
        for source, target in pairwise(steps):
            for batch in complete_batches(source):
                move_folder(batch, target / batch.name)

    with ThreadPoolExecutor() as threads:
        moving = threads.submit(move_all)
        while not moving.done():
            assert {one.article_id for one in waiting_captures(paths)} >= {
                STORY, *range(STORY + 2, STORY + 40)
            }  # fmt: skip
        moving.result()


def test_a_damaged_batch_hides_no_other(tmp_path):
    paths = DataPaths(data_dir=tmp_path)
    write_batch(paths.read / "a-1", [])
    (paths.read / "a-1" / "captures.parquet").write_text("damaged")
    write_batch(paths.staged / "a-2", [make_capture()])
    assert [one.article_id for one in waiting_captures(paths)] == [STORY]
