"""Scores short stories of places and names that are hard, and fathers and sons.

`python -m tests.quality.entities.cases cases` (or `patronymics`) prints what is wrong.
"""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from tasks.core.records import EntityType, Mention, Part
from tasks.entities.annotate import annotate
from tasks.entities.coreference import CoreferenceResolver
from tasks.entities.gazetteers import load_gazetteers
from tasks.entities.tokenizer import Span
from tests.quality.entities.articles import article
from tests.quality.entities.gold_set import FOLDER, GoldPair, GoldText, read_pairs, unmark


class Verdict(NamedTuple):
    """Whether a case came out as expected, and how to print it."""

    is_right: bool
    text: str


def judge_cases(file: str) -> Iterator[Verdict]:
    """Each story of `cases` or `cases_locked`: right where all its names are, and no others."""
    for line in (FOLDER / f"{file}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        title, body = map(unmark, line.split("\t"))
        is_arabic = any("\u0621" <= letter <= "\u064a" for letter in body.text)
        story = article(title=title.text, body=body.text, language="ar" if is_arabic else "en")
        mentions = annotate([story], "builtin").mentions
        is_right = all(
            _agrees(gold, [one for one in mentions if one.part is part])
            for gold, part in ((title, Part.TITLE), (body, Part.BODY))
        )
        found = ", ".join(
            f"{one.type} {one.surface}>{one.name}@{one.country_code}" for one in mentions
        )
        yield Verdict(is_right, f"{line.strip()}\n    found: {found}")


def _agrees(gold: GoldText, found: list[Mention]) -> bool:
    if [(one.start_char, one.end_char, one.type) for one in found] != list(gold.spans):
        return False
    for expected, one in zip(gold.names, found, strict=True):
        name, _, country = expected.partition("@")
        if country and country != (one.country_code or "").casefold():
            return False
        if name.strip() and name.strip() != one.name.casefold():
            return False
    return True


def judge_pairs(file: str) -> Iterator[Verdict]:
    """Each pair of `patronymics` or `patronymics_locked`, both names in one story."""
    for pair in read_pairs(file):
        yield Verdict(_are_joined(pair) == pair.is_same, f"{pair.left} / {pair.right}")


def _are_joined(pair: GoldPair) -> bool:
    body = f"{pair.left} met guests in {min(pair.left_context)}. {pair.right} spoke."
    behind = body.rindex(pair.right)
    spans = [
        Span(0, len(pair.left), EntityType.PERSON),
        Span(behind, behind + len(pair.right), EntityType.PERSON),
    ]
    named = CoreferenceResolver(("", body), ((), spans), load_gazetteers()).identities[1]
    return named[0] == named[1]


def share_right(verdicts: Iterator[Verdict]) -> float:
    """The share of the cases that came out as expected."""
    right = [verdict.is_right for verdict in verdicts]
    return sum(right) / len(right)


def main() -> None:
    """Prints the cases of a file that are wrong."""
    file = sys.argv[1]
    verdicts = list(judge_cases(file) if file.startswith("cases") else judge_pairs(file))
    wrong = [verdict.text for verdict in verdicts if not verdict.is_right]
    print("\n".join(wrong))
    print(f"{len(verdicts) - len(wrong)} of {len(verdicts)} right")


if __name__ == "__main__":
    main()
