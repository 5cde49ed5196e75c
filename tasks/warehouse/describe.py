"""What can be queried, by the comments in the published copy; SQL in `sql/admin`."""

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.warehouse.sandbox import ask
from tasks.warehouse.sql import SQL_FOLDER

Rows = tuple[list[str], list[tuple[object, ...]], int]


def describe_relations(paths: DataPaths) -> Rows:
    """Every public table, view and macro with its meaning, as from `ask`."""
    return ask(paths, _query("describe_relations"))


def describe_columns(paths: DataPaths, relation: str) -> Rows:
    """The columns of one public table or view; a `UsageError` where there is none of that name."""
    found = ask(paths, _query("describe_columns"), {"relation": relation})
    if not found[1]:
        raise UsageError(
            f"There is no public table or view {relation!r}; wirehouse describe lists them."
        )
    return found


def _query(name: str) -> str:
    return (SQL_FOLDER / "admin" / f"{name}.sql").read_text(encoding="utf-8")
