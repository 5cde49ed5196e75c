"""An audit reports what it found, and no answer is never taken for no vulnerability."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.audit import LOCK, audit

CLEAN = {"name": "one", "version": "1", "vulns": []}
SKIPPED = {"name": "two", "skip_reason": "Dependency not found"}
VULNERABLE = {
    "name": "three", "version": "3",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3.1"], "aliases": [], "description": ""}],
}  # fmt: skip


def program(folder: Path, single: str, whole: str) -> Path:
    """A pip-audit that prints one text for a single package and another for the lock."""
    path = folder / "pip-audit"
    path.write_text(f"#!/bin/sh\ncase $2 in */one.txt) {single} ;; *) {whole} ;; esac\n")
    path.chmod(0o755)
    return path


def answer(*packages: Mapping[str, object]) -> str:
    return f"echo '{json.dumps({'dependencies': packages})}'"


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text("one==1 \\\n    --hash=sha256:00\nthree==3 ; python_version > '3' \\\n")
    return path


def test_a_known_vulnerability_is_reported_with_its_fix(tmp_path, lock):
    result = audit(program(tmp_path, answer(CLEAN), answer(CLEAN, VULNERABLE)), lock)
    assert (result.audited, result.failure) == (2, "")
    assert result.vulnerable == ("three 3: PYSEC-2026-1, fixed in 3.1",)
    assert "three 3: PYSEC-2026-1" in str(result)


def test_a_package_without_an_answer_is_not_audited(tmp_path, lock):
    skipped = {"name": "one", "skip_reason": "Dependency not found"}
    result = audit(program(tmp_path, answer(skipped), "exit 99"), lock)
    assert str(result).startswith("NOT AUDITED: the advisory service gave no answer")


def test_a_service_out_of_reach_is_reported_with_its_message(tmp_path, lock):
    unreachable = "echo 'ERROR: Could not connect' >&2; exit 1"
    result = audit(program(tmp_path, unreachable, unreachable), lock)
    assert "Could not connect" in str(result)
    assert str(result).startswith("NOT AUDITED")


def test_packages_without_an_answer_are_named(tmp_path, lock):
    result = audit(program(tmp_path, answer(CLEAN), answer(CLEAN, SKIPPED)), lock)
    assert "NOT AUDITED, since nothing is known of them: two." in str(result)


def test_every_locked_package_is_pinned_by_version_and_hash():
    entries = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8").strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry, entry
