"""The fake site prints what was seen on the real one, and says truly what it printed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from lxml import html

from tests.site.feeds import feed_item
from tests.site.page import (
    SITE,
    LinkForm,
    PageLayout,
    StoryPage,
    article_row,
    body_html,
    clock_text,
    link,
    page_of,
    printed_instant,
    slug,
    token,
)
from tests.site.story import Story, provider
from tests.site.traps import REGISTRY

STORY = Story(
    article_id=1_109_932_888,
    language="en",
    title="Minister Opens Salt Works' New Wing",
    paragraphs=(
        "The Minister of Trade opened a wing of the salt works, which has “eighty” new vats.",
        "Output of the Ministry plant rose to KD12.5bn, and the market in Hawalli, he said, is up.",
        "It had fallen in the country’s best years, when the harbour was dredged twice over.",
        "The works will hire forty people.",
    ),
    provider=provider("Kuwait News Agency (KUNA)", "en"),
    published_at=datetime(2025, 8, 15, 11, 4, 35, tzinfo=UTC),
    topic="companies",
    dateline_place="KUWAIT",
    dateline_date=date(2025, 8, 15),
    byline="By Nasser Al-Fahdan",
    sign_off="(end) tam.rk",
    keywords=("Minister", "Ministry", "market"),
)
PLAIN = replace(STORY, dateline_place=None, dateline_date=None, byline=None, sign_off=None)
BODY = "\n".join(STORY.paragraphs)
CREDIT = re.escape("(MENAFN- Kuwait News Agency (KUNA))")
TOKEN = "MENAFN15082025000071011013ID1109932888"


def trapped(name: str, story: Story = STORY) -> StoryPage:
    trap, page = REGISTRY[name], page_of(story)
    assert trap.applies(page)
    return trap.apply(page, Random(3))


def printed(page: StoryPage) -> str:
    """The text container as lines of text."""
    container = html.fragment_fromstring(body_html(page), create_parent="div")
    for element in container.iter("br", "p"):
        element.tail = "\n" + (element.tail or "")
    return str(container.text_content())


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("Shares up 0.22 percent", "Shares-up-022-percent"),
        ("Kuwait's oil, at USD 52.62 pb", "Kuwaits-oil-at-USD-5262-pb"),
        ("Season 2024–2025: a review", "Season-20242025-a-review"),
        ("  Saudi-led talks  - again ", "Saudi-led-talks-again"),
        ("وزير الطاقة: لا تغيير", "وزير-الطاقة-لا-تغيير"),
    ],
)
def test_a_slug_drops_marks_and_hyphenates_blanks(headline, words):
    assert slug(headline) == words


def test_noon_is_twelve_in_the_older_form_and_of_a_double_hour_the_first_is_expected():
    noon = datetime(2024, 1, 9, 17, 5, 0, tzinfo=UTC)
    second = datetime(2025, 11, 2, 6, 30, tzinfo=UTC)

    assert clock_text(noon, PageLayout.ASPNET) == "1/9/2024 12:05:00 PM"
    assert printed_instant(second) == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("credit-without-opening-bracket", r"^MENAFN - Kuwait News Agency \(KUNA\)\) The"),
        ("credit-without-blank-after", r"^\(MENAFN - Kuwait News Agency \(KUNA\)\)The"),
        ("no-credit", "^The Minister"),
        ("byline", rf"^{CREDIT} By Nasser Al-Fahdan\n"),
        ("byline-with-glued-read-more", rf"^{CREDIT} Nasser Al-FahdanRead"),
        ("dateline-dashes", rf"^{CREDIT} KUWAIT, Aug 15 \(KUNA\) -- The"),
        ("dateline-bare-dashes", rf"^{CREDIT} KUWAIT -- The"),
        ("sign-off-inline", r"hire forty people. \(end\) tam.rk"),
        ("sign-off-on-next-line", r"hire forty people. \(end\)\ntam.rk"),
        ("sign-off-doubled", r"hire forty people. \(end\)\n\ntam.rk\n\ntam.rk"),
        ("sign-off-pickup", r"hire forty people. \(pickup previous\)"),
        ("token-doubled", rf"hire forty people.\n\n{TOKEN}\n\n{TOKEN}"),
    ],
)
def test_what_stands_around_the_text_is_printed_but_not_expected(name, text):
    page = trapped(name)

    assert re.search(text, printed(page))
    assert page.body == BODY
    assert page.dateline_date == (STORY.dateline_date if "Aug 15" in text else None)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("leaked-attribute", r'The Minister-[\w-]+" target="_blank"> of Trade', "Minister of"),
        ("paragraph-broken-after-keyword", r"The Minister\s+of Trade", "The Minister\nof Trade"),
        ("blank-before-comma-after-link", r"in Hawalli , he", "the market in Hawalli , he said"),
        ("blank-lost-before-curly-quote", r"has“eighty”", "has “eighty”"),
        ("linked-keyword-lost", r"The of Trade opened", "The of Trade opened"),
        ("decimals-and-unit-lost", r"rose to KD12, and", "rose to KD12, and"),
        ("apostrophe-turned-dash", r"the country–s best", "the country–s best"),
        ("characters-beyond-latin-1-lost", r"has eighty new vats", "which has eighty new vats"),
        ("read-also", r"\. Read also: \w.*\n\w", BODY),
        ("token-apart", r"hire forty people\.\s*$", BODY),
    ],
)
def test_a_damaged_text_is_printed_and_expected_as_far_as_it_can_be_read(name, text, expected):
    page = trapped(name, PLAIN)

    assert re.search(text, printed(page))
    assert expected in page.body


def test_a_token_of_another_story_makes_a_reject():
    page = trapped("token-of-another-story")

    assert page.reject == "token-mismatch"
    assert str(STORY.article_id) not in page.tokens[0]


@pytest.mark.parametrize(
    ("form", "address"),
    [
        (LinkForm.HTTP_WWW, "http://www.menafn.com/1109932888/Minister-X?src=RSS"),
        (LinkForm.SOCIAL, "https://menafn.com/1109932888/Minister-X?Social=on"),
        (LinkForm.SLUGLESS, "https://menafn.com/1109932888/"),
        (LinkForm.LEGACY, f"{SITE}/qn_news_story_s.aspx?storyid=1109932888&title=Minister-X"),
    ],
)
def test_a_story_is_linked_in_many_forms(form, address):
    assert link(replace(page_of(STORY), slug="Minister-X"), form) == address


def test_a_feed_item_is_cut_at_a_word_and_its_social_twin_has_hashtags():
    item, twin = (feed_item(page_of(STORY), form, 0) for form in (LinkForm.BARE, LinkForm.SOCIAL))

    [description] = re.findall("<description>(.*)</description>", item)
    assert len(description) <= 200
    assert re.search(r"\w[”,.]? \.\.\.$", description)
    assert re.search(r"<title>[^<]+ #\w+", twin)


@pytest.mark.parametrize(
    ("clock", "has_feed", "has_token", "basis"),
    [
        ("2025-08-15 07:04:35", True, True, "page"),
        (None, True, True, "feed"),
        (None, False, True, "token"),
        (None, False, False, "article_id"),
    ],
)
def test_the_best_evidence_dates_a_story(clock, has_feed, has_token, basis):
    page = replace(page_of(STORY), clock=clock, tokens=(token(STORY),) if has_token else ())

    row = article_row(page, ["Kuwait"], has_feed=has_feed)

    assert row["published_at_basis"] == basis
    assert (row["published_at"] == "2025-08-15T04:00:00Z") is (basis == "token")
