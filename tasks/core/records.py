"""Who and what the wire writes about, and where it says so."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache

from tasks.core.rejects import Reason, Reject, Stage, plain_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the bytes of one answer lie and what came with them.

    Attributes:
        capture_id: the UUID of its WARC record.
        url: the address in its canonical form on `https://menafn.com`, whatever base was dialled.
        article_id: the story it was asked for, `None` for listings and robots.txt.
        fetched_at: when the answer was complete (UTC).
        status: the HTTP status.
        content_type: the `Content-Type` header as sent, `None` where there was none.
        body_bytes: length of the body as sent, before any content decoding.
        payload_sha256: hexadecimal digest of the body as sent.
        warc_path: the WARC file, relative to the data folder.
        warc_offset: byte at which the record starts in it.
        etag: validator for the next conditional request.
        last_modified: the other validator.
        run_id: the run that asked.
    """

    capture_id: str
    url: str
    article_id: int | None
    fetched_at: datetime
    status: int
    content_type: str | None
    body_bytes: int
    payload_sha256: str
    warc_path: str
    warc_offset: int
    etag: str | None
    last_modified: str | None
    run_id: str


OK = 200
NOT_MODIFIED = 304

_MAX_HEADER_CHARS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
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
class FetchFailure:
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
class FetchResult:
    """All that asking for one address came to.

    Attributes:
        url: the canonical address that was asked first.
        answer: the answer to use, of status 200 or 304; `None` where there is a refusal.
        captures: one for each archived answer on the way, retries and redirects included, in
            order; the last is that of `answer`.
        refusal: why there is nothing to use.
    """

    url: str
    answer: Response | None
    captures: tuple[Capture, ...]
    refusal: FetchFailure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEntry:
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
class FetchRequest:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Everything one page says of its story; one reading of one capture.

    Which witness dates the story is settled when it is loaded, because the feed's date and the
    calibration of ids are known there; the page's own witnesses travel here.

    Attributes:
        article_id: the 10-digit story id of the address.
        url: canonical address, `https://menafn.com/<id>/<slug>`.
        language: ISO 639-1 code of the text.
        title: the headline in the page's words.
        body: main text, paragraphs separated by one newline.
        provider: canonical name of who provided it; `MENAFN` for own news.
        provider_printed: the name as the dateline credit prints it, `None` without a credit.
        provider_code: the token's first six digits.
        account_code: the token's second six digits.
        menafn_token: the whole closing token.
        dateline_place: the place of the agency's own dateline ("KUWAIT").
        dateline_date: its day, the year settled by the other witnesses.
        byline: who wrote it: the bare name, without the "By" before it.
        page_at: the page's printed time (UTC).
        token_at: start of the token's day on the wire's clock (UTC).
        word_count: words of the body: maximal runs of letters, digits and inner marks.
        body_sha256: hexadecimal digest of the body in UTF-8.
        image_url: the story's own picture.
        is_stock_image: whether that picture is one of the wire's pooled ones.
        text_defects: slugs of text defects seen and left as it is.
        capture_id: the capture it was read from.
        seen_at: when that was fetched (UTC).
        run_id: the run that read it.
        extractor_version: reader, page layout and library versions.
    """

    article_id: int
    url: str
    language: str
    title: str
    body: str
    provider: str
    provider_printed: str | None
    provider_code: str | None
    account_code: str | None
    menafn_token: str | None
    dateline_place: str | None
    dateline_date: date | None
    byline: str | None
    page_at: datetime | None
    token_at: datetime | None
    word_count: int
    body_sha256: str
    image_url: str | None
    is_stock_image: bool
    text_defects: tuple[str, ...]
    capture_id: str
    seen_at: datetime
    run_id: str
    extractor_version: str


class EntityType(StrEnum):
    """The kinds of entity that are kept."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"


class Part(StrEnum):
    """The two texts of an article that mentions point into."""

    TITLE = "title"
    BODY = "body"


class Form(StrEnum):
    """How a printed name stands to the canonical one."""

    EXACT = "exact"  # the same but for case, accents and legal form
    TRANSLITERATION = "transliteration"  # as many parts, spelt otherwise
    SHORT = "short"  # some of its parts
    ACRONYM = "acronym"  # its initials
    TABLE = "table"  # another name, known from the tables alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One name in one text.

    Attributes:
        article_id: the story.
        body_sha256: digest of the body it was found with, so that a revised text drops it.
        entity_id: stable id of what is named; see `entity_id`.
        type: what kind of thing is named.
        name: its canonical name.
        country_code: ISO 3166-1 alpha-2, where one applies.
        part: title or body.
        start_char: first code point of the name in that text.
        end_char: one past the last.
        surface: the name as printed: `text[start_char:end_char]`.
        recogniser: name and version of what found it.
        form: how the printed name stands to the canonical one.
        role: what the person is said to be right beside it, as printed; `None` where nothing is,
            and for all that are no persons.
    """

    article_id: int
    body_sha256: str
    entity_id: str
    type: EntityType
    name: str
    country_code: str | None
    part: Part
    start_char: int
    end_char: int
    surface: str
    recogniser: str
    form: Form
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityContext:
    """One person in one article, with what the person may be known by in another.

    Attributes:
        article_id: the story.
        capture_id: the reading it was found in, so that another reading drops it.
        entity_id: the person.
        block_key: what the names of two persons must share for the two to be compared.
        parts: the parts of the name as they are compared.
        companions: countries that the article is about, and ids of organisations that stand in
            one sentence with the person.
    """

    article_id: int
    capture_id: str
    entity_id: str
    block_key: str
    parts: tuple[str, ...]
    companions: tuple[str, ...]


@lru_cache(maxsize=16_384)  # the same few are named all over the wire
def entity_id(kind: EntityType, folded_name: str) -> str:
    """A stable id: the kind and a digest of the canonical name, folded.

    Returns:
        For example `person:9f86d081884c7d65`.
    """
    digest = hashlib.sha256(f"{kind}:{folded_name}".encode()).hexdigest()
    return f"{kind}:{digest[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedText:
    """What two stories are compared by.

    Attributes:
        title: the headline.
        body: main text, paragraphs separated by one newline.
        language: ISO 639-1 code; texts in two languages are two stories.
        published_at: when it was published (UTC).
    """

    title: str
    body: str
    language: str
    published_at: datetime
