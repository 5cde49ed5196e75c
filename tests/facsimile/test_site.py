"""The facsimile site prints what was seen on the real one, and says truly what it printed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from lxml import html

from tests.facsimile.site.addresses import slug
from tests.facsimile.site.body import body_html
from tests.facsimile.site.expected import article_row
from tests.facsimile.site.feeds import feed_date, feed_document, feed_item
from tests.facsimile.site.links import link
from tests.facsimile.site.planner import REGISTRY
from tests.facsimile.site.sheet import (
    Era,
    Flow,
    LinkForm,
    Sheet,
    clock_text,
    era_of,
    printed_instant,
    sheet_of,
    token,
)
from tests.facsimile.site.trap import spring
from tests.facsimile.story import Provider, Story

KUNA = Provider(
    name="Kuwait News Agency (KUNA)",
    code="000071",
    account="011013",
    image_prefix="KUN",
    agency_mark="KUNA",
    second_credit=None,
    language="en",
)
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
    provider=KUNA,
    published_at=datetime(2025, 8, 15, 11, 4, 35, tzinfo=UTC),
    topic="companies",
    countries=("Kuwait",),
    dateline_place="KUWAIT",
    dateline_date=date(2025, 8, 15),
    byline="By Nasser Al-Fahdan",
    sign_off="(end) tam.rk",
    image_caption=None,
    keywords=("Minister", "Ministry", "market"),
    is_flash=False,
)
PLAIN = replace(STORY, dateline_place=None, dateline_date=None, byline=None, sign_off=None)


def trapped(name: str, story: Story = STORY) -> Sheet:
    trap = REGISTRY[name]
    sheet = sheet_of(story)
    assert trap.applies(sheet)
    return spring(trap, sheet, Random(3))


def printed(sheet: Sheet) -> str:
    """The text container as lines of text."""
    container = html.fragment_fromstring(body_html(sheet), create_parent="div")
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
def test_a_slug_drops_marks_and_hyphenates_blanks(headline: str, words: str):
    assert slug(headline) == words


def test_a_token_has_38_characters_and_the_day_of_the_wires_clock():
    late = replace(STORY, published_at=datetime(2024, 7, 5, 3, 30, tzinfo=UTC))

    assert token(late) == "MENAFN04072024000071011013ID1109932888"


@pytest.mark.parametrize(
    ("era", "text"),
    [(Era.SPA, "2025-08-15 07:04:35"), (Era.ASPNET, "8/15/2025 7:04:35 AM"), (Era.EARLY, None)],
)
def test_each_era_prints_the_time_its_own_way(era: Era, text: str | None):
    assert clock_text(STORY.published_at, era) == text


def test_noon_and_midnight_are_twelve_in_the_older_form():
    noon, midnight = (datetime(2024, 1, 9, hour, 5, 0, tzinfo=UTC) for hour in (17, 5))

    assert clock_text(noon, Era.ASPNET) == "1/9/2024 12:05:00 PM"
    assert clock_text(midnight, Era.ASPNET) == "1/9/2024 12:05:00 AM"


def test_of_an_hour_that_occurs_twice_the_first_is_expected():
    second_pass = datetime(2025, 11, 2, 6, 30, tzinfo=UTC)

    assert printed_instant(second_pass) == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "month", "era"),
    [(2017, 12, Era.EARLY), (2018, 1, Era.ASPNET), (2025, 3, Era.ASPNET), (2025, 4, Era.SPA)],
)
def test_the_layout_follows_the_day(year: int, month: int, era: Era):
    assert era_of(datetime(year, month, 20, tzinfo=UTC)) is era


def test_an_ordinary_page_opens_with_the_credit_and_closes_with_the_token():
    text = printed(sheet_of(PLAIN)).strip()

    assert text.startswith("(MENAFN- Kuwait News Agency (KUNA)) The Minister of Trade")
    assert text.endswith("MENAFN15082025000071011013ID1109932888")


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("credit-without-opening-bracket", "MENAFN - Kuwait News Agency (KUNA)) The"),
        ("credit-with-both-blanks", "(MENAFN - Kuwait News Agency (KUNA)) The"),
        ("credit-without-blank-after", "(MENAFN - Kuwait News Agency (KUNA))The"),
        ("no-credit", "The Minister"),
        ("byline", "(MENAFN- Kuwait News Agency (KUNA)) By Nasser Al-Fahdan\n"),
        ("byline-with-glued-read-more", "(MENAFN- Kuwait News Agency (KUNA)) Nasser Al-FahdanRead"),
        ("dateline-dashes", "(MENAFN- Kuwait News Agency (KUNA)) KUWAIT, Aug 15 (KUNA) -- The"),
        ("dateline-bare-dashes", "(MENAFN- Kuwait News Agency (KUNA)) KUWAIT -- The"),
    ],
)
def test_what_stands_before_the_text_is_printed_but_not_expected(name: str, opening: str):
    sheet = trapped(name)

    assert printed(sheet).startswith(opening)
    assert sheet.body == "\n".join(STORY.paragraphs)


def test_a_dateline_without_a_day_gives_no_day():
    assert trapped("dateline-bare-dashes").dateline_date is None
    assert trapped("dateline-dashes").dateline_date == STORY.dateline_date


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("sign-off-inline", "hire forty people. (end) tam.rk"),
        ("sign-off-on-next-line", "hire forty people. (end)\ntam.rk"),
        ("sign-off-doubled", "hire forty people. (end)\n\ntam.rk\n\ntam.rk"),
        ("sign-off-more", "hire forty people. (more)"),
        ("sign-off-pickup", "hire forty people. (pickup previous)"),
    ],
)
def test_a_sign_off_is_printed_but_not_expected(name: str, tail: str):
    sheet = trapped(name)

    assert tail in printed(sheet)
    assert sheet.body == "\n".join(STORY.paragraphs)


def test_a_leaked_attribute_leaves_the_text_whole_around_it():
    text = printed(trapped("leaked-attribute"))

    assert re.search(r'The Minister-[\w-]+" target="_blank"> of Trade opened', text)


def test_a_paragraph_broken_after_a_keyword_is_expected_as_printed():
    body = trapped("paragraph-broken-after-keyword").body

    assert body.startswith("The Minister\nof Trade opened")


def test_a_blank_before_a_comma_is_expected_as_printed():
    assert "the market in Hawalli , he said" in trapped("blank-before-comma-after-link").body


def test_a_blank_lost_before_a_quote_is_expected_back():
    sheet = trapped("blank-lost-before-curly-quote")

    assert "has“eighty”" in printed(sheet)
    assert "has “eighty”" in sheet.body


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("linked-keyword-lost", "The of Trade opened"),
        ("decimals-and-unit-lost", "rose to KD12, and"),
        ("apostrophe-turned-dash", "the country–s best"),
        ("characters-beyond-latin-1-lost", "which has eighty new vats"),
    ],
)
def test_damage_that_nobody_can_undo_is_expected_as_it_is(name: str, damaged: str):
    sheet = trapped(name, PLAIN)

    assert sheet.body != "\n".join(PLAIN.paragraphs)
    assert " ".join(sheet.body.split()) in " ".join(printed(sheet).split())
    assert damaged in sheet.body


def test_read_also_runs_on_in_its_paragraph_over_two_lines():
    sheet = trapped("read-also", PLAIN)

    assert re.search(r"\. Read also: \w.*\n\w", printed(sheet))
    assert "Read also" not in sheet.body


def test_kept_line_breaks_are_expected_as_blanks():
    sheet = trapped("line-breaks-kept-in-paragraphs")

    assert sheet.body == "\n".join(STORY.paragraphs)
    assert max(len(line) for line in re.split(r"\n|<br ?/?>", sheet.blocks[1].html)) <= 65


def test_a_doubled_token_stands_on_two_lines_running():
    lines = printed(trapped("token-doubled")).strip().splitlines()

    assert [line for line in lines if line][-2:] == [token(STORY)] * 2


def test_a_token_of_another_story_makes_a_reject():
    sheet = trapped("token-of-another-story")

    assert sheet.reject == "token-mismatch"
    assert str(STORY.article_id) not in sheet.tokens[0]


def test_a_title_escaped_twice_shows_an_entity():
    heading = html.fragment_fromstring(f"<h1>{trapped('title-escaped-twice').title_html}</h1>")

    assert "Works&#x27; New" in heading.text_content()


@pytest.mark.parametrize("flow", list(Flow))
def test_every_flow_prints_the_same_words(flow: Flow):
    sheet = replace(sheet_of(PLAIN), flow=flow)

    words = " ".join(printed(sheet).split())
    assert words.startswith(f"{sheet.credit}{' '.join(sheet.body.split())}")


@pytest.mark.parametrize(
    ("form", "address"),
    [
        (LinkForm.HTTP_WWW, "http://www.menafn.com/1109932888/Minister-Opens-X?src=RSS"),
        (LinkForm.SOCIAL, "https://menafn.com/1109932888/Minister-Opens-X?Social=on"),
        (LinkForm.SLUGLESS, "https://menafn.com/1109932888/"),
        (
            LinkForm.LEGACY,
            "https://menafn.com/qn_news_story_s.aspx?storyid=1109932888&title=Minister-Opens-X",
        ),
    ],
)
def test_a_story_is_linked_in_many_forms(form: LinkForm, address: str):
    assert link(replace(sheet_of(STORY), slug="Minister-Opens-X"), form) == address


def test_an_arabic_link_has_its_hamza_letters_decomposed():
    sheet = replace(sheet_of(replace(STORY, language="ar")), slug="شئون")

    assert "%D9%8A%D9%94" in link(sheet, LinkForm.DECOMPOSED)
    assert "%D8%A6" in link(sheet, LinkForm.BARE)


def test_a_feeds_description_is_cut_at_a_word_to_200_characters():
    description = re.search(
        "<description>(.*)</description>", feed_item(sheet_of(STORY), LinkForm.BARE, 0)
    )

    assert description
    assert len(description[1]) <= 200
    assert re.search(r"\w[”,.]? \.\.\.$", description[1])


def test_a_social_twin_carries_hashtags_in_its_title():
    assert re.search(r"<title>[^<]+ #\w+", feed_item(sheet_of(STORY), LinkForm.SOCIAL, 0))


def test_feed_dates_are_wall_clock_in_four_shapes():
    shapes = [feed_date(STORY.published_at, number) for number in range(4)]

    assert shapes == [
        "Fri, 15 Aug 2025 07:04:35",
        "Fri, 15 Aug 2025 07:04:35 EST",
        "Fri, 15 Aug 2025 07:04:35 EDT",
        "2025-08-15 07:04:35",
    ]


def test_the_arabic_feed_is_in_utf_16_with_a_byte_order_mark():
    body = feed_document("menatopstoriesar", "")

    assert body.startswith(b"\xff\xfe<\x00?\x00")
    assert "<language>ar</language>" in body.decode("utf-16")


@pytest.mark.parametrize(
    ("clock", "has_feed", "has_token", "basis"),
    [
        ("2025-08-15 07:04:35", True, True, "page"),
        (None, True, True, "feed"),
        (None, False, True, "token"),
        (None, False, False, "article_id"),
    ],
)
def test_the_best_witness_dates_a_story(
    clock: str | None, has_feed: bool, has_token: bool, basis: str
):
    sheet = replace(sheet_of(STORY), clock=clock, tokens=(token(STORY),) if has_token else ())

    row = article_row(sheet, ["Kuwait"], has_feed=has_feed)

    assert row["published_at_basis"] == basis
    assert (row["published_at"] == "2025-08-15T04:00:00Z") is (basis == "token")


def test_every_trap_says_where_its_like_was_seen():
    assert [trap.name for trap in REGISTRY.values() if len(trap.seen) < 15] == []
