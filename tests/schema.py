"""Writes what is generated from the code: `python -m tests.schema`.

That is `sql/schema.sql`, `TABLES.md` and the settings in `OPERATIONS.md`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from pydantic import SecretStr

from tasks.core.paths import DataPaths
from tasks.core.settings import PREFIX, Settings
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import SQL_FOLDER
from tasks.warehouse.writer import session

ROOT = Path(__file__).parents[1]
SCHEMA = SQL_FOLDER / "schema.sql"
TABLES = ROOT / "TABLES.md"
OPERATIONS = ROOT / "OPERATIONS.md"
COLUMNS = Path(__file__).parent / "columns.sql"

# The columns that readers rely on, in their order; see the contract with readers in TABLES.md.
CONTRACT = {
    "articles": (
        "article_id url language title body provider provider_code account_code menafn_token "
        "published_at published_at_basis word_count body_sha256 version cluster_id image_url "
        "first_seen_at last_seen_at capture_id run_id extractor_version"
    ),
    "article_versions": (
        "article_id version title body body_sha256 published_at capture_id seen_at"
    ),
    "captures": (
        "capture_id url article_id fetched_at status content_type body_bytes payload_sha256 "
        "warc_path warc_offset run_id"
    ),
    "entities": "entity_id type name country_code first_seen_at",
    "mentions": "article_id entity_id part start_char end_char surface",
    "article_figures": (
        "article_id part start_char end_char surface kind amount currency exchange symbol day "
        "precision"
    ),
    "rejects": "url article_id stage reason detail run_id rejected_at",
    "runs": (
        "run_id flow started_at finished_at status discovered fetched not_modified extracted "
        "inserted updated unchanged rejected mentions seconds"
    ),
}

COMPUTED_DEFAULTS = {
    "workers": "number of cores, less where memory is short",
    "writer_memory_mb": "768 or an eighth of all memory, less where it is short",
}

SCHEMA_OPENING = """\
-- The tables and views of the warehouse with their comments. Made by `make schema` from a migrated
-- warehouse; a test fails when it is stale. To change the schema, add a file to sql/migrations.
"""

TABLES_OPENING = """\
# Tables

What `warehouse.duckdb` holds, written by `make schema` from the comments in the database itself:
`describe` and `duckdb_columns()` show the same. Every `timestamptz` is an instant, every `_date` a
day, every `sha256` hexadecimal. Columns are never null unless it says "or null"; those of views may
be.

| word | meaning |
| --- | --- |
| capture | one archived response of the site; every row names the one it came from |
| listing entry | a story as one feed or listing page shows it |
| article | a story id with its current text |
| version | one text of an article for as long as it stood; one that is taken back and comes again is two |
| cluster | articles with the same text under several ids |
| mention | a name at its place in an article's text |
| entity | the person, organisation or place that names stand for; `name_id` is one full name of it |
| event | one happening: stories of any provider and language on it, under `event_id` |
| quotation | words that a text gives to a named speaker |
| reject | something that could not be used, with a reason from a closed list |
| run | one execution of a flow |
| feed gap | ids that a feed may have passed by between two polls |
"""

SECTIONS = {
    "Contract": "Names, types and meanings of these columns stay, but for those marked with *.",
    "Other tables": "They may change with a version; [CHANGELOG.md](CHANGELOG.md) says how.",
    "Views": "They are computed when they are queried. [sql/views](sql/views) has their definitions.",
}

MACROS_OPENING = """\
## Macros

They take arguments: `select * from kwic('Oman', 60)`, `select title from articles where
mentioned(article_id, 'Oman')`. A name may be any that stories print, or an id. In a database that is
attached under another name they work after `use` of that name: `attach 'warehouse.duckdb' as wh
(read_only); use wh;`.

| macro | gives |
| --- | --- |"""

INTERNAL = "ops."
INTERNAL_OPENING = """\
## Internal tables

Only the program needs schema `ops`; [sql/schema.sql](sql/schema.sql) has its columns.

| table or view | holds |
| --- | --- |"""

_SHORT_TYPES = {"timestamp with time zone": "timestamptz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table or view, as DuckDB's catalogue has it."""

    relation_kind: str
    relation_name: str
    relation_comment: str | None
    column_name: str
    data_type: str
    is_nullable: bool
    is_key: bool
    column_comment: str | None


def columns_of(connection: Connection) -> list[Column]:
    """Every column of every table and view, tables first, in their order."""
    names = Column.__slots__
    rows = connection.execute(COLUMNS.read_text(encoding="utf-8")).fetchall()
    return [Column(**dict(zip(names, row, strict=True))) for row in rows]


def relations_of(connection: Connection) -> dict[str, list[Column]]:
    """The columns of every table and view by its name, tables first."""
    groups = groupby(columns_of(connection), key=lambda column: column.relation_name)
    return {name: list(columns) for name, columns in groups}


def macros_of(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """The signature and the comment of every macro, by name."""
    rows = connection.execute(
        "select function_name, parameters, comment from duckdb_functions() "
        "where not internal and database_name = current_database() order by function_name"
    ).fetchall()
    return {name: (f"{name}({', '.join(given)})", comment) for name, given, comment in rows}


def schema_text(connection: Connection) -> str:
    """The text of `sql/schema.sql`."""
    parts = [SCHEMA_OPENING]
    for columns in relations_of(connection).values():
        lines = _table(columns) if columns[0].relation_kind == "table" else _view(columns)
        parts.append("\n".join(lines) + "\n")
    for name, (signature, comment) in macros_of(connection).items():
        parts.append(f"-- The macro {signature}, sql/views/{name}.sql.\n{_remark(comment)}\n")
    return "\n".join(parts)


def _table(columns: list[Column]) -> Iterator[str]:
    first, last = columns[0], columns[-1]
    yield _remark(first.relation_comment)
    yield f"create table {first.relation_name} ("
    for column in columns:
        yield _remark(column.column_comment, indent="    ")
        comma = "" if column is last else ","
        rule = " primary key" if column.is_key else "" if column.is_nullable else " not null"
        yield f"    {column.column_name} {_type(column)}{rule}{comma}"
    yield ");"


def _view(columns: list[Column]) -> Iterator[str]:
    first = columns[0]
    file = first.relation_name.removeprefix(INTERNAL)
    yield f"-- The view {first.relation_name}, sql/views/{file}.sql."
    yield _remark(first.relation_comment)
    for column in columns:
        named = f"{column.column_name} {_type(column)}"
        yield _remark(f"{named}: {column.column_comment or 'no comment'}", hang="    ")


def _type(column: Column) -> str:
    return _SHORT_TYPES.get(column.data_type, column.data_type.replace(",", ", "))


def _remark(text: str | None, indent: str = "", hang: str = "") -> str:
    start = f"{indent}-- {hang}"
    return fill(
        text or "no comment", width=100, initial_indent=start, subsequent_indent=f"{start}{hang}"
    )


def tables_text(connection: Connection) -> str:
    """The text of `TABLES.md`."""
    relations = relations_of(connection)
    names: dict[str, list[str]] = {"Contract": list(CONTRACT), "Other tables": [], "Views": []}
    for name, (first, *_) in relations.items():
        if name not in CONTRACT and not name.startswith(INTERNAL):
            names["Views" if first.relation_kind == "view" else "Other tables"].append(name)
    parts = [TABLES_OPENING]
    for section, opening in SECTIONS.items():
        parts.append(f"## {section}\n\n{fill(opening, width=100)}\n")
        for name in names[section]:
            parts.append(
                "\n".join(_reference(relations[name], relations.get(INTERNAL + name))) + "\n"
            )
    macros = [f"| `{one}` | {_cell(comment)} |" for one, comment in macros_of(connection).values()]
    rows = [
        f"| `{name}` | {_cell(columns[0].relation_comment)} |"
        for name, columns in relations.items()
        if name.startswith(INTERNAL)
    ]
    return "\n".join([*parts, MACROS_OPENING, *macros, "", INTERNAL_OPENING, *rows, ""])


def _reference(columns: list[Column], base: list[Column] | None) -> Iterator[str]:
    first = columns[0]
    nullable = {
        one.column_name
        for one in base or columns
        if one.is_nullable and one.relation_kind == "table"
    }
    promised = CONTRACT.get(first.relation_name, "").split()
    yield f"### {first.relation_name}\n"
    yield fill(first.relation_comment or "", width=100) + "\n"
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in columns:
        rule = ", key" if column.is_key else ""
        if column.column_name in nullable:
            rule = " or null"
        meaning = _cell(column.column_comment)
        mark = " \\*" if promised and column.column_name not in promised else ""
        yield f"| `{column.column_name}`{mark} | {_type(column)}{rule} | {meaning} |"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|").replace("<", "&lt;")


def operations_text() -> str:
    """The text of `OPERATIONS.md`, its settings as the code has them."""
    between = re.compile(
        r"(?<=<!-- settings: written by make schema -->\n).*?(?=<!-- end)", re.DOTALL
    )
    text = OPERATIONS.read_text(encoding="utf-8")
    return between.sub(lambda _: "\n".join(_settings_table()) + "\n", text, count=1)


def _settings_table() -> Iterator[str]:
    yield from ("| setting | default | meaning |", "| --- | --- | --- |")
    for name, field in Settings.__pydantic_fields__.items():  # type: ignore[attr-defined]
        if field.default == () or field.default == SecretStr(""):
            default = "none"
        elif isinstance(field.default, tuple):
            default = f"the {len(field.default)} known ones"
        elif isinstance(field.default, float):
            default = f"`{field.default:g}`"
        elif isinstance(field.default, SecretStr):
            default = f"`{field.default.get_secret_value()}`"
        elif field.default_factory is None:
            default = f"`{field.default}`" if field.default != "" else "none"
        else:
            default = COMPUTED_DEFAULTS[name]
        yield f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |"


def generated() -> dict[Path, str]:
    """The text of each generated file, by its path."""
    with (
        TemporaryDirectory() as folder,
        session(DataPaths(data_dir=Path(folder)), wait_seconds=0) as connection,
    ):
        return {
            SCHEMA: schema_text(connection),
            TABLES: tables_text(connection),
            OPERATIONS: operations_text(),
        }


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
