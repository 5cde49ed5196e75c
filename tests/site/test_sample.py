"""The bundled sample keeps what is promised of it, and its data remake it.

That every story can be reached and has its text on its page is what tests/flows/test_ingest_sample.py
shows.
"""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from tasks.archive.sample_site import Recording
from tests.site.build import EXPECTED, build_sample, build_site
from tests.site.render import STALE_CLOCK
from tests.site.traps import OBSERVED, REGISTRY

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles():
    return rows(EXPECTED / "sample.jsonl")


@pytest.fixture(scope="module")
def summary():
    return json.loads((EXPECTED / "sample_summary.json").read_text(encoding="utf-8"))


def pages_of(warc, articles):
    """The responses to expected articles, and their bodies as sent before any coding."""
    recording = Recording(warc)
    for row in articles:
        response = recording.response(row["url"])
        assert response is not None
        is_packed = response.header("content-encoding") == "gzip"
        yield row, response, gzip.decompress(response.body) if is_packed else response.body


@pytest.mark.slow
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
        {row["url"]: row["body"] for row in rows(EXPECTED / f"sample_{name}.jsonl")}
        for name in ("revised", "reverted")
    )
    recording = Recording(SAMPLE / "revised.warc.gz")
    assert len(second) == 8
    assert all(recording.response(url) for url in second)
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


def test_every_trap_is_in_the_sample_at_least_three_times(summary):
    counts = Counter(summary["pages_by_trap"])
    assert {name: counts[name] for name in {*REGISTRY, *OBSERVED} if counts[name] < 3} == {}


def test_the_sample_is_as_large_and_varied_as_promised(articles, summary):
    pages = list(pages_of(SAMPLE / "wire.warc.gz", articles))
    charsets = {
        response.header("content-type").partition("charset=")[2].lower() for _, response, _ in pages
    }
    rejects = rows(EXPECTED / "sample_rejects.jsonl")

    assert (SAMPLE / "wire.warc.gz").stat().st_size < 8_000_000
    assert len(articles) >= 300
    assert sum(row["language"] == "ar" for row in articles) >= 30
    assert 0.1 < summary["totals"]["listed_only"] / len(articles) < 0.25
    assert len({row["provider"] for row in articles}) >= 12
    assert len({row["era"] for row in articles}) == 3
    assert all(30_000 <= len(body) <= 100_000 for _, _, body in pages)
    assert charsets == {"utf-8", "", "windows-1252", "iso-8859-1", "windows-1256"}
    assert len({row["reason"] for row in rejects}) >= 12
    assert {row["stage"] for row in rejects} == {"discover", "fetch", "read"}
    for row, _, body in pages:  # what only pages since 2025 have
        for mark in (STALE_CLOCK, 'style="display:none"><h1>403</h1>'):
            assert (mark.encode() in body) is (row["era"] == "spa")


def test_a_site_of_stories_only_has_pages_of_the_size_that_is_named(tmp_path):
    facts = build_site(tmp_path / "small", count=30, page_kb=(60, 90), seed=5)
    expected = rows(facts.articles)
    assert (len(expected), facts.totals["rejects"]) == (30, 0)
    for _, _, body in pages_of(facts.warc, expected):
        assert 60_000 <= len(body) <= 90_000
