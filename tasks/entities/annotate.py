"""What a worker process does for the verb `recognise`; Prefect is not imported here."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from tasks.core.annotations import NOTHING, Recognition, Signatures
from tasks.core.calendar import day_of_id
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Appearance, Article, EntityType, Mention
from tasks.core.staging import move_folder
from tasks.entities.arabic import arabic_places
from tasks.entities.countries import nationalities
from tasks.entities.gazetteers import load_gazetteers, tables_digest
from tasks.entities.mentions import Naming, naming_of
from tasks.entities.postprocess import postprocess_spans
from tasks.entities.quantities import FIGURES_VERSION, ArticleFigure, figures_of
from tasks.entities.recogniser import Recogniser, choose_recogniser
from tasks.entities.spans import Span, added

RULES_VERSION = 3  # to be raised whenever the same spans may come to other mentions
TEXTS = ("articles.parquet", "known.parquet")
"""The texts of a batch: read from pages, or recalled from the warehouse."""

_LONGEST_TEXT = 200_000  # code points of a text that are searched for names; bounds the time
_AT_ONCE = 32  # articles whose sentences are kept between the recogniser and the rules


def recognise_batch(read: Path, staged: Path, recogniser: str) -> int:
    """Adds mentions, appearances and figures to a batch of articles and hands its folder on.

    Doing it again is harmless: they are written anew, and a folder that was already handed on is
    left as it is.

    Args:
        read: the batch's folder, with one of the files `TEXTS`.
        staged: where the folder goes once names, figures and what found them are in it.
        recogniser: which recogniser finds the names, from `usable_recogniser`.

    Returns:
        How many mentions were found; 0 where the folder had been handed on before.

    Raises:
        StorageError: the disk is full, or the batch can't be read or moved.
        OperatorError: there is no such recogniser, or what it needs is not installed.
    """
    if not read.exists():
        return 0
    articles = [one for name in TEXTS for one in read_records(read / name, Article)]
    signatures = signatures_of(recogniser)
    named: list[Naming] = []
    figures: list[ArticleFigure] = []
    for start in range(0, len(articles) if recogniser != NOTHING else 0, _AT_ONCE):
        some = [_cut(one) for one in articles[start : start + _AT_ONCE]]
        for article, naming in _named(some, choose_recogniser(recogniser), signatures):
            countries = _countries(article, naming.mentions)
            named.append(naming)
            figures += figures_of(article, published_day(article), countries)
    mentions = [mention for one in named for mention in one.mentions]
    appearances = [appearance for one in named for appearance in one.appearances]
    recognitions = [signatures.of(article) for article in articles]
    write_records(read / "mentions.parquet", mentions, Mention)
    write_records(read / "appearances.parquet", appearances, Appearance)
    write_records(read / "figures.parquet", figures, ArticleFigure)
    write_records(read / "recognitions.parquet", recognitions, Recognition)
    move_folder(read, staged)
    return len(mentions)


def signatures_of(recogniser: str) -> Signatures:
    """What the work of a recogniser is signed with today.

    Args:
        recogniser: its name, from `usable_recogniser`.

    Raises:
        OperatorError: there is no such recogniser, or what it needs is not installed.
    """
    if recogniser == NOTHING:
        return Signatures(
            languages=frozenset(), recogniser=NOTHING, arabic=NOTHING, figures_version=0
        )
    chosen = choose_recogniser(recogniser)
    return Signatures(
        languages=chosen.languages,
        recogniser=f"{chosen.name}-{chosen.version}{_suffix()}",
        arabic=f"gazetteer{_suffix()}",
        figures_version=FIGURES_VERSION,
    )


def published_day(article: Article) -> date:
    """The day against which the dates of a story are resolved: by the best witness at hand.

    The dateline's comes first, since it is the day where the story was written; feeds are not
    known here, and the calendar of ids stands in for them.
    """
    if article.dateline_date:
        return article.dateline_date
    at = article.page_at or article.token_at
    if at:
        return at.date()
    return day_of_id(article.article_id) or article.seen_at.date()


def _named(
    articles: Sequence[Article], recogniser: Recogniser, signatures: Signatures
) -> Iterator[tuple[Article, Naming]]:
    """The articles whose language is read, each with its names."""
    knowledge = load_gazetteers()
    own = [one for one in articles if one.language in recogniser.languages]
    titles = recogniser.recognise([one.title for one in own])
    bodies = recogniser.recognise([one.body for one in own])
    for article, *tagged in zip(own, titles, bodies, strict=True):
        spans = _corrected(article, tagged)
        yield article, naming_of(article, spans, knowledge, signatures.recogniser)
    for article in articles:
        if article.language == "ar" and "ar" not in recogniser.languages:
            spans = _corrected(article, ((), ()))
            yield article, naming_of(article, spans, knowledge, signatures.arabic)


def _corrected(article: Article, tagged: Sequence[Sequence[Span]]) -> Sequence[Sequence[Span]]:
    """What a recogniser saw in an article's two texts, mended by what the article as a whole says.

    The rules are of English; an Arabic text is given the places that the tables know.
    """
    in_title, in_body = tagged
    knowledge = load_gazetteers()
    if article.language == "en":
        return postprocess_spans(article.title, article.body, (in_title, in_body), knowledge)
    if article.language == "ar":
        places = arabic_places(article.title, knowledge), arabic_places(article.body, knowledge)
        return added(in_title, places[0]), added(in_body, places[1])
    return tagged


def _countries(article: Article, mentions: Sequence[Mention]) -> list[str]:
    """The countries that a story is about, as far as its places or else its adjectives tell."""
    named = Counter(
        one.country_code for one in mentions if one.type is EntityType.PLACE and one.country_code
    )
    named = named or Counter(nationalities(f"{article.title}\n{article.body}", load_gazetteers()))
    return [code for code, _ in named.most_common()]


def _cut(article: Article) -> Article:
    """An article without what is too long to be searched."""
    if max(len(article.title), len(article.body)) <= _LONGEST_TEXT:
        return article
    return replace(article, title=article.title[:_LONGEST_TEXT], body=article.body[:_LONGEST_TEXT])


@lru_cache(maxsize=1)
def _suffix() -> str:
    """What of a row's recogniser tells the rules and tables that were at work."""
    return f"-{RULES_VERSION}-{tables_digest()[:8]}"
