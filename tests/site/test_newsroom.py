"""The generator writes stories that differ from one another and hang together."""

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from random import Random

import pytest

from tests.site.calendar import article_id_at, instants
from tests.site.newsroom import stories
from tests.site.story import in_title_case
from tests.site.templates import template

SENTENCE_END = re.compile(r"(?<=[.!?؟])[”\"»]?\s+(?=[A-Z“\"«\d\u0621-\u064a])")
COUNT = 700


@pytest.fixture(scope="module")
def run():
    return list(stories(COUNT, seed=5))


def test_the_same_arguments_give_the_same_stories_and_another_seed_others(run):
    assert list(stories(30)) == list(stories(30))
    titles = {story.title for story in run}
    assert len(titles & {story.title for story in stories(30, seed=12)}) < 3


def test_a_long_run_starts_at_once():
    assert len(list(islice(stories(10_000_000), 3))) == 3


def test_ids_rise_with_time_and_date_their_stories_to_a_day(run):
    for before, after in pairwise(run):
        assert before.article_id < after.article_id
        assert before.published_at <= after.published_at
    day = timedelta(days=1)
    for story in run:
        around = (article_id_at(story.published_at - day), article_id_at(story.published_at + day))
        assert around[0] < story.article_id < around[1]


@pytest.mark.parametrize("first_at", [datetime(2026, 5, 4, 12, tzinfo=UTC),
                                      datetime(2027, 3, 1, 12, tzinfo=UTC)])  # fmt: skip
def test_no_story_is_older_than_the_first_instant(first_at):
    found = list(instants(Random(1), 1_200, first_at))

    assert len(found) == 1_200
    assert found[0] >= first_at.replace(hour=0)


def test_languages_lengths_providers_topics_and_sentences_vary(run):
    full = [story for story in run if not story.is_flash and story.language == "en"]
    words = sum(len(" ".join(story.paragraphs).split()) for story in full)
    twins = sum(
        second.article_id == first.article_id + 1
        and (second.provider.name, second.published_at) == (first.provider.name, first.published_at)
        for first, second in pairwise(run)
    )
    sentences = Counter(
        sentence
        for story in run
        for paragraph in story.paragraphs
        for sentence in SENTENCE_END.split(paragraph)
    )

    assert sum(story.language == "ar" for story in run) / COUNT == pytest.approx(0.11, abs=0.03)
    assert sum(story.is_flash for story in run) / COUNT == pytest.approx(0.04, abs=0.02)
    assert 0.02 < twins / COUNT < 0.06
    assert 270 <= words / len(full) <= 370
    assert len({story.provider.name for story in run}) == 21
    assert len({story.topic for story in run}) >= 16
    assert len({feed for story in run for feed in story.countries}) == 17
    often = sum(times for times in sentences.values() if times > 4)
    assert often / sum(sentences.values()) < 0.02


def test_no_mark_of_an_agency_or_of_a_template_is_left_in_the_text(run):
    marks = re.compile(r"MENAFN|\((?:end|more|pickup previous|KUNA|IANS|NNN)\)|\bKUNA\b")
    leftovers = re.compile(
        r"[{}\[\]|<>]|\(n\)|  | [,.;:?](?!\d)|\.\.|,,|(?<![’'])\ba [aeio](?!ne-)\w"
    )
    for story in run:
        for text in (story.title, *story.paragraphs):
            assert not marks.search(text) or text == story.title, text
            assert not leftovers.search(text), text
            assert text == unicodedata.normalize("NFC", text.strip())
        for paragraph in story.paragraphs:
            assert paragraph.startswith("- ") or paragraph[-1] in '.:”"»؟', paragraph
        latin = re.search(r"[A-Za-z]", "".join((story.title, *story.paragraphs)))
        assert (latin is None) == (story.language == "ar")


def test_keywords_and_cast_stand_in_the_text(run):
    kinds = Counter(one.kind for story in run for one in story.cast)

    for story in run:
        text = "\n".join((story.title, *story.paragraphs))
        assert all(keyword in text for keyword in story.keywords)
        for one in story.cast:
            assert one.name in text, (one, text)
            assert (one.short or one.name) in text
    assert min(kinds["person"], kinds["organisation"], kinds["place"]) > COUNT


def test_syndicated_headlines_are_forced_to_title_case():
    assert in_title_case("UN's 1st talks on UAVs in Al-Ain") == "Un's 1St Talks On Uavs In Al-Ain"


def test_a_template_with_an_open_bracket_is_refused():
    with pytest.raises(ValueError, match="brackets do not match"):
        template("{minister} [said|told")
