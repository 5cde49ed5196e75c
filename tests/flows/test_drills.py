"""The drills of OPERATIONS.md, word for word, in a clone that has something to pull."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.conftest import ROOT
from tests.flows.pages import blocks_of

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.timeout(900)]

UPGRADE, BACK_OUT, MOVE, RESTORE = blocks_of("OPERATIONS.md", "bash")
MIGRATION = "create table ops.drill (day date);\n"


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A clone with a data folder, in which a person types."""

    folder: Path
    environment: dict[str, str]

    def run(self, script: str) -> "subprocess.CompletedProcess[str]":
        started = time.monotonic()
        done = subprocess.run(
            ["bash", "-euc", script], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(f"{time.monotonic() - started:5.1f} s {script.strip().splitlines()[-1]}")
        return done

    def output(self, script: str) -> str:
        """What a script that must go well prints."""
        done = self.run(script)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Drill", "-c", "user.email=drill@example.invalid"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def upstream(tmp_path):
    """A repository of the program as it is, without its tests."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    names = [name for name in listed.splitlines() if not name.startswith("tests/")]
    copy = ["tar", "-C", str(ROOT), "-cf", "-", "--files-from", "-"]
    packed = subprocess.run(copy, input="\n".join(names).encode(), check=True, capture_output=True)
    subprocess.run(["tar", "-C", str(folder), "-xf", "-"], input=packed.stdout, check=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Old version")
    return folder


@pytest.fixture
def clone(tmp_path, upstream, site, api_url):
    git(tmp_path, "clone", "--quiet", str(upstream), "clone")
    settings = {
        "BASE_URL": site.base_url, "DATA_DIR": str(tmp_path / "live"), "REQUESTS_PER_SECOND": "0",
        "ATTEMPTS": "1", "WORKERS": "1",
    }  # fmt: skip
    environment = {f"WIREHOUSE_{name}": value for name, value in settings.items()}
    made = Clone(folder=tmp_path / "clone", environment=os.environ | environment)
    made.output("make setup && .venv/bin/wirehouse ingest")
    return made


def digest_of(clone, script=""):
    return clone.output(f"{script}\n.venv/bin/wirehouse digest").splitlines()[-1]


def test_the_drills_work_word_for_word(clone, upstream):
    before = digest_of(clone)
    (upstream / "sql" / "migrations" / "9999_drill.sql").write_text(MIGRATION)
    git(upstream, "add", "--all")
    git(upstream, "commit", "--quiet", "--message", "New version")

    assert "1 migrations are to be applied, from 9999 on" in clone.output(UPGRADE)
    assert "every migration is applied" in clone.output(".venv/bin/wirehouse doctor --offline")

    refused = clone.run("git checkout --quiet ORIG_HEAD && .venv/bin/wirehouse ingest")
    assert refused.returncode == 1
    assert "This warehouse has had migration 9999" in refused.stderr
    clone.output(BACK_OUT)
    assert digest_of(clone) == before

    assert "FAIL" not in clone.output(MOVE)
    assert not Path(clone.environment["WIREHOUSE_DATA_DIR"]).exists()
    restored = clone.output(RESTORE)
    assert before in restored
    assert "FAIL" not in restored
