"""Stories by the closeness of their embeddings, which are cached; SQL in `sql/similar`.

The cache is a folder of Parquet files whose rows are the SHA-256 of a text and its embedding.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from tasks.core.errors import StorageError, UsageError
from tasks.core.files import remove_leftovers, replace_atomically
from tasks.core.paths import DataPaths
from tasks.warehouse.connect import Connection, explain_errors, open_published, prefer_views
from tasks.warehouse.locks import shared_lock
from tasks.warehouse.migrate import refuse_newer
from tasks.warehouse.sandbox import require_published
from tasks.warehouse.sql import run_file

_BATCH = 500  # texts in a file of the cache; half a dozen seconds, which is what Ctrl-C loses

Encode = Callable[[Sequence[str]], Any]  # texts to a NumPy array, a normalised row for each


def select_similar(
    paths: DataPaths,
    article_id: int,
    *,
    encode: Encode,
    row_limit: int | None,
    wait_seconds: float,
    advance: Callable[[int], None],
) -> pa.Table:
    """The stories closest to one, best first; `advance` is called with counts of embedded texts.

    A `UsageError` where the published copy has no text of the story.
    """
    require_published(paths)
    # Else a story that is taken down meanwhile would have its embedding written again.
    with (
        shared_lock(paths.runs_lock, wait_seconds=wait_seconds),
        closing(open_published(paths)) as connection,
        explain_errors(paths.embeddings),
    ):
        refuse_newer(connection)
        prefer_views(connection)
        run_file(connection, "similar/stage_texts.sql")
        if not connection.table("story_texts").filter(f"article_id = {int(article_id)}").fetchone():
            raise UsageError(
                f"{paths.warehouse} has no text of story {article_id}; wirehouse show {article_id} "
                "says why."
            )
        try:
            _embed_texts(connection, paths, encode, advance)
            return run_file(
                connection,
                "similar/select_similar.sql",
                files=_files(paths),
                article_id=article_id,
                row_limit=row_limit,
            ).to_arrow_table()
        except (duckdb.InvalidInputException, duckdb.BinderException) as error:
            raise StorageError(
                f"{paths.embeddings} has a damaged file: {' '.join(str(error).split())[:200]} "
                "Remove that folder; its contents are computed again."
            ) from error


def _embed_texts(
    connection: Connection, paths: DataPaths, encode: Encode, advance: Callable[[int], None]
) -> None:
    """Add to the cache what it has no embedding of."""
    remove_leftovers(paths.embeddings)
    known: set[tuple[str]] = set()
    if files := _files(paths):
        known.update(run_file(connection, "similar/select_known.sql", files=files).fetchall())
    texts = run_file(connection, "similar/select_texts.sql").fetchall()
    missing = [(digest, text) for digest, text in texts if (digest,) not in known]
    for start in range(0, len(missing), _BATCH):
        digests, batch = zip(*missing[start : start + _BATCH], strict=True)
        array = encode(batch)
        vectors = pa.FixedSizeListArray.from_arrays(pa.array(array.ravel()), array.shape[1])
        connection.register(
            "vectors", pa.table({"text_sha256": pa.array(digests), "embedding": vectors})
        )
        with replace_atomically(paths.embeddings / f"{uuid4().hex}.parquet") as temporary:
            run_file(connection, "similar/write_vectors.sql", path=str(temporary))
        advance(len(batch))


def _files(paths: DataPaths) -> list[str]:
    return sorted(map(str, paths.embeddings.glob("*.parquet")))
