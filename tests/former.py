"""Stores a small warehouse of every schema that is missing one: `python -m tests.former`.

Tomorrow's program must open them. One of the newest schema is made by loading batches; one between
two stored ones, by applying its migration to the one before it.
"""

import lzma
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from tasks.core.annotations import DecisionKind
from tasks.core.records import Article, EntityContext, EntityType, Mention, entity_id
from tasks.matchers import MATCHERS
from tasks.warehouse.connect import Connection, open_in_memory, prefer_base_tables
from tasks.warehouse.merges import record_decision
from tasks.warehouse.migrate import migrate
from tasks.warehouse.runs import begin_run, end_run
from tasks.warehouse.sql import SQL_FOLDER, run_with_path, sql_files
from tasks.warehouse.writer import writer
from tests.sql.records import (
    SEEN_AT,
    STORY,
    load_batch,
    make_annotation_stamp,
    make_article,
    make_entity_context,
    make_figure,
    make_listing_entry,
    make_mention,
    make_poll,
    make_quote,
    make_reject,
    make_run,
    make_validators,
    stage,
)

STORED = Path(__file__).parent / "unit" / "warehouse" / "former"
MIGRATIONS = sql_files(SQL_FOLDER / "migrations")


def stored_name(migration: Path) -> str:
    """The file that a migration's warehouse is stored in, such as `0001.duckdb.xz`."""
    return f"{migration.name[:4]}.duckdb.xz"


def unpack(stored: Path, target: Path) -> None:
    """Writes a stored warehouse out as the file it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(lzma.decompress(stored.read_bytes()))


def fill(data_dir: Path) -> Path:
    """A writer's file with something in every table that batches fill, made by two runs."""
    for number, batch in enumerate(_batches()):
        run = make_run(data_dir, f"2025081{number}T090000Z-0a1b2c")
        folder = stage(run.paths.staged / f"{run.run_id}-00001", **batch)
        with writer(run.paths, wait_seconds=0) as connection:
            begin_run(connection, run)
            load_batch(connection, folder, run_id=run.run_id)
            end_run(connection, run)
    one, other = (_person(name) for name in ("Omar Qubaisi", "Tareq Nimri"))
    now = SEEN_AT.replace(day=14)
    record_decision(run.paths, DecisionKind.SPLIT, one, other, decided_at=now, wait_seconds=0,
                    matchers=MATCHERS)  # fmt: skip
    return run.paths.writer_file


def _person(name: str) -> str:
    return entity_id(EntityType.PERSON, name)


def _named(name: str, parts: str, country: str, copy: Article) -> tuple[Mention, EntityContext]:
    """A person that the first word of a text stands for."""
    mention = make_mention(
        article_id=copy.article_id, body=copy.body, entity_id=_person(name), name=name,
        type=EntityType.PERSON, start_char=0, end_char=8, surface=copy.body[:8],
    )  # fmt: skip
    appearance = make_entity_context(
        article_id=copy.article_id, capture_id=copy.capture_id, entity_id=_person(name),
        parts=tuple(parts.split()), block_key=parts[:1], companions=(f"country:{country}",),
    )  # fmt: skip
    return mention, appearance


def _batches() -> list[dict[str, list[object]]]:
    text = " ".join(
        f"Sentence {number} of a report on the flooded harbour." for number in range(60)
    )
    first = make_article(menafn_token=f"MENAFN12082025000071011013ID{STORY}",
                         provider_code="000071", account_code="011013")  # fmt: skip
    copies = [
        make_article(article_id=STORY + number, title="The harbour", body=text, page_at=SEEN_AT,
                     capture_id=f"copy-{number}")
        for number in (1, 2)
    ]  # fmt: skip
    revised = make_article(title="A bridge opens again", capture_id="later",
                           seen_at=SEEN_AT.replace(day=13))  # fmt: skip
    persons = [
        _named("Tareq Nimri", "tareq nimri", "JO", copies[0]),
        _named("Tarek Nimri", "tarek nimri", "CL", copies[1]),
        *(_named("Omar Qubaisi", "omar qubaisi", "JO", copy) for copy in copies),
    ]
    return [
        {
            "articles": [first, *copies],
            "mentions": [make_mention(), *(mention for mention, _ in persons)],
            "entity_contexts": [appearance for _, appearance in persons],
            "article_figures": [make_figure()],
            "quotes": [make_quote()],
            "annotation_stamps": [make_annotation_stamp()],
            "listing_entries": [make_listing_entry(), make_listing_entry(article_id=STORY + 1)],
            "feed_polls": [make_poll(STORY, STORY + 1)],
            "listing_validators": [make_validators()],
            "rejects": [make_reject(article_id=STORY + 3)],
        },
        {
            "articles": [revised],
            "mentions": [make_mention()],
            "article_figures": [make_figure()],
            "quotes": [make_quote()],
            "annotation_stamps": [make_annotation_stamp(title=revised.title)],
            "feed_polls": [
                make_poll(STORY + 8, polled_at=SEEN_AT.replace(day=13), capture_id="feed-2")
            ],
            "rejects": [make_reject(article_id=STORY + 4, reason="gone")],
        },
    ]


def _store(migration: Path, folder: Path) -> None:
    if migration == MIGRATIONS[-1]:
        made = fill(folder / "data")
    else:
        made = folder / "former.duckdb"
        before = MIGRATIONS[MIGRATIONS.index(migration) - 1]
        unpack(STORED / stored_name(before), made)
        (folder / "migrations").mkdir()
        for applied in MIGRATIONS[: MIGRATIONS.index(migration) + 1]:
            copyfile(applied, folder / "migrations" / applied.name)
        with closing(opened(made)) as connection:
            migrate(connection, folder / "migrations", views=folder / "none")
    (STORED / stored_name(migration)).write_bytes(lzma.compress(made.read_bytes(), preset=9))


def opened(path: Path) -> Connection:
    """A DuckDB file, attached as the writer's is."""
    connection = open_in_memory(path.parent / "spill")
    run_with_path(connection, "admin/attach_writer.sql", path)
    prefer_base_tables(connection)
    return connection


if __name__ == "__main__":
    for missing in MIGRATIONS:
        if not (STORED / stored_name(missing)).exists():
            with TemporaryDirectory() as working:
                _store(missing, Path(working))
            print("stored", stored_name(missing))
