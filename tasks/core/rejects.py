"""What could not be used, and the closed list of reasons why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tasks.core.errors import UsageError, WirehouseError


class Stage(StrEnum):
    """Where in the pipeline a thing was refused."""

    DISCOVER = "discover"
    FETCH = "fetch"
    READ = "read"
    LOAD = "load"


class Reason(StrEnum):
    """Why a thing was refused. Closed: a new reason is a change to the contract with readers."""

    # discover
    NOT_A_FEED = "not-a-feed"  # not RSS, or its XML is broken
    NOT_HTML = "not-html"  # not an HTML page
    NOT_JSON = "not-json"  # not JSON, or not of the JSON interface's shape
    NO_STORY_ID = "no-story-id"  # an address that names no story
    FOREIGN_HOST = "foreign-host"  # an address on another host than the site's
    ROBOTS_FORBIDS = "robots-forbids"  # robots.txt disallows the address
    # fetch
    GONE = "gone"  # 410
    NOT_FOUND = "not-found"  # 404
    FORBIDDEN = "forbidden"  # 401, 403, 451
    CLIENT_ERROR = "client-error"  # any other 4xx
    SERVER_ERROR = "server-error"  # 5xx after every attempt
    RATE_LIMITED = "rate-limited"  # 429 or 425 after every attempt
    NO_CONNECTION = "no-connection"  # name, connection or TLS failed
    BROKEN_TRANSFER = "broken-transfer"  # the response was cut or malformed
    TIMED_OUT = "timed-out"  # no response in time, too slow a one, or 408
    TOO_LARGE = "too-large"  # the body passes the limit, as sent or once decoded
    TOO_MANY_REDIRECTS = "too-many-redirects"  # a chain or a loop
    REDIRECTED_AWAY = "redirected-away"  # to another host, or to no story
    UNSUPPORTED_ENCODING = "unsupported-encoding"  # a content coding that was not offered
    # read
    EMPTY_BODY = "empty-body"  # nothing was sent, or nothing but blanks
    ERROR_PAGE = "error-page"  # status 200, and the page says it is an error
    NO_STORY = "no-story"  # a page without a story on it
    UNDECODABLE = "undecodable"  # no charset makes text of it
    TOO_COMPLEX = "too-complex"  # a page built to exhaust a parser
    READ_TIMED_OUT = "read-timed-out"  # extraction used up its time
    TOKEN_MISMATCH = "token-mismatch"  # noqa: S105 - the closing token names another story
    TWO_STORIES = "two-stories"  # two different closing tokens in one text
    READER_FAILED = "reader-failed"  # extraction raised: a bug
    # load
    IMPOSSIBLE_DATE = "impossible-date"  # no source gives a possible date


# May be over when the address is requested again: by the next attempt, or by the next run.
TRANSIENT = frozenset(
    (Reason.SERVER_ERROR, Reason.RATE_LIMITED, Reason.NO_CONNECTION, Reason.BROKEN_TRANSFER,
     Reason.TIMED_OUT)
)  # fmt: skip


# The site has no such story: normal along a range of ids, and not where its listings show them.
MISSING = frozenset((Reason.GONE, Reason.NOT_FOUND, Reason.REDIRECTED_AWAY))

# Of stories that may be had by now: the error has passed, a setting has changed, or a newer version
# extracts the page. The others say that there is no story.
RETRIABLE = frozenset(Reason) - MISSING - {
    Reason.NOT_A_FEED, Reason.NO_STORY_ID, Reason.FOREIGN_HOST
}  # fmt: skip


def retriable_reasons(names: Sequence[str]) -> list[Reason]:
    """The reasons of these names, all where there are none; a `UsageError` for any other."""
    known = {str(reason): reason for reason in sorted(RETRIABLE)}
    for name in names:
        if name not in known:
            raise UsageError(
                f"{name} is no reason to request a story again. Choose from {', '.join(known)}."
            )
    return [known[name] for name in names] or list(known.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One thing that could not be used."""

    url: str  # canonical
    article_id: int | None  # the story it is or claims to be, where known
    stage: Stage
    reason: Reason
    detail: str  # for a person; see plain_line
    run_id: str
    rejected_at: datetime  # UTC


_MAX_DETAIL_CHARS = 500


def plain_line(text: str) -> str:
    """A text as one printable line of at most 500 characters, as `Reject.detail` must be."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(printable.split())
    return line if len(line) <= _MAX_DETAIL_CHARS else f"{line[: _MAX_DETAIL_CHARS - 4]} ..."


class PageRefusedError(WirehouseError):
    """A page that can't be used; the caller makes a `Reject` of its reason and detail."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """Pass both parts on, so that the error survives pickling."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        """The reason's slug and the detail."""
        return f"{self.reason}: {self.detail}"
