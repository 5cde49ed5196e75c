"""Prefect's server: its database when that is damaged or old, and an address where none answers."""

import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from flows.prefect_database import garbage_thread, replace_damaged
from tests.command import Command
from tests.site.small import STORIES


def _database(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table flow_run (id integer primary key, name text)")
        database.executemany(
            "insert into flow_run (name) values (?)",
            [(f"run {number}" * 50,) for number in range(999)],
        )
        database.execute("create index by_name on flow_run (name)")
        database.commit()
    return path


DAMAGES = {
    "not a database": lambda old: b"what a broken disk left" * 1000,
    "no header": lambda old: bytes(100) + old[100:],
    "truncated": lambda old: old[: len(old) // 2],
    "zeros inside": lambda old: old[:8192] + bytes(65536) + old[73728:],
    "noise inside": lambda old: old[:8192] + os.urandom(65536) + old[73728:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_database_is_moved_aside_with_its_journal(tmp_path, damage):
    path = _database(tmp_path / "prefect.db")
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    (tmp_path / "prefect.db-wal").write_bytes(b"")
    moved = replace_damaged(tmp_path)
    assert moved is not None
    assert moved == tmp_path / "prefect.db.damaged"
    assert (tmp_path / "prefect.db.damaged").read_bytes() == damaged
    assert list(tmp_path.iterdir()) == [moved]


def test_a_sound_database_stays_also_while_it_is_in_use(tmp_path):
    assert replace_damaged(tmp_path) is None
    path = _database(tmp_path / "prefect.db")
    before = path.read_bytes()
    assert replace_damaged(tmp_path) is None
    with closing(sqlite3.connect(path)) as other:
        other.execute("begin exclusive")
        assert replace_damaged(tmp_path) is None
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_run_starts_over_with_prefects_history_where_that_is_damaged(site, tmp_path):
    home = tmp_path / "state" / "prefect"
    home.mkdir(parents=True)
    (home / "prefect.db").write_bytes(b"what a broken disk left" * 1000)
    command = Command(
        data_dir=tmp_path,
        api_url=None,
        settings={"base_url": site.base_url, "requests_per_second": 0, "workers": 1},
    )
    environment = {"PREFECT_API_URL": "", "PREFECT_HOME": str(home)}

    done = command.run(env=environment)

    assert done.stderr == (
        f"Prefect's database was damaged; moved to {home}/prefect.db.damaged. "
        "A new one starts empty.\n"
    )
    assert f"{STORIES}" in done.stdout
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        runs = "select count(*), max(state_type) from flow_run"
        assert database.execute(runs).fetchone() == (1, "COMPLETED")
        database.execute("update flow_run set end_time = datetime('now', '-8 days')")
        database.execute("update events set occurred = datetime('now', '-8 days')")
        database.commit()
        assert database.execute("select count(*) from log").fetchone()[0] > 1

        assert command.run(env=environment).stderr == ""

        assert database.execute(runs).fetchone() == (1, "COMPLETED"), "the old run was pruned"
        assert database.execute(
            "select count(*) from events where occurred < date('now')"
        ).fetchone() == (0,)
        orphans = "select count(*) from log where flow_run_id not in (select id from flow_run)"
        assert database.execute(orphans).fetchone() == (0,)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/api",
        "http://[::1/api",
        pytest.param("nonsense", marks=pytest.mark.slow),
    ],
)
def test_an_address_without_a_prefect_server_is_refused_by_name(address, tmp_path):
    with Command(data_dir=tmp_path, api_url=address).start() as process:
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert stderr.startswith(f"wirehouse: No Prefect server answers at PREFECT_API_URL={address} (")
    assert stderr.count("\n") == 1


@pytest.mark.slow
def test_an_address_of_another_server_is_refused_by_name(site, tmp_path):
    with Command(data_dir=tmp_path, api_url=f"{site.base_url}/api").start() as process:
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert stderr.startswith("wirehouse: No Prefect server answers at PREFECT_API_URL=http://127")


def test_a_cursor_of_a_busy_connection_is_freed_without_this_thread_waiting_for_it():
    class Cycle:
        def __init__(self, cursor):
            self.cursor, self.itself = cursor, self

    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select sum(i) from n"
    with (
        closing(sqlite3.connect(":memory:", check_same_thread=False)) as database,
        ThreadPoolExecutor() as pool,
        garbage_thread(every_seconds=0.5),
    ):
        cursor = database.execute("values (1), (2)")
        cursor.fetchone()
        query = pool.submit(database.execute, endless)
        limit = threading.Timer(5, database.interrupt)
        limit.start()
        Cycle(cursor)
        del cursor
        for _ in range(3):
            assert [[number] for number in range(150_000)]  # collections here, were they enabled
        time.sleep(0.6)  # the thread's collection
        limit.cancel()
        assert not query.done()
        database.interrupt()
