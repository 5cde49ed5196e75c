"""The figures of the score, each a share between 0 and 1 of which more is better."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from tests.quality.duplicates import PairsScore, labelled_pairs, score_pairs
from tests.quality.gold.pages import gold_pages
from tests.quality.reading import FIELDS, PageScore, score_page


def measure() -> tuple[dict[str, float], list[PageScore], PairsScore]:
    """The score of the reader and the finder of duplicates on the whole gold set.

    Returns:
        The figures by name, and what they were made of.
    """
    pages = [score_page(gold) for gold in gold_pages()]
    pairs = score_pairs(labelled_pairs())
    return figures(pages, pairs), pages, pairs


def figures(pages: Sequence[PageScore], pairs: PairsScore) -> dict[str, float]:
    """The figures by name: `field.<name>`, `reject`, `body.<figure>`, `duplicates.<figure>`."""
    bodies = [page.body for page in pages if page.body is not None]
    return {
        **{f"field.{name}": _share_right(name, pages) for name in FIELDS},
        "reject": _share_right("reject", pages),
        "body.precision": fmean(body.precision for body in bodies),
        "body.recall": fmean(body.recall for body in bodies),
        "body.f1": fmean(body.f1 for body in bodies),
        "body.lowest_f1": min(body.f1 for body in bodies),
        "body.exact": _share(page.is_body_exact for page in pages if page.body is not None),
        "body.without_foreign_lines": _share(not body.foreign_lines for body in bodies),
        "duplicates.precision": pairs.precision,
        "duplicates.recall": pairs.recall,
    }


def _share_right(name: str, pages: Sequence[PageScore]) -> float:
    return _share(name not in page.wrong for page in pages if name in page.scored)


def _share(outcomes: Iterable[bool]) -> float:
    return fmean(map(float, outcomes))
