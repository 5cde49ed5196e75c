"""What a response says apart from its body."""

from datetime import UTC, datetime

import pytest

from tasks.core.records import Response
from tasks.http.outcomes import clock_skew

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"date": "Mon, 30 Nov 2026 09:00:00 GMT"}, 0),
        ({"date": "Mon, 30 Nov 2026 08:58:00 GMT"}, 120),
        ({"date": "Mon, 30 Nov 2026 08:58:00 GMT", "age": "90"}, 30),
        ({"date": "Mon, 30 Nov 2026 09:02:00 GMT", "age": "-5"}, -120),
        ({"date": "Mon, 30 Nov 2026 09:02:00 -0000", "age": "9" * 5000}, -120),
        ({}, None),
        ({"date": "today"}, None),
        ({"date": f"Mon, 30 Nov {'9' * 5000} 09:00:00 GMT"}, None),
    ],
)
def test_the_clocks_are_compared_by_the_date_header(headers, seconds):
    raw = tuple((name.encode(), value.encode()) for name, value in headers.items())
    response = Response(
        url="https://menafn.com/robots.txt", status=200, phrase="OK", http_version="HTTP/1.1",
        headers=raw, body=b"", remote_ip=None, fetched_at=NOW,
    )  # fmt: skip
    assert clock_skew(response) == seconds
