"""Holds the locked dependencies against the known vulnerabilities: `python -m tests.audit`.

pip-audit is installed aside, for this run only. It says "No known vulnerabilities found" of packages
that its service would not speak of, too, so what it skipped is counted: whatever nobody answered
for is not audited, and is called so.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PIP_AUDIT = "pip-audit==2.10.1"
LOCK = Path(__file__).parents[1] / "requirements.lock"
ACCEPTED: dict[str, str] = {}
"""Vulnerabilities that do not touch Wirehouse, by their id, each with the reason."""

_TIMEOUT_SECONDS = 15
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the advisory service says.

    Attributes:
        audited: how many packages it spoke of.
        skipped: those that it did not speak of.
        vulnerable: one line for each known vulnerability that is not accepted.
        trouble: why nothing was audited at all; empty where something was.
    """

    audited: int = 0
    skipped: tuple[str, ...] = ()
    vulnerable: tuple[str, ...] = ()
    trouble: str = ""


def audit(pip_audit: Path, lock: Path) -> Audit:
    """Ask for one package, and for all of them if there was an answer.

    Args:
        pip_audit: the program.
        lock: pinned requirements.
    """
    name, version = _PINNED.findall(lock.read_text(encoding="utf-8"))[0]
    with tempfile.TemporaryDirectory() as folder:
        single = Path(folder) / "one.txt"
        single.write_text(f"{name}=={version}\n", encoding="utf-8")
        answer = _ask(pip_audit, single)
        if answer.trouble or not answer.audited:
            told = answer.trouble or f"it knows nothing of {name} {version}"
            return Audit(trouble=f"the advisory service gave no answer: {told}")
    return _ask(pip_audit, lock)


def _ask(pip_audit: Path, requirements: Path) -> Audit:
    command = (pip_audit, "--requirement", requirements, "--no-deps", "--disable-pip",
               "--format", "json", "--progress-spinner", "off", "--timeout", str(_TIMEOUT_SECONDS))  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it says nothing"]
        return Audit(trouble=said[-1])
    answered = [package for package in packages if "skip_reason" not in package]
    return Audit(
        audited=len(answered),
        skipped=tuple(one["name"] for one in packages if "skip_reason" in one),
        vulnerable=tuple(line for package in answered for line in _vulnerabilities(package)),
    )


def _vulnerabilities(package: dict[str, Any]) -> list[str]:
    return [
        f"{package['name']} {package['version']}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version'}"
        for found in package["vulns"]
        if found["id"] not in ACCEPTED
    ]


def told(result: Audit) -> str:
    """What a person is told of it."""
    if result.trouble:
        return f"NOT AUDITED: {result.trouble}. Nothing is known of the dependencies' state."
    lines = [f"{result.audited} packages audited, {len(result.vulnerable)} vulnerabilities known."]
    if result.skipped:
        lines.append(f"NOT AUDITED, since nothing is known of them: {', '.join(result.skipped)}.")
    return "\n".join([*lines, *result.vulnerable])


def main() -> int:
    """Audit the lock; leaves with 1 for a known vulnerability, 3 where nobody answered."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument(
        "--if-possible", action="store_true", help="leave with 0 where nobody answered"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        try:
            result = audit(_installed(Path(name)), LOCK)
        except subprocess.CalledProcessError:
            result = Audit(trouble=f"{PIP_AUDIT} can't be installed")
    print(told(result))
    if result.vulnerable:
        return 1
    return 3 if (result.trouble or result.skipped) and not asked.if_possible else 0


def _installed(folder: Path) -> Path:
    subprocess.run((sys.executable, "-m", "venv", folder / "env"), check=True)
    python = folder / "env" / "bin" / "python"
    install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PIP_AUDIT)
    subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    return python.with_name("pip-audit")


if __name__ == "__main__":
    sys.exit(main())
