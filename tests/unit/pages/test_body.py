"""From a container's blocks to the story: every insert and tail that pages were seen to have."""

import pytest

from tasks.pages.body import read_story_text
from tasks.pages.boilerplate import LINK_END, OTHER_LINK, STORY_LINK

TITLE = "Lantern Makers Agree On Winter Prices"
FIRST = "The guild of lantern makers agreed on one price."
SECOND = "Sales rose by 4.2 percent, the guild said."


def read(*blocks):
    return list(read_story_text(blocks, TITLE).paragraphs)


def story_link(text):
    return f"{STORY_LINK}{text}{LINK_END}"


def other_link(text):
    return f"{OTHER_LINK}{text}{LINK_END}"


@pytest.mark.parametrize(
    "closing",
    [
        "(end)", "(end) tam.rk", "(end) zhr", "(end)\nwab", "(more)", "(pickup previous)",
        "(end) amm amm", "(end)\namm\namm",
    ],
)  # fmt: skip
def test_an_agency_s_sign_off_is_cut(closing):
    assert read(FIRST, f"{SECOND} {closing}") == [FIRST, SECOND]
    assert read(FIRST, SECOND, closing) == [FIRST, SECOND]


def test_initials_on_lines_of_their_own_belong_to_the_sign_off():
    assert read(FIRST, f"{SECOND} (end)", "amm", "amm") == [FIRST, SECOND]
    assert read(FIRST, SECOND, "nsa") == [FIRST, SECOND]


def test_a_short_word_within_the_text_is_no_sign_off():
    assert read(FIRST, "oil", SECOND) == [FIRST, "oil", SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "MENAFN provides the information “as is” without warranty of any kind.",
        'MENAFN provides the information "as is" without warranty of any kind.',
        "MENAFN provides the information â€œas isâ€\x9d without warranty of any kind.",
        "Tags", "Label", "Tags Label", "Comments", "No comment", "Category", "Date", "Search",
        "Share on Facebook", "Share on Facebook Tweet on Twitter", "Related News", "Label:",
        "403", "Sorry!!", "Error! We're sorry, but the page you were looking for doesn't exist.",
        "403\nSorry!!", "Tuesday, 02 January 2024 12:17 GMT", "2025-08-12 04:35:35",
        "Date\n11/17/2024 5:08:44 AM", "US          Europe          Arab", "| Politics Economy",
        "Oil&Energy Entertainment Sport", "عربي", "الوسوم", "الكلمات الدالة",
        "لا يوجد تعليقات",
        "Kuwait News Agency (KUNA)", "Trend News Agency", "Illustrative photo", "* * *", "--",
        TITLE, TITLE.upper(),
    ],
)  # fmt: skip
def test_furniture_is_dropped_wherever_it_stands(line):
    assert read(line, FIRST, line, SECOND, line) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "“Search and rescue went on all night,” he said.",
        "Category 4 storms are rare here.",
        "The date of the vote is not set.",
        "Europe and Asia grew, Africa did not.",
        "Kuwait News Agency (KUNA) reported the vote.",
        "Prices And Outlook",
        "Brine | 84.20 | 84.90",
        "MENAFN shares rose.",
        "(end of the quay) the boats lay.",
    ],
)
def test_prose_that_resembles_furniture_stays(line):
    assert read(FIRST, line, SECOND) == [FIRST, line, SECOND]


def test_a_disclaimer_that_runs_on_from_the_text_is_cut():
    told = (
        "Legal Disclaimer: MENAFN provides the information “as is”. So contact the provider above."
    )
    assert read(FIRST, f"{SECOND} {told}") == [FIRST, SECOND]
    assert read(f"{told} {FIRST}", SECOND) == [FIRST, SECOND]


def test_an_arabic_sign_off_is_cut():
    text = "عقدت النقابة اجتماعا في الكويت."
    for closing in ("(النهاية) ع ح", "(انتهى)", "(النهاية) ن س ع / ط م", "(النهاية) ط ا هـ"):
        assert read(FIRST, f"{text} {closing}") == [FIRST, text]
    for initials in ("ع ن د / م م ج", "ع ح", "ط.م.هـ"):
        assert read(FIRST, f"{text} (النهاية)", initials) == [FIRST, text]
        assert read(FIRST, text, initials) == [FIRST, text]


def test_an_arabic_flash_loses_its_sign_off():
    text = "عقدت النقابة اجتماعا في الكويت."
    assert read(f"{text} (النهاية) ط ا ب") == [text]


def test_a_headline_that_is_all_the_text_stays():
    assert read(TITLE) == [TITLE]


def test_read_also_and_its_linked_headline_go_and_the_paragraph_goes_on():
    told = f"{FIRST} Read also: " + story_link("Kite Masters Sail\nPast Every Record")
    assert read(told, SECOND) == [FIRST, SECOND]
    assert read(f"{told} {SECOND}") == [f"{FIRST} {SECOND}"]


def test_read_also_within_the_headline_s_link_leaves_no_blank():
    told = f"{FIRST} " + story_link("Read also: Kite Masters\nSail Past Every Record")
    assert read(told, SECOND) == [FIRST, SECOND]
    assert read(f"{told} {SECOND}") == [f"{FIRST} {SECOND}"]


def test_read_also_without_a_link_goes_to_the_end_of_its_paragraph():
    assert read(f"{FIRST} Read also: Kite Masters\nSail Past", SECOND) == [FIRST, SECOND]


def test_the_linked_headline_of_another_story_goes():
    assert read(FIRST, story_link("Kite Masters Sail Past Every Record"), SECOND) == [
        FIRST,
        SECOND,
    ]


def test_linked_keywords_stay_even_alone_on_a_line():
    words = f"The {other_link('Ministry')} of {story_link('Interior')} agreed."
    assert read(words, f"The {other_link('army')}", "has left.") == [
        "The Ministry of Interior agreed.",
        "The army",
        "has left.",
    ]


def test_a_leaked_attribute_goes_its_keyword_stays_and_the_damage_is_told():
    block = f'Before {story_link("guild")}-Of-Makers-2026" target="_blank"> after the vote.'
    text = read_story_text([block], TITLE)
    assert text.paragraphs == ("Before guild after the vote.",)
    assert text.has_leaks


@pytest.mark.parametrize(
    "blocks",
    [
        (f'{story_link("Army")}-Of-Makers-2026" target="_blank">',),
        ('Army\n-Of-Makers-2026" target="_blank">',),
        ("Army", '-Of-Makers-2026" target="_blank">'),
    ],
)
def test_a_keyword_alone_before_a_leaked_attribute_goes_with_it(blocks):
    text = read_story_text([FIRST, *blocks, SECOND], TITLE)
    assert text.paragraphs == (FIRST, SECOND)
    assert text.has_leaks


def test_a_sentence_before_a_leaked_attribute_stays():
    assert read(FIRST, '-Of-Makers-2026" target="_blank">', SECOND) == [FIRST, SECOND]


def test_above_the_credit_only_prose_stays():
    told = ("3 min", "A lantern on a quay.", SECOND, f"(MENAFN- Gulf Times) {FIRST}")
    paragraphs = read_story_text(told, TITLE, "A lantern on a quay.").paragraphs
    assert paragraphs == (SECOND, FIRST)


def test_a_summary_that_recurs_is_read_once():
    assert read(SECOND, f"(MENAFN- Gulf Times) {FIRST}", SECOND) == [FIRST, SECOND]
    assert read(FIRST, f"KUWAIT -- {FIRST}", SECOND) == [FIRST, SECOND]
    assert read(SECOND, FIRST, "Sales rose by", "4.2 percent, the guild said.")[0] == FIRST
    spaced = SECOND.replace("percent,", "percent ,")
    assert read(SECOND, f"(MENAFN- Gulf Times) {FIRST}", spaced) == [FIRST, spaced]


def test_a_first_paragraph_that_does_not_recur_stays_above_the_credit():
    assert read(SECOND, f"(MENAFN- Gulf Times) {FIRST}") == [SECOND, FIRST]


def test_line_breaks_within_a_paragraph_become_blanks():
    wrapped = "The guild of lantern makers, which is older than\nthe quay, agreed on\none price."
    assert read(wrapped) == [wrapped.replace("\n", " ")]


@pytest.mark.parametrize("last", ["share.", "date", "Kuwait News Agency (KUNA)."])
def test_the_last_word_of_a_wrapped_paragraph_is_no_furniture(last):
    told = f"The quay in the old harbour took the largest\n{last}"
    assert read(told, SECOND) == [told.replace("\n", " "), SECOND]


def test_line_breaks_that_close_sentences_part_paragraphs():
    long = FIRST.replace("one price", "one price for lanterns of every size and colour alike")
    assert read(f"{long}\n{SECOND}") == [long, SECOND]
    assert read("One.\nTwo.\nThree.") == ["One.", "Two.", "Three."]


def test_nothing_but_furniture_is_no_story():
    assert read("(MENAFN) ", "Tags", "(end) wab") == []
