"""Compresses a file of the archive anew, record by record, so that any WARC tool still reads it."""

import gzip
from itertools import zip_longest
from pathlib import Path

from tasks.archive.members import read_members
from tasks.core.errors import StorageError
from tasks.core.files import replace_atomically

_LEVEL = 9  # files are written at level 1


def compress_anew(path: Path, target: Path) -> dict[int, int] | None:
    """Where each record of a file starts, and where in a smaller file of the same records.

    That file, `target`, is made unless an earlier call has made it, and read back in any case, byte
    by byte, before it has its name. `None`, and nothing is made, of a file that is damaged.
    """
    if target.exists() and (offsets := _match(path, target)):
        return offsets
    try:
        with replace_atomically(target) as temporary:
            with temporary.open("wb") as file:
                for member in read_members(path):
                    file.write(gzip.compress(member.content, _LEVEL, mtime=0))
            offsets = _match(path, temporary)
            if not offsets:
                raise EOFError  # noqa: TRY301 - so that the file gets no name
    except EOFError:
        return None
    return offsets


def _match(path: Path, target: Path) -> dict[int, int]:
    """Empty where the two files hold different records, or one of them is damaged."""
    offsets = {}
    try:
        for old, new in zip_longest(read_members(path), read_members(target)):
            if old is None or new is None or old.content != new.content or old.damage or new.damage:
                return {}
            offsets[old.offset] = new.offset
    except OSError as error:
        raise StorageError.of(error, target) from error
    return offsets
