"""What a worker process does for the verb `recognise`; Prefect is not imported here."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from tasks.adapters.recognition.choice import choose_recogniser
from tasks.adapters.recognition.tables import load_knowledge, tables_digest
from tasks.adapters.staging import move_folder, read_records, write_records
from tasks.wire.article import Article
from tasks.wire.entities.arabic import arabic_places
from tasks.wire.entities.naming import Naming, naming_of
from tasks.wire.entities.recogniser import Recogniser
from tasks.wire.entities.refinement import refined
from tasks.wire.entity import Appearance, Mention

RULES_VERSION = 2  # to be raised whenever the same spans may come to other mentions
_LONGEST_TEXT = 200_000  # code points of a text that are searched for names; bounds the time
_AT_ONCE = 32  # articles whose sentences are kept between the recogniser and the rules


def recognise_batch(read: Path, staged: Path, recogniser: str) -> int:
    """Adds the mentions and appearances to a batch of read articles and hands its folder on.

    Doing it again is harmless: they are written anew, and a folder that was already handed
    on is left as it is.

    Args:
        read: the batch's folder, with its `articles.parquet`.
        staged: where the folder goes once `mentions.parquet` is in it.
        recogniser: which recogniser finds the names, from `usable_recogniser`.

    Returns:
        How many mentions were found; 0 where the folder had been handed on before.

    Raises:
        StorageError: the disk is full, or the batch can't be read or moved.
        SettingsError: there is no such recogniser.
    """
    if not read.exists():
        return 0
    articles = read_records(read / "articles.parquet", Article)
    named = list(_named(articles, choose_recogniser(recogniser)))
    mentions = [mention for one in named for mention in one.mentions]
    appearances = [appearance for one in named for appearance in one.appearances]
    write_records(read / "mentions.parquet", mentions, Mention)
    write_records(read / "appearances.parquet", appearances, Appearance)
    move_folder(read, staged)
    return len(mentions)


def _named(articles: Sequence[Article], recogniser: Recogniser) -> Iterator[Naming]:
    for start in range(0, len(articles), _AT_ONCE):
        some = articles[start : start + _AT_ONCE]
        yield from _recognised(
            [one for one in some if one.language in recogniser.languages], recogniser
        )
        if "ar" not in recogniser.languages:
            yield from _in_arabic([one for one in some if one.language == "ar"])


def _recognised(articles: Sequence[Article], recogniser: Recogniser) -> Iterator[Naming]:
    """Names by the recogniser, mended by what each article says as a whole."""
    titles = recogniser.recognise([one.title[:_LONGEST_TEXT] for one in articles])
    bodies = recogniser.recognise([one.body[:_LONGEST_TEXT] for one in articles])
    signature = f"{recogniser.name}-{recogniser.version}{_suffix()}"
    knowledge = load_knowledge()
    for article, in_title, in_body in zip(articles, titles, bodies, strict=True):
        title, body = article.title[:_LONGEST_TEXT], article.body[:_LONGEST_TEXT]
        spans = refined(title, body, (in_title, in_body), knowledge)
        yield naming_of(article, spans, knowledge, signature)


def _in_arabic(articles: Sequence[Article]) -> Iterator[Naming]:
    knowledge = load_knowledge()
    for article in articles:
        texts = (article.title[:_LONGEST_TEXT], article.body[:_LONGEST_TEXT])
        spans = [arabic_places(text, knowledge) for text in texts]
        yield naming_of(article, spans, knowledge, f"gazetteer{_suffix()}")


@lru_cache(maxsize=1)
def _suffix() -> str:
    """What of a row's recogniser tells the rules and tables that were at work."""
    return f"-{RULES_VERSION}-{tables_digest()[:8]}"
