"""What a run warns of and how it failed is on standard error and on Prefect's pages."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.browser import open_browser
from tests.operations.conftest import Serve
from tests.site.small import SmallSite, response

pytestmark = pytest.mark.operations

TIME = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}"


def test_a_warning_and_a_failure_of_a_scheduled_run_are_logged_and_shown(
    serve: Serve, site: SmallSite, tmp_path: Path
) -> None:
    page = site.response(site.story_paths[0])
    earlier = re.sub(rb"\d+/\d+/\d{4} \d+:\d\d", b"1/2/2020 1:02", page.body)
    site.replaced[site.story_paths[0]] = response(200, earlier)
    served = serve()
    served.wait_until("COMPLETED")
    assert len(re.findall(f"{TIME} WARNING dates_agree: 1 row", served.output, re.MULTILINE)) == 1

    site.replaced["*"] = response(503)
    prefect = Path(sys.executable).with_name("prefect")
    subprocess.run(
        [prefect, "deployment", "run", "ingest/scheduled"],
        env=os.environ | {"PREFECT_API_URL": f"{served.url}/api", "PREFECT_HOME": str(tmp_path)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    served.wait_until("FAILED")
    failure = re.compile(f"{TIME} ERROR ingest .*: SiteUnreachableError: ", re.MULTILINE)
    served.wait_for("the failure is logged", lambda: failure.search(served.output))
    assert len(served.output.splitlines()) == 5, "three lines at the start, and one each"

    (done_id, _, _), (failed_id, _, _) = served.flow_runs()
    with open_browser(tmp_path / "profile") as browser:
        for flow_run_id, text in (
            (done_id, "dates_agree: 1 row"),
            (failed_id, "SiteUnreachableError"),
        ):
            browser.open(f"{served.url}/runs/flow-run/{flow_run_id}?tab=Logs")
            browser.wait_for(f"document.body.innerText.includes('{text}')")
            assert "didn't generate logs" not in browser.text
