"""Stories that were taken down, and what their taking down removed."""

from dataclasses import dataclass
from datetime import datetime

DETAIL = "it speaks of a story that was taken down"
"""What refusals of other stories, and runs, say in the place of what they said of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """A story that was taken down.

    Attributes:
        article_id: the story.
        forgotten_at: when that was first asked for (UTC).
        reason: why, in the operator's words; empty where none was given.
        erased_at: when its last trace was gone from the files (UTC), `None` until then.
    """

    article_id: int
    forgotten_at: datetime
    reason: str
    erased_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the warehouse has of a story that shall be taken down.

    Attributes:
        article_id: the story.
        title: its headline, `None` where the warehouse has no text of it.
        published_at: when it was published (UTC), `None` with the title.
        is_forgotten: whether it was taken down before.
    """

    article_id: int
    title: str | None
    published_at: datetime | None
    is_forgotten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What the taking down of some stories removed.

    Attributes:
        article_ids: the stories, those among them whose taking down had been cut short.
        rows: rows removed, by table.
        staged_rows: rows removed from batches that wait between two stages.
        archived_answers: records of the archive that are gone.
        blotted_listings: feeds' and listings' records that the stories were blotted out of.
        same_story: other ids under which the same story stands; they are not touched.
        backups: folders of backups that hold the stories until they are made anew.
    """

    article_ids: tuple[int, ...]
    rows: dict[str, int]
    staged_rows: int
    archived_answers: int
    blotted_listings: int
    same_story: tuple[int, ...]
    backups: tuple[str, ...]
