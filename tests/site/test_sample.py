"""The bundled sample keeps what is promised of it, and its data remake it."""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import etree, html
from warcio.archiveiterator import ArchiveIterator

from tests.site.build import EXPECTED, build_sample, build_site
from tests.site.feeds import ARABIC_FEED, FEED_NAMES
from tests.site.render import STALE_CLOCK
from tests.site.traps import OBSERVED, REGISTRY

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
SITE = "https://menafn.com"
STORY_ID = re.compile(r"/(1\d{9})(?:/|$)")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One response of a capture, its content coding undone."""

    status: str
    headers: dict[str, str]
    body: bytes


def recorded(warc: Path) -> dict[str, Recorded]:
    with warc.open("rb") as file:
        return {
            record.rec_headers["WARC-Target-URI"]: Recorded(
                record.http_headers.get_statuscode(),
                dict(record.http_headers.headers),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
        }


def rows(name: str, folder: Path = EXPECTED) -> list[dict[str, Any]]:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def site() -> dict[str, Recorded]:
    return recorded(SAMPLE / "wire.warc.gz")


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    return rows("sample.jsonl")


@pytest.fixture(scope="module")
def pages(site, articles) -> list[tuple[dict[str, Any], str]]:
    """Each expected article with its page."""
    charsets = {True: "cp1256", False: "utf-8"}
    return [
        (row, site[row["url"]].body.decode(charsets["windows-1256" in row["traps"]]))
        for row in articles
    ]


def feed_links(site: dict[str, Recorded], name: str) -> list[str]:
    root = etree.fromstring(site[f"{SITE}/rss/menafn_{name}.xml"].body)
    return [element.text or "" for element in root.iterfind(".//item/link")]


def listing_links(site: dict[str, Recorded]) -> Iterator[str]:
    """What hangs on `ul.popular-news-list>li>a`, `div.img-wrapper>a` and `div.img-wrapper>div>a`."""
    for url, response in site.items():
        if "/qn_news_sections.aspx" in url or "/qn_country.aspx" in url:
            for link in tree(response.body.decode()).iter("a"):
                around = [parent.get("class") for parent in islice(link.iterancestors(), 2)]
                if {"popular-news-list", "img-wrapper"} & set(around):
                    yield link.get("href", "")


def tree(page: str) -> Any:
    return html.document_fromstring(page)


def ids(links: Iterable[str]) -> set[int]:
    return {found for link in links if (found := linked_id(link))}


def linked_id(link: str) -> int | None:
    parts = urlsplit(link)
    named = {name.lower(): value for name, value in parse_qsl(parts.query)}
    match = STORY_ID.search(parts.path)
    found = match[1] if match else named.get("storyid")
    return int(found) if found else None


def container_text(page: str) -> str:
    return str(tree(page).get_element_by_id("ContentPlaceHolder1_div_story").text_content())


def bare(text: str) -> str:
    """The text without blanks and direction marks, composed."""
    return re.sub(r"[\s\u200f]+", "", unicodedata.normalize("NFC", text))


def test_the_data_remake_the_bundled_sample(tmp_path):
    build_sample(tmp_path / "sample", tmp_path / "expected")

    # Compared unpacked, for another zlib packs the same bytes otherwise.
    for bundled in SAMPLE.glob("*.warc.gz"):
        made = tmp_path / "sample" / bundled.name
        assert gzip.decompress(made.read_bytes()) == gzip.decompress(bundled.read_bytes())
    for path in EXPECTED.iterdir():
        assert (tmp_path / "expected" / path.name).read_bytes() == path.read_bytes()


def test_later_states_have_other_texts_at_known_addresses(articles):
    first = {row["url"]: row["body"] for row in articles}
    second, third = (
        {row["url"]: row["body"] for row in rows(f"sample_{name}.jsonl")}
        for name in ("revised", "reverted")
    )

    assert len(second) == 8
    assert set(recorded(SAMPLE / "revised.warc.gz")) >= set(second)
    assert [url for url, body in second.items() if first[url] == body] == []
    [(url, body)] = third.items()
    assert first[url] == body != second[url]


def test_two_providers_carry_one_text_and_two_languages_one_event(articles):
    bodies = Counter(row["body"] for row in articles)
    [twice] = [body for body, count in bodies.items() if count == 2]
    english, arabic = articles[-2:]

    assert len({row["provider"] for row in articles if row["body"] == twice}) == 2
    assert (english["language"], arabic["language"]) == ("en", "ar")
    for figure in ("85", "6.4", "12", "19", "140", "2028"):
        assert figure in english["body"]
        assert figure in arabic["body"]


def test_every_trap_is_in_the_sample_at_least_three_times():
    summary = json.loads((EXPECTED / "sample_summary.json").read_text(encoding="utf-8"))
    counts = Counter(summary["pages_by_trap"])

    assert {name: counts[name] for name in {*REGISTRY, *OBSERVED} if counts[name] < 3} == {}


def test_the_sample_is_as_large_and_varied_as_promised(site, articles):
    sizes = [len(site[row["url"]].body) for row in articles]
    charsets = {
        site[row["url"]].headers["Content-Type"].partition("charset=")[2].lower()
        for row in articles
    }

    assert (SAMPLE / "wire.warc.gz").stat().st_size < 8_000_000
    assert len(articles) >= 300
    assert sum(row["language"] == "ar" for row in articles) >= 30
    assert len({row["provider"] for row in articles}) >= 12
    assert len({row["era"] for row in articles}) == 3
    assert min(sizes) >= 30_000
    assert max(sizes) <= 100_000
    assert charsets == {"utf-8", "", "windows-1252", "iso-8859-1", "windows-1256"}


def test_every_expected_paragraph_stands_on_its_page(pages):
    missing = [
        (row["article_id"], paragraph)
        for row, page in pages
        for text in [bare(re.sub(r'-[\w-]+" target="_blank">', "", container_text(page)))]
        for paragraph in row["body"].split("\n")
        if bare(paragraph) not in text
    ]

    assert missing == []


def test_only_the_current_layout_has_the_stale_clock_and_the_hidden_error(pages):
    for row, page in pages:
        is_current = row["era"] == "spa"
        assert (STALE_CLOCK in page) is is_current
        assert ('style="display:none"><h1>403</h1>' in page) is is_current


def test_every_story_is_reachable_and_some_by_listings_alone(site, articles):
    rejects = rows("sample_rejects.jsonl")
    fed = ids(link for name in (*FEED_NAMES, ARABIC_FEED) for link in feed_links(site, name))
    reachable = fed | ids(listing_links(site))
    english = {row["article_id"] for row in articles if row["language"] == "en"}

    assert {row["article_id"] for row in (*articles, *rejects)} - {None} <= reachable
    assert 0.1 < len(english - fed) / len(english) < 0.25
    assert len({row["reason"] for row in rejects}) >= 12
    assert {row["stage"] for row in rejects} == {"discover", "fetch", "read"}


def test_a_site_of_stories_only_lists_every_story_in_a_feed(tmp_path):
    facts = build_site(tmp_path / "small", count=60, page_kb=(60, 90), seed=5)
    made = recorded(facts.warc)
    expected = rows("small.jsonl", tmp_path / "small")

    sizes = [len(made[row["url"]].body) for row in expected]
    assert facts.totals["rejects"] == 0
    assert len(expected) == 60
    assert ids(link for name in FEED_NAMES for link in feed_links(made, name)) == {
        row["article_id"] for row in expected
    }
    assert all(60_000 <= size <= 90_000 for size in sizes)
