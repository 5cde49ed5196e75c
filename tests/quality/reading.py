"""The reader put to each gold page, and every field of what it says put beside what is expected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

from tasks.core.records import Article, Capture
from tasks.core.rejects import PageRefusedError
from tasks.core.urls import parse_story
from tasks.pages.article import read_page
from tests.quality.gold.pages import EXPECTED_FIELDS, FETCHED_AT, Expected, GoldPage
from tests.quality.words import NOTHING, Likeness, compare

ZONE = ZoneInfo("America/New_York")

FIELDS = tuple(name for name in EXPECTED_FIELDS if name != "body")
"""The fields that must be exactly right; the body is measured by words."""

Read = Callable[[GoldPage], Article]
"""What is scored: a gold page in, an article out, or `PageRefusedError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """How one page was read.

    Attributes:
        name: the page's.
        wrong: the fields that are wrong, each as (found, expected); `reject` among them.
        scored: the fields that were looked at.
        body: the body by words, `None` for pages that must be refused.
        is_body_exact: whether every word and every paragraph is as expected.
    """

    name: str
    wrong: Mapping[str, tuple[object, object]]
    scored: frozenset[str]
    body: Likeness | None
    is_body_exact: bool


def read_gold_page(gold: GoldPage) -> Article:
    """What the reader makes of a gold page under the address it was asked for.

    Raises:
        PageRefusedError: the reader refuses it.
        ValueError: the gold page's address names no story.
    """
    story = parse_story(gold.address)
    if story is None:
        raise ValueError(f"{gold.name}: {gold.address} names no story")
    capture = Capture(
        capture_id="8d6e0f2a-0b51-4a37-9d8e-5c1f4b7a9e10",
        url=story.url,
        article_id=story.article_id,
        fetched_at=FETCHED_AT,
        status=200,
        content_type=gold.content_type,
        body_bytes=len(gold.page),
        payload_sha256=sha256(gold.page).hexdigest(),
        warc_path="raw/gold.warc.gz",
        warc_offset=0,
        etag=None,
        last_modified=None,
        run_id="20261120T120000Z-000000",
    )
    return read_page(gold.page, gold.content_type, capture=capture, zone=ZONE)


def score_page(gold: GoldPage, read: Read = read_gold_page) -> PageScore:
    """One gold page read and compared. A page wrongly refused has every field wrong."""
    try:
        article = read(gold)
    except PageRefusedError as refusal:
        return _refused(gold, refusal.reason)
    if gold.article is None:
        return _page_score(gold, {"reject": (None, gold.reject)}, {"reject"}, None)
    found = _found(article)
    scored = {name for name in FIELDS if _is_stated(name, gold.article)}
    wanted = {name: getattr(gold.article, name) for name in scored}
    wrong = {
        name: (found[name], wanted[name]) for name in sorted(scored) if found[name] != wanted[name]
    }
    return _page_score(gold, wrong, scored, article.body)


def _refused(gold: GoldPage, reason: str) -> PageScore:
    if gold.article is None:
        wrong = {} if reason == gold.reject else {"reject": (str(reason), gold.reject)}
        return _page_score(gold, wrong, {"reject"}, None)
    wanted = {name: getattr(gold.article, name) for name in FIELDS}
    wrong = {name: (f"refused: {reason}", value) for name, value in wanted.items()}
    return _page_score(gold, wrong, set(FIELDS), None)


def _page_score(
    gold: GoldPage, wrong: Mapping[str, tuple[object, object]], scored: set[str], body: str | None
) -> PageScore:
    likeness, is_exact = None, False
    if gold.article is not None:
        wanted = "\n".join(gold.article.body)
        likeness = NOTHING if body is None else compare(body, wanted)
        is_exact = body is not None and _plain(body) == _plain(wanted)
    return PageScore(
        name=gold.name,
        wrong=wrong,
        scored=frozenset(scored),
        body=likeness,
        is_body_exact=is_exact,
    )


def _plain(body: str) -> str:
    """The body without the rules that part a table's cells, which are nobody's words."""
    return "\n".join(" ".join(line.replace(" | ", " ").split(" ")) for line in body.split("\n"))


def _found(article: Article) -> dict[str, object]:
    """The article's fields under the gold set's names."""
    found = {name: getattr(article, name, None) for name in FIELDS}
    found["published_at"] = article.page_at or article.token_at
    found["published_at_basis"] = (
        "page" if article.page_at else "token" if article.token_at else "article_id"
    )
    return found


def _is_stated(name: str, expected: Expected) -> bool:
    return name != "word_count" or expected.word_count is not None
