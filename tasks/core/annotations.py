"""What found the names and figures of a text, and what people decide of entities."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tasks.core.records import Article

# The recogniser of a text in which nothing looked for names.
NOTHING = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationStamp:
    """What found the mentions and figures of one article; where it is outdated, they are too."""

    article_id: int
    body_sha256: str
    text_sha256: str  # see text_digest
    recogniser: str  # name and version, or NOTHING
    figures_version: int  # of the rules for figures, 0 where none were looked for
    sentence_starts: tuple[int, ...] = ()  # code points of the body at which its sentences start


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Names and versions of what annotates articles, by language."""

    languages: frozenset[str]  # ISO 639-1 codes that the recogniser itself reads
    recogniser: str  # with the versions of the rules and tables after it
    arabic: str  # the same for Arabic text, where the recogniser doesn't read it
    figures_version: int

    def of(self, article: Article) -> AnnotationStamp:
        """The stamp of an article once its names and figures are found."""
        if article.language in self.languages:
            recogniser = self.recogniser
        else:
            recogniser = self.arabic if article.language == "ar" else NOTHING
        return AnnotationStamp(
            article_id=article.article_id,
            body_sha256=article.body_sha256,
            text_sha256=text_digest(article.title, article.body),
            recogniser=recogniser,
            figures_version=self.figures_version if article.language in ("en", "ar") else 0,
        )


def text_digest(title: str, body: str) -> str:
    """Hexadecimal SHA-256 of both texts, a line break between them."""
    return sha256(f"{title}\n{body}".encode()).hexdigest()


class DecisionKind(StrEnum):
    """What a person decides on two entities."""

    MERGE = "merge"
    SPLIT = "split"  # keep them apart


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDecision:
    """One decision of a person; the newest of a pair counts."""

    entity_id: str  # after a merge it counts as the other
    other_id: str
    kind: DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    kind: DecisionKind
    name: str
    other_name: str
    counts_as: str  # the name of the entity that the first counts as now
    is_published: bool  # whether readers see it already, or only after the next run

    def message(self) -> str:
        """The result for the person who decided."""
        names = f"{self.name} and {self.other_name}"
        is_merged = self.kind is DecisionKind.MERGE
        outcome = f"merged and count as {self.counts_as}" if is_merged else "kept apart"
        seen = "Readers see it now." if self.is_published else "Readers see it after the next run."
        return f"{names} are {outcome}. {seen}"
