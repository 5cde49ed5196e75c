"""Verb: find who and what a batch of articles names."""

from prefect import task

from tasks.adapters import workers
from tasks.adapters.recognition.choice import usable_recogniser
from tasks.recognition import recognise_batch
from tasks.wire.run import Batch, Run

_SECONDS_PER_ARTICLE = 5  # far above what the longest text takes; only a hung worker passes it
_SECONDS_TO_WARM = 60


@task
async def recognise(run: Run, read: Batch) -> Batch:
    """Adds mentions and figures to a batch of articles and stages it for loading.

    Args:
        run: the run; its setting says which recogniser finds the names. Where `builtin` lacks
            its model, `rules` stands in.
        read: a folder under `state/read`.

    Returns:
        The same batch under `state/staged`.

    Raises:
        OperatorError: what the recogniser needs is not installed.
        StorageError: the disk is full, or the batch can't be read or moved.
    """
    staged = run.layout.staged / read.batch_id
    seconds = _SECONDS_TO_WARM + _SECONDS_PER_ARTICLE * read.count
    usable = usable_recogniser(run.settings.recogniser)
    await workers.run(recognise_batch, read.path, staged, usable, timeout=seconds)
    return Batch(batch_id=read.batch_id, path=staged, count=read.count)
