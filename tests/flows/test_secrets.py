"""A password in the environment goes to the proxy that wants it, and nowhere else."""

import base64
import gzip
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import Wirehouse
from tests.site.small import STORIES, small_site

pytestmark = pytest.mark.prefect

WIRE = "http://wire.invalid"
PASSWORD = "hunter2"


def test_a_proxys_password_is_written_down_nowhere(
    wirehouse: Wirehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    with small_site(tmp_path / "site") as proxy:
        address = proxy.base_url.replace("http://", f"http://desk:{PASSWORD}@")
        monkeypatch.setenv("http_proxy", address)
        done = wirehouse("ingest", "--verbose", "--json", base_url=WIRE, data_dir=data_dir,
                         requests_per_second=0)  # fmt: skip

    assert done.returncode == 0, done.stderr
    sent = proxy.visits[0].headers["proxy-authorization"]
    assert base64.b64decode(sent.split()[1]).decode() == f"desk:{PASSWORD}"
    assert "INFO" in done.stderr, "the log is shown"
    assert PASSWORD not in done.stdout + done.stderr
    with duckdb.connect(data_dir / "warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.sql("select count(*) from articles").fetchall() == [(STORIES,)]
        warehouse.sql(f"export database '{tmp_path / 'exported'}' (format csv)")
    for path in [*data_dir.rglob("*"), *(tmp_path / "exported").iterdir()]:
        if path.is_file():
            held = path.read_bytes()
            held = gzip.decompress(held) if path.suffix == ".gz" else held
            for secret in (PASSWORD, sent.split()[1]):
                assert secret.encode() not in held, path
