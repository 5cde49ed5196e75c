"""Files to read: those of a disk, and objects of a bucket that speaks S3.

A bucket's address is s3://bucket/prefix?region=..., its keys are those of the environment
(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN).
"""

import glob
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import parse_qsl

from pyarrow import fs

from tasks.core.errors import StorageError, UsageError
from tasks.core.reports import printable
from tasks.core.setting_types import LAKE_OPTIONS

S3 = "s3://"

_BLOCK_BYTES = 4 << 20  # of one request; smaller ones cost more than what they carry
_SECONDS = 10.0  # to connect; a bucket that is up takes a tenth of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file or object as it was when it was listed."""

    path: str  # absolute; of an object its bucket and key
    options: str | None = None  # those of a bucket's address; `None` for a file
    size: int
    changed_at: int  # nanoseconds since 1970

    def __str__(self) -> str:
        return printable((S3 if self.options is not None else "") + self.path, keep="")

    def open(self, _mode: str = "rb") -> BinaryIO:
        """Its bytes as a stream that can seek; `OSError`s are of the disk or the bucket."""
        if self.options is None:
            return Path(self.path).open("rb")
        # `open_input_stream` would inflate a name that ends in .gz.
        file = bucket_files(self.options).open_input_file(self.path)
        return cast("BinaryIO", io.BufferedReader(file, _BLOCK_BYTES))

    def require_unchanged(self) -> None:
        """A `StorageError` if it isn't what was listed any more."""
        if _find(self.path, self.options) != [self]:
            raise StorageError(f"{self} has changed while it was read")


def list_sources(address: str) -> list[Source]:
    """The files that a path, a folder, a pattern or a bucket's address names, by name.

    None where there is nothing; a `StorageError` where a bucket can't be listed.
    """
    if address.startswith(S3):
        path, _, options = address.removeprefix(S3).partition("?")
        if dict(parse_qsl(options, keep_blank_values=True)).keys() - LAKE_OPTIONS:
            raise UsageError(
                f"{S3}{printable(path, keep='')} has options other than "
                f"{', '.join(sorted(LAKE_OPTIONS))}. Leave them out; keys are read from the "
                "environment."
            )
        return _find(path.rstrip("/"), options)
    if glob.has_magic(address) and not Path(address).exists():
        named = sorted(glob.iglob(address, recursive=True))  # noqa: PTH207 - may be absolute
        return [one for path in named for one in _find(path)]
    return _find(address)


@lru_cache
def bucket_files(options: str) -> fs.S3FileSystem:
    """The buckets that an address with these options reaches."""
    return fs.S3FileSystem(
        **dict(parse_qsl(options)),  # type: ignore[arg-type]
        connect_timeout=_SECONDS,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=2),
    )


def _find(path: str, options: str | None = None) -> list[Source]:
    if options is None:
        within = sorted(Path(path).rglob("*")) if Path(path).is_dir() else [Path(path)]
        facts = [(str(file.resolve()), file.stat()) for file in within if file.is_file()]
        return [
            Source(path=name, size=fact.st_size, changed_at=fact.st_mtime_ns)
            for name, fact in facts
        ]
    try:
        files = bucket_files(options)
        found = [files.get_file_info(path)]
        if found[0].type == fs.FileType.Directory:
            found = files.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, TypeError, ValueError) as error:
        raise StorageError.of(error, S3 + printable(path, keep="")) from error
    return sorted(
        (
            Source(path=one.path, options=options, size=one.size, changed_at=one.mtime_ns or 0)
            for one in found
            if one.is_file
        ),
        key=lambda source: source.path,
    )
