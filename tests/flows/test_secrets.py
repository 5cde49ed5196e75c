"""A password in the environment goes to the proxy that wants it, and nowhere else."""

import base64
import gzip
import json

import duckdb
import pytest

from tests.flows.conftest import select
from tests.site.small import STORIES

pytestmark = pytest.mark.prefect

PASSWORD = "hunter2"


def test_a_proxys_password_is_written_down_nowhere(
    wirehouse, site, settings, tmp_path, monkeypatch
):
    data_dir = settings["data_dir"]
    address = site.base_url.replace("http://", f"http://desk:{PASSWORD}@")
    monkeypatch.setenv("http_proxy", address)
    monkeypatch.setenv("DESK_API_TOKEN", PASSWORD)
    settings |= {"base_url": "http://site.invalid", "log_format": "json"}
    done = wirehouse.command("ingest", "--verbose", "--json", **settings).run()

    sent = site.visits[0].headers["proxy-authorization"]
    assert base64.b64decode(sent.split()[1]).decode() == f"desk:{PASSWORD}"
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert "INFO" in {line["level"] for line in lines}, "the log is shown"
    (run_id,) = {line["run_id"] for line in lines if line["logger"].startswith("tasks.")}
    assert run_id == json.loads(done.stdout)["run_id"]
    assert "HTTP Request" not in done.stderr, "and not each request of Prefect's own"
    assert PASSWORD not in done.stdout + done.stderr
    assert select(data_dir, "select count(*) from articles") == [(STORIES,)]
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        warehouse.sql(f"export database '{tmp_path / 'exported'}' (format csv)")
    for path in [*data_dir.rglob("*"), *(tmp_path / "exported").iterdir()]:
        if path.is_file():
            held = path.read_bytes()
            held = gzip.decompress(held) if path.suffix == ".gz" else held
            for secret in (PASSWORD, sent.split()[1]):
                assert secret.encode() not in held, path
