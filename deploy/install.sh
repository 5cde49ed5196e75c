#!/bin/sh
# Installs Wirehouse from this clone into a folder of its own, from the lock, with hashes:
#   sh deploy/install.sh /opt/wirehouse
# The folder needs no writing afterwards. PYTHON names the interpreter, python3 by default, and EXTRAS
# optional packages, such as dask; they are not in the lock.
set -eu
[ $# -eq 1 ] || { echo "Name the folder: sh deploy/install.sh /opt/wirehouse" >&2; exit 2; }
clone=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
prefix=$(cd "$1" && pwd)
[ "$prefix" != "$clone" ] || { echo "Name another folder than the clone's own." >&2; exit 2; }

# What runs need; everything under data/ is part of the program there.
tar -C "$clone" --exclude __pycache__ -cf - flows tasks sql data/entities data/report data/sample \
    pyproject.toml README.md CLUSTER.md OPERATIONS.md RUNBOOK.md LICENSE requirements.lock \
    requirements-setup.lock |
    tar -C "$prefix" -xf -

bin="$prefix/.venv/bin"
"${PYTHON:-python3}" -m venv --clear "$prefix/.venv"
"$bin/python" -m pip install -qq --disable-pip-version-check --no-deps --require-hashes \
    -r "$prefix/requirements-setup.lock"
# Bytecode now, since the folder may be read-only when it runs.
uv() { "$bin/uv" pip "$@" --quiet --python "$prefix/.venv"; }
uv install --compile-bytecode --require-hashes -r "$prefix/requirements.lock"
uv install --no-deps --no-build-isolation -e "$prefix"
[ -z "${EXTRAS:-}" ] || uv install --constraint "$prefix/requirements.lock" --no-build-isolation \
    -e "$prefix[$EXTRAS]"
"$bin/python" -m compileall -q "$prefix/flows" "$prefix/tasks"
"$bin/python" -m pip uninstall -qq -y uv setuptools pip
"$bin/wirehouse" --version
