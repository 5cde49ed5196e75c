"""A story as one page gives it."""

from dataclasses import dataclass
from datetime import date, datetime


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
        damage: slugs of text damage seen and left as it is.
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
    damage: tuple[str, ...]
    capture_id: str
    seen_at: datetime
    run_id: str
    extractor_version: str
