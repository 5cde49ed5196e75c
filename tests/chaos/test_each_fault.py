"""Each fault by itself: what the client and the readers make of it."""

import socket

import pytest

from tasks.archive.sample_site import RecordedResponse
from tasks.core.content_encoding import decode_body
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.settings import Settings
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


def asked(fault: Fault, path: str, sound: bytes) -> tuple[Settings, bytes | Reason, str | None]:
    """What one attempt brings: the decoded body and its type, or why there is none."""
    with FakeSite(faults={path: [fault] * 99}) as wire:
        wire.replaced[path] = RecordedResponse(status=200, phrase="OK", headers=(), body=sound)
        told = settings(wire.base_url, attempts=1, timeout_seconds=1, deadline_seconds=1.5)
        (outcome,) = request_all(told, path)
        assert all(visit.path.startswith(path) for visit in wire.visits), "nothing else is asked"
    if outcome.response is None:
        assert outcome.failure is not None
        assert outcome.failure.detail.isprintable()
        return told, outcome.failure.reason, None
    answer = outcome.response
    coding, kind = answer.header("content-encoding"), answer.header("content-type")
    try:
        return told, decode_body(answer.body, coding, limit=told.max_body_bytes), kind
    except PageRefusedError as refusal:
        return told, refusal.reason, None


# Which story a redirect may lead to is the fetch's own rule; see tests/tasks/test_fetch.py.
OF_THE_CLIENT = [fault for fault in STORY_FAULTS if fault.name != "redirect-to-another-story"]


@pytest.mark.parametrize("fault", OF_THE_CLIENT, ids=lambda fault: fault.name)
def test_a_story_is_had_whole_or_refused_with_the_right_reason(fault):
    _, body, content_type = asked(fault, PATH, SOUND_PAGE)
    found: Reason | None
    if isinstance(body, Reason):
        found = body
    else:
        try:
            assert read_page(body, content_type, capture=capture(), zone=ZONE).body == BODY
            found = None
        except PageRefusedError as refusal:
            found = refusal.reason
    assert found is fault.reason


@pytest.fixture
def elsewhere():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


@pytest.mark.parametrize("name", [fault.name for fault in feed_faults("")])
def test_a_feed_is_refused_with_the_right_reason_and_asks_nobody(name, elsewhere):
    address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}"
    (fault,) = [one for one in feed_faults(address) if one.name == name]
    _, body, content_type = asked(fault, FEED, SOUND_FEED)
    if not isinstance(body, Reason):
        with pytest.raises(PageRefusedError) as caught:
            read_feed(body, content_type)
        body = caught.value.reason
    assert body is fault.reason
    with pytest.raises(BlockingIOError):
        elsewhere.accept()
