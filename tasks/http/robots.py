"""What robots.txt allows, by RFC 9309. The library is Protego, whose matching never backtracks."""

import re
from math import inf

from protego import Protego

from tasks.core.charset import decode_any
from tasks.core.content_encoding import decode_start
from tasks.core.errors import SiteUnreachableError
from tasks.core.records import FetchResult
from tasks.core.rejects import PageRefusedError, Reason
from tasks.core.settings import Settings
from tasks.core.urls import ORIGIN

ROBOTS_URL = f"{ORIGIN}/robots.txt"

MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2: the least that a crawler should follow
MAX_RULE_BYTES = 500 * 1024  # RFC 9309, 2.5: the least that a crawler must read
MAX_DELAY_SECONDS = 600.0  # with longer pauses between its requests a run would not end

# RFC 9309, 2.3.1.3: there is no robots.txt, so everything may be requested. 429 isn't among them,
# being about us and not about the file.
_UNAVAILABLE = frozenset(
    {Reason.GONE, Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.CLIENT_ERROR}
    | {Reason.TOO_MANY_REDIRECTS}
)


# As freely as Protego takes it, and what of its value is a product token.
_USER_AGENT = re.compile(
    r"\s*user(?:-|\s*)agent(?:\s*:|\s)\s*(\*(?=\s|#|$)|[a-z_-]*)", re.IGNORECASE
)
_CHOSEN = "chosen"
_PRODUCT = re.compile(r"^[a-z_-]+", re.IGNORECASE)


class RobotsRules:
    def __init__(self, text: str, user_agent: str) -> None:
        """Read a robots.txt; of `user_agent` only the product token that it opens with counts."""
        token = "".join(_PRODUCT.findall(user_agent)[:1]).casefold()
        lines = text.splitlines()
        for index, line in enumerate(lines):
            # Protego looks each name up in the whole header, where words of a contact address match
            # too: here it is replaced by whether it is chosen.
            if named := _USER_AGENT.match(line):
                name = named[1].casefold()
                chosen = "*" if name == "*" else _CHOSEN if name == token != "" else "other"
                lines[index] = f"User-agent: {chosen}"
        self._rules = Protego.parse("\n".join(lines))
        rate = self._rules.request_rate(_CHOSEN)
        try:
            by_rate = rate.seconds / rate.requests if rate else 0.0
        except OverflowError:  # seconds of hundreds of digits
            by_rate = inf
        # The least time between two requests that the site requires, 0 for none.
        self.delay_seconds = max(self._rules.crawl_delay(_CHOSEN) or 0.0, by_rate)

    def allows(self, url: str) -> bool:
        """Whether a canonical address may be requested."""
        return bool(self._rules.can_fetch(url, _CHOSEN))


def read_rules(result: FetchResult, settings: Settings) -> RobotsRules:
    """The rules that follow from requesting robots.txt.

    A `SiteUnreachableError` where it can't be read now (5xx, 429, no connection, a broken or
    foreign response), in which case RFC 9309, 2.3.1.4, forbids every request; or where it requires
    longer pauses than a run can make.
    """
    if result.response is None:
        failure = result.failure
        if failure is not None and failure.reason in _UNAVAILABLE:
            return RobotsRules("", settings.user_agent)
        raise _unreachable(settings.base_url, failure.detail if failure else "no response")
    try:
        coding = result.response.header("content-encoding")
        body = decode_start(result.response.body, coding, limit=MAX_RULE_BYTES)
    except PageRefusedError as error:
        raise _unreachable(settings.base_url, error.detail) from error
    rules = RobotsRules(decode_any(body, None), settings.user_agent)
    if rules.delay_seconds > MAX_DELAY_SECONDS:
        raise SiteUnreachableError(
            f"{settings.base_url} requires in its robots.txt {rules.delay_seconds:g} s between two "
            f"requests, more than the {MAX_DELAY_SECONDS:g} s that a run can wait. "
            "Nothing was fetched; ask the site's owner for permission to go faster."
        )
    return rules


def _unreachable(base_url: str, why: str) -> SiteUnreachableError:
    return SiteUnreachableError(
        f"{base_url} can't be crawled: its robots.txt could not be read ({why}), and without it "
        "nothing may be fetched. Check WIREHOUSE_BASE_URL and the network, then run it again."
    )
