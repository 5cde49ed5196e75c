"""The crawl frontier: what may be requested, by the warehouse and the batches that wait for it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.core.ids import id_groups
from tasks.core.parquet import write_records
from tasks.core.paths import DataPaths
from tasks.core.records import FetchRequest, NamedStory
from tasks.core.rejects import Reason
from tasks.core.settings import Settings
from tasks.core.staging import waiting_captures
from tasks.core.urls import StoryAddress
from tasks.warehouse.connect import Connection, scratch_path
from tasks.warehouse.requests import gaps, select_requests
from tasks.warehouse.sql import run_file
from tasks.warehouse.writer import open_snapshot

# What one run requests where no limit is set.
MAX_STORIES = 50_000  # seven hours at two a second
MAX_LISTED_SECONDS = 900  # of an ingest: the next one requests what is left, and what is new before
MAX_GAP_STORIES = 1_000  # less than ten minutes

_IDS_AT_ONCE = 10_000


def max_listed_stories(settings: Settings) -> int:
    """The most stories that one ingest requests, those of feed gaps not counted."""
    by_rate = int(settings.requests_per_second * MAX_LISTED_SECONDS) or MAX_STORIES
    return settings.max_stories or by_rate


@contextmanager
def open_frontier(paths: DataPaths, settings: Settings) -> Iterator["Frontier"]:
    """The frontier as it is now."""
    # Batches before the warehouse: one that is loaded meanwhile is found in either. What another
    # run has loaded and not published is in the writer's file only, which is worth a wait.
    pending = {one.article_id for one in waiting_captures(paths) if one.article_id is not None}
    with open_snapshot(paths, wait_seconds=settings.writer_wait_seconds) as connection:
        yield Frontier(connection, settings, paths, pending)


class Frontier:
    """Each method gives requests in the order in which a run sends them."""

    def __init__(
        self, connection: Connection, settings: Settings, paths: DataPaths, pending: set[int]
    ) -> None:
        """Select by a connection; `pending` are the stories of batches that wait."""
        self.connection = connection
        self._settings = settings
        self._paths = paths
        self._pending = pending

    def select_listed(self, listed: Path) -> list[FetchRequest]:
        """Stories that listings showed, those of the file `listed` included, and due re-checks."""
        return select_requests(
            self.connection,
            replace(self._settings, max_stories=max_listed_stories(self._settings)),
            listed=listed,
            pending=self._pending,
            now=datetime.now(UTC),
        )

    def select_missed(self, listed_count: int) -> list[FetchRequest]:
        """Ids of feed gaps, as many as an ingest requests after so many listed stories."""
        limit = self._settings.max_gap_stories
        if self._settings.max_stories:
            limit = min(limit, self._settings.max_stories - listed_count)
        open_gaps = gaps(self.connection, only_feed_gaps=True) if limit > 0 else ()
        return self.select_ids(open_gaps, limit) if open_gaps else []

    def select_gaps(self, limit: int) -> list[FetchRequest]:
        """Unknown ids within the warehouse's span, those of feed gaps first."""
        return self.select_ids(gaps(self.connection), limit)

    def select_ids(
        self, ids: Sequence[range], limit: int, *, ignores_rest: bool = False
    ) -> list[FetchRequest]:
        """As `select_named`, of stories that are known by their ids alone; ranges may overlap."""
        groups = (
            [StoryAddress(article_id=article_id, slug="", is_arabic=False) for article_id in group]
            for group in id_groups(ids, _IDS_AT_ONCE)
        )
        return self.select_named(groups, limit, ignores_rest=ignores_rest)

    def select_rejected(
        self, reasons: Collection[Reason], since: datetime | None, limit: int
    ) -> list[FetchRequest]:
        """Stories that were refused for one of these reasons, however recently."""
        rows = run_file(
            self.connection,
            "crawl/select_retries.sql",
            reasons=[str(reason) for reason in reasons],
            since=since,
        ).fetchall()
        ids = [range(article_id, article_id + 1) for (article_id,) in rows]
        return self.select_ids(ids, limit, ignores_rest=True)

    def select_named(
        self, groups: Iterable[Sequence[StoryAddress]], limit: int, *, ignores_rest: bool = False
    ) -> list[FetchRequest]:
        """Those stories that a run would request if they were listed.

        With `ignores_rest` also those that were refused too recently.
        """
        requests: dict[int, FetchRequest] = {}
        settings = replace(self._settings, recheck_window_hours=0, max_stories=0)
        path = scratch_path(self._paths, "named.parquet")
        try:
            for stories in groups:
                now = datetime.now(UTC)
                named = [
                    NamedStory(article_id=one.article_id, url=one.url, seen_at=now)
                    for one in stories
                ]
                write_records(path, named, NamedStory)
                selected = select_requests(
                    self.connection,
                    settings,
                    listed=path,
                    pending=self._pending,
                    now=now,
                    max_implausible=MAX_STORIES,
                    ignores_rest=ignores_rest,
                )
                found = {request.article_id: request for request in selected}
                ids = (story.article_id for story in stories)
                requests |= {each: found[each] for each in ids if each in found}
                if len(requests) >= limit:
                    break
        finally:
            path.unlink(missing_ok=True)
        return list(requests.values())[:limit]
