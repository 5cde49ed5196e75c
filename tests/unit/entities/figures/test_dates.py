"""Dates know their direction, ranges have two ends, and other numbers are no dates."""

from datetime import date

import pytest

from tests.unit.entities.figures.reading import read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("until Thursday", "14"), ("will travel on Thursday", "14"), ("Banks stay shut on Tuesday", "19"),
        ("begins Thursday (tomorrow)", "14"), ("The exam is on Sunday.", "17"), ("due on Thursday", "14"),
        ("is to be held on Sunday", "17"), ("From Friday, fares will rise", "15"),
        ("Thursday's vote will decide", "14"), ("The match, to be played on Saturday,", "16"),
        ("ahead of Friday's vote", "15"), ("is closed until Friday", "15"), ("by Friday", "15"),
        ("The road was closed until Friday", "15"), ("They play Qatar on Friday", "15"),
        ("next Wednesday", "20"), ("Tuesday next week", "19"), ("next week on Tuesday", "19"),
        ("said on Thursday", "07"), ("since Saturday", "09"), ("was arrested on Thursday", "07"),
        ("last Wednesday", "06"), ("on Wednesday", "13"), ("Tuesday last week", "05"),
        ("after Friday's vote", "08"), ("told reporters Tuesday", "12"), ("It waited until Monday", "11"),
        ("As of Monday, 500 had been treated", "11"), ("The meeting, held on Monday,", "11"),
        ("yesterday", "12"), ("tomorrow", "14"), ("the day after tomorrow", "15"),
        ("will meet on Monday", "18"), ("would be held on Thursday", "14"),
    ],
)  # fmt: skip
def test_a_weekday_lies_where_its_clause_says(text: str, day: str) -> None:
    assert read(text) == [f"date 2025-08-{day} day"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The committee meets Thursday.", "14"), ("The council convenes on Friday.", "15"),
        ("Parliament debates the law on Tuesday.", "19"), ("The fair opens on Monday.", "18"),
        ("Qatar plays Oman on Saturday.", "16"), ("The amir visits Cairo on Sunday.", "17"),
        ("The court decides on Monday.", "18"), ("The team returns on Thursday.", "14"),
        ("It met on Monday and meets again on Friday.", "11 15"), ("He speaks Sunday.", "17"),
        ("The board met Thursday.", "07"), ("The two visits on Monday went well.", "11"),
        ("The hosts on Saturday beat Oman.", "09"), ("Talks on Monday failed.", "11"),
        ("He said its debates on Tuesday were long.", "12"), ("The show opened on Monday.", "11"),
        ("The move comes after a strike on Monday.", "11"), ("Their visits Sunday were cut.", "10"),
        ("The committee's meeting Thursday ended late.", "07"), ("All visits Friday ended.", "08"),
        # Headlines tell in the present tense of what was as well.
        ("Kuwait opens talks on Monday", ""), ("Kuwait opens talks on Wednesday", "13"),
        ("Kuwait opens talks on Friday", "15"), ("Minister arrives in Cairo on Tuesday", ""),
        ("Minister arrives in Cairo Thursday", "14"), ("Amir receives envoy Sunday", ""),
        ("Amir received envoy on Tuesday", "12"), ("Court closes inquiry Sunday", ""),
        ("Qatar hosts Oman Saturday", "16"), ("Kuwait to open talks on Monday", "18"),
    ],
)  # fmt: skip
def test_a_present_tense_announces_but_in_a_headline_only_days_near(text: str, days: str) -> None:
    assert read(text) == [f"date 2025-08-{day} day" for day in days.split()]


def test_each_weekday_of_a_sentence_has_its_own_direction() -> None:
    text = "He said on Monday that the court, which sat on Friday, would rule on Sunday."

    assert read(text) == [f"date 2025-08-{day} day" for day in ("08", "11", "17")]


def test_the_verb_of_its_own_clause_decides() -> None:
    text = "People are to report offers, saying that 369 calls in July had led to arrests."

    assert read(text) == ["date 2025-07-01 month"]
    assert read("He said that on Thursday the court would rule.") == ["date 2025-08-14 day"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("since October 7th", date(2025, 5, 12), "2024-10-07 day"),
        ("since June 30", date(2025, 5, 12), "2024-06-30 day"),
        ("since June 30", date(2025, 8, 13), "2025-06-30 day"),
        ("since October", date(2025, 5, 12), "2024-10-01 month"),
        ("due on March 13", date(2025, 8, 20), "2026-03-13 day"),
        ("due on March 13", date(2025, 3, 18), "2025-03-13 day"),
        ("They went through drafts that are described as ready before the end of October",
         date(2025, 7, 10), "2025-10-01 month"),
        ("until May", date(2025, 8, 13), "2026-05-01 month"),
        ("will open in May", date(2025, 8, 13), "2026-05-01 month"),
        ("opened in November", date(2025, 8, 13), "2024-11-01 month"),
        ("Brent for December stood", date(2025, 11, 4), "2025-12-01 month"),
        ("Oct 12", date(2025, 8, 13), "2025-10-12 day"),
        ("Jan 5", date(2025, 8, 13), "2026-01-05 day"),
        ("Dec 30", date(2026, 1, 2), "2025-12-30 day"),
        ("in October last year", date(2025, 8, 13), "2024-10-01 month"),
        ("earnings for the third quarter", date(2026, 1, 22), "2025-07-01 quarter"),
        ("its accounts for the second quarter will be out", date(2026, 9, 17), "2026-04-01 quarter"),
        ("will launch in the first quarter", date(2025, 8, 13), "2026-01-01 quarter"),
        ("fell in the fourth quarter", date(2025, 2, 11), "2024-10-01 quarter"),
        ("the first quarter of next year", date(2025, 8, 13), "2026-01-01 quarter"),
    ],
)  # fmt: skip
def test_what_is_left_open_is_settled_by_the_direction(
    text: str, published: date, expected: str
) -> None:
    assert read(text, published=published) == [f"date {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Wednesday, May 7", ["2025-05-07 day"]), ("on Friday, 2 May", ["2025-05-02 day"]),
        ("on Tuesday (August 12)", ["2025-08-12 day"]), ("August 12 (Tuesday)", ["2025-08-12 day"]),
        ("On Tuesday, 14 May, it shut", ["2024-05-14 day"]), ("on Monday, August 12", []),
        ("on Sunday, August 17, 2025", ["2025-08-17 day"]), ("on Monday, August 17, 2025", []),
        ("Thursday, tomorrow", ["2025-08-14 day"]), ("on Wednesday. May 7 was", ["2025-05-07 day", "2025-08-13 day"]),
    ],
)  # fmt: skip
def test_a_weekday_beside_a_date_checks_it(text: str, expected: list[str]) -> None:
    assert read(text) == [f"date {one}" for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from January through October 2024", ["2024-01-01..2024-10-01 month"]),
        ("between March and June 2023", ["2023-03-01..2023-06-01 month"]),
        ("Nov-Feb 2024", ["2023-11-01..2024-02-01 month"]),
        ("from March 2023 to April 2024", ["2023-03-01..2024-04-01 month"]),
        ("March 5-7", ["2025-03-05..2025-03-07 day"]),
        ("5 to 7 March", ["2025-03-05..2025-03-07 day"]),
        ("December 28 to January 3", ["2025-12-28..2026-01-03 day"]),
        ("3-5 May 2024", ["2024-05-03..2024-05-05 day"]),
        ("between Monday and Wednesday, 20 died", ["2025-08-11..2025-08-13 day"]),
        ("Rain is forecast from Thursday to Saturday", ["2025-08-14..2025-08-16 day"]),
        ("2020-2024", ["2020-01-01..2024-01-01 year"]),
        ("between 2015 and 2020", ["2015-01-01..2020-01-01 year"]),
        ("2024-25", ["2024-01-01..2025-01-01 year"]),
        ("a study of 2016 and 2022", ["2016-01-01 year", "2022-01-01 year"]),
        ("in 2015, 2018 and 2021", ["2015-01-01 year", "2018-01-01 year", "2021-01-01 year"]),
        ("March 5 and 6", ["2025-03-05 day", "2025-03-06 day"]),
        ("in March and April", ["2025-03-01 month", "2025-04-01 month"]),
        ("Q1-Q3 2025", ["2025-01-01..2025-07-01 quarter"]),
        ("in Q1–Q2 2024", ["2024-01-01..2024-04-01 quarter"]),
        ("Q1 to Q3 of 2025", ["2025-01-01..2025-07-01 quarter"]),
        ("Q1-3 2025", ["2025-01-01..2025-07-01 quarter"]),
        ("Q1 - Q3 '24", ["2024-01-01..2024-07-01 quarter"]),
        ("H1-H2 2024", ["2024-01-01..2024-07-01 half"]),
        ("Q1 through Q2, 2023", ["2023-01-01..2023-04-01 quarter"]),
        ("a Q1-Q3 comparison", ["2025-01-01..2025-07-01 quarter"]),
        ("Q2 and Q3 2025", ["2025-04-01 quarter", "2025-07-01 quarter"]),
        ("Q1—Q4 2022", ["2022-01-01..2022-10-01 quarter"]),
        ("from 2020 to 2015 people", ["2020-01-01 year"][:0]),
    ],
)  # fmt: skip
def test_ranges_have_two_ends_and_lists_none(text: str, expected: list[str]) -> None:
    assert read(text) == [f"date {one}" for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2013, they", "2013-01-01 year"), ("by the end of 2029", "2029-01-01 year"),
        ("mid-2026", "2026-01-01 year"), ("by end-2026", "2026-01-01 year"),
        ("since 2015", "2015-01-01 year"), ("In 2024 Egypt signed", "2024-01-01 year"),
        ("from 2019 levels", "2019-01-01 year"), ("H1 2026", "2026-01-01 half"),
        ("1H25", "2025-01-01 half"), ("the first half of 2026", "2026-01-01 half"),
        ("first-half profit", "2025-01-01 half"), ("FY25/26", "2025-01-01 year"),
        ("FY 2024-25", "2024-01-01 year"), ("fiscal year 2025", "2025-01-01 year"),
        ("Q2 2025", "2025-04-01 quarter"), ("3Q24", "2024-07-01 quarter"),
        ("Q3'25", "2025-07-01 quarter"), ("the third quarter of 2024", "2024-07-01 quarter"),
        ("19/01/2026", "2026-01-19 day"), ("01/19/2026", "2026-01-19 day"),
        ("05.06.2024", "2024-06-05 day"), ("2025-08-12", "2025-08-12 day"),
        ("2025/08/12", "2025-08-12 day"), ("the 5th of March", "2025-03-05 day"),
        ("Sept. 7, 2024", "2024-09-07 day"), ("March 7,2024: He", "2024-03-07 day"), ("12 August 2025", "2025-08-12 day"),
        ("November 2026", "2026-11-01 month"), ("In April 12 percent", "2025-04-01 month"),
        ("In May 20 people died", "2025-05-01 month"), ("this March", "2025-03-01 month"),
    ],
)  # fmt: skip
def test_dates_of_every_precision(text: str, expected: str) -> None:
    assert [one for one in read(text) if one.startswith("date")] == [f"date {expected}"]


@pytest.mark.parametrize(
    "text",
    [
        "Q400 aircraft", "an Audi Q3", "Q1: What now?", "H1N1", "in H2 production", "quarterback",
        "the fourth quarter of the year before", "for the third quarter running", "the second quarter-final", "scored in the third quarter",
        "the first half of the match", "capacity of 2000 tonnes", "of 1950 buildings",
        "in 2024 people", "at 1945 GMT", "by 2030 GMT", "since 1990s", "Vision 2030",
        "Sheffield Wednesday", "Black Friday sales", "Friday prayers", "every Friday",
        "on Fridays", "the Sunday Times", "Good Friday", "open Sunday to Thursday from 8 am",
        "Feb 30", "Aug 0", "0 May", "may go", "a march on", "at 10:30", "07/05/2024", "31/31/2024",
        "the September 11 attacks", "10.4.2", "2024-13-01", "from 2000 to 2500 people",
        "Theresa May said", "tomorrow's world", "Q4-Q1 2025", "the Q3-Q5 models", "Q2-Q400 aircraft",
        "Q1-Q3%", "H1-H3 2024", "EQ1-Q3", "Q1-Q3-Q4", "Q2-2", "Q1-Q3x", "pH1-H2O",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []
