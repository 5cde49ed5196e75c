"""What a check of the warehouse found."""

from dataclasses import dataclass
from enum import StrEnum

_SHOWN_LETTERS = 80


class Severity(StrEnum):
    """What a broken claim means."""

    FAIL = "fail"  # the run fails and nothing is published
    WARN = "warn"  # a person should look, and readers get the new copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim of `sql/checks` that does not hold.

    Attributes:
        check: the check's file name without its ending: the claim.
        severity: what that means.
        columns: names of the columns of `rows`.
        rows: the first offending rows.
        count: how many rows offend.
    """

    check: str
    severity: Severity
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    count: int

    def told(self) -> str:
        """One paragraph for a person; whatever a page brought is shown with its controls escaped.

        Returns:
            For example `tokens_name_their_story: 2 rows, such as article_id=1109916091`.
        """
        shown = "; ".join(
            ", ".join(
                f"{column}={_printable(value)}"
                for column, value in zip(self.columns, row, strict=True)
            )
            for row in self.rows
        )
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        return f"{self.check}: {rows}, such as {shown}"


def _printable(value: object) -> str:
    text = str(value)
    short = text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in short
    )
