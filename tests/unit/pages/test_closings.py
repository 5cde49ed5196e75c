"""Where a story ends, and which blocks are other stories'."""

import time

import pytest

from tasks.pages.body import cut_at_end, is_related_list, is_teaser
from tasks.pages.boilerplate import LINK_END, STORY_LINK

CREDIT = "(MENAFN- Gulf Times) The guild of lantern makers agreed on one price."
BARE = "The guild of lantern makers agreed on one price."
MORE = "Sales rose by 4.2 percent, the guild said."
TOKEN = "MENAFN12082025000067017169ID1109916091"
TEASER = "The kites flew higher than on any day before."
HEADLINE = f"{STORY_LINK}Kite Masters Sail Past Every Record{LINK_END}"

CLOSINGS = pytest.mark.parametrize(
    "closing",
    [
        TOKEN,
        "MENAFN1208202500006701",
        "Legal Disclaimer:",
        "LEGAL DISCLAIMER",
        "Legal Disclaimer: whatever is said here",
        "Legal Disclaimer:\nwhatever is said here",
        "إخلاء المسؤولية القانونية",
        "إخلاء المسؤولية القانونية:",
        "إخلاء المسؤولية القانونية:\nما يقال هنا",
        "More Stories",
        f"{STORY_LINK}More Stories{LINK_END}",
        "Market Research",
        "مزيد من الأخبار",
    ],
)


@CLOSINGS
@pytest.mark.parametrize("first", [CREDIT, BARE])
def test_nothing_after_a_closing_is_the_story_s(first, closing):
    kept = cut_at_end([first, MORE, closing, TEASER, HEADLINE, TEASER])
    assert [block for block in kept if block] == [first, MORE]


@CLOSINGS
def test_a_closing_above_the_text_ends_nothing(closing):
    assert cut_at_end([closing, BARE, MORE])[-2:] == [BARE, MORE]


@CLOSINGS
def test_what_stands_between_a_closing_and_the_credit_goes(closing):
    kept = cut_at_end([closing, TEASER, CREDIT, MORE, closing, TEASER])
    assert [block for block in kept if block not in ("", closing)] == [CREDIT, MORE]


TITLE = "Lantern Makers Of Eleven Towns Agree On One Price For The Winter To Come"


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        pytest.param(
            [CREDIT, f"{MORE} (end) hb\n{TOKEN}\n{TEASER}", TEASER],
            [CREDIT, f"{MORE} (end) hb\n"],
            id="token within a block",
        ),
        pytest.param([CREDIT, TOKEN, TEASER, TOKEN, TEASER], [CREDIT, ""], id="doubled token"),
        pytest.param(
            [BARE, TOKEN, f"(MENAFN- Gulf Times) {TEASER}"],
            [BARE, ""],
            id="another story's credit below the token",
        ),
        pytest.param(
            [TITLE, TOKEN, BARE, MORE],
            [TITLE, TOKEN, BARE, MORE],
            id="the headline above a token is nothing of the story",
        ),
    ],
)
def test_the_first_token_below_the_text_ends_the_story(blocks, kept):
    assert cut_at_end(blocks, TITLE) == kept


def test_a_page_of_nothing_but_headings_takes_no_time():
    started = time.process_time()
    cut_at_end(["More Stories"] * 5_000)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "line",
    [
        "Legal disclaimers were read aloud.",
        "More stories were read on the quay.",
        "Disclaimer: the author owns a lantern.",
        "The MENAFN index rose.",
    ],
)
def test_prose_that_resembles_a_closing_ends_nothing(line):
    assert cut_at_end([CREDIT, line, MORE]) == [CREDIT, line, MORE]


def test_a_related_list_is_an_element_that_opens_with_its_heading():
    assert is_related_list(["More Stories", HEADLINE, TEASER])
    assert not is_related_list([MORE, HEADLINE])


def test_an_element_with_the_story_in_it_is_neither_list_nor_teaser():
    assert not is_related_list(["More Stories", CREDIT, MORE])
    assert not is_teaser([HEADLINE, CREDIT])
    assert not is_teaser([HEADLINE, f"{BARE} {TOKEN}"])


def test_a_teaser_is_a_linked_headline_with_little_below_it():
    assert is_teaser([HEADLINE, TEASER])
    assert not is_teaser([TEASER, HEADLINE])
    assert not is_teaser([HEADLINE, TEASER * 20])
