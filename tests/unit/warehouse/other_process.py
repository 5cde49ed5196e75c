"""Starts other processes; most print "ready" and end when their input does."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import duckdb

from tasks.core.errors import StorageError, UsageError
from tasks.core.paths import DataPaths
from tasks.core.run import Run
from tasks.core.settings import Settings
from tasks.warehouse.connect import transaction
from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.publish import publish_copy
from tasks.warehouse.runs import begin_run, hold_run_lock
from tasks.warehouse.sandbox import ask
from tasks.warehouse.writer import writer


def start_process(function, *arguments):
    """A process that runs one of the functions below."""
    code = f"import sys; from {function.__module__} import *; {function.__name__}(*sys.argv[1:])"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def another_process(function, *arguments):
    """A process that has come to "ready"; its input ends with the block."""
    with start_process(function, *arguments) as process:
        line = process.stdout.readline()
        assert line == "ready\n", process.communicate()
        yield process


def output_of(function, *arguments):
    with start_process(function, *arguments) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return output


def write_line(text):
    print(text, flush=True)


def hold():
    write_line("ready")
    sys.stdin.read()


def hold_lock(path, flow=""):
    with exclusive_lock(Path(path), wait_seconds=0, flow=flow):
        hold()


def release_lock_but_not_child(path):
    with exclusive_lock(Path(path), wait_seconds=0):
        if os.fork() == 0:
            sys.stdin.read()
            os._exit(0)
    write_line("ready")


def hold_writer(data_dir):
    with writer(DataPaths(data_dir=Path(data_dir)), wait_seconds=0):
        hold()


def hold_file(path):
    with duckdb.connect(path):
        hold()


def hold_run(data_dir, run_id):
    settings = Settings(data_dir=Path(data_dir))
    run = Run(run_id=run_id, flow="ingest", started_at=datetime.now(UTC), settings=settings)
    with hold_run_lock(run):
        with writer(run.paths, wait_seconds=0) as connection:
            begin_run(connection, run)
        hold()


def query_without_end(data_dir):
    numbers = "range(10000000) as one cross join range(1000000) as two"
    try:
        write_line("ready")
        ask(DataPaths(data_dir=Path(data_dir)), f"select sum(one.range * two.range) from {numbers}")
    except KeyboardInterrupt:
        write_line("interrupted")


def ask_all(data_dir, *queries):
    for query in queries:
        try:
            ask(DataPaths(data_dir=Path(data_dir)), query)
        except UsageError as error:
            write_line(error)


def count_later(path, table="ops.listing_validators"):
    with duckdb.connect(path, read_only=True) as connection:
        write_line("ready")
        sys.stdin.readline()
        write_line(connection.table(table).count("*").fetchall()[0][0])


def read_continually(copy, manifest, row_count):
    stop, opened = Event(), 0

    def stop_at_end_of_input():
        sys.stdin.read()
        stop.set()

    Thread(target=stop_at_end_of_input, daemon=True).start()
    write_line("ready")
    while not stop.is_set():
        with duckdb.connect(copy, read_only=True) as connection:
            query = "select count(*), min(etag), max(etag) from ops.listing_validators"
            first = connection.execute(query).fetchall()
            time.sleep(random.random() / 20)
            assert connection.execute(query).fetchall() == first, "it changed under a reader"
        [(count, lowest, highest)] = first
        assert count == int(row_count), f"a mixed state: {first}"
        assert lowest == highest, f"a mixed state: {first}"
        json.loads(Path(manifest).read_text())
        opened += 1
    write_line(opened)


def show_tables(path):
    with duckdb.connect(path, read_only=True) as connection:
        write_line(connection.sql("show tables"))


def limit_file_size(size):
    sys.dont_write_bytecode = True  # a compiled module cut short would break later processes
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def copy_to_full_disk(source, target):
    limit_file_size(100_000)
    try:
        publish_copy(Path(source), Path(target))
    except StorageError as error:
        write_line(error)


def write_to_full_disk(data_dir):
    paths = DataPaths(data_dir=Path(data_dir))
    limit_file_size(paths.writer_file.stat().st_size + 1_000_000)
    try:
        with writer(paths, wait_seconds=0) as connection, transaction(connection):
            connection.execute(
                "insert into article_versions select range, 1, 't',"
                " sha256(range::varchar) || sha256((range + 1)::varchar), 's', now(), 'c', now(),"
                " now(), null from range(200000)"
            )
    except StorageError as error:
        write_line(error)
