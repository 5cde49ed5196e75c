"""One target under atheris, which watches which lines of ours its input reaches."""

import sys

import atheris

with atheris.instrument_imports(include=["tasks"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Take the target's name, and libFuzzer's options behind it."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
