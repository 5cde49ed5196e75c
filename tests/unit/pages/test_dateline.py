"""The agency's own dateline, and the day it means."""

import pytest

from tasks.pages.dateline import match_dateline


@pytest.mark.parametrize(
    ("printed", "place", "month", "day", "mark"),
    [
        ("KUWAIT, Aug 15 (KUNA) -- ", "KUWAIT", 8, 15, "KUNA"),
        ("Kyiv, Aug 9 (IANS) ", "Kyiv", 8, 9, "IANS"),
        ("New Delhi, Sept. 30 (IANS) ", "New Delhi", 9, 30, "IANS"),
        ("BISHKEK, Kyrgyzstan, July 5. ", "BISHKEK, Kyrgyzstan", 7, 5, None),
        ("BAKU, Azerbaijan, July 5. Trend: ", "BAKU, Azerbaijan", 7, 5, None),
        ("GENEVA, Feb 1 (NNN-XINHUA) – ", "GENEVA", 2, 1, "NNN-XINHUA"),
        ("WASHINGTON, AUG 15 (KUNA) -- ", "WASHINGTON", 8, 15, "KUNA"),
        ("İZMİR, 15 Aug (KUNA) -- ", "İZMİR", 8, 15, "KUNA"),
        ("Abu Dhabi, UAE, 14 Apr 2025 /PRNewswire/ -- ", "Abu Dhabi, UAE", 4, 14, "PRNewswire"),
        ("DOHA (QNA) -- ", "DOHA", None, None, "QNA"),
        ("Doha, Qatar: ", "Doha, Qatar", None, None, None),
        ("Marib, Yemen: ", "Marib, Yemen", None, None, None),
        ("Doha: ", "Doha", None, None, None),
        ("São Paulo – ", "São Paulo", None, None, None),
        ("Sao Paulo: ", "Sao Paulo", None, None, None),
        ("BAGHDAD -- ", "BAGHDAD", None, None, None),
        ("KERBALA -- ", "KERBALA", None, None, None),
        ("الكويت في 15 أغسطس (كونا) -- ", "الكويت", 8, 15, "كونا"),
        ("الكويت - 15 - 8 (كونا) -- ", "الكويت", 8, 15, "كونا"),
        ("رام الله في ٣ تشرين الأول (كونا) -- ", "رام الله", 10, 3, "كونا"),
        ("الدوحة: ", "الدوحة", None, None, None),
    ],
)
def test_a_dateline_gives_place_day_and_mark(printed, place, month, day, mark):
    dateline = match_dateline(f"{printed}The guild met.")
    assert dateline is not None
    assert (dateline.place, dateline.month, dateline.day) == (place, month, day)
    assert (dateline.mark, dateline.length) == (mark, len(printed))


def test_a_word_lost_after_the_dateline_does_not_hide_it():
    dateline = match_dateline("KUWAIT, Dec 27 (KUNA) -- of State met.")
    assert dateline is not None
    assert dateline.day == 27


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, July 5. The guild met.",
        "Monday, July 5 (sic) – the guild met.",
        "Analysis: The guild met.",
        "Santo Tomeu – The guild met.",
        "OPEC -- the guild of oil -- met.",
        "The minister, Ali (KUNA) said.",
        "May 3 was a quiet day.",
        "The guild met in Doha, Qatar: a first.",
        "قال الوزير في 15 أغسطس إن",
        "أعلنت الوزارة: إن",
        "",
    ],
)
def test_a_sentence_is_no_dateline(text):
    assert match_dateline(text) is None
