"""Gives texts of the warehouse back to the recogniser, by the files of `sql/crawl`."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from tasks.core.annotations import Signatures
from tasks.core.records import Article
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_file


def outdated_articles(connection: Connection, signatures: Signatures) -> list[int]:
    """Articles whose mentions or figures have other signatures than today's, oldest first."""
    rows = run_file(
        connection,
        "crawl/select_outdated_articles.sql",
        languages=sorted(signatures.languages),
        recogniser=signatures.recogniser,
        arabic=signatures.arabic,
        figures_version=signatures.figures_version,
    ).fetchall()
    return [article_id for (article_id,) in rows]


def known_articles(connection: Connection, article_ids: Sequence[int]) -> list[Article]:
    """The current texts of some articles, as the readers gave them."""
    found = run_file(connection, "crawl/select_articles.sql", article_ids=list(article_ids))
    columns = [column for column, *_ in found.description]
    wanted = [field.name for field in fields(Article)]

    def as_field(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return tuple(value) if isinstance(value, list) else value

    rows = (dict(zip(columns, row, strict=True)) for row in found.fetchall())
    return [Article(**{name: as_field(row[name]) for name in wanted}) for row in rows]
