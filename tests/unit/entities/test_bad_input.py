"""In any text names point into it, in bounded time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.entities.figures.article_figures import find_figures
from tasks.entities.gazetteers import load_gazetteers
from tasks.entities.mentions import extract_mentions
from tasks.entities.postprocess import postprocess_spans
from tasks.entities.rules import find_arabic_places, find_names
from tests.quality.entities.articles import article

PIECES = [
    "Prime Minister ", "Dr. ", "Khalid Al-Harmali", "Al-", "bin ", "Halmar Energy PJSC", " (ADX: HLM",
    "E)", "Ministry of ", "Kuwait", "KUWAIT, Aug 15 (KUNA) -- ", "the ", "’s ", "\n", ". ", "🛢", "𝒳",
    "\u200b", "\u0301", "الكويت ", "و", "H.E. ", "(", ")", '"', "-", "and ", "of ", "for ", "$5bn ",
    "Monday", "10,00,000 ", "٢٫٥ في المئة", "15 آب ", " مليون دولار", "5%", "[", "\\", "{}", "\t", "ẞ", "İ", "ﬁ", "\u202e", "CEO of ", ", a lender",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


def check_mentions(title: str, body: str) -> None:
    gazetteers = load_gazetteers()
    one = article(title=title, body=body)
    tagged = (find_names(title, gazetteers), find_names(body, gazetteers))
    spans = postprocess_spans((title, body), tagged, gazetteers)
    mentions, _ = extract_mentions(one, spans, gazetteers, "rules-1")
    for mention in mentions:
        text = title if mention.part == "title" else body
        assert text[mention.start_char : mention.end_char] == mention.surface != ""
        assert mention.name.strip()
    for marks in spans:
        for before, after in pairwise(marks):
            assert before.end <= after.start


@given(title=TEXTS, body=TEXTS)
def test_every_mention_is_its_text(title: str, body: str) -> None:
    check_mentions(title, body)


@given(text=TEXTS)
def test_figures_and_arabic_places_are_their_text(text: str) -> None:
    for language in ("en", "ar"):
        one = article(title=text, body=text, language=language)
        for figure in find_figures(one, one.seen_at.date(), ("KW",)):
            assert text[figure.start_char : figure.end_char] == figure.surface != ""
    for span in find_arabic_places(text, load_gazetteers()):
        assert span.start < span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a" * 100_000, "A" * 100_000, "Al-" * 30_000, "(" * 50_000, "Khalid " * 15_000,
        "Ministry of " * 8_000, "1," * 50_000, "1" * 100_000, "12 " * 30_000,
        "\u0662\u066b\u0665 \u0645\u0644\u064a\u0648\u0646 " * 10_000, "Monday, May 5 " * 7_000,
        "%" * 100_000, "KUWAIT CITY SAYS " * 6_000, "$" * 100_000, "\u200b" * 100_000,
        ", the " * 20_000, "Khalid Al-Harmali, " * 5_000, " and ".join(["Halmar Bank"] * 5_000),
    ],
    ids=lambda text: text[:12] or "nothing",
)  # fmt: skip
def test_hostile_texts_take_bounded_time(text: str) -> None:
    load_gazetteers()
    started = time.process_time()

    check_mentions(text[:200], text)
    for language in ("en", "ar"):
        find_figures(article(body=text, language=language), article().seen_at.date(), ())

    assert time.process_time() - started < 10
