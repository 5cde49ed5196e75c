"""Readers open, hold and ask all the time while copy after copy is put in place."""

import json
import subprocess
import sys
from contextlib import ExitStack
from textwrap import dedent

import pytest

from tasks.warehouse.publish import publish
from tasks.warehouse.writer import writer

READERS = 8
LISTINGS = 300

READ = """
    import json, random, sys, threading, time
    from pathlib import Path
    import duckdb
    copy, manifest, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    stop, opened = threading.Event(), 0
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    print("ready", flush=True)
    while not stop.is_set():
        with duckdb.connect(copy, read_only=True) as connection:
            ask = "select count(*), min(etag), max(etag) from listings"
            first = connection.execute(ask).fetchall()
            time.sleep(random.random() / 20)
            assert connection.execute(ask).fetchall() == first, "it changed under a reader"
        assert first[0][0] == count and first[0][1] == first[0][2], f"a mixed state: {first}"
        json.loads(manifest.read_text())
        opened += 1
    print(opened)
"""


@pytest.mark.parametrize(
    "publications", [12, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.soak])]
)
@pytest.mark.timeout(1800)
def test_no_reader_fails_or_sees_a_mixed_state_and_no_writer_waits(run, layout, publications):
    with writer(layout, wait_seconds=0) as connection:
        connection.execute(
            f"insert into listings select range::varchar, '0', null, now() from range({LISTINGS})"
        )
    publish(run)
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(layout)) for _ in range(READERS)]
        for reader in readers:
            assert reader.stdout.readline() == "ready\n"
        for number in range(1, publications + 1):
            with writer(layout, wait_seconds=0) as connection:
                connection.execute("update listings set etag = $number", {"number": str(number)})
            publish(run)  # which waits for no one: writer_wait_seconds is 0
        opened = [reader.communicate() for reader in readers]
        assert [told for _, told in opened if told] == []
        assert all(int(count) >= publications / 20 for count, _ in opened)
        assert [reader.returncode for reader in readers] == [0] * READERS
    assert json.loads(layout.manifest.read_text())["bytes"] == layout.warehouse.stat().st_size


def _reader(layout):
    paths = [layout.warehouse, layout.manifest, LISTINGS]
    return subprocess.Popen(
        [sys.executable, "-c", dedent(READ), *map(str, paths)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
