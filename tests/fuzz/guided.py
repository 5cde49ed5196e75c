"""One target under atheris, which watches the lines of `tasks` that its input reaches."""

import sys

import atheris

with atheris.instrument_imports(include=["tasks"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()
