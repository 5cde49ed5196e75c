"""A web page that the operator looks at can't read or command Prefect's server."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.operations.browser import Browser, open_browser
from tests.operations.conftest import Serve
from tests.operations.served import Served
from tests.site.small import SmallSite

pytestmark = pytest.mark.operations

DEPLOYMENT = "select id, paused, entrypoint, parameters, pull_steps, work_queue_id from deployment"

# Everything that a page of another origin did to a server without protection: each outcome is what
# the browser let it see.
ATTACK = """
const [api, id, forged] = arguments;
const attempt = async (method, path, body, type) => {
    try {
        const options = {method, body: body && JSON.stringify(body)};
        if (type) options.headers = {'Content-Type': type};
        const answer = await fetch(api + path, options);
        return answer.ok ? answer.json().catch(() => answer.status) : null;
    } catch { return null; }
};
const socket = path => new Promise(done => {
    const opened = new WebSocket(api.replace('http', 'ws') + path, 'prefect');
    opened.onopen = () => opened.send(JSON.stringify({type: 'auth', token: null}));
    opened.onmessage = () => done(path);
    opened.onclose = () => done(null);
});
const run = {parameters: {base_url: forged}, state: {type: 'SCHEDULED'}};
const pull = {pull_steps: [{'prefect.deployments.steps.run_shell_script': {script: 'id'}}]};
const outcomes = [
    await attempt('GET', '/admin/version'),
    await attempt('POST', '/deployments/filter', {}, 'application/json'),
    await attempt('GET', '/csrf-token?client=me'),
    await attempt('PATCH', `/deployments/${id}`, {paused: true}, 'application/json'),
    await attempt('PATCH', `/deployments/${id}`, pull, 'application/json'),
];
for (const type of ['application/json', 'text/plain', undefined])
    outcomes.push(await attempt('POST', `/deployments/${id}/create_flow_run`, run, type));
for (const path of ['/events/in', '/events/out', '/logs/out'])
    outcomes.push(await socket(path));
return outcomes.filter(seen => seen !== null);
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def _rows(served: Served, query: str) -> list[tuple[object, ...]]:
    path = served.data_dir / "state" / "prefect" / "prefect.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as database:
        return database.execute(query).fetchall()


def test_no_other_page_reads_or_commands_the_server_and_its_own_pages_do(
    serve: Serve, site: SmallSite, browser: Browser
) -> None:
    served = serve()
    served.wait_until_serving()
    port = site.base_url.rpartition(":")[2]
    before = _rows(served, DEPLOYMENT)
    (deployment_id,) = _rows(served, "select id from deployment")[0]

    for page in (
        f"http://evil.example:{port}",
        f"http://127.0.0.1:{port}",
        f"http://localhost:{port}",
    ):
        browser.open(page)
        for api in (f"{served.url}/api", f"http://localhost:{served.port}/api"):
            assert browser.run(ATTACK, api, deployment_id, "http://evil.example") == [], page
    browser.open(f"http://evil.example:{served.port}/deployments")
    assert browser.text == "Only pages of this server may use it."

    assert _rows(served, DEPLOYMENT) == before
    assert _rows(served, "select * from flow_run where not auto_scheduled") == []

    served.wait_until("COMPLETED")
    browser.open(f"{served.url}/deployments")
    browser.wait_for("document.body.innerText.includes('scheduled')")
    # From here its requests are of another origin, but one that is allowed.
    browser.open(f"http://localhost:{served.port}/deployments/deployment/{deployment_id}")
    browser.click("Run")
    browser.click("Quick run")
    served.wait_until("COMPLETED", 2)
