"""A throw-away environment for each extractor that Wirehouse is compared with."""

import subprocess
import sys
from pathlib import Path

TOOLS = {
    "trafilatura": ("trafilatura==2.3.1", "lxml_html_clean>=0.4"),
    "newspaper4k": ("newspaper4k==0.9.6",),
    "news-please": ("news-please==1.6.16",),
    "readability-lxml": ("readability-lxml==0.9", "lxml_html_clean>=0.4"),
    "resiliparse": ("resiliparse==2.0.1",),
}
"""What each tool's environment holds."""

ROOT = Path(__file__).parents[2]
_SCRIPT = Path(__file__).with_name("extractors.py")
_NICE = ("nice", "-n", "15")


def make_environment(tool: str, folder: Path) -> Path:
    """A new environment below the folder with the tool in it; the path of its interpreter.

    Raises:
        subprocess.CalledProcessError: the environment could not be made or the tool not installed.
    """
    home = folder / f"env-{tool}"
    python = home / "bin" / "python"
    _run(sys.executable, "-m", "venv", home)
    _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *TOOLS[tool])
    return python


def run_extractor(tool: str, python: Path, pages: Path, answers: Path) -> None:
    """Put the folder of pages through the tool, in its environment.

    Raises:
        subprocess.CalledProcessError: the tool broke down as a whole.
    """
    _run(python, "-P", _SCRIPT, tool, pages, answers)


def run_wirehouse(pages: Path, answers: Path) -> None:
    """Put the folder of pages through Wirehouse, in the environment that this process has.

    Raises:
        subprocess.CalledProcessError: the reader broke down as a whole.
    """
    _run(sys.executable, "-m", "tests.quality.extractors", "wirehouse", pages, answers)


def _run(*command: str | Path) -> None:
    try:
        subprocess.run([*_NICE, *command], check=True, capture_output=True, text=True, cwd=ROOT)
    except subprocess.CalledProcessError as broken:
        print(broken.stderr[-2000:], file=sys.stderr)
        raise
