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
        ("ABU DHABI, 1st September, 2025 (WAM) -- ", "ABU DHABI", 9, 1, "WAM"),
        ("RIYADH, September 1, 2025, SPA -- ", "RIYADH", 9, 1, "SPA"),
        ("AUSTIN, TX, UNITED STATES, May 3, 2025 /EINPresswire.com/ -- ",
         "AUSTIN, TX, UNITED STATES", 5, 3, "EINPresswire.com"),
        ("GAZA/JERUSALEM, Sept. 1 (Xinhua) -- ", "GAZA/JERUSALEM", 9, 1, "Xinhua"),
        ("NEW YORK--(BUSINESS WIRE)--", "NEW YORK", None, None, "BUSINESS WIRE"),
        ("ROME & NEW YORK--(BUSINESS WIRE)--", "ROME & NEW YORK", None, None, "BUSINESS WIRE"),
        ("TULSA, OK / ACCESSWIRE / May 3, 2025 / ", "TULSA, OK", 5, 3, "ACCESSWIRE"),
        ("LONDON, May 3, 2025--(BUSINESS WIRE)--", "LONDON", 5, 3, "BUSINESS WIRE"),
        ("MOSCOW, September 1. /TASS/. ", "MOSCOW", 9, 1, "TASS"),
        ("ISLAMABAD, Sep 01 (APP):", "ISLAMABAD", 9, 1, "APP"),
        ("TOKYO, Sept 1 Kyodo - ", "TOKYO", 9, 1, "Kyodo"),
        ("Tehran, Sep 1, IRNA – ", "Tehran", 9, 1, "IRNA"),
        ("DOHA, Monday, Sept 1 (QNA) - ", "DOHA", 9, 1, "QNA"),
        ("Muscat, 22nd Sep (ONA) --- ", "Muscat", 9, 22, "ONA"),
        ("WASHINGTON, D.C., May 3, 2025 (AP) — ", "WASHINGTON, D.C.", 5, 3, "AP"),
        ("LONDON, Sept 01, 2025 (GLOBE NEWSWIRE) -- ", "LONDON", 9, 1, "GLOBE NEWSWIRE"),
        ("ISTANBUL (AA) ", "ISTANBUL", None, None, "AA"),
        ("Rabat - ", "Rabat", None, None, None),
        ("أبوظبي في 1 سبتمبر / وام / ", "أبوظبي", 9, 1, "وام"),
        ("المنامة في 1 سبتمبر / بنا / : ", "المنامة", 9, 1, "بنا"),
        ("مسقط في 1 سبتمبر /العمانية/ ", "مسقط", 9, 1, "العمانية"),
        ("عمان 1 ايلول (بترا) - ", "عمان", 9, 1, "بترا"),
        ("القاهرة في 1 سبتمبر /أ ش أ/ - ", "القاهرة", 9, 1, "أ ش أ"),
        ("New Delhi [India], November 25 (ANI): ", "New Delhi [India]", 11, 25, "ANI"),
        ("Mumbai (Maharashtra) [India], May 3: ", "Mumbai (Maharashtra) [India]", 5, 3, None),
        ("Dubai – 25 November 2025: ", "Dubai", 11, 25, None),
        ("Abu Dhabi, UAE – November 25, 2025 – ", "Abu Dhabi, UAE", 11, 25, None),
        ("CAIRO - 3 May 2025: ", "CAIRO", 5, 3, None),
        ("Dubai, UAE – 3 May 2025 (WAM) – ", "Dubai, UAE", 5, 3, "WAM"),
        ("25 November 2025, Dubai, UAE: ", "Dubai, UAE", 11, 25, None),
        ("May 3, 2025 – Riyadh, Saudi Arabia – ", "Riyadh, Saudi Arabia", 5, 3, None),
        ("SINGAPORE - Media OutReach Newswire - 25 November 2025 - ", "SINGAPORE", 11, 25,
         "Media OutReach Newswire"),
        ("KYIV. Sept 27 (Ukrinform). ", "KYIV", 9, 27, "Ukrinform"),
        ("Vancouver, British Columbia--(Newsfile Corp. - May 3, 2025) - ",
         "Vancouver, British Columbia", 5, 3, "Newsfile Corp."),
        (", Sept. 27, 2024 /PRNewswire/ -- ", None, 9, 27, "PRNewswire"),
        ("Dubai, UAE; 27 September 2024: ", "Dubai, UAE", 9, 27, None),
        ("Dubai, UAE (27 September 2024): ", "Dubai, UAE", 9, 27, None),
        ("[Dubai, UAE – 27 September 2024]: ", "Dubai, UAE", 9, 27, None),
        ("Riyadh, KSA | 27 September 2024: ", "Riyadh, KSA", 9, 27, None),
        ("Dubai, UAE, 27.09.2024 – ", "Dubai, UAE", 9, 27, None),
        ("Dubai, United Arab Emirates. 3 May 2025: ", "Dubai, United Arab Emirates", 5, 3, None),
        ("Dubai, UAE, September 2024: ", "Dubai, UAE", None, None, None),
        ("ASTANA. KAZINFORM – ", "ASTANA", None, None, "KAZINFORM"),
        ("Cairo – MENA: ", "Cairo", None, None, "MENA"),
        ("London/Dubai: ", "London/Dubai", None, None, None),
        ("الدوحة - قنا: ", "الدوحة", None, None, "قنا"),
        ("الرياض 09 ربيع الأول 1447 هـ الموافق 01 سبتمبر 2025 م واس ", "الرياض", 9, 1, "واس"),
    ],
)  # fmt: skip
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
        "In May 3, 2025 (Reuters) the guild met.",
        "Dubai Islamic Bank (DIB) - the guild's bank - met.",
        "Bread / Butter / May 3 was a quiet day.",
        "Saudi Aramco (AP) said that the guild met.",
        "Kuwait Finance House (KFH) met the guild.",
        "Apple Inc. (NASDAQ: AAPL) - the guild met.",
        "الرئيس محمود عباس (أبو مازن) - قال إن",
        "قال مصدر / في 3 مايو / إن",
        "رويترز: قال إن",
        "Market Update – 25 November 2025: The guild met.",
        "25 November 2025, Market Update: The guild met.",
        "The Middle East – MENA: The guild met.",
        "Market Update (27 September 2024): The guild met.",
        "Issue 5, May 2025: The guild met.",
        "Dubai. 3 May 2025 was a quiet day.",
        ", May 3, 2025 was a quiet day.",
        "Oil/Gas: The guild met.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(text):
    assert match_dateline(text) is None
