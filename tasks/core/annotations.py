"""What found the names and figures of a text: by it a text is known to be up to date or not."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tasks.core.records import Article

NOTHING = "none"
"""The recogniser of a text in which nothing looked for names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationStamp:
    """What found the mentions and figures of one article.

    Attributes:
        article_id: the story.
        body_sha256: digest of the body they were found in.
        text_sha256: digest of title and body; see `text_digest`.
        recogniser: name and version of what looked for names, `none` where nothing did.
        figures_version: version of the rules that looked for figures, 0 where none did.
    """

    article_id: int
    body_sha256: str
    text_sha256: str
    recogniser: str
    figures_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """What a recogniser's work is signed with, by language.

    Attributes:
        languages: ISO 639-1 codes of the languages that the recogniser itself reads.
        recogniser: its name and version, with those of the rules and tables after it.
        arabic: the same for Arabic text where the recogniser doesn't read it.
        figures_version: version of the rules for figures; 0 where none are looked for.
    """

    languages: frozenset[str]
    recogniser: str
    arabic: str
    figures_version: int

    def of(self, article: Article) -> AnnotationStamp:
        """What is to be said of an article once its names and figures are found."""
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
    """What a reader says of two entities."""

    MERGE = "merge"  # they are one
    SPLIT = "split"  # they are two


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDecision:
    """One ruling of a reader; the newest of a pair counts.

    Attributes:
        entity_id: one entity; after a merge it counts as the other.
        other_id: the other.
        ruling: one or two.
    """

    entity_id: str
    other_id: str
    ruling: DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """What came of a ruling.

    Attributes:
        ruling: one or two.
        name: the name of the first entity.
        other_name: the name of the other.
        counts_as: the name that the first counts as now.
        is_published: whether readers see it already; else they will after the next run.
    """

    ruling: DecisionKind
    name: str
    other_name: str
    counts_as: str
    is_published: bool

    def message(self) -> str:
        """What came of it, for the reader who ruled."""
        names = f"{self.name} and {self.other_name}"
        is_one = self.ruling is DecisionKind.MERGE
        outcome = f"{names} are one: {self.counts_as}." if is_one else f"{names} are two."
        seen = "Readers see it now." if self.is_published else "Readers see it after the next run."
        return f"{outcome} {seen}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a person from the articles that name them.

    Attributes:
        parts: the parts of the name, each as `GivenNames.token` gives it.
        companions: whom the person is often named with: ids of organisations in the same sentence,
            and countries as `country_companion` gives them.
    """

    parts: tuple[str, ...]
    companions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """An entity that may be one with others.

    Attributes:
        entity_id: its id.
        block_key: only entities of one block are compared; `None` where there is nothing to
            compare, as with organisations and places.
        profile: what it is compared by.
        first_article_id: the story of the smallest id that has named it.
    """

    entity_id: str
    block_key: str | None
    profile: Profile
    first_article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two entities that may be one, for a reader to settle; `entity_id` sorts first."""

    entity_id: str
    other_id: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedEntities:
    """Which entities count as one.

    Attributes:
        canonical: for each entity the one that it counts as, itself included.
        candidates: the doubtful pairs.
    """

    canonical: dict[str, str]
    candidates: list[Candidate]
