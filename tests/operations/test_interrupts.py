"""A command that is interrupted while it starts prints no traceback."""

import os
import signal
import sys
import time
from itertools import cycle
from pathlib import Path

import pytest

from tests.command import Command
from tests.prefect_server import free_port

pytestmark = pytest.mark.operations

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize("arguments", [("ingest", "--sample"), ("serve", "--port")])
def test_ctrl_c_prints_no_traceback_however_early(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    port = (str(free_port()),) if arguments[0] == "serve" else ()
    command = Command(
        data_dir=tmp_path / "data",
        api_url=None,
        arguments=(*arguments, *port),
        program=(sys.executable, "-m", "flows"),
    )
    for seconds, number in zip((0.2, 0.6, 1.0, 1.4, 2.0, 3.0), cycle(SIGNALS)):
        with command.start(
            start_new_session=True,
            # Where the tests run as a background job, they ignore it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ) as process:
            time.sleep(seconds)
            os.killpg(process.pid, number)
            _, err = process.communicate(timeout=60)
        # A SIGTERM that has become a SIGINT may end the process as that.
        assert process.returncode in (-number, -signal.SIGINT, 1, 0), (seconds, number, err)
        assert "Traceback" not in err, (seconds, number)
        assert "Exception ignored" not in err, (seconds, number)
