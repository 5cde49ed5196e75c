"""Reads a file of stories' addresses, as a person makes one."""

import re
from pathlib import Path

from tasks.core.charset import decode_any
from tasks.core.errors import UsageError
from tasks.core.records import FetchFailure
from tasks.core.rejects import Reason, plain_line
from tasks.core.urls import StoryAddress, canonical_url, parse_story

_MAX_ADDRESS_CHARS = 1000
_AROUND_ADDRESS = " \t,;<>\"'`\u00ab\u00bb\u2018\u2019\u201c\u201d\ufeff\u200e\u200f"
_BARE_HOST = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+)(:[0-9]+)?/")  # no scheme before it
_FOREIGN = FetchFailure(reason=Reason.FOREIGN_HOST, detail="a given address is not the site's")
_NO_STORY = FetchFailure(reason=Reason.NO_STORY_ID, detail="a given address names no story")


def read_addresses(file: Path, base_url: str) -> tuple[list[StoryAddress], dict[str, FetchFailure]]:
    """The stories that a file names, newest first, and why other lines name none, by address.

    The file has one address a line, in any form and in any encoding that Unicode has; blank lines
    and those that open with `#` don't count.
    """
    stories: dict[int, StoryAddress] = {}
    failures: dict[str, FetchFailure] = {}
    text = decode_any(require_readable(file).read_bytes(), None)
    for line in filter(None, map(_address_in, text.splitlines())):
        story = parse_story(line, base_url=base_url)
        if story is None:
            url = canonical_url(line, base_url=base_url)
            shown = url or plain_line(line)[:_MAX_ADDRESS_CHARS]
            failures.setdefault(shown, _FOREIGN if url is None else _NO_STORY)
        elif story.article_id not in stories or not stories[story.article_id].slug:
            stories[story.article_id] = story
    return [stories[article_id] for article_id in sorted(stories, reverse=True)], failures


def require_readable(file: Path) -> Path:
    """The file, once it could be opened; a `UsageError` otherwise."""
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}.") from error


def _address_in(line: str) -> str:
    """The address in a line, without what people and programs put around it."""
    line = line.strip()
    if line.startswith("#"):
        return ""
    while (bare := line.strip(_AROUND_ADDRESS).rstrip(".")) != line:
        line = bare
    return f"https://{line}" if _BARE_HOST.match(line) else line
