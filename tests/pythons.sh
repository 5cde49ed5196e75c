#!/bin/sh
# Installs the locks under other interpreters, each in a folder that is removed afterwards, and runs
# the sample, the doctor and the quick tests there: sh tests/pythons.sh python3.12 python3.13
# One that is not installed is named and left out.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tested=
for python in "$@"; do
    if ! "$python" -c '' 2>/dev/null; then
        echo "$python is not installed: left out."
        continue
    fi
    "$python" --version
    rm -rf "$folder/env" "$folder/data"
    .venv/bin/uv venv --quiet --python "$python" "$folder/env"
    .venv/bin/uv pip install --quiet --require-hashes --python "$folder/env" -r requirements-dev.lock
    .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --python "$folder/env" -e .
    export WIREHOUSE_DATA_DIR="$folder/data"
    "$folder/env/bin/python" -m flows ingest --sample --json >/dev/null
    "$folder/env/bin/python" -m flows doctor --offline
    unset WIREHOUSE_DATA_DIR
    "$folder/env/bin/python" -m pytest -q -p no:cacheprovider -n auto \
        -m "not slow and not soak and not prefect" tests/unit/core tests/unit/http
    tested="$tested $python"
done
[ -n "$tested" ] || { echo "None of them is installed."; exit 1; }
echo "Passed:$tested"
