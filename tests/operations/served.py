"""One `wirehouse serve`, with what a test asks of it: its runs, its output, its processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.command import Command
from tests.prefect_server import free_port

PATIENCE_SECONDS = 120
QUICK_SETTINGS = {"requests_per_second": 0, "attempts": 1, "workers": 1, "schedule_minutes": 60}

# Scripts start background jobs with SIGINT ignored.
_AS_A_JOB = ("sh", "-c", "trap '' INT; exec \"$@\"", "sh")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Served:
    """The process leads a session of its own, so that all its processes can be found."""

    data_dir: Path
    port: int
    process: "subprocess.Popen[str]"
    log: Path  # what it wrote to standard output and standard error

    @classmethod
    def start(
        cls,
        data_dir: Path,
        *,
        port: int | None = None,
        env: dict[str, str],
        settings: dict[str, Any],
        metrics_port: int | None = None,
    ) -> Self:
        """Start `wirehouse serve` and do not wait."""
        port = port or free_port()
        metrics = ("--metrics-port", str(metrics_port)) if metrics_port else ()
        command = Command(
            data_dir=data_dir,
            api_url=None,
            arguments=("serve", "--port", str(port), *metrics),
            settings=QUICK_SETTINGS | settings,
        )
        return cls.run_command(command, port=port, env=env)

    @classmethod
    def run_command(
        cls, command: Command, *, port: int = 0, env: dict[str, str] | None = None
    ) -> Self:
        """Start any command in a session of its own and do not wait."""
        log = command.data_dir.with_name(f"{command.data_dir.name}-{time.monotonic_ns()}.log")
        background = replace(command, program=(*_AS_A_JOB, *command.program))
        with log.open("w") as output:
            process = background.start(
                env={"PREFECT_RUNNER_POLL_FREQUENCY": "1"} | (env or {}),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return cls(data_dir=command.data_dir, port=port, process=process, log=log)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return self.log.read_text()

    def wait_for(self, what: str, condition: Callable[[], T], seconds: float | None = None) -> T:
        """What the condition returns once it is true, which must be soon."""
        until = time.monotonic() + (seconds or PATIENCE_SECONDS)
        while not (result := condition()):
            assert time.monotonic() < until, f"{what}: never. {self.flow_runs()} {self.output}"
            time.sleep(0.1)
        return result

    def wait_until_serving(self) -> None:
        self.wait_for("the schedule is served", lambda: "Ctrl-C" in self.output)

    def flow_runs(self, state: str = "%") -> list[tuple[str, str, str]]:
        """Each flow run that Prefect knows of, oldest first: its id, state type and message.

        Runs that are only scheduled are left out, unless `state` asks for them.
        """
        path = self.data_dir / "state" / "prefect" / "prefect.db"
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as database:
            try:
                return database.execute(
                    "select run.id, run.state_type, state.message from flow_run as run "
                    "left join flow_run_state as state on state.id = run.state_id "
                    "where run.state_type like ? and (run.state_type != 'SCHEDULED' or ? != '%') "
                    "order by run.expected_start_time",
                    (state, state),
                ).fetchall()
            except sqlite3.OperationalError:  # no table yet
                return []

    def wait_until(self, state: str, count: int = 1) -> None:
        """Wait until so many flow runs are in a state, such as `COMPLETED`."""
        self.wait_for(f"{count} flow runs {state}", lambda: len(self.flow_runs(state)) >= count)

    def prefect(self, *arguments: str) -> None:
        """Run the `prefect` command against its server."""
        subprocess.run(
            [Path(sys.executable).with_name("prefect"), "--no-prompt", *arguments],
            env=os.environ | {"PREFECT_API_URL": f"{self.url}/api", "DO_NOT_TRACK": "1"},
            check=True,
            capture_output=True,
        )

    def process_ids(self) -> list[int]:
        """Every process of its session that has not ended."""
        return [
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if _is_running_in(entry, self.process.pid)
        ]

    def run_process_ids(self) -> list[int]:
        """The process of the run that it is carrying out, if any."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [
            int(child)
            for child in children.read_text().split()
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]

    def memory_mib(self) -> float:
        """What its processes other than runs hold of memory."""
        pages = 0
        for process_id in {*self.process_ids()} - {*self.run_process_ids()}:
            with suppress(OSError):  # it has just ended
                pages += int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

    def wait_until_ended(self) -> None:
        self.wait_for("every process ends", lambda: not self.process_ids(), 60)
        self.process.wait(timeout=10)

    def stop(self, number: signal.Signals = signal.SIGTERM, *, seconds: float = 60) -> float:
        """Send its first process a signal; the seconds that it and all others took to end."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=seconds)
        self.wait_until_ended()
        return time.monotonic() - started

    def kill(self) -> None:
        """Kill every process."""
        for process_id in self.process_ids():
            os.kill(process_id, signal.SIGKILL)
        self.process.wait(timeout=10)


def _is_running_in(entry: Path, session: int) -> bool:
    try:
        # The name of the program, in brackets, may hold anything.
        state, _, _, session_id = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return False
    return int(session_id) == session and state != "Z"
