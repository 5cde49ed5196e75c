"""What a run brought, in numbers."""

from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one batch brought, or several together.

    Attributes:
        discovered: stories seen in feeds and listings.
        fetched: answers for stories, other than "not modified".
        not_modified: answers "not modified" for stories.
        extracted: pages that an article was read from.
        inserted: stories that are new in the warehouse.
        updated: stories whose row was replaced by a newer reading.
        unchanged: readings that left the story's row as it was.
        rejected: things that could not be used.
        mentions: mentions stored.
    """

    discovered: int = 0
    fetched: int = 0
    not_modified: int = 0
    extracted: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    mentions: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        sums = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
        }
        return Counts(**sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """What one loading of every batch at hand brought.

    Attributes:
        batches: how many batches were merged.
        counts: what they brought.
    """

    batches: int
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One run in numbers; its fields are the keys of the commands' `--json` line.

    The counts are those of the batches that the run loaded, so a run that finds what an
    interrupted one left behind has them too.

    Attributes:
        run_id: the run.
        flow: the flow's name.
        status: `completed` or `failed`.
        started_at: when it started (UTC).
        finished_at: when it ended (UTC).
        discovered: see `Counts`, as for the fields that follow.
        fetched: see `Counts`.
        not_modified: see `Counts`.
        extracted: see `Counts`.
        inserted: see `Counts`.
        updated: see `Counts`.
        unchanged: see `Counts`.
        rejected: see `Counts`.
        mentions: see `Counts`.
        seconds: from start to end.
        detail: why it failed, in one line.
    """

    run_id: str
    flow: str
    status: str
    started_at: datetime
    finished_at: datetime
    discovered: int
    fetched: int
    not_modified: int
    extracted: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    mentions: int
    seconds: float
    detail: str | None
