"""Certain repairs are made, uncertain defects named."""

import pytest

from tasks.pages.cleanup import TextDefect, clean, find_text_defects


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("of\u201carrivals\u201d today", "of \u201carrivals\u201d today"),
        ("he said:\u201cWe sail\u201d", "he said: \u201cWe sail\u201d"),
        ("he said,\u201cWe sail\u201d", "he said, \u201cWe sail\u201d"),
        ("sailed.\u201cIt rains\u201d", "sailed. \u201cIt rains\u201d"),
        ("by 5%\u201cor more\u201d", "by 5% \u201cor more\u201d"),
        ('he said:"We sail"', 'he said: "We sail"'),
        ('"Yes,"he said', '"Yes,"he said'),
        ('at 5:"30"', 'at 5:"30"'),
        (
            "\ufee3\ufeae\ufea3\ufe92\ufe8e \ufe91\ufedc\ufee2",
            "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645",
        ),
        ("\ufef7\ufee7\ufeea \ufefb", "\u0644\u0623\u0646\u0647 \u0644\u0627"),
        ("\ufb56\ufe8e\ufb90", "\u067e\u0627\u06a9"),
        ("\u201cArrivals\u201d today", "\u201cArrivals\u201d today"),
        ("(\u201carrivals\u201d)", "(\u201carrivals\u201d)"),
        ("Odran&#x27;s &amp;quot;day&amp;quot;", 'Odran\'s "day"'),
        ("profit &amp; loss", "profit & loss"),
        ("R&D; and AT&T", "R&D; and AT&T"),
        ("\u00e2\u20ac\u0153as is\u00e2\u20ac\u009d", "\u201cas is\u201d"),
        ("caf\u00c3\u00a9", "caf\u00e9"),
        ("\u00d8\u00b3\u00d9\u201e\u00d8\u00a7\u00d9\u2026", "\u0633\u0644\u0627\u0645"),
        ("SOCI\u00c9\u00c9\u00ab", "SOCI\u00c9\u00c9\u00ab"),
        ("caf\u00e9 \u00a9 2025", "caf\u00e9 \u00a9 2025"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("\u064a\u0654", "\u0626"),
        ("\u200fكلمة\u200e", "كلمة"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
        ("a\u00a0\u00a0b \t c", "a b c"),
        ("a \n b\n\n\nc ", "a\nb\nc"),
        ("a\x01b\x7f", "ab"),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_text_comes_out_as_it_was_typed(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("paragraphs", "defect"),
    [
        (["The of Interior met."], TextDefect.LOST_WORD),
        (["of State met.", "He spoke."], TextDefect.LOST_WORD),
        (["Harbour talks went on.", "of the Interior spoke."], TextDefect.LOST_WORD),
        (["Talks with of H E Odran Telmi."], TextDefect.LOST_WORD),
        (["Brine oil rose to 84.23US a barrel."], TextDefect.LOST_BLANK),
        (["Results Ahead of GuidanceArsenal said."], TextDefect.LOST_BLANK),
        (["It paid QR242, QR215 and QR26 for three boats."], TextDefect.LOST_DECIMALS),
        (["He wrote on Telegram , as always."], TextDefect.STRAY_BLANK),
        (["The continent\u2013s lanterns."], TextDefect.DASH_FOR_APOSTROPHE),
        (["A paragraph on the supply", "stores of the guild."], TextDefect.BROKEN_PARAGRAPH),
        (["A h\ufffdven."], TextDefect.UNREADABLE_CHARACTER),
        (["A \u00e2\u20acword\u00e2\u20ac."], TextDefect.MOJIBAKE),
    ],
)
def test_a_defect_that_cannot_be_repaired_is_named(paragraphs, defect):
    assert find_text_defects("A headline", paragraphs) == (defect,)


@pytest.mark.parametrize(
    "text",
    [
        "The head of Interior met.",
        "McLaren, YouTube, iPhone, DeFi and GlobeNewsWire.",
        "A fine of QR250 and a fee of QR26.",
        "It paid QR242.5bn, QR215m and QR26 million.",
        "A pause \u2013 so he said \u2013 and on.",
        "The paragraph ends.\nThe next begins.",
    ],
)
def test_sound_text_has_no_defects(text):
    assert find_text_defects("A headline", text.split("\n")) == ()


def test_defects_are_sorted_slugs():
    found = find_text_defects("A headline", ["The of Interior , met."], has_leaks=True)
    assert found == ("leaked-attribute", "lost-word", "stray-blank")
