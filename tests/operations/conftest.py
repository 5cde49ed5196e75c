"""The real `wirehouse serve` in processes of its own, on a small site."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.operations.served import Served
from tests.site.small import SmallSite

Serve = Callable[..., Served]


@pytest.fixture
def serve(site: SmallSite, tmp_path: Path) -> Iterator[Serve]:
    """Start `wirehouse serve`; it is killed, with all its processes, when the test ends.

    Keyword arguments: `data_dir`, `port`, `metrics_port`, `env` (variables), and settings.
    """
    started: list[Served] = []

    def start(
        data_dir: Path = tmp_path / "data",
        *,
        port: int | None = None,
        env: dict[str, str] | None = None,
        metrics_port: int | None = None,
        **settings: Any,
    ) -> Served:
        settings = {"base_url": site.base_url, "data_dir": data_dir} | settings
        served = Served.start(
            data_dir, port=port, env=env or {}, settings=settings, metrics_port=metrics_port
        )
        started.append(served)
        return served

    yield start
    for served in started:
        served.kill()


@pytest.fixture(autouse=True)
def no_prefect_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process decides for itself; those of the session are for its own server."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
