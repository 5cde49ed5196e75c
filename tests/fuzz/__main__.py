"""Coverage-guided fuzzing by atheris: `python -m tests.fuzz [--seconds N] [target ...]`.

atheris is installed aside, for this run only. What breaks a parser is left in `tests/fuzz/crashes`
under the target's name, where the ordinary tests find it from then on.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.seeds import PIECES, seeds
from tests.fuzz.targets import TARGETS

ATHERIS = "atheris==3.0.0"
CRASHES = Path(__file__).with_name("crashes")
ROOT = Path(__file__).parents[2]
SLOWEST_SECONDS = 10
MEMORY_MB = 2048


def main() -> int:
    """Fuzz one target after the other; leaves with 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="all by default")
    parser.add_argument("--seconds", type=int, default=180, help="for each target")
    told = parser.parse_args()
    broken = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps",
                   "--disable-pip-version-check", "--target", folder / "aside", ATHERIS)  # fmt: skip
        subprocess.run(install, check=True)
        for target in told.targets or TARGETS:
            print(f"{target}: {told.seconds} s", flush=True)
            if _fuzz(target, folder, told.seconds):
                broken.append(target)
    print(f"broken: {', '.join(broken)}; see {CRASHES}" if broken else "nothing was broken")
    return 1 if broken else 0


def _fuzz(target: str, folder: Path, seconds: int) -> int:
    corpus = folder / target
    corpus.mkdir()
    for number, sound in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(sound)
    words = folder / f"{target}.dict"
    words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in PIECES))
    command = (
        sys.executable, "-m", "tests.fuzz.guided", target, corpus, f"-dict={words}",
        f"-max_total_time={seconds}", f"-timeout={SLOWEST_SECONDS}", f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={CRASHES}/{target}-", "-max_len=200000", "-print_final_stats=1",
        "-verbosity=0",
    )  # fmt: skip
    paths = os.pathsep.join((str(folder / "aside"), str(ROOT)))
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False).returncode


def _escaped(piece: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece)


if __name__ == "__main__":
    sys.exit(main())
