"""Floors rise with the score and never fall."""

import json

import pytest

from tests.quality.floors import LowerFloorError, raise_floors, read_floors, shortfalls


def floors_file(folder, **floors):
    path = folder / "floors.json"
    path.write_text(json.dumps({"score": floors, "bench": {"ratio": 8}}), encoding="utf-8")
    return path


def test_a_figure_above_its_floor_lifts_it(tmp_path):
    path = floors_file(tmp_path, title=0.9)

    assert raise_floors({"title": 0.95}, path) == ["title"]
    assert read_floors(path) == {"title": 0.95}


def test_a_figure_below_its_floor_is_refused_and_no_floor_changes(tmp_path):
    path = floors_file(tmp_path, title=0.9, body=0.5)
    before = path.read_bytes()

    with pytest.raises(LowerFloorError, match=r"title: 0\.89, floor 0\.9"):
        raise_floors({"title": 0.89, "body": 0.99}, path)

    assert path.read_bytes() == before


def test_a_floor_whose_figure_is_not_measured_any_more_is_refused(tmp_path):
    path = floors_file(tmp_path, title=0.9)

    with pytest.raises(LowerFloorError, match="title: not measured"):
        raise_floors({"body": 1.0}, path)


def test_a_new_figure_gets_its_floor(tmp_path):
    path = floors_file(tmp_path, title=0.9)

    assert raise_floors({"title": 0.9, "body": 0.7}, path) == ["body"]


def test_the_other_scores_in_the_file_stay_as_they_are(tmp_path):
    path = floors_file(tmp_path, title=0.9)

    raise_floors({"title": 1.0}, path)

    assert json.loads(path.read_text(encoding="utf-8"))["bench"] == {"ratio": 8}


def test_a_floor_is_rounded_down_so_that_the_same_figure_holds_it(tmp_path):
    path = tmp_path / "floors.json"

    raise_floors({"title": 2 / 3}, path)

    assert read_floors(path) == {"title": 0.6666}
    assert shortfalls({"title": 2 / 3}, read_floors(path)) == []
