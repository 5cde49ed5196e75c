"""What a response's status means for the address that was requested."""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tasks.core.records import NOT_MODIFIED, PAGE_STATUSES, FetchFailure, Response
from tasks.core.rejects import Reason

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_BY_STATUS = {
    HTTPStatus.GONE: Reason.GONE,
    HTTPStatus.NOT_FOUND: Reason.NOT_FOUND,
    HTTPStatus.UNAUTHORIZED: Reason.FORBIDDEN,
    HTTPStatus.FORBIDDEN: Reason.FORBIDDEN,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: Reason.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT: Reason.TIMED_OUT,
    HTTPStatus.TOO_EARLY: Reason.RATE_LIMITED,
    HTTPStatus.TOO_MANY_REQUESTS: Reason.RATE_LIMITED,
}


def failure_of(response: Response, *, is_conditional: bool) -> FetchFailure | None:
    """Why a response can't be used, and when to retry."""
    failure = failure_by_status(response.status, is_conditional=is_conditional)
    return failure and replace(failure, retry_after=retry_after(response))


def failure_by_status(status: int, *, is_conditional: bool) -> FetchFailure | None:
    """Why a response can't be used; `None` for a page, and for a 304 to a conditional request."""
    if status in PAGE_STATUSES or (status == NOT_MODIFIED and is_conditional):
        return None
    if status in _BY_STATUS:
        reason = _BY_STATUS[HTTPStatus(status)]
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        reason = Reason.SERVER_ERROR
    elif status >= HTTPStatus.BAD_REQUEST:
        reason = Reason.CLIENT_ERROR
    elif status >= HTTPStatus.MULTIPLE_CHOICES and status != NOT_MODIFIED:
        reason = Reason.REDIRECTED_AWAY
    else:
        reason = Reason.BROKEN_TRANSFER  # a success without the whole page is as bad as a cut one
    return FetchFailure(reason=reason, detail=f"status {status}")


def retry_after(response: Response) -> float | None:
    """Seconds to wait before a retry, by a `Retry-After` in seconds or as a date."""
    value = response.header("retry-after")
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        instant = parsedate_to_datetime(value)
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return max(0.0, (aware - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):  # no date, or one with a number of a hundred digits
        return None


def clock_skew(response: Response) -> float | None:
    """By how many seconds this machine's clock is ahead of the site's, by its `Date`.

    A response out of a cache was dated when it was stored there, `Age` seconds ago.
    """
    try:
        instant = parsedate_to_datetime(response.header("date") or "")
        age = response.header("age") or "0"
        stored = float(age[:9]) if age.isascii() and age.isdigit() else 0.0
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return (response.fetched_at - aware).total_seconds() - stored
    except (ValueError, OverflowError):
        return None
