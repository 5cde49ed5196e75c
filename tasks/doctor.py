"""Examines the machine, the data folder and the site, and changes nothing there."""

import asyncio
import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from packaging.requirements import Requirement

from tasks.archive.files import require_cold_folder
from tasks.archive.reader import read_record
from tasks.archive.writer import Archive
from tasks.core.content_encoding import decode_body
from tasks.core.errors import StorageError, WirehouseError, WriterBusyError
from tasks.core.listings import feed_addresses
from tasks.core.memory import RUN_BYTES, WORKER_BYTES, memory_limit
from tasks.core.paths import DataPaths
from tasks.core.records import FetchResult, Response
from tasks.core.rejects import PageRefusedError
from tasks.core.reports import Diagnosis, Level
from tasks.core.run import new_run
from tasks.core.settings import NO_CONTACT, Settings
from tasks.core.staging import batches_set_aside
from tasks.core.urls import is_public_site
from tasks.http.network import NetworkClient
from tasks.listings.rss import read_feed
from tasks.warehouse.connect import Connection, explain_errors, open_published, open_read_only
from tasks.warehouse.locks import lock_holder, shared_lock
from tasks.warehouse.migrate import missing_migrations
from tasks.warehouse.sql import run_file

LOCK_FILE = Path(__file__).parents[1] / "requirements.lock"

_TESTED_PYTHONS = ((3, 11), (3, 12), (3, 13))
_SPARE_BYTES = 100 << 20  # what a pass with few stories writes
_AMPLE_BYTES = 1 << 30
_MAX_SKEW_SECONDS = 30  # a slow response and a date in whole seconds make some of it
_ABSURD_SKEW_SECONDS = 600  # times of fetching this wrong mislead re-checks and gaps
_LONG_RUN = timedelta(hours=12)  # longer than the longest backfill of one run at two a second
_SAMPLE_FILES, _SAMPLE_OTHERS = 20, 20

_Examine = Callable[[Settings], Diagnosis]


def examine(
    settings: Settings, *, offline: bool, examine_prefect: Callable[[], Diagnosis]
) -> list[Diagnosis]:
    """What is sound, doubtful and broken, in the order in which to look at it.

    `examine_prefect` belongs to the caller, since only flows talk to Prefect's server. Without
    `offline` the site is sent two requests at the usual pace, for robots.txt and a feed.
    """
    local: dict[str, _Examine] = {
        "Python": _python,
        "packages": _packages,
        "data folder": _data_folder,
        "free space": _free_space,
        "memory": _memory,
        "time zone": _time_zone,
        "locks": _locks,
        "Prefect": lambda _settings: examine_prefect(),
        "warehouse": _warehouse,
        "archive": _archive,
    }
    found = [_examine(subject, part, settings) for subject, part in local.items()]
    is_usable = all(one.level is not Level.FAIL for one in found if one.subject == "data folder")
    if offline or not is_usable:  # locks and pace are found there
        return found
    return [*found, *asyncio.run(_site(settings))]


def _examine(subject: str, part: _Examine, settings: Settings) -> Diagnosis:
    try:
        return part(settings)
    except WirehouseError as error:  # its message says what to do
        return Diagnosis(subject, Level.FAIL, str(error))
    except OSError as error:
        path = Path(error.filename or settings.data_dir)
        return Diagnosis(subject, Level.FAIL, str(StorageError.of(error, path)))


def _python(_settings: Settings) -> Diagnosis:
    where = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info[:2] in _TESTED_PYTHONS:
        return Diagnosis("Python", Level.OK, where)
    names = ", ".join(f"{major}.{minor}" for major, minor in _TESTED_PYTHONS)
    advice = "Make .venv with one of those: make clean, then make PYTHON=python3.11 setup."
    return Diagnosis("Python", Level.WARN, f"{where}; tested are {names}", advice)


def _packages(_settings: Settings, lock_file: Path = LOCK_FILE) -> Diagnosis:
    """Those of the lock that this environment needs, against what is installed."""
    try:
        lines = lock_file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise StorageError.of(error, lock_file) from error
    names = (Requirement(line.rstrip("\\ ")) for line in lines if line[:1].isalnum())
    wanted = [one for one in names if one.marker is None or one.marker.evaluate()]
    missing, different = [], []
    for requirement in wanted:
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            missing.append(requirement.name)
            continue
        if installed not in requirement.specifier:
            different.append(f"{requirement.name} {installed}, not {requirement.specifier}")
    if not missing and not different:
        return Diagnosis("packages", Level.OK, f"all {len(wanted)} are those of {lock_file.name}")
    level = Level.FAIL if missing else Level.WARN
    detail = "; ".join([*(f"{name} is missing" for name in missing), *different])
    return Diagnosis("packages", level, detail, "Install what the lock says: make setup.")


def _data_folder(settings: Settings) -> Diagnosis:
    """Whether everything in it that runs write may be written; a new one by its first parent."""
    paths = DataPaths(settings.data_dir)
    folder = paths.data_dir.absolute()
    first = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
    folders = [first, *filter(os.path.lexists, (paths.state, paths.raw, paths.prefect))]
    files_there = filter(os.path.lexists, (paths.writer_file, paths.writer_lock))
    for path in folders:
        if not path.is_dir():
            advice = "Move it away, or set WIREHOUSE_DATA_DIR to another folder."
            return Diagnosis("data folder", Level.FAIL, f"{path} is no folder", advice)
    for path in chain(folders, files_there):
        if not os.access(path, os.W_OK):
            advice = "Correct its permissions, or set WIREHOUSE_DATA_DIR to another folder."
            return Diagnosis("data folder", Level.FAIL, f"{path} can't be written", advice)
    new = "" if first == folder else "; the first run makes it"
    return Diagnosis("data folder", Level.OK, f"{folder}{new}")


def _free_space(settings: Settings) -> Diagnosis:
    """Publishing copies the warehouse once, and a rebuild makes another next to it."""
    paths = DataPaths(settings.data_dir)
    folder = paths.data_dir.absolute()
    usage = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.is_dir()))
    size = paths.writer_file.stat().st_size if paths.writer_file.exists() else 0
    detail = f"{usage.free >> 20} MiB free, and the warehouse has {size >> 20} MiB"
    if usage.free < size + _SPARE_BYTES:
        advice = "Free some space: publishing needs as much as the warehouse has."
        return Diagnosis("free space", Level.FAIL, detail, advice)
    if usage.free < 2 * size + _AMPLE_BYTES:
        advice = "Free some space: a rebuild needs twice what the warehouse has."
        return Diagnosis("free space", Level.WARN, detail, advice)
    return Diagnosis("free space", Level.OK, detail)


def _memory(settings: Settings) -> Diagnosis:
    limit, need = memory_limit(), RUN_BYTES + (settings.workers - 1) * WORKER_BYTES
    if limit is None:
        return Diagnosis("memory", Level.OK, "no limit is known")
    detail = f"{limit >> 20} MiB, and a run with {settings.workers} workers needs {need >> 20} MiB"
    if limit >= need:
        return Diagnosis("memory", Level.OK, detail)
    level = Level.FAIL if limit < RUN_BYTES else Level.WARN
    return Diagnosis("memory", level, detail, "Raise the limit, or lower WIREHOUSE_WORKERS.")


def _time_zone(settings: Settings) -> Diagnosis:
    """The system's data of the zone, which Python prefers, against those of the package tzdata."""
    name, now = settings.timezone, datetime.now()  # noqa: DTZ005 - local times of the zone
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        locked = ZoneInfo.from_file(file, key=name)
    days = [now + timedelta(days=30 * number) for number in range(-12, 13)]
    differ = [day for day in days if settings.zone.utcoffset(day) != locked.utcoffset(day)]
    if not differ:
        return Diagnosis("time zone", Level.OK, f"{name}, as in tzdata {version('tzdata')}")
    detail = f"{name} differs from tzdata {version('tzdata')}, as on {differ[0]:%Y-%m-%d}"
    advice = "Update the system's zone data, or set PYTHONTZPATH= to nothing."
    return Diagnosis("time zone", Level.FAIL, detail, advice)


def _locks(settings: Settings) -> Diagnosis:
    paths = DataPaths(settings.data_dir)
    named = (paths.writer_lock, paths.serve_lock, paths.fetch_lock, paths.fetch_queue_lock)
    holders = {
        path.name: lock_holder(path) for path in (*named, *sorted(paths.runs.glob("*.lock")))
    }
    held = {name: holder for name, holder in holders.items() if holder is not None}
    detail = "; ".join(f"{name} is held by {holder}" for name, holder in held.items())
    since = datetime.now(UTC) - _LONG_RUN
    if any(
        holder.since and holder.since < since
        for name, holder in held.items()
        if name != paths.serve_lock.name
    ):
        return Diagnosis("locks", Level.WARN, detail, "End that process if it hangs.")
    return Diagnosis("locks", Level.OK, detail or "all are free")


@contextmanager
def _open_unchanged(paths: DataPaths) -> Iterator[Connection | None]:
    """The writer's file, or the published copy while it is in use; neither made nor migrated."""
    with ExitStack() as stack:
        connection = None
        if os.access(paths.writer_file, os.W_OK):
            with suppress(WriterBusyError):
                stack.enter_context(shared_lock(paths.writer_lock, wait_seconds=0))
                stack.enter_context(explain_errors(paths.writer_file))
                connection = stack.enter_context(closing(open_read_only(paths.writer_file)))
        if connection is None and paths.warehouse.exists():
            connection = stack.enter_context(closing(open_published(paths)))
        yield connection


def _warehouse(settings: Settings) -> Diagnosis:
    paths = DataPaths(settings.data_dir)
    with _open_unchanged(paths) as connection:
        if connection is None:
            return Diagnosis("warehouse", Level.OK, "none yet; the first run makes it")
        missing = missing_migrations(connection)
        counts = (
            dict(run_file(connection, "admin/count_rows.sql").fetchall()) if not missing else {}
        )
    if missing:
        detail = f"{len(missing)} migrations are to be applied, from {min(missing)} on"
        advice = "The next run applies them; before that: wirehouse backup PATH"
        return Diagnosis("warehouse", Level.WARN, detail, advice)
    if aside := batches_set_aside(paths):
        detail = f"{len(aside)} batches can't be loaded"
        return Diagnosis("warehouse", Level.WARN, detail, "Load their pages: wirehouse rebuild")
    detail = f"{counts['articles']} stories, and every migration is applied"
    return Diagnosis("warehouse", Level.OK, detail)


def _archive(settings: Settings) -> Diagnosis:
    """Whether some responses of the warehouse are in the archive as they came."""
    paths, samples, lost = DataPaths(settings.data_dir), list[tuple[str, int, str]](), []
    require_cold_folder(paths)
    with _open_unchanged(paths) as connection:
        if connection is not None and not missing_migrations(connection):
            samples = run_file(
                connection,
                "admin/sample_captures.sql",
                file_count=_SAMPLE_FILES,
                other_count=_SAMPLE_OTHERS,
            ).fetchall()
    for warc_path, offset, sha256 in samples:
        path = paths.data_dir / warc_path
        try:
            if hashlib.sha256(read_record(path, offset).body).hexdigest() != sha256:
                lost.append(f"{path} has another response at byte {offset}")
        except (PageRefusedError, StorageError) as error:
            lost.append(f"{path} has no response at byte {offset} ({error})")
    if lost:
        detail = f"{len(lost)} of {len(samples)} responses are lost; {lost[0]}"
        advice = "Bring the files back from a backup: wirehouse restore PATH"
        return Diagnosis("archive", Level.FAIL, detail, advice)
    return Diagnosis("archive", Level.OK, f"{len(samples)} responses are as the warehouse says")


async def _site(settings: Settings) -> list[Diagnosis]:
    """robots.txt, the first feed, and the clock by what they were sent with."""
    found, paths, feeds = list[Diagnosis](), DataPaths(settings.data_dir), feed_addresses(settings)
    if NO_CONTACT in settings.user_agent and is_public_site(settings.base_url):
        detail, advice = "it names nobody to write to", "Set WIREHOUSE_USER_AGENT."
        found.append(Diagnosis("user agent", Level.WARN, detail, advice))
    if (holder := lock_holder(paths.fetch_lock)) or not feeds:
        why = f"{holder} requests from it now" if holder else "WIREHOUSE_FEEDS is empty"
        return [*found, Diagnosis("robots.txt", Level.OK, f"not requested, since {why}")]
    # Runs share their pace by this file, whose time is all that changes in the data folder.
    pace = paths.next_request if os.access(paths.next_request, os.W_OK) else None
    with TemporaryDirectory() as folder:
        run = new_run("doctor", replace(settings, data_dir=Path(folder), attempts=1))
        async with (
            Archive(run) as archive,
            NetworkClient(run.settings, archive, next_request=pace) as client,
        ):
            try:
                result = await client.request(feeds[0])
            except WirehouseError as error:
                return [*found, Diagnosis("robots.txt", Level.FAIL, str(error))]
    assert client.robots is not None
    robots = "read" if client.robots.response else "there is none: everything may be requested"
    answers = [one for one in (client.robots.response, result.response) if one is not None]
    return [
        *found,
        Diagnosis("robots.txt", Level.OK, robots),
        _feed(result, settings),
        _clock(answers),
    ]


def _feed(result: FetchResult, settings: Settings) -> Diagnosis:
    advice = "Open it in a browser; correct WIREHOUSE_FEEDS if it has moved."
    if result.response is None:
        assert result.failure is not None
        detail = f"{result.url}: {result.failure.reason}: {result.failure.detail}"
        return Diagnosis("feed", Level.FAIL, detail, advice)
    try:
        coding = result.response.header("content-encoding")
        body = decode_body(result.response.body, coding, limit=settings.max_body_bytes)
        items = read_feed(body, result.response.header("content-type")).items
    except PageRefusedError as error:
        return Diagnosis("feed", Level.FAIL, f"{result.url}: {error}", advice)
    if not items:
        return Diagnosis("feed", Level.WARN, f"{result.url} shows no story", advice)
    return Diagnosis("feed", Level.OK, f"{result.url} shows {len(items)} stories")


def _clock(answers: Sequence[Response]) -> Diagnosis:
    """By that of the site; a cache on the way can only make its times older."""
    skews = []
    for answer in answers:
        with suppress(ValueError):  # no date, or none that can be read
            sent_at = parsedate_to_datetime(answer.header("date") or "")
            sent_at = sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)
            skews.append((answer.fetched_at - sent_at).total_seconds())
    if not skews:
        return Diagnosis("clock", Level.OK, "not compared: the site sends no date")
    skew = min(skews, key=abs)
    detail = f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} the site's"
    if abs(skew) <= _MAX_SKEW_SECONDS:
        return Diagnosis("clock", Level.OK, detail)
    level = Level.FAIL if abs(skew) > _ABSURD_SKEW_SECONDS else Level.WARN
    return Diagnosis("clock", level, detail, "Set the machine's clock, by NTP for good.")
