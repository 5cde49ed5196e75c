"""What README shows works as shown: every command, the query with its answer, every setting."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from tasks.archive.sample_site import replay
from tasks.core.settings import Settings
from tests.flows.conftest import ROOT
from tests.prefect_server import free_port

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SHELL_BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
SHELL_LINES = [line for block in SHELL_BLOCKS for line in block.splitlines() if line.strip()]
PYTHON_BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A folder in which README's commands find what they would find in a clone."""

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


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, api_url: str) -> Iterator[Clone]:
    folder = tmp_path_factory.mktemp("clone")
    for name in ("flows", "tasks", "tests", "sql", "Makefile", "pyproject.toml", "prefect.yaml"):
        (folder / name).symlink_to(ROOT / name)
    for lock in ROOT.glob("requirements*.lock"):
        (folder / lock.name).symlink_to(lock)
    (folder / ".venv").symlink_to(Path(sys.executable).parents[1])
    (folder / "data").mkdir()
    for name in ("sample", "entities"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    tools = Path(sys.executable).parent
    with replay(ROOT / "data" / "sample" / "wire.warc.gz") as wire:
        environment = os.environ | {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PREFECT_API_URL": api_url,
            "WIREHOUSE_BASE_URL": wire.base_url,
            "WIREHOUSE_REQUESTS_PER_SECOND": "0",
            "WIREHOUSE_MAX_STORIES": "20",
        }
        yield Clone(folder=folder, environment=environment)


@pytest.mark.prefect
class TestTheCommandsInTheirOrder:
    """A reader goes from top to bottom; so do these."""

    def test_make_ingest_ends_with_the_answer_that_is_shown(self, clone: Clone) -> None:
        environment = {
            name: value
            for name, value in clone.environment.items()
            if not name.startswith("WIREHOUSE_")
        }

        done = Clone(folder=clone.folder, environment=environment).shell("make ingest")

        assert done.returncode == 0, done.stderr
        shown = re.search(r"^```text\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
        assert shown is not None
        assert shown[1].strip() in done.stdout

    def test_the_live_wire_is_ingested_as_shown(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if "WIREHOUSE_USER_AGENT" in block]

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr
        assert (clone.folder / "live" / "warehouse.duckdb").exists()

    def test_the_warehouse_answers_the_shell_and_the_command(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if block.startswith("duckdb ")]

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr
        assert "KUNA" in done.stdout
        assert '"articles": ' in done.stdout

    def test_the_warehouse_answers_python(self, clone: Clone) -> None:
        for block in PYTHON_BLOCKS:
            done = clone.shell(f"python - <<'PROGRAM'\n{block}\nPROGRAM")

            assert done.returncode == 0, done.stderr
            assert "published_at" in done.stdout

    def test_the_question_about_entities_has_the_answer_that_is_shown(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if "wirehouse entities" in block]
        _, shown = re.findall(r"^```text\n(.*?)^```", README, re.DOTALL | re.MULTILINE)

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr
        assert shown.strip() in done.stdout
        assert "the same name, in other company" in done.stdout

    def test_the_past_is_fetched_and_the_present_rebuilt(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if "backfill --ids" in block]
        (clone.folder / "crawl").symlink_to(clone.folder / "data" / "sample")
        (clone.folder / "addresses.txt").write_text("# one\nhttps://menafn.com/1111943049/\n")

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr

    def test_what_is_missing_is_told_and_asked_for(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if "backfill --gaps" in block]

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr
        assert "untried_count" in done.stdout
        assert re.search(r"fetched .* 10 ", done.stdout)

    def test_a_story_is_taken_down(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if "wirehouse forget" in block]

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr
        assert "responses in the archive" in done.stdout

    def test_a_backup_is_made_and_restored(self, clone: Clone) -> None:
        (block,) = [block for block in SHELL_BLOCKS if "wirehouse backup" in block]

        done = clone.shell(block)

        assert done.returncode == 0, done.stderr

    def test_the_three_ways_to_run_it_work(self, clone: Clone) -> None:
        now, serve, trigger = [line for line in SHELL_LINES if _is_a_way_to_run(line)]
        assert clone.shell(now).returncode == 0
        port = str(free_port())
        own_server = {k: v for k, v in clone.environment.items() if k != "PREFECT_API_URL"}
        command = [*serve.split("#")[0].split(), "--port", port]
        with subprocess.Popen(
            command, cwd=clone.folder, env=own_server, stderr=subprocess.PIPE, text=True
        ) as serving:
            try:
                triggered = _until_it_works(clone, trigger.replace("4200", port))
                assert triggered.returncode == 0, triggered.stderr
            finally:
                serving.send_signal(signal.SIGINT)
                serving.communicate(timeout=60)


def _is_a_way_to_run(line: str) -> bool:
    return "# now" in line or "wirehouse serve" in line or "deployment run" in line


def _until_it_works(clone: Clone, line: str) -> "subprocess.CompletedProcess[str]":
    until = time.monotonic() + 120
    while (done := clone.shell(line)).returncode and time.monotonic() < until:
        time.sleep(2)
    return done


def test_every_line_of_shell_is_run_by_some_test() -> None:
    """The lines that the tests above run, and make's targets; nothing else may be shown."""
    run_above = ("export WIREHOUSE_", ".venv/bin/wirehouse ", "duckdb ", "PREFECT_API_URL=")
    for line in SHELL_LINES:
        is_target = line.startswith("make ") and f"\n{line.split()[1]}: " in MAKEFILE
        assert is_target or line.startswith(run_above), line


def test_every_make_target_that_is_named_exists() -> None:
    for target in re.findall(r"`make ([a-z-]+)`", README):
        assert f"\n{target}: " in MAKEFILE, target


def test_every_setting_is_in_the_table() -> None:
    told = set(re.findall(r"^\| `(WIREHOUSE_\w+)` \|", README, re.MULTILINE))

    assert told == {f"WIREHOUSE_{field.name.upper()}" for field in fields(Settings)}


def test_every_command_is_named() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("wirehouse"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    commands = re.findall(r"^  ([a-z]+)  ", done.stdout.split("Commands:")[1], re.MULTILINE)

    assert commands
    assert [name for name in commands if f"wirehouse {name}" not in README] == []


def test_there_is_a_shell_for_the_duckdb_line() -> None:
    assert shutil.which("duckdb", path=str(Path(sys.executable).parent))
