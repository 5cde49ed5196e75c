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
def test_boilerplate_is_dropped_wherever_it_stands(line):
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
def test_prose_that_resembles_boilerplate_stays(line):
    assert read(FIRST, line, SECOND) == [FIRST, line, SECOND]


DISCLAIMER = (
    "Legal Disclaimer: MENAFN provides the information “as is”. So contact the provider above."
)
KITES = "Kite Masters\nSail Past Every Record"
ARABIC = "عقدت النقابة اجتماعا في الكويت."


@pytest.mark.parametrize(
    "blocks",
    [
        [FIRST, f"{SECOND} (end)", "amm", "amm"],
        [FIRST, SECOND, "nsa"],
        [FIRST, f"{SECOND} {DISCLAIMER}"],
        [f"{DISCLAIMER} {FIRST}", SECOND],
        [FIRST, story_link(KITES), SECOND],
        [f"{FIRST} Read also: {story_link(KITES)}", SECOND],
        [f"{FIRST} {story_link(f'Read also: {KITES}')}", SECOND],
        [f"{FIRST} Read also: {KITES}", SECOND],
    ],
)
def test_what_is_inserted_into_a_text_is_dropped(blocks):
    assert read(*blocks) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "insert", [f"Read also: {story_link(KITES)}", story_link(f"Read also: {KITES}")]
)
def test_a_paragraph_continues_after_a_linked_read_also(insert):
    assert read(f"{FIRST} {insert} {SECOND}") == [f"{FIRST} {SECOND}"]


LONG = f"{FIRST} {SECOND} It did not say by how much they had fallen before."
TOKEN = "MENAFN12082025000067017169ID1109916091"


@pytest.mark.parametrize(
    ("block", "paragraphs"),
    [
        (f"{LONG}\nRead also: Kite Masters Sail\n{LONG}", [LONG, LONG]),
        (f"{LONG}\nRead also: Kite Masters Sail\nPast Every Record\n{LONG}", [LONG, LONG]),
        (f"{LONG} Read also: Kite Masters Sail\n{LONG}\n{LONG}", [LONG, LONG, LONG]),
        (f"{LONG}\nRead also:\nKite Masters Sail\n{LONG}", [LONG, LONG]),
        (f"{LONG}\nاقرأ أيضاً: بحارة الطائرات\n{LONG}", [LONG, LONG]),
        (f"{LONG}\nSee also: Kite Masters Sail", [LONG]),
        (f"{LONG}\nOutlook\n{LONG}", [LONG, "Outlook", LONG]),
        (f"{LONG}\n{LONG.removesuffix('.')}\n{LONG}", [LONG, LONG.removesuffix("."), LONG]),
        (f"{FIRST}\n{SECOND}\n{FIRST}", [FIRST, SECOND, FIRST]),
        (
            "The guild agreed.\nA Gate Will Come\nIt has four doors.",
            ["The guild agreed.", "A Gate Will Come", "It has four doors."],
        ),
        (
            "The guild agreed\non one price for\nthe winter.",
            ["The guild agreed on one price for the winter."],
        ),
    ],
)
def test_single_breaks_part_paragraphs_that_are_not_wrapped(block, paragraphs):
    assert read(block) == paragraphs


@pytest.mark.parametrize(
    "heading",
    [
        "Market Research",
        "Latest News",
        "More Stories",
        "Most Popular",
        "Most Read:",
        "المزيد من الأخبار",
    ],
)
def test_a_token_ends_a_story_and_no_heading_above_it_does(heading):
    blocks = [f"(MENAFN- Gulf Times) {FIRST}", heading, LONG, TOKEN, heading, LONG]
    assert read(*blocks) == [FIRST, heading, LONG]
    assert read(*blocks[:3], SECOND) == [FIRST]


def test_a_disclaimer_of_the_provider_is_text_above_the_token():
    legal = "Legal Disclaimer: this statement looks ahead, and the guild may err."
    assert read(FIRST, legal, SECOND, TOKEN, DISCLAIMER) == [FIRST, legal, SECOND]
    assert read(FIRST, SECOND, legal, LONG) == [FIRST, SECOND]


@pytest.mark.parametrize("label", ["English", "Print", "Search", "Date", "Category", "Email"])
def test_an_item_of_a_list_is_kept_though_the_page_has_a_label_of_its_words(label):
    items = ["Arabic", label, "French"]
    assert read(FIRST, *items, SECOND) == [FIRST, *items, SECOND]
    assert read(FIRST, *items, TOKEN) == [FIRST, *items]
    assert read(FIRST, "Tags", label, "Comments", SECOND) == [FIRST, SECOND]
    assert read(FIRST, label, SECOND) == [FIRST, SECOND]
    announced = FIRST.replace(".", ", as follows:")
    assert read(announced, label, "Share", SECOND) == [announced, label, "Share", SECOND]


def test_a_short_last_item_of_a_list_is_no_writers_initials():
    assert read(FIRST, "coffee", "sugar", "tea") == [FIRST, "coffee", "sugar", "tea"]
    assert read(FIRST, "tea") == [FIRST]


@pytest.mark.parametrize(
    "mark", ["(pick up previous)", "(Pick up previous)", "(ends)", "(more to follow)", "(MORE)"]
)
def test_a_sign_off_is_known_in_every_spelling(mark):
    assert read(FIRST, f"{SECOND} {mark}") == [FIRST, SECOND]


def test_what_only_resembles_an_insert_stays():
    assert read(FIRST, "oil", SECOND) == [FIRST, "oil", SECOND]
    assert read(TITLE) == [TITLE]
    assert read(f"{ARABIC} (النهاية) ط ا ب") == [ARABIC]


@pytest.mark.parametrize(
    "closing", ["(النهاية) ع ح", "(انتهى)", "(النهاية) ن س ع / ط م", "(النهاية) ط ا هـ"]
)
def test_an_arabic_sign_off_is_cut(closing):
    assert read(FIRST, f"{ARABIC} {closing}") == [FIRST, ARABIC]


@pytest.mark.parametrize("initials", ["ع ن د / م م ج", "ع ح", "ط.م.هـ"])
def test_arabic_initials_are_cut(initials):
    assert read(FIRST, f"{ARABIC} (النهاية)", initials) == [FIRST, ARABIC]
    assert read(FIRST, ARABIC, initials) == [FIRST, ARABIC]


def test_linked_keywords_stay_even_alone_on_a_line():
    words = f"The {other_link('Ministry')} of {story_link('Interior')} agreed."
    assert read(words, f"The {other_link('army')}", "has left.") == [
        "The Ministry of Interior agreed.",
        "The army",
        "has left.",
    ]


def test_a_leaked_attribute_goes_its_keyword_stays_and_the_defect_is_named():
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
    block = ("3 min", "A lantern on a quay.", SECOND, f"(MENAFN- Gulf Times) {FIRST}")
    paragraphs = read_story_text(block, TITLE, "A lantern on a quay.").paragraphs
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
def test_the_last_word_of_a_wrapped_paragraph_is_no_boilerplate(last):
    block = f"The quay in the old harbour took the largest\n{last}"
    assert read(block, SECOND) == [block.replace("\n", " "), SECOND]


def test_line_breaks_that_close_sentences_part_paragraphs():
    long = FIRST.replace("one price", "one price for lanterns of every size and colour alike")
    assert read(f"{long}\n{SECOND}") == [long, SECOND]
    assert read("One.\nTwo.\nThree.") == ["One.", "Two.", "Three."]


def test_nothing_but_boilerplate_is_no_story():
    assert read("(MENAFN) ", "Tags", "(end) wab") == []
