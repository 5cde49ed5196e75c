"""Prefect's own traces of runs reach an OpenTelemetry exporter that the operator installs."""

import os
import sys
from dataclasses import replace
from importlib.metadata import version

import pytest

from tests.aside import install_aside

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


def test_a_run_under_opentelemetry_instrument_is_one_trace_of_its_tasks(wirehouse, known, tmp_path):
    sdk = f"opentelemetry-sdk=={version('opentelemetry-api')}"
    programs = install_aside(tmp_path / "aside", sdk, "opentelemetry-distro")
    (packages,) = programs.parent.glob("lib/python*/site-packages")
    command = wirehouse.command("ingest", **known)
    instrument = (sys.executable, programs / "opentelemetry-instrument")
    variables = {
        "PYTHONPATH": os.pathsep.join((str(packages), *sys.path)),
        "OTEL_TRACES_EXPORTER": "console",
        "OTEL_METRICS_EXPORTER": "none",
        "OTEL_LOGS_EXPORTER": "none",
    }
    done = replace(command, program=(*instrument, *command.program)).run(env=variables)
    for name in ("ingest ", "discover ", "fetch ", "publish "):
        assert f'"name": "{name}2' in done.stdout
