"""A cluster makes what one machine makes, whatever dies meanwhile."""

import asyncio
import json
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import forkserver
from pathlib import Path

import pytest

from flows.pipeline import map_concurrently, open_engine, worker_pool
from tasks.archive.reader import WarcScan
from tasks.core.cluster import open_cluster
from tasks.core.errors import EngineError, StorageError
from tasks.core.rejects import Reason
from tasks.core.sources import list_sources
from tasks.import_warc import WarcImport, list_some, warc_units
from tasks.load import load
from tasks.warehouse.fingerprint import contents_of
from tasks.warehouse.runs import hold_run_lock
from tasks.warehouse.writer import writer
from tests.cluster import dask_cluster
from tests.cluster.object_store import BUCKET, KEYS, files
from tests.command import Command
from tests.sql.records import make_run
from tests.unit.archive.foreign_warc import Record, write_warc
from tests.unit.pages.page_builders import STORY, Page, paragraphs, spa

pytestmark = pytest.mark.cluster

ROOT = Path(__file__).parents[2]
FILES, PAGES = 6, 20
SEEN_AT = "2025-09-01T10:00:00Z"
NAMES = [f"crawl {number} – Hafen.warc.gz" for number in range(FILES)]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Six WARC files of the sample's stories."""
    folder = tmp_path_factory.mktemp("found")
    records = (
        Record(url=one.url, body=one.body, date=str(one.fetched_at), headers=one.headers)
        for one in WarcScan(ROOT / "data" / "sample" / "wire.warc.gz")
        if one.status == 200 and re.search(r"/\d{10}/", one.url)
    )
    for name in NAMES:
        write_warc(folder / name, *islice(records, PAGES))
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with dask_cluster.serve(tmp_path_factory.mktemp("cluster")) as served:
        yield served


async def import_all(run, units, times=1):
    """Do all units, each so many times at once; returns the importer."""
    with hold_run_lock(run), worker_pool(run):
        async with open_engine(run) as engine:

            async def process(*args):
                receipts = [engine.process_unit(*args) for _ in range(times)]
                return (await asyncio.gather(*receipts))[0]

            importer = WarcImport(run, units, engine.versions, process)
            do = partial(importer.do, run)
            await map_concurrently(importer.pending(), do, limit=engine.limit)
    return importer


def make(folder, address, engine="local", times=1):
    """What the warehouse holds after an import, loaded at its end."""
    run = make_run(folder, flow="backfill", engine=engine, workers=1, batch_pages=8)
    importer = asyncio.run(import_all(run, warc_units([str(address)])[0], times))
    assert importer.unread == []
    return loaded(run)


def loaded(run):
    asyncio.run(load.fn(run))
    with writer(run.paths, wait_seconds=0) as connection:
        return contents_of(connection)


@pytest.fixture(scope="module")
def expected(found, tmp_path_factory):
    made = make(tmp_path_factory.mktemp("local"), found)
    assert {one.table: one.rows for one in made.tables}["articles"] > FILES * PAGES // 2
    return made


@pytest.mark.parametrize("times", [1, 2])
def test_a_cluster_makes_what_one_machine_makes(found, expected, cluster, tmp_path, times):
    assert make(tmp_path / "data", found, cluster[0], times) == expected


def test_a_worker_that_is_killed_amid_a_unit_costs_nothing(found, expected, cluster, tmp_path):
    async def kill_when_busy():
        while not [*(tmp_path / "data" / "state" / "runs").glob("*/*/*")]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        dask_cluster.kill_children(cluster[1][0])

    async def import_and_kill():
        run = make_run(tmp_path / "data", engine=cluster[0], workers=1, batch_pages=8)
        killing = asyncio.create_task(kill_when_busy())
        importer = await import_all(run, warc_units([str(found)])[0])
        await killing
        return run, importer

    run, importer = asyncio.run(import_and_kill())
    assert importer.unread == []
    assert loaded(run) == expected


KILLED = """
import asyncio, os, signal, sys
from tasks.import_warc import warc_units
from tests.cluster.test_engine import import_all
from tests.sql.records import make_run

run = make_run(sys.argv[1], "r-1", engine=sys.argv[3], workers=1, batch_pages=8)
asyncio.run(import_all(run, warc_units([sys.argv[2]])[0]))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_coordinator_left_is_loaded_by_the_next(found, expected, cluster, tmp_path):
    command = [sys.executable, "-c", KILLED, tmp_path / "data", found, cluster[0]]
    done = subprocess.run(command, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    run = make_run(tmp_path / "data", engine=cluster[0], workers=1)
    importer = asyncio.run(import_all(run, warc_units([str(found)])[0]))
    assert importer.units == [], "every unit has its receipt"
    assert loaded(run) == expected


@pytest.fixture
def bucket(object_store, monkeypatch):
    """The options of the bucket's address."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    # Workers have the environment in which their server started.
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    return f"endpoint_override={object_store}&scheme=http"


def test_files_in_a_bucket_are_read_there(found, expected, cluster, object_store, bucket, tmp_path):
    objects = {f"news crawl/2026/{name}": (found / name).read_bytes() for name in NAMES}
    objects |= {"bad/empty.warc.gz": b"", "bad/list.txt": b"no WARC", "bad/cut.gz": b"\x1f\x8b"}
    for name, content in objects.items():  # it would compress a name that ends in .gz
        store, path = files(object_store), f"{BUCKET}/{name}"
        with store.open_output_stream(path, compression=None) as file:
            file.write(content)
    assert make(tmp_path / "data", f"s3://{BUCKET}/news crawl?{bucket}", cluster[0]) == expected
    run = make_run(tmp_path / "other", engine=cluster[0], workers=1)
    units, _ = warc_units([f"s3://{BUCKET}/bad?{bucket}", str(found / NAMES[0])])
    importer = asyncio.run(import_all(run, units))
    assert sorted(importer.unread) == [
        f"s3://{BUCKET}/bad/cut.gz holds no WARC record",
        f"s3://{BUCKET}/bad/empty.warc.gz is empty",
        f"s3://{BUCKET}/bad/list.txt holds no WARC record",
    ]


def test_a_listing_of_many_pages_is_read_to_its_end(found, bucket, object_store, tmp_path):
    store, count = files(object_store), 1_100  # a page of a listing has a thousand

    def put(number):
        with store.open_output_stream(f"{BUCKET}/many/{number:04}", compression=None) as file:
            file.write((found / NAMES[0]).read_bytes() if number == count else b"")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(put, range(count + 1)))
    run = make_run(tmp_path / "data", workers=1)
    units, _ = warc_units([f"s3://{BUCKET}/many?{bucket}"])
    importer = asyncio.run(import_all(run, units))
    assert len(importer.unread) == count
    assert list_some(sorted(importer.unread)).endswith(
        f"s3://{BUCKET}/many/0004 is empty; and {count - 5} more"
    )
    assert {one.table: one.rows for one in loaded(run).tables}["articles"] > PAGES // 2


def test_a_page_that_hangs_on_a_cluster_is_a_reject(cluster, tmp_path):
    endless = paragraphs("A sentence of a film script. " * 200_000)
    records = [
        Record(url=f"https://menafn.com/{STORY + number}/x", body=spa(page).encode(), date=SEEN_AT)
        for number, page in enumerate((Page(), Page(text=endless, tail="")))
    ]
    file = write_warc(tmp_path / "a.warc.gz", *records)
    run = make_run(
        tmp_path / "data", engine=cluster[0], workers=1, batch_pages=2, page_seconds=0.25
    )
    asyncio.run(import_all(run, warc_units([str(file)])[0]))
    asyncio.run(load.fn(run))
    with writer(run.paths, wait_seconds=0) as connection:
        assert connection.sql("select article_id from articles").fetchall() == [(STORY,)]
        rejects = connection.sql("select reason, url from rejects").fetchall()
    assert rejects == [(Reason.READ_TIMED_OUT, records[1].url)]


def test_a_bucket_that_refuses_or_is_away_is_one_sentence(bucket, monkeypatch):
    advice = r"Check the bucket's address and the keys in the environment, then run it again\."
    with pytest.raises(StorageError, match=rf"^s3://gone: .*{advice}$"):
        list_sources("s3://gone?endpoint_override=127.0.0.1:1&scheme=http")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(StorageError, match=rf"^s3://{BUCKET}/x: .*ACCESS_DENIED.*{advice}$"):
        list_sources(f"s3://{BUCKET}/x?{bucket}&region=us-east-1")


def connect(address, versions):
    async def find_workers():
        async with open_cluster(address, versions) as cluster:
            await cluster.find_workers()

    asyncio.run(find_workers())


def test_without_a_scheduler_or_a_fit_worker_it_says_so(cluster, monkeypatch):
    with pytest.raises(
        EngineError, match=r"^The scheduler tcp://127\.0\.0\.1:1 can't be reached: "
    ):
        connect("tcp://127.0.0.1:1", "any")
    monkeypatch.setattr("tasks.core.cluster._SECONDS_FOR_WORKERS", 0)
    with pytest.raises(EngineError, match=r"has no worker of other-1\. .* has wirehouse-[0-9.]+\+"):
        connect(cluster[0], "other-1")
    done = subprocess.run(
        [Path(sys.executable).with_name("wirehouse"), "worker", "tcp://127.0.0.1:1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.fullmatch(r"wirehouse: The scheduler .* can't be reached: .*\n", done.stderr)


def test_the_commands_hand_their_work_to_the_cluster(
    found, expected, cluster, tmp_path, monkeypatch
):
    monkeypatch.delenv("PREFECT_API_URL")  # each starts a server of its own

    def run_on_the_cluster(*arguments):
        settings = {"engine": cluster[0], "workers": 1, "batch_pages": 8}
        command = Command(
            data_dir=tmp_path / "data", api_url=None, arguments=arguments, settings=settings
        )
        command.run()
        digest = Command(data_dir=tmp_path / "data", api_url=None, arguments=("digest", "--json"))
        made = json.loads(digest.run().stdout.splitlines()[-1])
        return {one["table"]: one["rows"] for one in made["tables"]}, made["digest"]

    imported = run_on_the_cluster("backfill", "--warc", str(found))
    rebuilt = run_on_the_cluster("rebuild")

    assert imported == rebuilt
    articles = {one.table: one.rows for one in expected.tables}["articles"]
    assert imported[0]["articles"] == articles
