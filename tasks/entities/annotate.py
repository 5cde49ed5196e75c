"""What the text of an article says of persons, organisations, places and figures.

`annotate` is the whole step, for a worker process: it never imports Prefect.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from tasks.core.annotations import NOTHING, AnnotationStamp, Signatures
from tasks.core.calendar import day_of_id
from tasks.core.parquet import read_records, write_records
from tasks.core.records import Article, EntityContext, EntityType, Mention
from tasks.core.staging import move_folder
from tasks.entities.gazetteers import Gazetteers, digest_tables, load_gazetteers
from tasks.entities.mentions import extract_mentions
from tasks.entities.postprocess import postprocess_spans
from tasks.entities.quantities import FIGURES_VERSION, ArticleFigure, find_figures
from tasks.entities.recogniser import Recogniser, choose_recogniser
from tasks.entities.rules import find_arabic_places
from tasks.entities.tokenizer import Span, merge_spans

RULES_VERSION = 3  # to be raised whenever the same spans may come to other mentions
TEXTS = ("articles.parquet", "known.parquet")  # as read from pages, or recalled for a retag

_MAX_TEXT = 200_000  # code points of a text that are searched for names; bounds the time
_CHUNK = 32  # articles whose sentences are kept between the recogniser and the rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """What was found in some articles: each list in the order of the articles."""

    mentions: list[Mention] = field(default_factory=list)
    contexts: list[EntityContext] = field(default_factory=list)
    figures: list[ArticleFigure] = field(default_factory=list)
    stamps: list[AnnotationStamp] = field(default_factory=list)  # one an article


def annotate(articles: Sequence[Article], recogniser: str) -> Annotations:
    """The mentions, entity contexts and figures of articles, and what found them.

    Args:
        articles: the stories, in any language; those that nothing reads get a stamp alone.
        recogniser: its name, from `usable_recogniser`.

    Raises:
        OperatorError: there is no such recogniser, or what it needs is not installed.
    """
    signatures = signatures_of(recogniser)
    found = Annotations(stamps=[signatures.of(article) for article in articles])
    if recogniser == NOTHING:
        return found
    gazetteers = load_gazetteers()
    for start in range(0, len(articles), _CHUNK):
        chunk = [
            replace(article, title=article.title[:_MAX_TEXT], body=article.body[:_MAX_TEXT])
            for article in articles[start : start + _CHUNK]
        ]
        for article, spans, version in _recognise(chunk, choose_recogniser(recogniser), signatures):
            mentions, contexts = extract_mentions(article, spans, gazetteers, version)
            # The countries that it is about by its places or else its adjectives, main one first.
            countries = Counter(
                one.country_code
                for one in mentions
                if one.type is EntityType.PLACE and one.country_code
            ) or Counter(gazetteers.find_nationalities(f"{article.title}\n{article.body}"))
            codes = [code for code, _ in countries.most_common()]
            found.mentions.extend(mentions)
            found.contexts.extend(contexts)
            found.figures.extend(find_figures(article, published_day(article), codes))
    return found


def write_annotations(folder: Path, articles: Sequence[Article], recogniser: str) -> int:
    """Annotates articles and writes what is found into a batch's folder.

    Returns:
        How many mentions were found.

    Raises:
        StorageError: the disk is full.
        OperatorError: as `annotate` says.
    """
    found = annotate(articles, recogniser)
    write_records(folder / "mentions.parquet", found.mentions, Mention)
    write_records(folder / "entity_contexts.parquet", found.contexts, EntityContext)
    write_records(folder / "article_figures.parquet", found.figures, ArticleFigure)
    write_records(folder / "annotation_stamps.parquet", found.stamps, AnnotationStamp)
    return len(found.mentions)


def annotate_batch(read: Path, staged: Path, recogniser: str) -> int:
    """Annotates a folder of articles and moves it on; a folder that has moved is left as it is.

    Returns:
        How many mentions were found; 0 where the folder had moved on before.

    Raises:
        StorageError: the disk is full, or the batch can't be read or moved.
        OperatorError: as `annotate` says.
    """
    if not read.exists():
        return 0
    articles = [article for name in TEXTS for article in read_records(read / name, Article)]
    count = write_annotations(read, articles, recogniser)
    move_folder(read, staged)
    return count


def signatures_of(recogniser: str) -> Signatures:
    """What the work of a recogniser, named by `usable_recogniser`, is signed with today.

    Raises:
        OperatorError: as `annotate` says.
    """
    if recogniser == NOTHING:
        return Signatures(
            languages=frozenset(), recogniser=NOTHING, arabic=NOTHING, figures_version=0
        )
    chosen = choose_recogniser(recogniser)
    return Signatures(
        languages=chosen.languages,
        recogniser=f"{chosen.name}-{chosen.version}{_version_suffix()}",
        arabic=f"gazetteer{_version_suffix()}",
        figures_version=FIGURES_VERSION,
    )


def published_day(article: Article) -> date:
    """The day against which the dates of a story are resolved, by its best date candidate.

    The dateline's comes first, since it is the day where the story was written; feeds are not
    known here, and the calendar of ids stands in for them.
    """
    if article.dateline_date:
        return article.dateline_date
    if instant := article.page_at or article.token_at:
        return instant.date()
    return day_of_id(article.article_id) or article.seen_at.date()


def _recognise(
    articles: Sequence[Article], recogniser: Recogniser, signatures: Signatures
) -> Iterator[tuple[Article, Sequence[Sequence[Span]], str]]:
    """The articles whose language is read, with the spans of title and body and what found them."""
    gazetteers = load_gazetteers()
    own = [article for article in articles if article.language in recogniser.languages]
    titles = recogniser.recognise([article.title for article in own])
    bodies = recogniser.recognise([article.body for article in own])
    for article, *found in zip(own, titles, bodies, strict=True):
        spans = found
        if article.language == "en":  # the rules are of English
            spans = postprocess_spans((article.title, article.body), found, gazetteers)
        elif article.language == "ar":
            spans = _with_arabic_places(article, found, gazetteers)
        yield article, spans, signatures.recogniser
    for article in articles:
        if article.language == "ar" and "ar" not in recogniser.languages:
            yield article, _with_arabic_places(article, [[], []], gazetteers), signatures.arabic


def _with_arabic_places(
    article: Article, found: Sequence[Sequence[Span]], gazetteers: Gazetteers
) -> list[list[Span]]:
    return [
        merge_spans(spans, find_arabic_places(text, gazetteers))
        for text, spans in zip((article.title, article.body), found, strict=True)
    ]


@lru_cache(maxsize=1)
def _version_suffix() -> str:
    """The part of a recogniser's version that stands for the rules and tables after it."""
    return f"-{RULES_VERSION}-{digest_tables()[:8]}"
