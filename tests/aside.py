"""Tools that a test installs in an environment of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

_UV = Path(sys.executable).with_name("uv")


def install_aside(folder: Path, *packages: str) -> Path:
    """The folder of the programs of a new environment with these packages.

    The test is skipped where the package registry can't be reached.
    """
    subprocess.run([_UV, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    command: list[str | Path] = [_UV, "pip", "install", "--quiet", "--python", folder, *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "error sending request" in done.stderr or "Could not connect" in done.stderr:
        pytest.skip(f"the package registry can't be reached: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    return folder / "bin"
