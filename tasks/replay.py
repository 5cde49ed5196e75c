"""Replays an archived wire: `python -m tasks.replay FILE…` serves it until it is interrupted."""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasks.adapters.loopback import LoopbackServer, RecordedResponse
from tasks.adapters.warc.parsing import ArchivedRecord
from tasks.adapters.warc.reader import read_record, walk
from tasks.adapters.warc.walking import TornRecord
from tasks.wire.answer import NOT_MODIFIED
from tasks.wire.errors import StorageError
from tasks.wire.menafn.addresses import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a response lies; bodies stay on disk."""

    path: Path
    offset: int


class Recording:
    """The responses of WARC files by path and query, read from disk when they are asked for."""

    def __init__(self, *warcs: Path) -> None:
        """Note where every response lies; of several to one address the last counts.

        Args:
            warcs: WARC files of the wire, in their order. Answers that carry nothing (304), and
                those of other hosts, are left out.

        Raises:
            StorageError: a file can't be read, or is damaged.
        """
        self._places: dict[str, _Place] = {}
        for path in warcs:
            for record in walk(path):
                self._note(path, record)

    def __len__(self) -> int:
        """How many addresses are known."""
        return len(self._places)

    def response(self, path: str) -> RecordedResponse | None:
        """What was recorded for a path and query, `None` where nothing was."""
        url = canonical_url(path)
        place = self._places.get(url) if url else None
        if place is None:
            return None
        record = read_record(place.path, place.offset)
        return RecordedResponse(
            status=record.status, phrase=record.phrase, headers=record.headers, body=record.payload
        )

    def _note(self, path: Path, record: ArchivedRecord | TornRecord) -> None:
        if isinstance(record, TornRecord):
            raise StorageError(
                f"{path} is damaged at byte {record.offset} ({record.detail}). "
                "Copy it again from where it came."
            )
        url = canonical_url(record.url)
        if url is not None and record.status != NOT_MODIFIED:
            self._places[url] = _Place(path=path, offset=record.offset)


@contextmanager
def replay(*warcs: Path, latency_seconds: float = 0.0) -> Iterator[LoopbackServer]:
    """The wire of WARC files, over plain HTTP on a free port of the loopback interface.

    Args:
        warcs: the files.
        latency_seconds: how long every answer is held back.

    Yields:
        The server: its `base_url`, `hits` by path and query, and `log`.

    Raises:
        StorageError: a file can't be read, or is damaged.
    """
    recording = Recording(*warcs)
    with LoopbackServer(recording.response, latency_seconds=latency_seconds) as server:
        yield server


def main(arguments: list[str]) -> None:
    """Serve the named files, print the address, and wait for an interrupt."""
    parser = argparse.ArgumentParser(prog="python -m tasks.replay", description=__doc__)
    parser.add_argument("warc", type=Path, nargs="+", help="a WARC file of the wire")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with replay(*parser.parse_args(arguments).warc) as server:
            print(server.base_url, flush=True)  # noqa: T201 - the one thing it says
            signal.pause()
    except KeyboardInterrupt:
        return
    except StorageError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(sys.argv[1:])
