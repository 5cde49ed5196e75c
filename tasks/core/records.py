"""What the steps hand to one another, on disk and in memory. Instants are in UTC."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from tasks.core.rejects import Reason, Reject, Stage, plain_line

OK = 200
PAGE_STATUSES = frozenset({OK, 203})  # 203: as a proxy on the way has changed it
NOT_MODIFIED = 304

_ASCII = "".join(map(chr, range(128)))
_MAX_HEADER_CHARS = 1000  # a longer value is none that Wirehouse could use


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the bytes of one response lie, and what came with them."""

    capture_id: str  # the UUID of its WARC record
    url: str  # canonical, whatever base was dialled
    article_id: int | None  # the story it was requested for, None for listings and robots.txt
    fetched_at: datetime  # when the response was complete
    status: int
    content_type: str | None
    body_bytes: int  # as sent, before any content decoding
    payload_sha256: str  # hexadecimal, of the body as sent
    warc_path: str  # relative to the data folder
    warc_offset: int  # byte at which the record starts
    etag: str | None
    last_modified: str | None
    run_id: str
    claimed_at: datetime | None = None  # by an imported record; None for a response of the site


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One complete response, whatever its status."""

    url: str  # canonical
    status: int
    phrase: str  # the words after the status, empty in HTTP/2
    http_version: str  # HTTP/1.0, HTTP/1.1 or HTTP/2
    headers: tuple[tuple[bytes, bytes], ...]  # in their order, as received
    body: bytes  # as sent, its content coding not undone
    remote_ip: str | None  # None behind a proxy
    fetched_at: datetime  # when it was complete

    def header(self, name: str) -> str | None:
        """The first value of a header, named in lower case, if it is printable and of use."""
        text = "".join(filter(str.isprintable, self._raw(name).decode("latin-1"))).strip()
        return text if 0 < len(text) <= _MAX_HEADER_CHARS else None

    @property
    def location(self) -> str:
        """Where it redirects to, in ASCII; empty where it names nothing."""
        # Servers send the bytes of Arabic slugs as they are, in UTF-8 or windows-1256.
        return quote(self._raw("location").strip(), safe=_ASCII)

    def _raw(self, name: str) -> bytes:
        wanted = name.encode("ascii")
        return next((value for key, value in self.headers if key.lower() == wanted), b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """Why an address gave nothing to use; the detail is one line for a person."""

    reason: Reason
    detail: str
    retry_after: float | None = None  # seconds that the site asks to wait

    def reject(
        self,
        *,
        url: str,
        article_id: int | None,
        stage: Stage,
        run_id: str,
        rejected_at: datetime | None = None,
    ) -> Reject:
        """The record of it, as of now where no time is given."""
        return Reject(
            url=url,
            article_id=article_id,
            stage=stage,
            reason=self.reason,
            detail=plain_line(self.detail),
            run_id=run_id,
            rejected_at=rejected_at or datetime.now(UTC),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """What requesting one address came to: a response to use, or a failure."""

    url: str  # the canonical address that was requested first
    response: Response | None  # of status 200 or 304
    captures: tuple[Capture, ...]  # of every response, retries and redirects included, in order
    failure: FetchFailure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEntry:
    """One story seen in one feed or on one listing page."""

    article_id: int
    url: str  # canonical, as this listing links it
    listing_url: str  # canonical
    section: str  # see section_name
    title: str | None
    published_at: datetime | None  # the feed's date, where one is given and readable
    seen_at: datetime  # when the listing was fetched
    capture_id: str  # the listing's
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What one feed showed when it was polled; its listing entries are stored apart."""

    feed_url: str  # canonical
    polled_at: datetime  # when its response was complete
    article_ids: tuple[int, ...]  # each once, oldest id first; never none
    repair: str | None = None  # what had to be repaired to read it; None for a sound feed
    capture_id: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a listing sent for the next conditional request, verbatim."""

    url: str  # canonical
    etag: str | None
    last_modified: str | None
    checked_at: datetime  # when the site was last asked


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStory:
    article_id: int
    url: str  # canonical, as given or made from the id
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """One story to fetch, with the validators of the capture that its current text came from."""

    article_id: int
    url: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Everything one page says of its story; extracted from one capture.

    The page's dates travel here as they are. Which one dates the story is settled when it is
    loaded, because the feed's date and the calibration of ids are known there.
    """

    article_id: int
    url: str  # canonical
    language: str  # ISO 639-1
    title: str
    body: str  # paragraphs separated by one newline
    provider: str  # canonical name; MENAFN for own news
    provider_printed: str | None  # as the dateline credit prints it
    provider_code: str | None  # the token's first six digits
    account_code: str | None  # the token's second six digits
    menafn_token: str | None  # the whole closing token
    dateline_place: str | None  # of the agency's own dateline, such as KUWAIT
    dateline_date: date | None  # its day; the year is settled by the other dates
    byline: str | None  # the bare name, without the "By" before it
    page_at: datetime | None  # the page's printed time
    token_at: datetime | None  # start of the token's day on the site's clock
    word_count: int  # maximal runs of letters, digits and inner marks in the body
    body_sha256: str  # hexadecimal, of the body in UTF-8
    image_url: str | None
    is_stock_image: bool  # one of the site's pooled pictures
    text_defects: tuple[str, ...]  # slugs of text defects that are left as they are
    capture_id: str
    seen_at: datetime  # when the capture was fetched
    run_id: str
    extractor_version: str  # of extractor, page layout and library


class EntityType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"


class Part(StrEnum):
    """The two texts of an article that mentions point into."""

    TITLE = "title"
    BODY = "body"


class Form(StrEnum):
    """How a printed name relates to the canonical one."""

    EXACT = "exact"  # the same but for case, accents and legal form
    TRANSLITERATION = "transliteration"  # as many parts, spelt otherwise
    SHORT = "short"  # some of its parts
    ACRONYM = "acronym"  # its initials
    TABLE = "table"  # another name, known from the tables alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    article_id: int
    body_sha256: str  # of the body it was found with, so that a revised text drops it
    entity_id: str
    type: EntityType
    name: str  # canonical
    country_code: str | None  # ISO 3166-1 alpha-2, where one applies
    part: Part
    start_char: int  # code points into that text, end excluded
    end_char: int
    sentence_number: int  # of the body, from 1; 0 in the title
    surface: str  # as printed: text[start_char:end_char]
    recogniser: str  # name and version
    form: Form
    role: str | None  # of a person, as printed next to the name


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityContext:
    """One person in one article, with what identifies the person in another."""

    article_id: int
    capture_id: str  # the extraction it was found in, so that another drops it
    entity_id: str
    block_key: str  # two persons are compared only if theirs is the same
    parts: tuple[str, ...]  # of the name, normalised for comparison
    companions: tuple[str, ...]  # the article's countries, organisation ids of the same sentence


@lru_cache(maxsize=16_384)  # the same few entities are named in most articles
def entity_id(kind: EntityType, folded_name: str) -> str:
    """A stable id, such as `person:9f86d081884c7d65`: the kind and a digest of the folded name."""
    digest = hashlib.sha256(f"{kind}:{folded_name}".encode()).hexdigest()
    return f"{kind}:{digest[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedText:
    """What two stories are compared by."""

    title: str
    body: str  # main text, paragraphs separated by one newline
    language: str  # ISO 639-1 code; texts in two languages are two stories
    published_at: datetime  # UTC
