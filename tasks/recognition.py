"""What a worker process does for the verb `recognise`; Prefect is not imported here."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.adapters.recognition.choice import choose_recogniser
from tasks.adapters.recognition.tables import load_knowledge
from tasks.adapters.staging import move_folder, read_records, write_records
from tasks.wire.article import Article
from tasks.wire.entities.mentions import mentions_of
from tasks.wire.entities.recogniser import Recogniser
from tasks.wire.entity import Mention

_LONGEST_TEXT = 200_000  # code points of a text that are searched for names; bounds the time


def recognise_batch(read: Path, staged: Path, recogniser: str) -> int:
    """Adds the mentions to a batch of read articles and hands its folder on.

    Doing it again is harmless: mentions are written anew, and a folder that was already handed
    on is left as it is.

    Args:
        read: the batch's folder, with its `articles.parquet`.
        staged: where the folder goes once `mentions.parquet` is in it.
        recogniser: which recogniser finds the names.

    Returns:
        How many mentions were found; 0 where the folder had been handed on before.

    Raises:
        StorageError: the disk is full, or the batch can't be read or moved.
        SettingsError: there is no such recogniser.
    """
    if not read.exists() and staged.exists():
        return 0
    articles = read_records(read / "articles.parquet", Article)
    mentions = list(_mentions(articles, choose_recogniser(recogniser)))
    write_records(read / "mentions.parquet", mentions, Mention)
    move_folder(read, staged)
    return len(mentions)


def _mentions(articles: Sequence[Article], recogniser: Recogniser) -> Iterator[Mention]:
    readable = [one for one in articles if one.language in recogniser.languages]
    titles = recogniser.recognise([one.title[:_LONGEST_TEXT] for one in readable])
    bodies = recogniser.recognise([one.body[:_LONGEST_TEXT] for one in readable])
    signature = f"{recogniser.name}-{recogniser.version}"
    knowledge = load_knowledge()
    for article, title_spans, body_spans in zip(readable, titles, bodies, strict=True):
        yield from mentions_of(article, title_spans, body_spans, knowledge, signature)
