"""Checks the locked packages for known vulnerabilities: `python -m tests.audit`.

pip-audit is installed in a temporary environment. It reports "No known vulnerabilities found" even
for packages that its service gave no answer for, so those are counted and reported as not audited.
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
ACCEPTED: dict[str, str] = {}  # vulnerabilities that do not touch Wirehouse: id and reason

_TIMEOUT_SECONDS = 15
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the advisory service says."""

    audited: int = 0
    skipped: tuple[str, ...] = ()  # packages that it gave no answer for
    vulnerable: tuple[str, ...] = ()  # a line for each known vulnerability that is not accepted
    failure: str = ""  # why nothing was audited at all

    def __str__(self) -> str:
        if self.failure:
            return f"NOT AUDITED: {self.failure}. Nothing is known of the dependencies' state."
        lines = [f"{self.audited} packages audited, {len(self.vulnerable)} vulnerabilities known."]
        if self.skipped:
            lines.append(f"NOT AUDITED, since nothing is known of them: {', '.join(self.skipped)}.")
        return "\n".join([*lines, *self.vulnerable])


def audit(pip_audit: Path, lock: Path) -> Audit:
    """Audit one pinned package of a lock, and all of them if the service answers for that one."""
    name, version = _PINNED.findall(lock.read_text(encoding="utf-8"))[0]
    with tempfile.TemporaryDirectory() as folder:
        single = Path(folder) / "one.txt"
        single.write_text(f"{name}=={version}\n", encoding="utf-8")
        result = _run(pip_audit, single)
        if result.failure or not result.audited:
            why = result.failure or f"it knows nothing of {name} {version}"
            return Audit(failure=f"the advisory service gave no answer: {why}")
    return _run(pip_audit, lock)


def _run(pip_audit: Path, requirements: Path) -> Audit:
    command = (pip_audit, "--requirement", requirements, "--no-deps", "--disable-pip",
               "--format", "json", "--progress-spinner", "off", "--timeout", str(_TIMEOUT_SECONDS))  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["it says nothing"]
        return Audit(failure=lines[-1])
    return Audit(
        audited=sum("skip_reason" not in package for package in packages),
        skipped=tuple(package["name"] for package in packages if "skip_reason" in package),
        vulnerable=tuple(
            f"{package['name']} {package['version']}: {found['id']}, fixed in "
            f"{', '.join(found['fix_versions']) or 'no version'}"
            for package in packages
            for found in package.get("vulns", ())
            if found["id"] not in ACCEPTED
        ),
    )


def main() -> int:
    """Audit the lock; exit status 1 for a known vulnerability, 3 where there is no answer."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument(
        "--if-possible", action="store_true", help="exit status 0 where there is no answer"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        uv = Path(sys.executable).with_name("uv")
        install = (uv, "pip", "install", "--quiet", "--python", name, PIP_AUDIT)
        try:
            subprocess.run((uv, "venv", "--quiet", "--python", sys.executable, name), check=True)
            subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
            result = audit(Path(name) / "bin" / "pip-audit", LOCK)
        except subprocess.CalledProcessError:
            result = Audit(failure=f"{PIP_AUDIT} can't be installed")
    print(result)
    if result.vulnerable:
        return 1
    return 3 if (result.failure or result.skipped) and not options.if_possible else 0


if __name__ == "__main__":
    sys.exit(main())
