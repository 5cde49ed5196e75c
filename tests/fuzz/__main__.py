"""Coverage-guided fuzzing by atheris: `python -m tests.fuzz [--seconds N] [target ...]`.

atheris is installed in a temporary folder. Input that breaks a parser is saved in
`tests/fuzz/crashes` under the target's name, where the tests find it from then on.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.seeds import FRAGMENTS, seeds
from tests.fuzz.targets import TARGETS

ATHERIS = "atheris==3.0.0"
CRASHES = Path(__file__).with_name("crashes")
ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 10
MEMORY_MB = 2048


def main() -> int:
    """Fuzz one target after the other; exit status 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="all by default")
    parser.add_argument("--seconds", type=int, default=180, help="for each target")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
                   "--disable-pip-version-check", "--target", folder / "packages", ATHERIS)  # fmt: skip
        subprocess.run(install, check=True)
        (folder / "dict").write_text(
            "".join(
                '"' + "".join(f"\\x{byte:02x}" for byte in fragment) + '"\n'
                for fragment in FRAGMENTS
            )
        )
        targets = options.targets or list(TARGETS)
        broken = [target for target in targets if _fuzz(target, folder, options.seconds)]
    print(f"broken: {', '.join(broken)}; see {CRASHES}" if broken else "nothing was broken")
    return 1 if broken else 0


def _fuzz(target: str, folder: Path, seconds: int) -> int:
    print(f"{target}: {seconds} s", flush=True)
    corpus = folder / target
    corpus.mkdir()
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    command = (
        sys.executable, "-m", "tests.fuzz.guided", target, corpus, f"-dict={folder / 'dict'}",
        f"-max_total_time={seconds}", f"-timeout={TIMEOUT_SECONDS}", f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={CRASHES}/{target}-", "-max_len=200000", "-print_final_stats=1",
        "-verbosity=0",
    )  # fmt: skip
    paths = os.pathsep.join((str(folder / "packages"), str(ROOT)))
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
