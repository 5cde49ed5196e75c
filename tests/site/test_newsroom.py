"""The generator writes stories that differ from one another and hang together."""

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest

from tests.site.calendar import article_id_at
from tests.site.newsroom import stories
from tests.site.story import Story, in_title_case
from tests.site.templates import template

_SENTENCE_END = re.compile(r"(?<=[.!?؟])[”\"»]?\s+(?=[A-Z“\"«\d\u0621-\u064a])")
_COUNT = 1_500


@pytest.fixture(scope="module")
def run() -> list[Story]:
    return list(stories(_COUNT, seed=5))


def test_the_same_arguments_give_the_same_stories_and_another_seed_others():
    first = list(stories(60))
    titles = {story.title for story in first}

    assert list(stories(60)) == first
    assert len(titles & {story.title for story in stories(60, seed=12)}) < 5


def test_a_long_run_starts_at_once():
    assert len(list(islice(stories(10_000_000), 3))) == 3


@pytest.mark.parametrize("count", [0, 1, 57])
def test_a_run_has_as_many_stories_as_were_asked_for(count):
    assert len(list(stories(count))) == count


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
    run = list(stories(1_200, first_at=first_at))

    assert len(run) == 1_200
    assert run[0].published_at >= first_at.replace(hour=0)


def test_some_stories_share_a_minute_and_a_provider_with_the_next_id(run):
    twins = [
        second.article_id
        for first, second in pairwise(run)
        if second.article_id == first.article_id + 1
        and (second.provider.name, second.published_at) == (first.provider.name, first.published_at)
    ]

    assert 0.02 < len(twins) / _COUNT < 0.06


def test_languages_lengths_providers_and_topics_vary(run):
    full = [story for story in run if not story.is_flash and story.language == "en"]
    words = [len(" ".join(story.paragraphs).split()) for story in full]

    assert sum(story.language == "ar" for story in run) / _COUNT == pytest.approx(0.11, abs=0.02)
    assert sum(story.is_flash for story in run) / _COUNT == pytest.approx(0.04, abs=0.015)
    assert 270 <= sum(words) / len(words) <= 370
    assert len({story.provider.name for story in run}) == 21
    assert len({story.topic for story in run}) >= 16
    assert len({feed for story in run for feed in story.countries}) == 17


def test_few_sentences_come_often(run):
    counted = Counter(
        sentence
        for story in run
        for paragraph in story.paragraphs
        for sentence in _SENTENCE_END.split(paragraph)
    )

    often = sum(times for times in counted.values() if times > 4)
    assert often / sum(counted.values()) < 0.02


def test_series_repeat_their_words_with_other_figures(run):
    crude = [story for story in run if "Kuwait Export Crude" in story.title]

    assert len(crude) >= 20
    assert len({re.sub(r"[\d.,]+|cents", "#", story.title) for story in crude}) <= 4
    assert len({story.paragraphs for story in crude}) == len(crude)


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
    assert min(kinds["person"], kinds["organisation"], kinds["place"]) > _COUNT


def test_syndicated_headlines_are_forced_to_title_case():
    assert in_title_case("UN's 1st talks on UAVs in Al-Ain") == "Un's 1St Talks On Uavs In Al-Ain"


def test_a_template_with_an_open_bracket_is_refused():
    with pytest.raises(ValueError, match="brackets do not match"):
        template("{minister} [said|told")
