"""What a warehouse holds, in counts and digests: equal for two that say the same."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContents:
    """What one table says, whenever and by whichever run it came to say it.

    Attributes:
        table: its name.
        rows: how many rows say something; see `sql/contents` for what a row says.
        digest: hexadecimal, of those rows in any order.
    """

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a warehouse says.

    Attributes:
        tables: each table's contents, by name.
    """

    tables: tuple[TableContents, ...]

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 over all tables."""
        lines = (f"{one.table} {one.rows} {one.digest}\n" for one in self.tables)
        return hashlib.sha256("".join(lines).encode()).hexdigest()
