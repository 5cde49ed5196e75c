"""The report page: complete in one file, from any published copy, and safe whatever a title says."""

import asyncio
import re

import pytest

from tasks.core.errors import UsageError
from tasks.load import load
from tasks.publish import publish
from tasks.report import report_lines, write_report
from tests.sql.records import RUN_ID, make_article, make_run, stage

HOSTILE = "</script><img src=x onerror=\"document.title='bad'\">{{ 7 * 7 }} أخبار"


@pytest.fixture
def settings(run):
    stage(run.paths.staged / f"{RUN_ID}-0001", articles=[make_article(title=HOSTILE)])
    asyncio.run(load.fn(run))
    publish.fn(run)
    return run.settings


def test_the_page_needs_nothing_else_and_escapes_what_the_site_sent(settings):
    path = write_report(settings)
    page = path.read_text(encoding="utf-8")

    assert path == settings.data_dir / "report.html"
    assert len(page) < 1_000_000
    assert "default-src 'none'" in page
    outside = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r"<(?:script|img|iframe)|url\(", outside) == []
    assert "&lt;/script&gt;&lt;img src=x" in page
    assert "{{ 7 * 7 }} أخبار" in page
    assert "Open alerts, and those closed in the last 28 days" in page


def test_a_warehouse_without_stories_has_a_page(run, tmp_path):
    publish.fn(run)
    page = write_report(run.settings, tmp_path / "deep" / "page.html").read_text()
    assert "The newest stories, copies under several ids once: none in this period." in page


def test_before_the_first_ingest_the_error_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="wirehouse ingest"):
        write_report(make_run(tmp_path).settings)


def test_its_first_lines_are_for_places_without_charts(settings, tmp_path):
    lines = report_lines(settings)
    found = "critical alert: the newest story is old: all stories: the newest is of 2025-08-12 "
    assert lines[:2] == [f"{found}08:35 UTC", "story count: 1"]
    assert any(line.startswith("providers: ") and line.endswith(" (1)") for line in lines)
    assert report_lines(make_run(tmp_path / "new").settings) == []
