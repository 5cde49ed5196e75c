"""Which files hold WARC records, by their first bytes, and what to do with those of other kinds."""

from io import BytesIO

from tasks.archive.members import read_member
from tasks.archive.streams import find_record
from tasks.core.sources import Source

_FIRST_BYTES, _HEAD_BYTES = 1 << 12, 1 << 20
_ZSTD = "is compressed with zstd: decompress it with zstd -d and name the result"
_OTHER_KINDS = {
    b"PK\x03\x04": "is a ZIP file: unzip it and name the WARC files in it (archive/ in a .wacz)",
    b"\x28\xb5\x2f\xfd": _ZSTD,
    # With a dictionary, as in most .warc.zst files, it opens with a frame that is to be skipped.
    **{bytes((number, 0x2A, 0x4D, 0x18)): _ZSTD for number in range(0x50, 0x60)},
    b"BZh": "is compressed with bzip2: decompress it with bunzip2 and name the result",
    b"\xfd7zXZ\x00": "is compressed with xz: decompress it with unxz and name the result",
    b"filedesc:": "is an ARC file: convert it with warcio recompress and name the result",
}


def format_problem(source: Source) -> str | None:
    """Why a file can't be read as WARC, and what to do; `None` if a record is in its first MiB.

    Of most files a few bytes are enough to know. An `OSError` where it can't be read.
    """
    with source.open() as file:
        head = file.read(_FIRST_BYTES)
        if read_member(BytesIO(head), 0, limit=_FIRST_BYTES).content.startswith(b"WARC/"):
            return None
        head += file.read(_HEAD_BYTES)
    content = read_member(BytesIO(head), 0, limit=_HEAD_BYTES).content or head
    if content.startswith(b"WARC/") or find_record(BytesIO(head), 0) is not None:
        return None
    kinds = (problem for start, problem in _OTHER_KINDS.items() if content.startswith(start))
    return f"{source} {next(kinds, 'holds no WARC record' if head else 'is empty')}"
