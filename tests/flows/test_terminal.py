"""What commands print where the terminal is narrow, output is impossible or a file is in the way."""

import fcntl
import json
import os
import pty
import re
import struct
import tempfile
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from tasks.core.paths import DataPaths
from tasks.publish import publish
from tasks.runs import fail_run, start_run
from tests.command import Command
from tests.flows.conftest import message_of
from tests.sql.records import make_run

CAUSE = (
    "http://127.0.0.1:9 can't be crawled: its robots.txt could not be read (All connection attempts "
    "failed), and without it nothing may be fetched. Check the network, then run it again."
)


@pytest.fixture(scope="module")
def data_dir():
    """A warehouse with one run that completed and one that failed, where every user may read."""
    with tempfile.TemporaryDirectory(prefix="wirehouse-terminal-") as folder:
        start_run.fn(completed := make_run(Path(folder)))
        publish.fn(completed)
        start_run.fn(failed := make_run(Path(folder), "20250812T110000Z-0a1b2c"))
        fail_run.fn(failed, CAUSE)
        yield Path(folder)


def run(data_dir, *arguments, **options):
    """One command in a process of its own: its exit status, standard output and error."""
    with Command(data_dir=data_dir, api_url=None, arguments=arguments).start(**options) as process:
        output, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert "a bug in Wirehouse" not in errors
    return process.returncode, output or "", errors


def show_on_terminal(data_dir, width, *arguments, status=0, **variables):
    """What a command prints on a real terminal of so many columns, without its styles."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    command = Command(data_dir=data_dir, api_url=None, arguments=arguments)
    environment = {"COLUMNS": "", "TERM": "xterm"} | variables
    with command.start(stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b"".join(read_all(ours))
    os.close(ours)
    assert process.returncode == status
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")


def read_all(terminal):
    while True:
        try:
            yield os.read(terminal, 10_000)
        except OSError:  # the last process that wrote to it is gone
            return


def test_the_status_is_legible_on_a_narrow_terminal(data_dir):
    shown = show_on_terminal(data_dir, 40, "status")
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 40
    assert len(lines) < 60
    assert CAUSE in " ".join(shown.split())
    assert "queued for loading" in shown
    cells = [cell.strip() for line in lines for cell in line.split("│") if "│" in line]
    assert not [cell for cell in cells if cell == "ing"], "a word is cut into pieces"


def test_the_status_is_a_table_on_a_wide_terminal(data_dir):
    assert "│ 20250812T110000Z-0a1b2c │ ingest │ failed" in show_on_terminal(
        data_dir, 220, "status"
    )


ARABIC = "select 'الكويت توقع اتفاقية' as title, range as number, 'one' as word from range(150)"


@pytest.mark.parametrize("query", ["from runs", ARABIC], ids=["runs", "Arabic"])
def test_rows_are_legible_on_a_narrow_terminal_and_go_through_the_pager(data_dir, query):
    shown = show_on_terminal(data_dir, 40, "sql", query, PAGER="sed s/^/:/", NO_COLOR="1")
    lines = [line[1:] for line in shown.splitlines() if line.startswith(":")]
    assert max(map(cell_len, lines)) <= 40
    if query == ARABIC:
        assert lines[-1][0] == "└"
        assert len({cell_len(line) for line in lines}) == 1
        assert "The first 100 of 150 rows; --limit 0 shows all." in " ".join(shown.split())
    else:
        assert lines[0].startswith("run_id  ")


def test_no_bytes_go_to_a_terminal(data_dir):
    shown = show_on_terminal(data_dir, 80, "search", "x", "--format", "parquet", status=2)
    assert " is not for a terminal: write it to a file" in " ".join(shown.split())


@pytest.mark.parametrize("arguments", [("status",), ("sql", "from runs", "--json")])
def test_a_full_disk_under_standard_output_is_one_message(data_dir, arguments):
    with Path("/dev/full").open("w") as full:
        status, _, errors = run(data_dir, *arguments, stdout=full)
    assert status == 1
    assert errors.startswith("wirehouse: standard output: No space left on device. Free some space")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("arguments", [("status",), ("sql", "from runs", "--json")])
def test_nobody_need_read_what_is_printed(data_dir, arguments):
    closed = ("sh", "-c", '"$@" >&-', "sh", Command.program[0])
    with Command(
        data_dir=data_dir, api_url=None, arguments=arguments, program=closed
    ).start() as it:
        assert (it.communicate(timeout=60)[1], it.returncode) == ("", 0)


def test_letters_that_a_terminal_does_not_have_are_escaped(data_dir):
    query = "select 'Türkiye – الكويت' as title"
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    assert run(data_dir, "status", env=ascii_only)[0] == 0
    status, output, _ = run(data_dir, "sql", query, env=ascii_only)
    assert (status, "T\\xfcrkiye \\u2013" in output) == (0, True)
    _, output, _ = run(data_dir, "sql", query, "--json", env=ascii_only)
    assert json.loads(output) == [{"title": "Türkiye – الكويت"}]


@pytest.mark.parametrize("arguments", [("status",), ("sql", "select status from runs")])
def test_who_may_only_read_can_ask(data_dir, arguments):
    before = snapshot(data_dir)
    paths = [path for path in (data_dir, *data_dir.rglob("*")) if path.is_dir()]
    # The superuser obeys permissions, too, without the right to override them.
    unprivileged = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    program = (*(unprivileged if os.geteuid() == 0 else ()), *Command.program)
    try:
        for path in (*before, *paths):
            path.chmod(path.stat().st_mode & ~0o222)
        with Command(
            data_dir=data_dir, api_url=None, arguments=arguments, program=program
        ).start() as it:
            output, errors = it.communicate(timeout=60)
        assert (it.returncode, errors) == (0, "")
        assert "completed" in output
        assert snapshot(data_dir) == before
        DataPaths(data_dir=data_dir).warehouse.chmod(0)
        with Command(
            data_dir=data_dir, api_url=None, arguments=arguments, program=program
        ).start() as it:
            _, errors = it.communicate(timeout=60)
        assert it.returncode == 1
        assert "Correct the permissions" in errors
        assert "Traceback" not in errors
    finally:
        for path in (*paths, *before):
            path.chmod(path.stat().st_mode | 0o700 if path.is_dir() else 0o644)


def snapshot(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.prefect
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("status", "--json"), 1, "Not a directory. Check that path, and WIREHOUSE_DATA_DIR."),
        (("ingest", "--json"), 1, "Check that path, and WIREHOUSE_DATA_DIR."),
        (("sql", "--json", "select 1"), 2, "There is no warehouse at"),
        (("backfill", "--json"), 2, "Name the stories"),
        (("forget", "12", "--json"), 2, "names no stories"),
        (("restore", "nowhere", "--json"), 2, "isn't a complete backup"),
        (("backup", "--json"), 2, "no warehouse"),
    ],
)
def test_a_failure_is_json_on_standard_output_too(wirehouse, tmp_path, arguments, code, message):
    in_the_way = tmp_path / "data"
    if arguments[0] in ("status", "ingest"):
        in_the_way.touch()
    done = wirehouse(*arguments, data_dir=in_the_way)
    assert done.returncode == code
    assert message in message_of(done)
    error = json.loads(done.stdout.splitlines()[-1])
    assert error["exit_status"] == code
    assert f"wirehouse: {error['error']}\n" == done.stderr
