"""The Prefect API that runs report to, served from a thread of this process.

Prefect reads its settings when it is first imported, so nothing here imports it at the top, and
callers import their flows only inside `prefect_api`. Whatever the operator has set in the
environment wins.
"""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.prefect_database import NAME, prune_runs, replace_damaged
from flows.render import LOG_FORMATTER, echo
from tasks.core.errors import OperatorError, StorageError, UsageError, WriterBusyError
from tasks.core.paths import DataPaths
from tasks.core.reports import Diagnosis, Level
from tasks.core.settings import Settings, read_settings, without_credentials
from tasks.warehouse.locks import exclusive_lock, lock_holder

if TYPE_CHECKING:
    from flows.origin_guard import OriginGuard

API_URL = "PREFECT_API_URL"
PASSWORD = "PREFECT_SERVER_API_AUTH_STRING"  # noqa: S105 - the name of the variable
DEFAULT_PORT = 4200
# A first start migrates the server's database; on two busy cores that took a minute.
_START_TIMEOUT = timedelta(minutes=3)
# How long Prefect's database keeps its history, at 35 MB a day of the default schedule.
_RUNS_KEPT, _EVENTS_KEPT = "P7D", "P1D"
_LISTENING = "0A"  # in /proc/net/tcp


def prepare_prefect(settings: Settings, *, verbose: bool = False) -> None:
    """Set Prefect's environment of this process: quiet, no telemetry, a folder of ours."""
    home = DataPaths(settings.data_dir).prefect.resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, home) from error
    level = "INFO" if verbose else "CRITICAL"
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(home),
        "PREFECT_LOGGING_CONFIG_PATH": str(Path(__file__).with_name("logging.yml")),
        "PREFECT_LOGGING_INTERNAL_LEVEL": "WARNING" if verbose else "CRITICAL",
        "PREFECT_LOGGING_LEVEL": level,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # In memory, the slot of a run that dies with the server would stay taken.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": _EVENTS_KEPT,
        "PREFECT_SERVER_LOGGING_LEVEL": level,
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": _RUNS_KEPT,
    }
    if verbose:
        defaults |= {
            "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO",
            "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_HANDLERS": "api,console",
            "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_HANDLERS": "api,console",
            "PREFECT_LOGGING_ROOT_LEVEL": level,
        }
    if password := os.environ.get(PASSWORD):
        defaults["PREFECT_API_AUTH_STRING"] = password
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    os.environ[LOG_FORMATTER] = settings.log_format
    # Prefect's server is on this machine, where no proxy of the environment could find it.
    spared = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if spared != "*":
        os.environ["no_proxy"] = ",".join(filter(None, (spared, "127.0.0.1", "localhost")))


@contextmanager
def hold_schedule(settings: Settings) -> Iterator[None]:
    """Keep any other `wirehouse serve`, or be kept by it, from the data folder."""
    path = DataPaths(settings.data_dir).serve_lock
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive_lock(path, wait_seconds=0))
        except WriterBusyError as busy:
            by = lock_holder(path) or "a process that has just ended"
            raise OperatorError(
                f"The schedule of {settings.data_dir} is served already, by {by}. End that "
                "process first, or set WIREHOUSE_DATA_DIR to another folder."
            ) from busy
        # Prefect takes it for held if a process has the number of the one that died with it.
        leases = Path(os.environ["PREFECT_HOME"]) / "concurrency_leases"
        (leases / "expirations.lock").unlink(missing_ok=True)
        yield


@contextmanager
def prefect_api(
    port: int = 0, *, services: bool = False, listen_all: bool = False
) -> Iterator[str]:
    """Serve Prefect's API for the length of the block, unless `PREFECT_API_URL` names a server.

    It runs in a thread: a process of its own would import Prefect a second time, which takes
    longer than everything else a short run does, and could outlive this one. Port 0 is any free
    one; `services` are the scheduler, the web pages and the like. With `listen_all` it listens on
    every address of the machine, not on loopback only, and must have a password. Yields the API's
    address, which `PREFECT_API_URL` holds meanwhile.
    """
    if listen_all and not os.environ.get(PASSWORD):
        raise UsageError(
            f"--listen-all lets other machines in: set {PASSWORD} first, to a name and a password "
            "with a colon between them."
        )
    if address := os.environ.get(API_URL):
        _require_server(address)
        yield address
        return
    if moved := replace_damaged(Path(os.environ["PREFECT_HOME"])):
        echo(f"Prefect's database was damaged; moved to {moved}. A new one starts empty.")
    with _listen("0.0.0.0" if listen_all else "127.0.0.1", port) as listening:  # noqa: S104
        port = listening.getsockname()[1]
        os.environ[API_URL] = address = f"http://127.0.0.1:{port}/api"
        # The web pages ask 127.0.0.1, also where they were opened by the other name.
        origins = [f"http://127.0.0.1:{port}", f"http://localhost:{port}"]
        os.environ.setdefault("PREFECT_SERVER_CORS_ALLOWED_ORIGINS", ",".join(origins))
        os.environ.setdefault("PREFECT_UI_ENABLED", str(services).lower())
        migrated = _skip_known_migrations()
        from prefect.server.api.server import create_app

        from flows.origin_guard import OriginGuard

        try:
            app = create_app(ephemeral=not services, final=True)
            with _serve(OriginGuard(app, origins), listening):
                migrated.write_text(version("prefect"), encoding="utf-8")
                if not services:
                    with suppress(Exception):  # in use by another process; a later run prunes
                        asyncio.run(prune_runs())
                yield address
        finally:
            del os.environ[API_URL]


def examine_prefect() -> Diagnosis:
    """Whether the server that runs would report to answers, or the port of their own is free."""
    if address := os.environ.get(API_URL):
        _require_server(address)
        shown = without_credentials(address)
        return Diagnosis("Prefect", Level.OK, f"a server answers at {shown}")
    holder = lock_holder(DataPaths(read_settings().data_dir).serve_lock)
    if holder:
        return Diagnosis("Prefect", Level.OK, f"wirehouse serve runs its server, as {holder}")
    if user := _used_by(DEFAULT_PORT):
        advice = "wirehouse serve needs another: wirehouse serve --port 4201"
        return Diagnosis("Prefect", Level.WARN, f"port {DEFAULT_PORT} is taken{user}", advice)
    return Diagnosis("Prefect", Level.OK, "each command starts a server of its own")


@contextmanager
def _serve(app: "OriginGuard", listening: socket.socket) -> Iterator[None]:
    """Run a server in a thread of this process for the length of the block."""
    import uvicorn
    from prefect._internal.concurrency.services import QueueService

    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listening]}, name="prefect-api", daemon=True
    )
    thread.start()
    until = time.monotonic() + _START_TIMEOUT.total_seconds()
    try:
        while not server.started:
            if not thread.is_alive() or time.monotonic() > until:
                raise OperatorError(
                    "The Prefect server did not start. If its database is damaged, remove "
                    f"{os.environ['PREFECT_HOME']}: only Prefect's own history of runs is in it."
                )
            time.sleep(0.01)
        yield
    finally:
        QueueService.drain_all(timeout=5)  # what Prefect's client still has to report
        server.should_exit = True
        thread.join(timeout=5)


def _require_server(address: str) -> None:
    """Refuse an address at which no Prefect server answers, before a run fails there."""
    try:
        urlsplit(address)  # Prefect's own check of it ends the import with a page of text
        from prefect.client.orchestration import get_client

        with get_client(sync_client=True) as client:
            client.read_flows(limit=1)
    except Exception as error:  # whatever httpx, pydantic and Prefect raise for it
        raise OperatorError(
            f"No Prefect server answers at {API_URL}={without_credentials(address)} "
            f"({str(error).splitlines()[0]}). Start it, correct the address, or unset it: then "
            "Wirehouse starts its own."
        ) from error


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        cause = os.strerror(error.errno or 0) + _used_by(port)
        raise OperatorError(
            f"The Prefect server can't have port {port}: {cause}. Choose another: "
            "wirehouse serve --port 4201"
        ) from error


def _used_by(port: int) -> str:
    """Which process listens on a port, as far as this user may see it."""
    with suppress(OSError):
        rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()]
        sockets = {
            f"socket:[{row[9]}]"
            for row in rows
            if row[1].endswith(f":{port:04X}") and row[3] == _LISTENING
        }
        for link in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                if str(link.readlink()) in sockets:
                    program = (link.parents[1] / "cmdline").read_bytes().replace(b"\0", b" ")
                    return f", by process {link.parts[2]} ({program.decode(errors='replace')})"
    return ""


def _skip_known_migrations() -> Path:
    """Have the server skip its migrations where this version of it has run them; the note of it.

    Finding out that there is nothing to migrate takes Alembic a second.
    """
    home = Path(os.environ["PREFECT_HOME"])
    note = home / f"{NAME}.version"
    with suppress(OSError):
        if (home / NAME).stat().st_size and note.read_text("utf-8") == version("prefect"):
            os.environ.setdefault("PREFECT_SERVER_DATABASE_MIGRATE_ON_START", "false")
    return note
