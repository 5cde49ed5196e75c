"""The `wirehouse` command over one data folder, in processes of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command, to be run any number of times; `settings` by their lower-case names."""

    data_dir: Path
    api_url: str | None  # of a Prefect server; without one the command starts its own
    arguments: tuple[str, ...] = ("ingest",)
    settings: dict[str, Any] = field(default_factory=dict)
    program: tuple[str | Path, ...] = (Path(sys.executable).with_name("wirehouse"),)

    def start(self, **options: Any) -> "subprocess.Popen[str]":
        """Start it and do not wait; options as for `Popen`, `env` in addition to the settings."""
        settings = self.settings | {"data_dir": self.data_dir}
        variables = {f"WIREHOUSE_{name.upper()}": str(value) for name, value in settings.items()}
        if self.api_url:
            variables["PREFECT_API_URL"] = self.api_url
        environment = os.environ | variables | options.pop("env", {})
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(
            [*self.program, *self.arguments],
            env=environment,
            text=True,
            **pipes | options,
        )

    def run(self, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run it to its end, which must be a success."""
        with self.start(**options) as process:
            out, err = process.communicate()
        assert process.returncode == 0, err
        return subprocess.CompletedProcess(process.args, 0, out, err)
