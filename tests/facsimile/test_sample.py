"""The bundled sample wire keeps what is promised of it, and the generator remakes it."""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import etree, html
from warcio.archiveiterator import ArchiveIterator

from tests.facsimile.build import EXPECTED, build_revision, build_wire
from tests.facsimile.site.feeds import ARABIC_FEED, FEED_NAMES
from tests.facsimile.site.planner import OBSERVED, REGISTRY, Shape
from tests.facsimile.site.wording import STALE_CLOCK

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "wire.warc.gz"
SITE = "https://menafn.com"
STORY_ID = re.compile(r"/(1\d{9})(?:/|$)")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One answer of a capture, its content coding undone."""

    status: str
    headers: dict[str, str]
    warc_version: str
    body: bytes


def recorded(warc: Path) -> dict[str, Recorded]:
    with warc.open("rb") as file:
        return {
            record.rec_headers["WARC-Target-URI"]: Recorded(
                status=record.http_headers.get_statuscode(),
                headers=dict(record.http_headers.headers),
                warc_version=record.rec_headers.protocol,
                body=record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
        }


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def wire() -> dict[str, Recorded]:
    return recorded(SAMPLE)


@pytest.fixture(scope="module")
def articles() -> list[Row]:
    return rows(EXPECTED / "sample.jsonl")


@pytest.fixture(scope="module")
def rejects() -> list[Row]:
    return rows(EXPECTED / "sample_rejects.jsonl")


def story_pages(wire: dict[str, Recorded], articles: list[Row]) -> Iterator[tuple[Row, str]]:
    for row in articles:
        charset = "cp1256" if "windows-1256" in row["traps"] else "utf-8"
        yield row, wire[row["url"]].body.decode(charset)


def feed_links(wire: dict[str, Recorded], name: str) -> list[str]:
    root = etree.fromstring(wire[f"{SITE}/rss/menafn_{name}.xml"].body)
    return [element.text or "" for element in root.iterfind(".//item/link")]


def listing_links(wire: dict[str, Recorded]) -> Iterator[str]:
    """What hangs on `ul.popular-news-list>li>a`, `div.img-wrapper>a` and `div.img-wrapper>div>a`."""
    for url, answer in wire.items():
        if "/qn_news_sections.aspx" in url or "/qn_country.aspx" in url:
            for link in tree(answer.body.decode()).iter("a"):
                around = [parent.get("class") for parent in islice(link.iterancestors(), 2)]
                if {"popular-news-list", "img-wrapper"} & set(around):
                    yield link.get("href", "")


def tree(page: str) -> html.HtmlElement:
    root = html.document_fromstring(page)
    assert isinstance(root, html.HtmlElement)
    return root


def ids(links: Iterator[str] | list[str]) -> set[int]:
    return {found for link in links if (found := linked_id(link))}


def linked_id(link: str) -> int | None:
    parts = urlsplit(link)
    named = {name.lower(): value for name, value in parse_qsl(parts.query)}
    match = STORY_ID.search(parts.path)
    found = match[1] if match else named.get("storyid")
    return int(found) if found else None


def test_the_generator_remakes_the_bundled_sample(tmp_path: Path):
    made = tmp_path / "sample"

    build_wire(made, count=340)
    build_revision(made, count=340)

    # Compared unpacked, for another zlib packs the same bytes otherwise.
    for name in ("wire.warc.gz", "revision.warc.gz"):
        bundled = SAMPLE.with_name(name).read_bytes()
        assert gzip.decompress((made / name).read_bytes()) == gzip.decompress(bundled)
    for path in EXPECTED.glob("sample*.json*"):
        assert (made / path.name).read_bytes() == path.read_bytes()


def test_revised_pages_stand_at_known_addresses_with_another_text(articles: list[Row]):
    known = {row["url"]: row["body"] for row in articles}
    revised = {row["url"]: row["body"] for row in rows(EXPECTED / "sample_revised.jsonl")}

    assert len(revised) == 6
    assert set(recorded(SAMPLE.with_name("revision.warc.gz"))) >= set(revised)
    assert [url for url, body in revised.items() if known[url] == body] == []


def test_every_trap_is_in_the_sample_at_least_three_times():
    summary = json.loads((EXPECTED / "sample_summary.json").read_text(encoding="utf-8"))
    counts = Counter(summary["pages_by_trap"])

    assert {name: counts[name] for name in {*REGISTRY, *OBSERVED} if counts[name] < 3} == {}


def test_the_sample_is_as_large_as_promised(wire: dict[str, Recorded], articles: list[Row]):
    assert SAMPLE.stat().st_size < 8_000_000
    assert len(articles) >= 300
    assert sum(row["language"] == "ar" for row in articles) >= 30
    assert len({row["provider"] for row in articles}) >= 12
    assert len({row["era"] for row in articles}) == 3
    assert sum("one-sentence-flash" in row["traps"] for row in articles) >= 3


def test_every_story_page_is_of_a_real_ones_size(wire: dict[str, Recorded], articles: list[Row]):
    sizes = [len(wire[row["url"]].body) for row in articles]

    assert min(sizes) >= 30_000
    assert max(sizes) <= 100_000


def test_every_expected_paragraph_stands_on_its_page(
    wire: dict[str, Recorded], articles: list[Row]
):
    missing = [
        (row["article_id"], paragraph)
        for row, page in story_pages(wire, articles)
        for paragraph in row["body"].split("\n")
        if bare(paragraph) not in bare(container_text(page))
    ]

    assert missing == []


def container_text(page: str) -> str:
    container = tree(page).get_element_by_id("ContentPlaceHolder1_div_story")
    for line_break in container.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return re.sub(r'-[\w-]+" target="_blank">', "", container.text_content())


def bare(text: str) -> str:
    """The text without blanks and direction marks, composed."""
    return re.sub(r"[\s\u200f]+", "", unicodedata.normalize("NFC", text))


def test_no_rail_shows_the_pages_own_story(wire: dict[str, Recorded], articles: list[Row]):
    own = [
        row["article_id"]
        for row, page in story_pages(wire, articles)
        if f'href="/{row["article_id"]}/' in page
    ]

    assert own == []


def test_no_two_pages_have_the_same_rails(wire: dict[str, Recorded], articles: list[Row]):
    rails = Counter(
        tuple(re.findall(r'<div class="img-wrapper"><a href="/([^"]+)"', page))
        for _, page in story_pages(wire, articles)
    )

    assert rails.most_common(1)[0][1] == 1


def test_pages_since_2025_open_with_the_frozen_clock_and_hide_an_error(
    wire: dict[str, Recorded], articles: list[Row]
):
    for row, page in story_pages(wire, articles):
        is_current = row["era"] == "spa"
        assert (STALE_CLOCK in page) is is_current
        assert ('style="display:none"><h1>403</h1>' in page) is is_current


def test_the_text_is_the_fifth_child_of_the_container_on_older_pages(
    wire: dict[str, Recorded], articles: list[Row]
):
    for row, page in story_pages(wire, articles):
        if row["era"] == "aspnet":
            container = tree(page).get_element_by_id("ContentPlaceHolder1_div_story")
            assert bare(row["body"].split("\n")[-1])[-20:] in bare(container[4].text_content())


def test_each_country_feed_has_40_to_60_items(wire: dict[str, Recorded]):
    sizes = {name: len(feed_links(wire, name)) for name in FEED_NAMES}

    assert {name: size for name, size in sizes.items() if not 40 <= size <= 60} == {}


def test_most_stories_of_the_feeds_stand_in_several_of_them(wire: dict[str, Recorded]):
    feeds = Counter(article_id for name in FEED_NAMES for article_id in ids(feed_links(wire, name)))

    assert sum(count > 1 for count in feeds.values()) > len(feeds) / 2


def test_the_arabic_feed_is_in_utf_16(wire: dict[str, Recorded]):
    body = wire[f"{SITE}/rss/menafn_{ARABIC_FEED}.xml"].body

    assert body.startswith(b"\xff\xfe")
    assert len(feed_links(wire, ARABIC_FEED)) >= 20


def test_every_story_is_reachable_and_some_by_listings_alone(
    wire: dict[str, Recorded], articles: list[Row], rejects: list[Row]
):
    fed = ids(link for name in FEED_NAMES for link in feed_links(wire, name))
    listed = ids(listing_links(wire))
    wanted = {row["article_id"] for row in (*articles, *rejects) if row["article_id"]}

    assert wanted - fed - listed == set()
    english = {row["article_id"] for row in articles if row["language"] == "en"}
    assert 0.1 < len(english - fed) / len(english) < 0.25


def test_every_refused_story_names_a_reason_of_the_closed_list(rejects: list[Row]):
    assert len({row["reason"] for row in rejects}) >= 12
    assert {row["stage"] for row in rejects} == {"discover", "fetch", "read"}


def test_listings_go_on_for_three_pages(wire: dict[str, Recorded]):
    first = wire[f"{SITE}/qn_country.aspx?country=KW&src=header"].body.decode()
    [following] = [a.get("href", "") for a in tree(first).iter("a") if a.get("rel") == "next"]

    assert following == "/qn_country.aspx?country=KW&src=header&page=2"
    assert SITE + following in wire


def test_every_answer_is_warc_1_1_and_every_document_has_validators(wire: dict[str, Recorded]):
    assert {answer.warc_version for answer in wire.values()} == {"WARC/1.1"}
    bare_documents = [
        url
        for url, answer in wire.items()
        if answer.status == "200" and not {"ETag", "Last-Modified"} <= answer.headers.keys()
    ]
    assert bare_documents == []


def test_some_charsets_of_headers_lie(wire: dict[str, Recorded], articles: list[Row]):
    told = Counter(
        wire[row["url"]].headers["Content-Type"].partition("charset=")[2].lower()
        for row in articles
    )

    assert {"utf-8", "", "windows-1252", "iso-8859-1", "windows-1256"} <= told.keys()


def test_a_wire_of_stories_only_lists_every_story_in_a_feed(tmp_path: Path):
    facts = build_wire(
        tmp_path / "wire", count=60, shape=Shape.STORIES_ONLY, page_kb=(60, 90), seed=5
    )
    made = recorded(facts.warc)
    expected = rows(facts.articles)

    fed = ids(link for name in FEED_NAMES for link in feed_links(made, name))
    sizes = [len(made[row["url"]].body) for row in expected]
    assert facts.reject_count == 0
    assert fed == {row["article_id"] for row in expected}
    assert len(expected) == 60
    assert all(60_000 <= size <= 90_000 for size in sizes)


def test_another_seed_makes_another_wire(tmp_path: Path):
    one, other = (build_wire(tmp_path / str(seed), count=5, seed=seed) for seed in (1, 2))

    assert one.articles.read_bytes() != other.articles.read_bytes()


def test_a_record_starts_wherever_a_gzip_member_does():
    with SAMPLE.open("rb") as file:
        records = ArchiveIterator(file)
        next(records)
        for record in records:
            offset = records.get_record_offset()
            assert record.rec_type == "response"
            break
    second = BytesIO(SAMPLE.read_bytes()[offset:])
    assert second.read(2) == b"\x1f\x8b"
