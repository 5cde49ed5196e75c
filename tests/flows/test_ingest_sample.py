"""The sample site, ingested by the command as a newcomer does it, gives exactly what was meant."""

import json
import re
from datetime import datetime, timedelta
from urllib.request import Request, urlopen

import pytest

from tasks.warehouse.sql import SQL_FOLDER, sql_files
from tests.flows.conftest import ROOT, select, summary_of
from tests.site.answers import STORED, answer

pytestmark = pytest.mark.prefect

EXPECTED = ROOT / "tests" / "site" / "expected"
FIELDS = (
    "url", "language", "title", "body", "provider", "provider_printed", "provider_code",
    "account_code", "menafn_token", "dateline_place", "dateline_date", "byline", "published_at",
    "published_at_basis", "image_url", "is_stock_image",
)  # fmt: skip
COUNTED = (
    "run_id", "discovered", "fetched", "not_modified", "extracted", "inserted", "updated",
    "unchanged", "rejected", "mentions", "seconds",
)  # fmt: skip

JSON_BODY = {"Content-Type": "application/json"}

# Stories since late 2023 are dated every few weeks; before, a few days of a decade are known.
WELL_KNOWN_IDS = 1107000000


def lines_of(name):
    return [json.loads(line) for line in (EXPECTED / name).read_text().splitlines()]


def test_the_summary_has_every_count_of_the_contract(sample):
    assert [name for name in COUNTED if name not in sample.first] == []


def test_every_article_is_as_its_writer_meant_it(sample):
    states = ("sample.jsonl", "sample_revised.jsonl", "sample_reverted.jsonl")
    expected = {row["article_id"]: row for name in states for row in lines_of(name)}
    stored = {
        row[0]: dict(zip(FIELDS, row[1:], strict=True))
        for row in select(sample.data_dir, f"select article_id, {', '.join(FIELDS)} from articles")
    }
    assert sorted(stored) == sorted(expected)
    wrong = [
        (article_id, name, stored[article_id][name], meant[name])
        for article_id, meant in expected.items()
        for name in FIELDS
        if not agrees(name, stored[article_id], meant)
    ]
    assert wrong == []


def agrees(name, stored, meant):
    """A date read off the id alone is an estimate; the sample's ids keep within two days of known ones."""
    value, expected = stored[name], meant[name]
    if name == "published_at" and meant["published_at_basis"] == "article_id":
        days = 2 if meant["article_id"] >= WELL_KNOWN_IDS else 14
        return abs(value - datetime.fromisoformat(expected)) <= timedelta(days=days)
    if isinstance(value, datetime):
        return value == datetime.fromisoformat(expected)
    return value == expected or str(value) == expected


def test_revisions_are_versions(sample):
    revised = {(row["article_id"],) for row in lines_of("sample_revised.jsonl")}
    query = "select article_id from article_versions where version = 2"
    assert set(select(sample.data_dir, query)) == revised


def test_a_revision_that_is_taken_back_is_a_version_between_two(sample):
    reverted = [
        (row["article_id"], [True, False, True]) for row in lines_of("sample_reverted.jsonl")
    ]
    query = (
        "select article_id, list(version.body = article.body order by version.version) "
        "from article_versions as version join articles as article using (article_id) "
        "group by article_id having count(*) > 2 order by article_id"
    )
    assert select(sample.data_dir, query) == reverted


def test_every_reject_has_its_reason(sample):
    stored = select(sample.data_dir, "select distinct url, stage, reason from rejects")
    expected = [
        (row["url"], row["stage"], row["reason"]) for row in lines_of("sample_rejects.jsonl")
    ]
    assert sorted(stored) == sorted(expected)


def test_no_file_is_named_by_the_wire(sample):
    """Slugs of the sample have Arabic letters, blanks and percent signs; no name of ours has."""
    names = {
        part
        for path in sample.data_dir.rglob("*")
        for part in path.relative_to(sample.data_dir).parts
        if "prefect" not in path.parts
    }
    sound = re.compile(r"\.?[A-Za-z0-9_-]+(\.[a-z0-9]+)*")
    assert [name for name in names if not sound.fullmatch(name)] == []


def test_every_article_points_at_its_bytes(sample):
    query = "select warc_path, warc_offset from articles join captures using (capture_id)"
    places = select(sample.data_dir, query)
    assert len(places) == len(lines_of("sample.jsonl"))
    for path, offset in places[::37]:
        with (sample.data_dir / path).open("rb") as archive:
            archive.seek(offset)
            assert archive.read(2) == b"\x1f\x8b", "a gzip member starts at the offset"


def test_a_second_pass_fetches_no_known_page_and_changes_no_row(wirehouse, sample):
    tables = ("articles", "article_versions", "entities", "mentions", "rejects")
    digests = (
        " union all ".join(
            f"select '{name}', count(*), bit_xor(hash(each)) from {name} as each" for name in tables
        )
        + " order by all"
    )
    before = select(sample.data_dir, digests)
    done = wirehouse("ingest", "--sample", "--json", data_dir=sample.data_dir)
    second = summary_of(done)
    assert second["fetched"] == second["inserted"] == second["updated"] == 0
    assert select(sample.data_dir, digests) == before


@pytest.mark.parametrize("path", sql_files(SQL_FOLDER / "queries"), ids=lambda path: path.stem)
def test_a_bundled_query_has_its_answer(sample, path):
    """`python -m tests.site.answers` writes them again."""
    stored = map(json.loads, STORED.read_text(encoding="utf-8").splitlines())
    (expected,) = (one for one in stored if one["query"] == path.stem)
    assert answer(sample.data_dir, path) == expected


def test_the_runs_artifact_says_what_is_in_the_warehouse(sample, api_url):
    body = json.dumps({"sort": "CREATED_DESC", "artifacts": {"key": {"any_": ["ingest-summary"]}}})
    request = Request(f"{api_url}/artifacts/filter", body.encode(), JSON_BODY)
    with urlopen(request, timeout=30) as response:
        texts = " ".join(artifact["data"] for artifact in json.load(response))
    assert re.search(r"    story count: \d+\n", texts)
    assert re.search(r"    named most, place: .*Kuwait \(\d+\)", texts)
