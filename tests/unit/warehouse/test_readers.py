"""Readers open, hold and query copies all the time while new ones are put in place."""

import json
from contextlib import ExitStack

import pytest

from tasks.warehouse.publish import publish
from tasks.warehouse.writer import writer
from tests.unit.warehouse.other_process import another_process, read_continually

ROWS = 300


@pytest.mark.parametrize(
    ("publications", "reader_count"),
    [(12, 3), pytest.param(1000, 8, marks=[pytest.mark.slow, pytest.mark.soak])],
)
@pytest.mark.timeout(1800)
def test_no_reader_fails_or_sees_a_mixed_state_and_no_writer_waits(
    run, made, publications, reader_count
):
    with writer(made, wait_seconds=0) as connection:
        connection.execute(
            f"insert into listing_validators select range::varchar, '0', null, now() from range({ROWS})"
        )
    publish(run)
    with ExitStack() as stack:
        arguments = (read_continually, made.warehouse, made.manifest, ROWS)
        readers = [stack.enter_context(another_process(*arguments)) for _ in range(reader_count)]
        for number in range(1, publications + 1):
            with writer(made, wait_seconds=0) as connection:
                connection.execute(
                    "update listing_validators set etag = $number", {"number": str(number)}
                )
            publish(run)  # which waits for no one: writer_wait_seconds is 0
        opened = [reader.communicate() for reader in readers]
        assert [errors for _, errors in opened if errors] == []
        assert all(int(count) >= publications / 20 for count, _ in opened)
        assert [reader.returncode for reader in readers] == [0] * reader_count
    assert json.loads(made.manifest.read_text())["bytes"] == made.warehouse.stat().st_size
