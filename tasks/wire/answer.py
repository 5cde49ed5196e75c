"""What came of asking the wire for one address."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tasks.wire.capture import Capture
from tasks.wire.reject import Reason, Reject, Stage, plain_line

OK = 200
NOT_MODIFIED = 304

_MAX_HEADER_CHARS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One complete answer, whatever its status.

    Attributes:
        url: the canonical address that was asked.
        status: the HTTP status.
        phrase: the words after the status, empty in HTTP/2.
        http_version: `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
        headers: names and values in their order, as received.
        body: the body as sent, its content coding not undone.
        remote_ip: who answered; `None` behind a proxy.
        fetched_at: when the answer was complete (UTC).
    """

    url: str
    status: int
    phrase: str
    http_version: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    remote_ip: str | None
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        """The first value of a header.

        Args:
            name: its name in lower case.

        Returns:
            The value as printable text; `None` where there is none, or one of more than 1,000
            characters, which is no value that Wirehouse could use.
        """
        wanted = name.encode("ascii")
        for key, value in self.headers:
            if key.lower() == wanted:
                text = "".join(filter(str.isprintable, value.decode("latin-1"))).strip()
                return text if 0 < len(text) <= _MAX_HEADER_CHARS else None
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an address gave nothing to use.

    Attributes:
        reason: the slug, from the closed list.
        detail: one line for a person.
    """

    reason: Reason
    detail: str

    def reject(self, *, url: str, article_id: int | None, stage: Stage, run_id: str) -> Reject:
        """The record of it, as of now; the detail fit to be printed."""
        return Reject(
            url=url,
            article_id=article_id,
            stage=stage,
            reason=self.reason,
            detail=plain_line(self.detail),
            run_id=run_id,
            rejected_at=datetime.now(UTC),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that asking for one address came to.

    Attributes:
        url: the canonical address that was asked first.
        answer: the answer to use, of status 200 or 304; `None` where there is a refusal.
        captures: one for each archived answer on the way, retries and redirects included, in
            order; the last is that of `answer`.
        refusal: why there is nothing to use.
    """

    url: str
    answer: Answer | None
    captures: tuple[Capture, ...]
    refusal: Refusal | None
