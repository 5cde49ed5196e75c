"""Imports the site's stories from WARC files, ours or anyone's, into the archive, unit by unit."""

import logging
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tasks.archive.files import archived_files, unit_id_of
from tasks.archive.formats import format_problem
from tasks.archive.members import GZIP_MAGIC
from tasks.archive.reader import DAMAGED
from tasks.archive.streams import is_one_member
from tasks.core.errors import SourceError, StorageError, UsageError, WorkerLostError
from tasks.core.reports import printable
from tasks.core.run import Run
from tasks.core.sources import Source, list_sources
from tasks.units import ImportUnit, Receipt, read_receipt

_SHOWN_FILES = 5
_RANGE_BYTES = 1 << 30  # files of twice as many are read in ranges, several at once

_log = logging.getLogger(__name__)


def warc_units(addresses: Sequence[str]) -> tuple[list[ImportUnit], list[str]]:
    """The units of the WARC files that addresses name or have in them, each once.

    What is wrong with other addresses comes second; other files in a folder are logged, and the
    objects of a bucket are not looked into yet. A `UsageError` where there is no file to import.
    """
    units: dict[Source, list[ImportUnit]] = {}
    refused: list[str] = []
    for address in addresses:
        problems, found = list[str](), list_sources(address)
        for source in found:
            try:
                problem = format_problem(source) if source.options is None else None
                if problem is None:
                    units[source] = _cut(source)
            except OSError as error:
                problem = f"{source} can't be read: {error.strerror or error}"
            problems += [problem] if problem else []
        shown, is_folder = printable(address, keep=""), len(found) > 1 or Path(address).is_dir()
        if is_folder and len(problems) == len(found):
            refused.append(f"{shown} holds no WARC file")
        elif not found:
            refused.append(f"{shown}: there is no such file or folder")
        if is_folder and problems:
            _log.warning("Skipped %d files: %s.", len(problems), list_some(problems))
        elif problems:
            refused += problems
    if not units:
        raise UsageError(f"There is nothing to import: {list_some(refused)}.")
    return [unit for some in units.values() for unit in some], refused


def _cut(source: Source) -> list[ImportUnit]:
    parts = source.size // _RANGE_BYTES
    if parts > 1:
        # Where a record starts can be found in a file that is compressed record by record. Text of
        # any other kind may hold what looks like one.
        with source.open() as file:
            if file.read(len(GZIP_MAGIC)) == GZIP_MAGIC and not is_one_member(file):
                bounds = [source.size * number // parts for number in range(parts + 1)]
                return [ImportUnit(source=source, within=range(*pair)) for pair in pairwise(bounds)]
    return [ImportUnit(source=source)]


def list_some(texts: Sequence[str]) -> str:
    """The first few of them and how many more there are: a bucket may hold any number."""
    shown = "; ".join(texts[:_SHOWN_FILES])
    more = len(texts) - _SHOWN_FILES
    return f"{shown}; and {more} more" if more > 0 else shown


class WarcImport:
    """The units of one run: those that are left to do, and what came of each."""

    def __init__(
        self,
        run: Run,
        units: Sequence[ImportUnit],
        versions: str,
        process: Callable[[Run, ImportUnit, str], Awaitable[Receipt]],
    ) -> None:
        """What `process` does is `units.process_unit`, here or elsewhere.

        Units are left out that have a receipt of these `versions` (`reading.versions_of`).
        """
        self.skipped: Counter[str] = Counter()  # records left out, by reason
        self.unread: list[str] = []  # the units that could not be imported, and why
        self._run, self._versions, self._process = run, versions, process
        self._left = run.settings.max_stories or None
        self._storyless: dict[str, bool] = {}  # whether files with records have none of a story
        data_dir = run.paths.data_dir
        archived = {
            unit_id_of(path): path.relative_to(data_dir).as_posix()
            for path in archived_files(run.paths)
        }
        self.units: list[ImportUnit] = []
        for unit in units:
            receipt = read_receipt(run.paths, unit)
            if receipt is None or receipt.versions != versions:
                self.units.append(replace(unit, archived=archived.get(unit.unit_id, "")))
        if known := len(units) - len(self.units):
            _log.info("%d of %d units were imported by earlier runs", known, len(units))

    async def pending(self) -> AsyncGenerator[ImportUnit]:
        """The units that are left to do."""
        for unit in self.units:
            yield unit

    async def do(self, _run: Run, unit: ImportUnit) -> None:
        """Import a unit, or note why it can't be: that doesn't keep the others out.

        With `max_stories` units are to be done one after the other.
        """
        if self._left == 0:
            return
        try:
            unit = replace(unit, limit=self._left)
            receipt = await self._process(self._run, unit, self._versions)
        except (SourceError, WorkerLostError) as error:
            detail = str(error).rstrip(".")
            is_named = isinstance(error, SourceError)
            self.unread.append(detail if is_named else f"{unit.source} ({detail})")
            _log.warning("Not imported: %s", self.unread[-1])
            if len(self.unread) == len(self.units):
                raise StorageError(f"Nothing could be read: {list_some(self.unread)}.") from error
            return
        if self._left is not None:
            self._left -= min(receipt.pages, self._left)
        self.skipped += Counter(receipt.skipped)
        if receipt.is_storyless or receipt.pages:
            before = self._storyless.get(receipt.source, True)
            self._storyless[receipt.source] = before and not receipt.pages
        if receipt.damage:
            _log.warning(
                "%s: skipped %d damaged places, the last at byte %s",
                receipt.source, receipt.skipped.get(DAMAGED, 0), receipt.damage,
            )  # fmt: skip
        _log.info("Imported %s: %d pages", receipt.source, receipt.pages)

    def remarks(self) -> list[str]:
        """What an operator should know of it once it has ended."""
        lines = [f"{count} records skipped: {reason}" for reason, count in self.skipped.items()]
        if storyless := [source for source, has_none in self._storyless.items() if has_none]:
            lines.append(f"No story of the site in {list_some(storyless)}")
        return lines
