"""A real browser, driven over the WebDriver protocol."""

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.prefect_server import free_port

PATIENCE_SECONDS = 60
_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1280,900", "--host-resolver-rules=MAP evil.example 127.0.0.1",
)  # fmt: skip


class Browser:
    """One window; `evil.example` is this machine."""

    def __init__(self, session: str) -> None:
        self._session = session

    def open(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""
        _post(f"{self._session}/url", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """What an asynchronous JavaScript function returns, in the page that is open."""
        done = "const done = arguments[arguments.length - 1];"
        promise = f"(async () => {{{script}}})().then(done, error => done(String(error)));"
        body = {"script": done + promise, "args": arguments}
        return _post(f"{self._session}/execute/async", body)

    @property
    def text(self) -> str:
        """The text that the page shows."""
        shown: str = self.run("return document.body.innerText")
        return shown

    def console(self) -> list[str]:
        """What the page has written to the console since this was last called."""
        return [line["message"] for line in _post(f"{self._session}/se/log", {"type": "browser"})]

    def wait_for(self, condition: str) -> Any:
        """Wait until a JavaScript expression is true; its value."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not (value := self.run(f"return {condition}")):
            assert time.monotonic() < until, f"{condition}: never. The page shows: {self.text}"
            time.sleep(0.2)
        return value

    def click(self, text: str) -> None:
        """Click the button, link or menu item that bears the text, once there is one."""
        kinds = "self::a or self::button or @role='menuitem'"
        path = f"//*[({kinds}) and normalize-space(.)='{text}']"
        found = f'document.evaluate("{path}", document, null, 9).singleNodeValue'
        self.wait_for(f"(found => found && (found.click() ?? true))({found})")


@contextmanager
def open_browser(profile: Path) -> Iterator[Browser]:
    """Start Chromium with an empty profile in that folder; it ends with the block."""
    port = free_port()
    driver = f"http://127.0.0.1:{port}"
    options = {"args": [*_ARGUMENTS, f"--user-data-dir={profile}"]}
    capabilities = {
        "alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    }
    with subprocess.Popen(
        ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _await(driver)
            session = _post(f"{driver}/session", {"capabilities": capabilities})["sessionId"]
            try:
                yield Browser(f"{driver}/session/{session}")
            finally:
                _ask(urllib.request.Request(f"{driver}/session/{session}", method="DELETE"))
        finally:
            process.terminate()


def _await(driver: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _ask(urllib.request.Request(f"{driver}/status"))
        except OSError:
            assert time.monotonic() < until, "chromedriver did not start"
            time.sleep(0.1)
        else:
            return


def _post(url: str, body: dict[str, Any]) -> Any:
    return _ask(urllib.request.Request(url, json.dumps(body).encode()))


def _ask(request: urllib.request.Request) -> Any:
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        return json.load(answer)["value"]
