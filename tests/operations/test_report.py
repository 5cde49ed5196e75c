"""The report page of the sample in a browser: drawn without a network, and filtered."""

from pathlib import Path

import pytest

from tests.command import Command
from tests.operations.browser import open_browser

pytestmark = pytest.mark.operations


def test_the_page_is_drawn_from_itself_alone_and_filters_stories(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    for arguments in (("ingest", "--sample"), ("report", str(page))):
        Command(data_dir=tmp_path / "data", api_url=None, arguments=arguments).run()

    with open_browser(tmp_path / "profile") as browser:
        browser.open(page.as_uri())
        browser.wait_for("document.querySelectorAll('[role=figure] svg.marks').length === 4")
        assert browser.console() == []
        requests = "performance.getEntriesByType('resource').map(one => one.name)"
        assert browser.run(f"return {requests}") == []
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
        assert "stories of 21 providers" in browser.text

        browser.run(
            "const filter = document.getElementById('filter'); filter.value = 'kuwait water';"
            "filter.dispatchEvent(new Event('input'))"
        )
        shown = browser.run(
            "return [...document.querySelectorAll('#stories tbody tr')]"
            ".filter(row => !row.hidden).map(row => row.textContent.toLowerCase())"
        )
        assert 0 < len(shown) < 20
        assert all("kuwait" in row and "water" in row for row in shown)
