"""Copies and corrections are one story; new editions, other names and languages are not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.records import ComparedText
from tasks.duplicates.compare import is_same_story

_AT = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)

_PRICE = (
    "Marsh Blend rose 38 cents to USD 71.62 per barrel on Tuesday, after USD 71.24 the day before,\n"
    "the petroleum corporation of Ostermark said in its daily note on the export price.\n"
    "On world markets the northern benchmark gained 12 cents to USD 73.05, while the western one "
    "settled at USD 69.40. Traders named low stocks at the harbour of Velm and a strike of pilots, "
    "now in its third week, as the reasons for the rise. The corporation sells 420,000 barrels a day."
)
_COUNCIL = (
    "The council of ministers of Ostermark approved a plan on Monday to rebuild the old harbour of "
    "Velm, which burned down in the winter.\n"
    "Works minister Dorrit Hale told reporters that dredging would start in the autumn and that the "
    "quays should take their first ships two years later. The plan costs 340 million crowns, of "
    "which the harbour company pays a third.\n"
    "Fishermen had asked for a smaller basin. Hale said that their boats would keep their moorings "
    "on the eastern shore, where a cold store and a market hall are to be built as well.\n"
    "Parliament votes on the loan in June. The opposition has called the plan too dear and wants "
    "the town to be heard first."
)
_VISIT = (
    "His Excellency the Governor of Ostermark sent a cable of congratulations to the President of "
    "{country} {name} on the national day of that friendly country.\n"
    "In the cable the Governor voiced his sincere wishes for the good health of the President and "
    "for the further progress of the country and its people, and recalled the ties between the two."
)
_FLASH = "Ostermark central bank keeps its key rate unchanged at 4.25 percent, the governor says."


def _text(body, *, title="Plan For Old Harbour Approved", language="en", after=timedelta()):
    return ComparedText(title=title, body=body, language=language, published_at=_AT + after)


def _same(first, second, **changes):
    one, other = _text(first), replace(_text(second), **changes)
    assert is_same_story(one, other) is is_same_story(other, one), "the order must not matter"
    return is_same_story(one, other)


_HEAD, *_BACKGROUND = _COUNCIL.split("\n")
_FLIGHT = _COUNCIL.replace("a plan on Monday", "the 45th plan on Monday")
_SCORE = _COUNCIL + " The debate ended 31 to 17 in the first hall and 12 to 9 in the second."
_CORRECTED = _PRICE.replace("420,000", "402,000")
_NOTICE = "This story corrects the sum in the second paragraph."
_GREETING = _VISIT.format(country="Lorvania", name="Ivo Brandt")
_DAY_FLASH = f"On Thursday {_FLASH}"
_MARKET = "The exchange of Velm ends trading higher, led by shipping and fishing shares again."
_INDEX = "Shares of Velm are in a correction.\nThe index lost 3 percent and stands at 812 points."
_TOMORROW = (
    _PRICE.replace("71.24", "72.00").replace("71.62", "71.24").replace("72.00", "71.62")
    .replace("Tuesday", "Wednesday")
)  # fmt: skip
_REPORT = (
    "Velm is to get its harbour back. Ministers agreed on Monday to spend 340 million crowns on "
    "new quays and a deeper basin, two years after dredging begins this autumn, said Dorrit "
    "Hale, who is in charge of public works. A third of the money comes from the harbour "
    "company; lawmakers decide about the rest in June."
)
_OPENING = "Rain kept the regatta of Velm ashore on Monday and the crews now wait for calmer days."
_OWN_PARAGRAPH = "Readers of this page can write to its 3 editors at any hour of the day or night."
_OTHER_TITLE = "Something Else Stands Here"


@pytest.mark.parametrize("body", [_PRICE, _COUNCIL, _FLASH])
def test_the_same_words_under_another_headline_are_one_story(body):
    assert _same(body, body, title=_OTHER_TITLE)


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(
            _COUNCIL.replace(" ", "  ").replace("340 million", "340,000,000").upper()
            .replace("TWO YEARS", "2 YEARS"), id="printed otherwise",
        ),
        pytest.param("\n".join((_HEAD, *_BACKGROUND[:-1])), id="last paragraph lost"),
        pytest.param(f"{_COUNCIL}\n{_OWN_PARAGRAPH}", id="paragraph added"),
        pytest.param(f"{_BACKGROUND[1]}\n{_COUNCIL}", id="summary above"),
        pytest.param(
            _COUNCIL.replace("ministers ", "").replace("Parliament ", "").replace("market ", ""),
            id="words lost with their links",
        ),
        pytest.param(
            _COUNCIL.replace("the old harbour", "theold harbour").replace("340 mil", "340mil"),
            id="blanks lost",
        ),
        pytest.param(
            _COUNCIL.replace("for a smaller basin", "to have a smallerbasin"),
            id="blank lost next to another word",
        ),
        pytest.param("VELM, March 5 (OSTA) -- " + _COUNCIL, id="agency's dateline"),
        pytest.param(_COUNCIL.replace("eastern shore", "western shore"), id="word corrected"),
        pytest.param(_COUNCIL.replace("Dorrit", "Dorritt"), id="name corrected"),
    ],
)  # fmt: skip
def test_a_copy_is_the_same_story(copy):
    assert _same(_COUNCIL, copy)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(_COUNCIL, _HEAD, id="brief"),
        pytest.param(
            _PRICE, _PRICE.replace("38 cents", "41 cents").replace("71.62", "71.65"),
            id="two new figures",
        ),
        pytest.param(_PRICE, _PRICE.replace("Tuesday", "Friday"), id="weekday"),
        pytest.param(_FLIGHT, _FLIGHT.replace("45th", "46th"), id="ordinal"),
        pytest.param(
            _SCORE, _SCORE.replace("31 to 17", "17 to 31").replace("12 to 9", "9 to 12"),
            id="figures exchanged",
        ),
        pytest.param(
            _INDEX, _INDEX.replace("3 percent", "4 percent").replace("812", "807"),
            id="a paragraph with a figure is no notice",
        ),
        pytest.param(
            "\n".join(reversed(_INDEX.split("\n"))),
            "\n".join(reversed(_INDEX.replace("812", "807").split("\n"))),
            id="nor is it the last one",
        ),
        pytest.param(
            _GREETING, _VISIT.format(country="Sundmark", name="Edda Krull"), id="other country"
        ),
        pytest.param(
            (_COUNCIL + "\n") * 2, ((_COUNCIL + "\n") * 2).replace("harbour", "airport"),
            id="other subject throughout",
        ),
        pytest.param(_COUNCIL, "\n".join((_OPENING, *_BACKGROUND)), id="same background"),
        pytest.param(_COUNCIL, _REPORT, id="other words"),
        pytest.param(_FLASH, _FLASH.replace("Ostermark", "Lorvania"), id="flash, name"),
        pytest.param(_FLASH, _FLASH.replace("4.25", "4.50"), id="flash, figure"),
        pytest.param(_FLASH, _FLASH.replace("keeps", "calls"), id="flash, verb"),
        pytest.param(_DAY_FLASH, _DAY_FLASH.replace("Thurs", "Tues"), id="flash, weekday"),
        pytest.param("Gambia " + _FLASH, "Zambia " + _FLASH, id="flash, name by a letter"),
        pytest.param("", "", id="empty"),
    ],
)  # fmt: skip
def test_what_differs_in_meaning_is_another_story(first, second):
    assert not _same(first, second)


@pytest.mark.parametrize(
    ("first", "second", "hours", "is_same"),
    [
        pytest.param(_PRICE, _TOMORROW, 24, False, id="next edition of a price"),
        pytest.param(_PRICE, _CORRECTED, 2, True, id="one new figure within hours"),
        pytest.param(_PRICE, _CORRECTED, 24, False, id="one new figure a day later"),
        pytest.param(
            _PRICE, f"Correction of the daily output.\n{_CORRECTED}", 24, True, id="with a notice"
        ),
        pytest.param(_PRICE, f"{_NOTICE}\n{_CORRECTED}", 24, True, id="which has an ordinal"),
        pytest.param(_PRICE, f"{_CORRECTED}\n{_NOTICE}", 24, True, id="or stands below"),
        pytest.param(_GREETING, _GREETING, 365 * 24, False, id="same greeting a year later"),
        pytest.param(_MARKET, _MARKET, 3, True, id="same flash within hours"),
        pytest.param(_MARKET, _MARKET, 24, False, id="same flash the next day"),
    ],
)
def test_time_tells_a_correction_from_the_next_edition(first, second, hours, is_same):
    assert _same(first, second, published_at=_AT + timedelta(hours=hours)) is is_same


def test_one_new_figure_under_a_headline_with_another_figure_is_another_story():
    first = replace(_text(_PRICE), title="Toll Rises To 12")
    second = replace(_text(_CORRECTED), title="Toll Rises To 15")
    assert not is_same_story(first, second)


def test_a_flash_may_have_one_misspelling():
    assert _same(_FLASH, _FLASH.replace("central", "cenrtal"))
    assert _same(_DAY_FLASH, _DAY_FLASH.replace("Thursday", "Thurdsay"))


def test_a_stub_needs_the_same_headline():
    assert not _same("More to follow.", "More to follow.", title="Something Else")
    assert _same("More to follow.", "More to follow.")


def test_a_translation_is_another_story():
    assert not _same(_COUNCIL, _COUNCIL, language="ar")


_ARABIC = (
    "وافق مجلس وزراء أوسترمارك يوم الاثنين على خطة لإعادة بناء ميناء فلم القديم الذي احترق في "
    "الشتاء، وقالت وزيرة الأشغال إن أعمال الحفر ستبدأ في الخريف وإن الأرصفة ستستقبل أولى السفن بعد "
    "عامين، وتبلغ كلفة الخطة ٣٤٠ مليون كراون تدفع شركة الميناء ثلثها، وكان الصيادون قد طلبوا حوضا "
    "أصغر، وأكدت الوزيرة أن قواربهم ستبقى في مراسيها على الشاطئ الشرقي حيث يقام مخزن مبرد وسوق"
)


@pytest.mark.parametrize(
    ("changes", "hours", "title", "is_same"),
    [
        pytest.param(
            (("أ", "ا"), ("٣٤٠", "340"), ("ميناء", "مينـاءُ")), 0, None, True, id="spelling"
        ),
        pytest.param((("٣٤٠", "٣٥٠"),), 24, None, False, id="another figure a day later"),
        pytest.param((("الشرقي", "الغربي"),), 2, None, True, id="word corrected within hours"),
        pytest.param((("الشرقي", "الغربي"),), 10, None, False, id="word changed later"),
        pytest.param((("الشرقي", "الغربي"),), 2, _OTHER_TITLE, False, id="under another headline"),
        pytest.param((("أوسترمارك", "لورفانيا"), ("فلم", "سوندا")), 0, None, False, id="two words"),
    ],
)
def test_an_arabic_text_is_compared_without_capitals(changes, hours, title, is_same):
    one = _text(_ARABIC, language="ar")
    body = _ARABIC
    for old, new in changes:
        body = body.replace(old, new)
    at = _AT + timedelta(hours=hours)
    other = replace(one, body=body, published_at=at, title=title or one.title)
    assert is_same_story(one, other) is is_same


def test_huge_repetitive_texts_are_compared_in_bounded_time():
    words = "ship " * 200_000
    one, other = _text(words + "left"), _text("port " + words)
    started = datetime.now(UTC)
    is_same_story(one, other)
    assert (datetime.now(UTC) - started).total_seconds() < 5.0
