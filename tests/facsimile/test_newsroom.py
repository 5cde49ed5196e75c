"""The newsroom writes stories that differ from one another and hang together."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.facsimile.newsroom.clock import article_id_at
from tests.facsimile.newsroom.desk import stories
from tests.facsimile.newsroom.grammar import template
from tests.facsimile.newsroom.places import COUNTRIES
from tests.facsimile.newsroom.revisions import revise
from tests.facsimile.newsroom.style import in_arabic_digits, in_title_case
from tests.facsimile.story import Story

_EASTERN = ZoneInfo("America/New_York")
_SENTENCE_END = re.compile(r"(?<=[.!?؟])[”\"»]?\s+(?=[A-Z“\"«\d\u0621-\u064a])")


@pytest.fixture(scope="module")
def sample() -> list[Story]:
    return list(stories(340))


@pytest.fixture(scope="module")
def run_of_3000() -> list[Story]:
    return list(stories(3_000, seed=5))


def _sentences(run: Iterable[Story]) -> Counter[str]:
    return Counter(
        sentence
        for story in run
        for paragraph in story.paragraphs
        for sentence in _SENTENCE_END.split(paragraph)
    )


def test_the_same_arguments_give_the_same_stories(sample: list[Story]) -> None:
    assert list(stories(340)) == sample


def test_another_seed_gives_other_stories(sample: list[Story]) -> None:
    titles = {story.title for story in stories(100, seed=12)}
    assert len(titles & {story.title for story in sample}) < 5


def test_a_long_run_starts_at_once() -> None:
    assert len(list(islice(stories(10_000_000), 3))) == 3


@pytest.mark.parametrize("count", [0, 1, 10, 57])
def test_a_run_has_as_many_stories_as_were_asked_for(count: int) -> None:
    assert len(list(stories(count))) == count


def test_ids_rise_with_time(sample: list[Story]) -> None:
    for before, after in pairwise(sample):
        assert before.article_id < after.article_id
        assert before.published_at <= after.published_at


def test_an_id_dates_its_story_to_a_day(run_of_3000: list[Story]) -> None:
    for story in run_of_3000:
        day_later = article_id_at(story.published_at + timedelta(days=1))
        day_before = article_id_at(story.published_at - timedelta(days=1))
        assert day_before < story.article_id < day_later


def test_ids_pass_through_those_of_known_days() -> None:
    assert article_id_at(datetime(2025, 8, 3, 7, tzinfo=UTC)) == 1_109_878_659


def test_the_sample_spans_three_eras(sample: list[Story]) -> None:
    years = Counter(story.published_at.year for story in sample)
    assert years[2015] + years[2016] + years[2017] == pytest.approx(14, abs=2)
    assert years[2024] == pytest.approx(85, abs=3)
    assert years[2025] + years[2026] == pytest.approx(241, abs=4)


def test_stories_come_out_in_the_nights_when_the_clock_changes(sample: list[Story]) -> None:
    nights = (date(2024, 11, 3), date(2025, 3, 9), date(2025, 11, 2), date(2026, 3, 8))
    for night in nights:
        local = [
            story.published_at.astimezone(_EASTERN)
            for story in sample
            if story.published_at.date() == night
        ]
        assert any(at.hour < 4 for at in local), night


def test_no_story_is_older_than_the_first_instant() -> None:
    first = datetime(2026, 5, 4, 12, tzinfo=UTC)
    run = list(stories(200, first_at=first))
    assert len(run) == 200
    assert min(story.published_at for story in run) >= datetime(2026, 5, 4, tzinfo=UTC)


def test_a_run_may_begin_after_the_last_known_day() -> None:
    run = list(stories(2_500, first_at=datetime(2027, 3, 1, 12, tzinfo=UTC)))
    assert len(run) == 2_500
    assert run[-1].article_id < article_id_at(run[-1].published_at + timedelta(days=1))


def test_some_stories_share_a_minute_and_a_provider_with_the_next_id(sample: list[Story]) -> None:
    pairs = [
        (first, second)
        for first, second in pairwise(sample)
        if second.article_id == first.article_id + 1
        and second.provider.name == first.provider.name
        and second.published_at == first.published_at
    ]
    assert len(pairs) >= 3


def test_kuna_comes_in_just_after_odd_hours(sample: list[Story]) -> None:
    for story in sample:
        if story.provider.name == "Kuwait News Agency (KUNA)":
            local = story.published_at.astimezone(_EASTERN)
            assert local.minute in range(2, 6)


def test_a_tenth_is_arabic_and_a_twenty_fifth_are_flashes(run_of_3000: list[Story]) -> None:
    count = len(run_of_3000)
    arabic = sum(story.language == "ar" for story in run_of_3000)
    flashes = sum(story.is_flash for story in run_of_3000)
    assert arabic / count == pytest.approx(0.11, abs=0.01)
    assert flashes / count == pytest.approx(0.04, abs=0.01)


def test_a_flash_is_one_sentence_of_70_to_140_characters(run_of_3000: list[Story]) -> None:
    for story in run_of_3000:
        if story.is_flash:
            (sentence,) = story.paragraphs
            assert 70 <= len(sentence) <= 140, sentence
            assert sum(_sentences([story]).values()) == 1


def test_stories_are_as_long_as_wire_copy(sample: list[Story]) -> None:
    full = [story for story in sample if not story.is_flash and story.language == "en"]
    words = [len(" ".join(story.paragraphs).split()) for story in full]
    assert 270 <= sum(words) / len(words) <= 350
    usual = [story for story in full if 4 <= len(story.paragraphs) <= 14]
    assert len(usual) / len(full) > 0.8


def test_no_sentence_comes_more_than_three_times_in_the_sample(sample: list[Story]) -> None:
    assert [entry for entry in _sentences(sample).most_common(5) if entry[1] > 3] == []


def test_few_sentences_come_often_in_3000_stories(run_of_3000: list[Story]) -> None:
    counted = _sentences(run_of_3000)
    often = sum(times for times in counted.values() if times > 5)
    assert often / sum(counted.values()) < 0.02


def test_series_repeat_their_words_with_other_figures(run_of_3000: list[Story]) -> None:
    crude = [story for story in run_of_3000[:400] if "Kuwait Export Crude" in story.title]
    assert len(crude) >= 6
    wordless = {re.sub(r"[\d.,]+|one cent|cents", "#", story.title) for story in crude}
    assert len(wordless) <= 4
    assert len({story.paragraphs for story in crude}) == len(crude)


def test_feeds_are_shared_between_countries(sample: list[Story]) -> None:
    in_two_or_more = sum(len(story.countries) > 1 for story in sample)
    in_none = sum(not story.countries for story in sample)
    assert in_two_or_more / len(sample) > 0.4
    assert 3 <= in_none < 40
    feeds = {country.feed for country in COUNTRIES.values() if country.feed}
    assert {feed for story in sample for feed in story.countries} == feeds


def test_enough_providers_and_topics_are_heard(sample: list[Story]) -> None:
    assert len({story.provider.name for story in sample}) >= 18
    assert len({story.topic for story in sample}) >= 16


def test_keywords_stand_in_the_text(run_of_3000: list[Story]) -> None:
    for story in run_of_3000:
        assert len(story.keywords) <= 4
        text = " ".join(story.paragraphs)
        assert all(keyword in text for keyword in story.keywords)


def test_only_kuna_signs_off(run_of_3000: list[Story]) -> None:
    for story in run_of_3000:
        is_kuna = story.provider.name == "Kuwait News Agency (KUNA)"
        assert (story.sign_off is not None) == is_kuna


def test_the_agencys_marks_stay_out_of_the_text(run_of_3000: list[Story]) -> None:
    marks = re.compile(r"MENAFN|\((?:end|more|pickup previous|KUNA|IANS|NNN)\)|\bKUNA\b")
    for story in run_of_3000:
        assert not marks.search(" ".join(story.paragraphs))


def test_nothing_of_the_grammar_is_left_in_the_text(run_of_3000: list[Story]) -> None:
    leftovers = re.compile(
        r"[{}\[\]|]|\(n\)|  | [,.;:?](?!\d)|\.\.|,,|(?<![’'])\ba [aeio](?!ne-)\w"
    )
    for story in run_of_3000:
        for text in (story.title, *story.paragraphs):
            assert not leftovers.search(text), text


def test_paragraphs_are_complete_and_composed(run_of_3000: list[Story]) -> None:
    for story in run_of_3000:
        for text in (story.title, *story.paragraphs):
            assert text == text.strip()
            assert text == unicodedata.normalize("NFC", text)
        for paragraph in story.paragraphs:
            assert paragraph.startswith("- ") or paragraph[-1] in '.:”"»؟', paragraph


def test_arabic_stories_are_in_arabic_letters(sample: list[Story]) -> None:
    for story in sample:
        latin = re.search(r"[A-Za-z]", story.title + "".join(story.paragraphs))
        assert (latin is None) == (story.language == "ar")


def test_a_revision_keeps_the_story_and_changes_its_text(sample: list[Story]) -> None:
    for story in sample[:120]:
        revised = revise(story, seed=1)
        assert revised.paragraphs != story.paragraphs
        assert (revised.article_id, revised.title) == (story.article_id, story.title)
        assert revised.published_at == story.published_at
        assert revised == revise(story, seed=1)


def test_syndicated_headlines_are_forced_to_title_case() -> None:
    headline = "UN's 1st talks on UAVs in Al-Ain"
    assert in_title_case(headline) == "Un's 1St Talks On Uavs In Al-Ain"


def test_arabic_digits_bring_their_own_separators() -> None:
    assert in_arabic_digits("4,553.71 نقطة.") == "٤٬٥٥٣٫٧١ نقطة."


def test_a_template_with_an_open_bracket_is_refused() -> None:
    with pytest.raises(ValueError, match="brackets do not match"):
        template("{minister} [said|told")
