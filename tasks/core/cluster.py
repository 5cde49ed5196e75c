"""A Dask cluster: processes of other machines that do what a run hands them.

They see the data folder at the same path. Which of them are of this version their resources say,
so that the scheduler gives nothing to others.
"""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, TypeVarTuple, Unpack
from urllib.parse import urlsplit
from uuid import uuid4

from tasks.core.errors import EngineError, UsageError, WorkerDiedError
from tasks.core.settings import PREFIX, Settings

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

_SECONDS_TO_CONNECT = 15
_SECONDS_FOR_WORKERS = 30.0  # to come; those that come later are used too
_MEMORY_BYTES = 1 << 30  # of the process that waits for others, which have limits of their own
_ADVICE = "What was done is kept; run the same command again for the rest."

_log = logging.getLogger(__name__)


class Cluster:
    def __init__(self, client: Any, address: str, versions: str) -> None:
        """Use the workers that announced these versions; see `open_cluster`."""
        self._client, self._address, self._versions = client, address, versions
        self.cores = 0  # of workers that can be used

    async def find_workers(self) -> None:
        """Count the workers of this version, and name the others; an `EngineError` without any."""
        deadline = asyncio.get_running_loop().time() + _SECONDS_FOR_WORKERS
        while True:
            known = await self._client.scheduler.identity(n_workers=-1)
            found = known["workers"].values()
            fit = [one for one in found if self._versions in one["resources"]]
            self.cores = sum(one["nthreads"] for one in fit)
            if self.cores or asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.2)
        others = [one for one in found if self._versions not in one["resources"]]
        named = "; ".join(f"{one['name']} has {', '.join(one['resources'])}" for one in others)
        if not self.cores:
            raise EngineError(
                f"{self._address} has no worker of {self._versions}. Start one on each machine: "
                f"wirehouse worker {self._address}. {named}"
            )
        if named:
            _log.warning("Workers of other versions than %s get no work: %s", self._versions, named)

    async def run(
        self, function: Callable[[Unpack[Arguments]], Result], *args: *Arguments
    ) -> Result:
        """What a function returns, called once or more by workers; it and they are pickled.

        A `WorkerDiedError` if every worker that began it died, an `EngineError` if the scheduler
        did. Whatever the function raises is raised here.
        """
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        name = getattr(function, "__name__", "work")
        future = self._client.submit(
            function, *args, key=f"{name}-{uuid4().hex}", pure=False,
            resources={self._versions: 1},
        )  # fmt: skip
        try:
            result: Result = await future
        except KilledWorker as error:
            raise WorkerDiedError(f"Every worker of {self._address} that began it died") from error
        except (FutureCancelledError, OSError) as error:
            raise _unreachable(self._address, error) from error
        finally:
            future.release()
        return result


@asynccontextmanager
async def open_cluster(address: str, versions: str) -> AsyncIterator[Cluster]:
    """The cluster of a scheduler; an `EngineError` where it can't be reached, `UsageError`s."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            f"{PREFIX}ENGINE needs packages that are not installed (distributed). Install them: "
            ".venv/bin/python -m pip install -e '.[dask]'"
        ) from error
    client = Client(  # type: ignore[no-untyped-call]
        address, asynchronous=True, timeout=_SECONDS_TO_CONNECT, set_as_default=False
    )
    try:
        await client
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        await client.close()  # type: ignore[no-untyped-call]
        raise _unreachable(address, error) from error
    async with client:
        yield Cluster(client, address, versions)


def worker_command(settings: Settings, versions: str) -> tuple[list[str], dict[str, str]]:
    """The command that works for a scheduler, and the environment that it needs."""
    scheme, _, rest = settings.engine.partition("://")
    host = ["--host", urlsplit(f"//{rest}").hostname or ""] if scheme == "tcp" else []
    options = {
        "--nworkers": settings.workers,
        "--nthreads": 1,  # so that what dies with a process is one unit
        "--memory-limit": _MEMORY_BYTES,
        "--resources": f"{versions}=1",
    }
    given = [str(part) for option in options.items() for part in option]
    command = [sys.executable, "-m", "distributed.cli.dask_worker", settings.engine, *given]
    # It starts processes of its own, which it could not if it were a daemon to multiprocessing.
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    return [*command, "--no-dashboard", *host], environment


def _unreachable(address: str, error: Exception) -> EngineError:
    cause = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
    return EngineError(
        f"The scheduler {address} can't be reached: {cause}. Check that it runs, its address and "
        f"the certificates. {_ADVICE}"
    )
