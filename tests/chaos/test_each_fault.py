"""Each fault by itself: what the client and the readers make of it."""

import socket

import pytest

from tasks.archive.sample_site import RecordedResponse
from tasks.core.content_encoding import decode_body
from tasks.core.rejects import PageRefusedError
from tasks.listings.rss import read_feed
from tasks.pages.article import read_page
from tests.site.faults import STORY_FAULTS, feed_faults
from tests.site.server import FakeSite, Fault
from tests.unit.http.requests import request_all, settings
from tests.unit.pages.page_builders import BODY, STORY, ZONE, Page, capture, spa

PATH = f"/{STORY}/Lantern-Makers"
FEED = "/rss/menafn_Kuwait.xml"
SOUND_PAGE = spa(Page()).encode()
SOUND_FEED = b"<rss version='2.0'><channel><item><link>/1109916091/x</link></item></channel></rss>"


def fetch(fault: Fault, path: str, sound: bytes) -> tuple[bytes, str | None]:
    """What one attempt brings, the decoded body and its type; or a `PageRefusedError`."""
    with FakeSite(faults={path: [fault] * 99}) as site:
        site.replaced[path] = RecordedResponse(status=200, phrase="OK", headers=(), body=sound)
        given = settings(site.base_url, attempts=1, timeout_seconds=1, deadline_seconds=1.5)
        (result,) = request_all(given, path)
        assert all(visit.path.startswith(path) for visit in site.visits), "nothing else is asked"
    if result.response is None:
        assert result.failure is not None
        assert result.failure.detail.isprintable()
        raise PageRefusedError(result.failure.reason, result.failure.detail)
    response = result.response
    coding, kind = response.header("content-encoding"), response.header("content-type")
    return decode_body(response.body, coding, limit=given.max_body_bytes), kind


# Which story a redirect may lead to is the fetch's own rule; see tests/tasks/test_fetch.py.
OF_THE_CLIENT = [fault for fault in STORY_FAULTS if fault.name != "redirect-to-another-story"]


@pytest.mark.parametrize("fault", OF_THE_CLIENT, ids=lambda fault: fault.name)
def test_a_story_is_had_whole_or_refused_with_the_right_reason(fault):
    refused, body = None, BODY
    try:
        body = read_page(*fetch(fault, PATH, SOUND_PAGE), capture=capture(), zone=ZONE).body
    except PageRefusedError as refusal:
        refused = refusal.reason
    assert (refused, body) == (fault.reason, BODY)


@pytest.mark.parametrize("name", [fault.name for fault in feed_faults("")])
def test_a_feed_is_refused_with_the_right_reason_and_asks_nobody(name):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        (fault,) = [one for one in feed_faults(address) if one.name == name]
        with pytest.raises(PageRefusedError) as caught:
            read_feed(*fetch(fault, FEED, SOUND_FEED))
        assert caught.value.reason is fault.reason
        with pytest.raises(BlockingIOError):
            listener.accept()
