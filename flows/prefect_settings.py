"""What Prefect is told before it is imported: quiet, no telemetry, its files under ours.

Prefect reads its settings when it is first imported, so this module imports nothing of it.
Whatever the operator has set stands.
"""

import logging
import os
from pathlib import Path

from tasks.core.errors import StorageError

API_URL = "PREFECT_API_URL"


def prepare_prefect(data_dir: Path, *, verbose: bool = False) -> None:
    """Set Prefect's environment for this process and its children.

    Args:
        data_dir: Prefect's own files go to `state/prefect` under it.
        verbose: show Prefect's log of flow and task runs.

    Raises:
        StorageError: the data folder can't be written.
    """
    home = (data_dir / "state" / "prefect").resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(error, home) from error
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(home),
        "PREFECT_LOGGING_INTERNAL_LEVEL": "WARNING" if verbose else "CRITICAL",
        "PREFECT_LOGGING_ROOT_LEVEL": "INFO" if verbose else "CRITICAL",
        "PREFECT_LOGGING_LEVEL": "INFO" if verbose else "CRITICAL",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # The one-shot server is started for a single run. It imports and migrates for 10 to 14 s
        # on a good day, and a loaded machine needs more than Prefect's 20.
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_LOGGING_LEVEL": "INFO" if verbose else "CRITICAL",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    _reach_loopback_directly()
    logging.getLogger("tasks").setLevel(logging.INFO if verbose else logging.WARNING)


def _reach_loopback_directly() -> None:
    """Prefect's server is on this machine, where no proxy of the environment could find it."""
    spared = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if spared != "*":
        os.environ["no_proxy"] = ",".join(filter(None, (spared, "127.0.0.1", "localhost")))
