"""What README and OPERATIONS show works as shown: every command, and the query with its result."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.archive.sample_site import replay
from tests.flows.conftest import ROOT, Wirehouse
from tests.prefect_server import free_port

pytestmark = pytest.mark.prefect

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "OPERATIONS.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def lines_of(page: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


LINES = [*lines_of(README), *(line for line in lines_of(OPERATIONS) if line not in README)]
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
(RESULT,) = re.findall(r"^```text\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
# What a line must print besides ending well.
PRINTED = {
    "wirehouse status": "articles",
    "duckdb -readonly": '"articles":',
    "organisations_and_company": "named_with",
    "backfill --gaps": "fetched",
    "unrequested_ranges": "last_id",
    "wirehouse forget": "responses in the archive",
}


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A folder in which the commands find what they would find in a clone."""

    folder: Path
    environment: dict[str, str]

    def shell(self, script: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def command(
        self, wirehouse: Wirehouse, arguments: list[str]
    ) -> "subprocess.CompletedProcess[str]":
        prefix = "WIREHOUSE_"
        settings = {
            name.removeprefix(prefix).lower(): value
            for name, value in self.environment.items()
            if name.startswith(prefix)
        }
        return wirehouse(*arguments, folder=self.folder, **settings)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> Iterator[Clone]:
    folder = tmp_path_factory.mktemp("clone")
    for path in ROOT.iterdir():
        if path.name not in {"data", ".git"}:
            (folder / path.name).symlink_to(path)
    (folder / "data").mkdir()
    for name in ("sample", "entities"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    (folder / "crawl").symlink_to(ROOT / "data" / "sample")
    (folder / "addresses.txt").write_text("# one\nhttps://menafn.com/1111943049/\n")
    with replay(ROOT / "data" / "sample" / "wire.warc.gz") as site:
        tools = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        yield Clone(
            folder=folder,
            environment=os.environ
            | {
                "PATH": tools,
                "PREFECT_API_URL": api_url,
                "WIREHOUSE_BASE_URL": site.base_url,
                "WIREHOUSE_DATA_DIR": "live",
                "WIREHOUSE_REQUESTS_PER_SECOND": "0",
                "WIREHOUSE_MAX_STORIES": "20",
            },
        )


def test_make_ingest_ends_with_the_result_that_is_shown(clone: Clone) -> None:
    variables = {k: v for k, v in clone.environment.items() if not k.startswith("WIREHOUSE_")}

    done = Clone(folder=clone.folder, environment=variables).shell("make ingest")

    assert done.returncode == 0, done.stderr
    assert RESULT.strip() in done.stdout


@pytest.mark.parametrize("line", [line for line in LINES if not line.startswith("make ")])
def test_each_line_works_in_the_order_of_the_pages(
    clone: Clone, wirehouse: Wirehouse, line: str
) -> None:
    if line.startswith("export "):
        name, _, value = line.removeprefix("export ").partition("=")
        clone.environment[name] = value.split(" #")[0].strip('"')
    elif "wirehouse serve" in line:
        with serving(clone, line) as port:
            (trigger,) = [one for one in lines_of(README) if "deployment run" in one]
            triggered = until_it_works(clone, trigger.replace("4200", str(port)))
            assert triggered.returncode == 0, triggered.stderr
    elif "deployment run" not in line:
        words = shlex.split(line, comments=True)
        is_ours = words[0] == ".venv/bin/wirehouse"
        done = clone.command(wirehouse, words[1:]) if is_ours else clone.shell(line)
        assert done.returncode == 0, done.stderr
        assert all(text in done.stdout for part, text in PRINTED.items() if part in line)


@contextmanager
def serving(clone: Clone, line: str) -> Iterator[int]:
    """`wirehouse serve` on a free port, interrupted at the end of the block."""
    port = free_port()
    variables = {k: v for k, v in clone.environment.items() if k != "PREFECT_API_URL"}
    command = [*line.split("#", maxsplit=1)[0].split(), "--port", str(port)]
    with subprocess.Popen(
        command, cwd=clone.folder, env=variables, stderr=subprocess.PIPE, text=True
    ) as process:
        yield port
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def until_it_works(clone: Clone, line: str) -> "subprocess.CompletedProcess[str]":
    until = time.monotonic() + 120
    while (done := clone.shell(line)).returncode and time.monotonic() < until:
        time.sleep(2)
    return done


def test_python_reads_the_warehouse(clone: Clone) -> None:
    for block in PYTHON:
        done = clone.shell(f"python - <<'PROGRAM'\n{block}\nPROGRAM")
        assert done.returncode == 0, done.stderr
        assert "published_at" in done.stdout


def test_every_make_target_that_is_named_exists() -> None:
    for target in re.findall(r"(?:`|^)make ([a-z-]+)", README + OPERATIONS, re.MULTILINE):
        assert f"\n{target}: " in MAKEFILE, target


def test_every_command_is_named() -> None:
    help_page = subprocess.run(
        [Path(sys.executable).with_name("wirehouse"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    commands = re.findall(r"^  ([a-z]+)  ", help_page.stdout.split("Commands:")[1], re.MULTILINE)
    assert commands
    assert [name for name in commands if f"wirehouse {name}" not in README] == []


def test_there_is_a_shell_for_the_duckdb_line() -> None:
    assert shutil.which("duckdb", path=str(Path(sys.executable).parent))
