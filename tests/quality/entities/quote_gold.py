"""Reads the gold paragraphs with quotations, and scores against them."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from tasks.entities.annotate import annotate
from tests.quality.entities.articles import article
from tests.quality.entities.gold_set import Score

_GOLD = Path(__file__).with_name("gold") / "quotes.txt"
_TAG = re.compile(r'(?:\{([^}]+)\})(["“«])')
_ENDS = {"“": "”", "«": "»", '"': '"'}


@dataclass(frozen=True, slots=True)
class QuoteText:
    """Paragraphs, and who says what in them."""

    language: str
    body: str
    expected: tuple[tuple[str, str], ...]  # speaker and words


def read_quotes() -> list[QuoteText]:
    """The gold paragraphs."""
    texts = []
    for line in _GOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            marked = line.replace("¶", "\n")
            expected = []
            for match in _TAG.finditer(marked):
                words = marked[match.end() : marked.index(_ENDS[match[2]], match.end())]
                expected.append((match[1], words.rstrip(" ,،")))
            language = "ar" if re.search("[\u0621-\u064a]", line) else "en"
            texts.append(QuoteText(language, _TAG.sub(r"\2", marked), tuple(expected)))
    return texts


def score_quotes(language: str) -> tuple[Score, list[str]]:
    """Precision and recall in a language, speaker and words both right, and what is wrong."""
    texts = [one for one in read_quotes() if one.language == language]
    articles = [
        replace(article(body=one.body, language=language), article_id=1109916091 + number)
        for number, one in enumerate(texts)
    ]
    found: dict[int, list[tuple[str, str]]] = {one.article_id: [] for one in articles}
    for quote in annotate(articles, "builtin").quotes:
        found[quote.article_id].append((quote.speaker, quote.surface))
    right = given = there = 0
    wrong = []
    for text, (_, got) in zip(texts, found.items(), strict=True):
        expected, named = Counter(text.expected), Counter(got)
        right += (expected & named).total()
        given += named.total()
        there += expected.total()
        wrong += [f"{text.body}: wrong {one}" for one in named - expected]
        wrong += [f"{text.body}: missed {one}" for one in expected - named]
    return Score(right / given, right / there), wrong
