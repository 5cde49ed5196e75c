"""One story in full: its text, its changes, what it names, and where its page is archived."""

import re
from contextlib import closing
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from tasks.archive.reader import read_response
from tasks.core.errors import StorageError, UsageError
from tasks.core.paths import DataPaths
from tasks.core.rejects import PageRefusedError
from tasks.core.reports import Revision, StoryDetails, StoryTable
from tasks.core.settings import Settings
from tasks.warehouse.connect import Connection, open_published, prefer_views
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import run_file

# Longer texts are compared by paragraphs, so that no page can make comparing slow.
_MAX_COMPARED_WORDS = 3000


def select_story(settings: Settings, article_id: int) -> StoryDetails:
    """What the published copy has of a story; a `UsageError` where it has no text says why."""
    paths = DataPaths(settings.data_dir)
    require_published(paths)
    with closing(open_published(paths)) as connection:
        refuse_newer(connection)
        prefer_views(connection)
        story = _select(connection, "story", article_id)
        if not story.rows:
            raise UsageError(_explain_absence(connection, article_id))
        versions, names, figures, captures = (
            _select(connection, name, article_id)
            for name in ("versions", "names", "figures", "captures")
        )
    texts = [dict(zip(versions.columns, row, strict=True)) for row in versions.rows]
    return StoryDetails(
        facts=dict(zip(story.columns, story.rows[0], strict=True)),
        revisions=tuple(
            Revision(
                version=new["version"],
                seen_at=new["valid_from"],
                capture_id=new["capture_id"],
                title=compare_words(old["title"], new["title"]),
                body=compare_words(old["body"], new["body"]),
            )
            for old, new in pairwise(texts)
        ),
        names=names,
        figures=figures,
        captures=captures,
    )


def read_page(settings: Settings, story: StoryDetails) -> bytes:
    """The page that a story's current text was extracted from, as the site sent it.

    Its content coding is undone. A `StorageError` where the archive doesn't have it.
    """
    path = DataPaths(settings.data_dir).data_dir / str(story.facts["warc_path"])
    offset = story.facts["warc_offset"]
    try:
        return read_response(path, offset, limit=settings.max_body_bytes).body
    except PageRefusedError as error:
        raise StorageError(
            f"{path} has no readable page at byte {offset}: {error}. wirehouse restore brings "
            "archive files back."
        ) from error


def compare_words(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """One text as what became of another: stretches that are `equal`, `delete`d or `insert`ed."""
    before, after = (re.findall(r"\S+[^\S\n]*|\n+", text) for text in (old, new))
    if max(len(before), len(after)) > _MAX_COMPARED_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    parts = []
    for _, start, end, at, to in SequenceMatcher(None, before, after).get_opcodes():
        removed, added = "".join(before[start:end]), "".join(after[at:to])
        if removed == added:
            parts.append(("equal", added))
        else:
            parts += [("delete", removed), ("insert", added)]
    return tuple((kind, text) for kind, text in parts if text)


def _explain_absence(connection: Connection, article_id: int) -> str:
    states = _select(connection, "state", article_id).rows
    if not states:
        return f"There is no story {article_id} here: none was listed or requested under that id."
    state, reason, since_at = states[0]
    cause = f": {reason}" if reason else ""
    if state == "deleted":
        return f"Story {article_id} was deleted by wirehouse forget{cause}."
    since = f"{since_at:%Y-%m-%d %H:%M} UTC"
    return f"There is no text of story {article_id}. It is {state} since {since}{cause}."


def _select(connection: Connection, name: str, article_id: int) -> StoryTable:
    cursor: Any = run_file(connection, f"show/{name}.sql", article_id=article_id)
    return StoryTable(
        columns=tuple(column[0] for column in cursor.description), rows=tuple(cursor.fetchall())
    )
