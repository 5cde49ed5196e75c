"""What an answer, or its absence, means for the address that was asked."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from tasks.core.records import NOT_MODIFIED, OK, FetchFailure, Response
from tasks.core.rejects import Reason

REDIRECTS = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)
TRANSIENT = frozenset(
    {
        Reason.SERVER_ERROR,
        Reason.RATE_LIMITED,
        Reason.NO_CONNECTION,
        Reason.BROKEN_TRANSFER,
        Reason.TIMED_OUT,
    }
)
"""What may be over when the address is asked again."""

_BY_STATUS = {
    HTTPStatus.GONE: Reason.GONE,
    HTTPStatus.NOT_FOUND: Reason.NOT_FOUND,
    HTTPStatus.UNAUTHORIZED: Reason.FORBIDDEN,
    HTTPStatus.FORBIDDEN: Reason.FORBIDDEN,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: Reason.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS: Reason.RATE_LIMITED,
}
_BY_ERROR: tuple[tuple[type[Exception], Reason], ...] = (
    (httpx.ConnectError, Reason.NO_CONNECTION),
    (httpx.ConnectTimeout, Reason.NO_CONNECTION),
    (httpx.ProxyError, Reason.NO_CONNECTION),
    (httpx.TimeoutException, Reason.TIMED_OUT),
    (TimeoutError, Reason.TIMED_OUT),
    (httpx.InvalidURL, Reason.NO_STORY_ID),
)
_DETAIL_CHARS = 300


def refusal_by_status(answer: Response, *, is_conditional: bool) -> FetchFailure | None:
    """Why an answer can't be used.

    Args:
        answer: no redirect that can be followed.
        is_conditional: whether validators went with the request.

    Returns:
        The reason; `None` for a 200, and for a 304 to a conditional request.
    """
    status = answer.status
    if status == OK or (status == NOT_MODIFIED and is_conditional):
        return None
    reason = _BY_STATUS.get(HTTPStatus(status)) if status in _BY_STATUS else None
    if reason is None:
        reason = _by_class(status)
    return FetchFailure(reason=reason, detail=f"status {status}")


def refusal_by_error(error: Exception) -> FetchFailure:
    """Why there is no answer.

    Args:
        error: what the client raised.

    Returns:
        The reason, with the error's own words.
    """
    reason = next(
        (reason for kind, reason in _BY_ERROR if isinstance(error, kind)), Reason.BROKEN_TRANSFER
    )
    said = "".join(filter(str.isprintable, str(error)))[:_DETAIL_CHARS]
    return FetchFailure(reason=reason, detail=said or type(error).__name__)


def retry_after(answer: Response) -> float | None:
    """How long the wire wants to be left alone.

    Args:
        answer: any answer.

    Returns:
        Seconds from when it was given, by its `Retry-After` in seconds or as a date; `None`
        without a readable one.
    """
    value = answer.header("retry-after")
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


def _by_class(status: int) -> Reason:
    """By the first digit; a success that isn't the whole page is as bad as a broken one."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Reason.SERVER_ERROR
    if status >= HTTPStatus.BAD_REQUEST:
        return Reason.CLIENT_ERROR
    if status >= HTTPStatus.MULTIPLE_CHOICES and status != NOT_MODIFIED:
        return Reason.REDIRECTED_AWAY
    return Reason.BROKEN_TRANSFER
