"""What feeds and listing pages say of stories, before any story is fetched."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One story seen in one feed or on one listing page.

    Attributes:
        article_id: the story.
        url: its canonical address, as this listing links it.
        listing_url: canonical address of the feed or listing page.
        section: the feed's country or the listing's section, as named in the listing's address.
        title: the headline printed there, where one is.
        published_at: the feed's date for it (UTC), where one is given and readable.
        seen_at: when the listing was fetched (UTC).
        capture_id: the listing's capture.
        run_id: the run.
    """

    article_id: int
    url: str
    listing_url: str
    section: str
    title: str | None
    published_at: datetime | None
    seen_at: datetime
    capture_id: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What one feed showed when it was polled; its stories as sightings are beside it.

    Attributes:
        feed_url: canonical address of the feed.
        polled_at: when its answer was complete (UTC).
        article_ids: the stories it showed, each once, oldest id first; never none.
        capture_id: the answer's capture.
        run_id: the run.
    """

    feed_url: str
    polled_at: datetime
    article_ids: tuple[int, ...]
    capture_id: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a listing sent for the next conditional request.

    Attributes:
        url: canonical address of the listing.
        etag: its `ETag`, verbatim.
        last_modified: its `Last-Modified`, verbatim.
        checked_at: when the wire was last asked (UTC).
    """

    url: str
    etag: str | None
    last_modified: str | None
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One story that a person asks for.

    Attributes:
        article_id: the story.
        url: canonical address, as given or made from the id.
        seen_at: when it was asked for (UTC).
    """

    article_id: int
    url: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One story that this run asks the wire for.

    Attributes:
        article_id: the story.
        url: canonical address to ask.
        etag: validator of the capture that the current text came from, for a re-check.
        last_modified: the other validator.
    """

    article_id: int
    url: str
    etag: str | None
    last_modified: str | None
