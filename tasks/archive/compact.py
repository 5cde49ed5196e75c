"""Joins files of the archive to a smaller one of the same records, which any WARC tool reads."""

import gzip
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from tasks.archive.files import ArchivePart, name_of_start
from tasks.archive.members import read_members
from tasks.core.errors import StorageError
from tasks.core.files import replace_atomically

_LEVEL = 9  # files are written at level 1


def join_files(paths: Sequence[Path], target: Path) -> dict[Path, dict[int, int]]:
    """Where each record of some files starts in `target`, by where it starts in its file.

    `target` has its name once all of it was read back and compared, byte by byte. Damaged files
    are left out; where all are, nothing is made.
    """
    places: dict[Path, range] = {}
    try:
        with replace_atomically(target) as temporary:
            with temporary.open("wb") as file:
                for path in paths:
                    start, member = file.tell(), None
                    for member in read_members(path):
                        is_first = member.offset == 0
                        if member.damage or (is_first and name_of_start(member) != path.name):
                            break
                        file.write(gzip.compress(member.content, _LEVEL, mtime=0))
                    else:
                        if member is not None:
                            places[path] = range(start, file.tell())
                            continue
                    file.seek(start)
                    file.truncate()
            offsets = {
                path: match_records(path, ArchivePart(temporary, path.name, within))
                for path, within in places.items()
            }
            if not offsets or not all(offsets.values()):
                raise EOFError  # noqa: TRY301 - so that the file gets no name
    except EOFError:
        return {}
    return offsets


def match_records(path: Path, part: ArchivePart) -> dict[int, int]:
    """As `join_files`; empty where file and part hold different records, or one is damaged."""
    offsets = {}
    try:
        pairs = zip_longest(read_members(path), read_members(part.path, within=part.within))
        for old, new in pairs:
            if old is None or new is None or old.content != new.content or old.damage or new.damage:
                return {}
            offsets[old.offset] = new.offset
    except OSError as error:
        raise StorageError.of(error, part.path) from error
    return offsets
