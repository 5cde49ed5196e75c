"""What a run warns of and how it ended is on standard error and on Prefect's pages."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.browser import open_browser
from tests.operations.conftest import Serve
from tests.operations.served import Served
from tests.site.small import SmallSite, response

pytestmark = pytest.mark.operations

TIME = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}"
RUN = r"\d{8}T\d{6}Z-[0-9a-f]{6}"


def run_now(served: Served, home: Path) -> None:
    subprocess.run(
        [Path(sys.executable).with_name("prefect"), "deployment", "run", "ingest/scheduled"],
        env=os.environ | {"PREFECT_API_URL": f"{served.url}/api", "PREFECT_HOME": str(home)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def test_what_a_scheduled_run_warns_of_and_how_it_ended_is_logged_and_shown(
    serve: Serve, site: SmallSite, tmp_path: Path
) -> None:
    page = site.response(site.story_paths[0])
    earlier = re.sub(rb"\d+/\d+/\d{4} \d+:\d\d", b"1/2/2020 1:02", page.body)
    site.replaced[site.story_paths[0]] = response(200, earlier)
    served = serve()
    served.wait_until("COMPLETED")
    assert (
        len(re.findall(f"{TIME} WARNING {RUN} dates_agree: 1 row", served.output, re.MULTILINE))
        == 1
    )

    site.replaced |= {path: response(403) for path in site.paths if "/rss/" in path}
    run_now(served, tmp_path)
    degraded = re.compile(
        f"{TIME} ERROR {RUN} ingest .* ended as degraded: The run is degraded: .* feeds gave nothing",
        re.MULTILINE,
    )
    served.wait_for("the refusal is logged", lambda: degraded.search(served.output))

    site.replaced["*"] = response(503)
    run_now(served, tmp_path)
    served.wait_until("FAILED", 2)
    failure = re.compile(f"{TIME} ERROR {RUN} ingest .*: SiteUnreachableError: ", re.MULTILINE)
    served.wait_for("the failure is logged", lambda: failure.search(served.output))
    assert len(served.output.splitlines()) == 6, "three lines at the start, and one each"

    (done_id, _, _), (degraded_id, _, _), (failed_id, _, _) = served.flow_runs()
    with open_browser(tmp_path / "profile") as browser:
        for flow_run_id, text in (
            (done_id, "dates_agree: 1 row"),
            (degraded_id, "feeds gave nothing"),
            (failed_id, "SiteUnreachableError"),
        ):
            browser.open(f"{served.url}/runs/flow-run/{flow_run_id}?tab=Logs")
            browser.wait_for(f"document.body.innerText.includes('{text}')")
            assert "didn't generate logs" not in browser.text
