"""Language, words, picture and provider of a story."""

import pytest

from tasks.pages.fields import read_picture
from tasks.pages.language import count_words, detect_language
from tasks.pages.providers import canonical_provider, is_provider_name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The guild of lantern makers met on the quay.", "en"),
        ("Kuwait oil up 38 cents to USD 52.62 pb", "en"),
        ("Al-Dur Town Beat Al-Qar Town, Al-Rum and Al-Zel; El-Hani of La Paz praised al-Dur", "en"),
        ("عقدت نقابة صانعي الفوانيس اجتماعا (KUNA) في الكويت", "ar"),
        ("شرکت ملی نفت ایران گزارش کرد که پالایشگاه جدید را می‌سازد", "fa"),
        ("وزیر اعظم نے کہا کہ ملک میں بڑی تعداد میں لوگ آئے ہیں", "ur"),
        ("Der Rat der Stadt hat auf der Sitzung das neue Gesetz mit den Stimmen der Partei", "de"),
        ("El consejo de la ciudad aprobó en una sesión los planes que se habían hecho", "es"),
        ("Совет города принял решение", "ru"),
        ("Рада міста ухвалила рішення", "uk"),
        ("प्रधानमंत्री ने बैठक में कहा", "hi"),
        ("대통령은 오늘 서울에서 말했다", "ko"),
        ("東京で今日、首相が会見した", "ja"),
        ("中国国家主席今天抵达", "zh"),
        ("ประเทศไทยวันนี้", "th"),
        ("ກອງປະຊຸມມື້ນີ້", "und"),
        ("12,345 – 67%", "und"),
        ("", "und"),
    ],
)
def test_the_text_tells_its_language(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Iraq's 3.5-km road", 3),
        ("Al-Sudani said: “Yes.”", 3),
        ("at 11:30 – 1,200 people", 4),
        ("عقدَت النقابة اجتماعًا", 3),
        ("مـــحمد قال", 2),
        ("one\ntwo", 2),
        ("a | b", 2),
    ],
)
def test_words_are_runs_of_letters_and_digits_in_either_script(text, count):
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("/updates/pr/2025-07/04/TNA_3a05dimage_story.jpg", "https://menafn.com/updates/pr/2025-07/04/TNA_3a05dimage_story.jpg"),
        ("http://www.menafn.com//updates/pr/a b.jpg", "https://menafn.com/updates/pr/a%20b.jpg"),
        ("//menafn.com/updates/pr/a.jpg#x", "https://menafn.com/updates/pr/a.jpg"),
        ("https://img.example.com/a.jpg?w=1", "https://img.example.com/a.jpg?w=1"),
        ("/images/Menafn_SmallLogo.jpg", None),
        ("https://menafn.com/includes/img/logo.jpg", None),
        ("https://menafn.com//includes/img/error-logo-left.png", None),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
        ("/", None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_a_picture_s_address_is_canonical_and_a_logo_is_none(source, url):
    assert read_picture(source).url == url


def test_pooled_pictures_are_marked():
    assert read_picture("/updates/pr/Menafn_News_Images/local_media_3.jpg").is_stock
    assert not read_picture("/updates/pr/2025-07/04/x.jpg").is_stock


@pytest.mark.parametrize(
    ("credit", "code", "logo", "mark", "name"),
    [
        # A verified code overrules the spelling on the page.
        ("Ukrinform ", "000193", None, None, "UkrinForm"),
        (None, "000187", "Trend", None, "Trend News Agency"),
        # A code that no token confirmed overrules nothing.
        ("Harbour Gazette", "000063", None, None, "Harbour Gazette"),
        (None, "000063", None, None, "The Peninsula"),
        # A new provider keeps its printed name.
        ("Harbour  Gazette", None, None, None, "Harbour Gazette"),
        # The agency's mark comes last.
        (None, None, None, "KUNA", "Kuwait News Agency (KUNA)"),
        (None, None, "Gulf Times", "QNA", "Gulf Times"),
        (None, None, None, None, "unknown"),
    ],
)
def test_a_provider_has_one_name(credit, code, logo, mark, name):
    assert canonical_provider(credit, code, logo=logo, mark=mark) == name


def test_a_credit_in_brackets_is_not_a_line_with_a_name():
    assert is_provider_name("Trend News Agency")
    assert not is_provider_name("(MENAFN)")
