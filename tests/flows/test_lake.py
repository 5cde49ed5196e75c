"""An ingest that can't publish to the lake is complete but for that, and says so."""

import pytest

from tests.flows.conftest import message_of, select

pytestmark = pytest.mark.prefect


def test_an_ingest_says_that_the_lake_could_not_be_written(wirehouse, known, tmp_path):
    known |= {"lake": tmp_path / "lake"}
    (tmp_path / "lake").write_text("no folder")
    message = message_of(wirehouse("ingest", **known))
    assert f"The lake {tmp_path / 'lake'} can't be read or written" in message
    query = "select status from runs order by started_at"
    assert select(known["data_dir"], query) == [("completed",), ("completed",)]
    assert "There is no lake" in message_of(wirehouse("attach", **known | {"lake": ""}))
