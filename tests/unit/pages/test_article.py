"""The fields of an article, layout by layout."""

import hashlib
from datetime import UTC, date, datetime

import pytest

from tasks.core.rejects import PageRefusedError, Reason
from tests.unit.pages.page_builders import (
    BODY,
    FIRST,
    PARAGRAPHS,
    STORY,
    TITLE,
    TOKEN,
    Page,
    aspnet,
    early,
    paragraphs,
    read,
    spa,
)

LAYOUTS = pytest.mark.parametrize("layout", [spa, aspnet, early])
OTHER_TOKEN = TOKEN.replace(str(STORY), "1109916999")
UNKNOWN = "<html><head><title>{title} | MENAFN.COM</title></head><body>{body}</body></html>"


def refusal(html, **changes):
    with pytest.raises(PageRefusedError) as caught:
        read(html, **changes)
    return caught.value.reason


@LAYOUTS
def test_every_layout_gives_the_same_story(layout):
    article = read(layout(Page()))
    assert (article.title, article.body, article.provider) == (TITLE, BODY, "MENAFN")
    assert article.extractor_version.endswith(f" layout={layout.__name__}")


@LAYOUTS
def test_a_story_of_one_sentence_comes_out(layout):
    assert read(layout(Page(texts=(FIRST,)))).body == FIRST


def test_an_article_has_what_its_capture_text_and_token_say():
    article = read(spa(Page()), run_id="r-1", capture_id="c-1")
    assert (article.run_id, article.capture_id, article.article_id) == ("r-1", "c-1", STORY)
    assert article.seen_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert article.body_sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert article.word_count == 45
    assert article.menafn_token == TOKEN
    assert (article.provider_code, article.account_code) == ("000045", "017169")
    assert article.token_at == datetime(2025, 8, 12, 4, tzinfo=UTC)


def test_a_page_without_a_token_is_read():
    article = read(spa(Page(tail="")))
    assert (article.menafn_token, article.token_at, article.body) == (None, None, BODY)


def test_a_token_below_the_story_s_elements_is_found():
    page = spa(Page(tail="</div></div>", below=f"<div><p>{TOKEN}</p></div>"))
    assert read(page).menafn_token == TOKEN


def test_a_token_in_a_script_is_none():
    page = spa(Page(below=f"<script>var rail = '{OTHER_TOKEN}';</script>"))
    assert read(page).menafn_token == TOKEN


@pytest.mark.parametrize(
    ("tail", "reason"),
    [(OTHER_TOKEN, Reason.TOKEN_MISMATCH), (f"{TOKEN}<br>{OTHER_TOKEN}", Reason.TWO_STORIES)],
)
def test_a_token_of_another_story_is_refused(tail, reason):
    assert refusal(spa(Page(tail=tail))) is reason


def test_the_page_s_time_is_eastern_wall_clock():
    assert read(spa(Page())).page_at == datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC)
    winter = read(aspnet(Page(clock="12/24/2024 1:05:18 AM")))
    assert winter.page_at == datetime(2024, 12, 24, 6, 5, 18, tzinfo=UTC)


def test_the_frozen_clock_dates_no_story():
    assert read(spa(Page(clock=""))).page_at is None


@pytest.mark.parametrize(
    "header",
    [
        "{h1}<div>2025-08-12 04:35:35</div>",
        "<div>Date</div><div>8/12/2025 4:35:35 AM</div>{h1}",
        "<h1>MENAFN.COM</h1><h2>{title}</h2><time>2025-08-12 04:35:35</time>",
        "<div>2025-08-12 04:35:35</div>",
    ],
)
@pytest.mark.parametrize(
    "box", ["<main>{}</main>", '<div id="ContentPlaceHolder1_div_story">{}</div>']
)
def test_a_time_alone_by_the_headline_is_the_page_s(header, box):
    above = header.format(title=TITLE, h1=f"<h1>{TITLE}</h1>")
    related = "<aside><h3>More Stories</h3><span>2025-08-11 23:10:00</span></aside>"
    body = f"{above}{box.format(Page().story)}{related}"
    page_at = read(UNKNOWN.format(title=TITLE, body=body)).page_at
    assert page_at == datetime(2025, 8, 12, 8, 35, 35, tzinfo=UTC)


def test_a_time_after_the_page_was_fetched_is_none():
    assert read(spa(Page(clock="2026-03-01 10:00:00"))).page_at is None


def test_a_dateline_s_year_is_that_of_the_page():
    credit = "(MENAFN- Kuwait News Agency (KUNA)) KUWAIT, Dec 31 (KUNA) -- "
    article = read(spa(Page(credit=credit, clock="2025-01-01 02:03:00", tail="")))
    assert (article.dateline_place, article.dateline_date) == ("KUWAIT", date(2024, 12, 31))
    assert article.body == BODY


def test_without_a_time_the_story_s_id_settles_the_year():
    credit = "(MENAFN- IANS) Kyiv, Aug 9 (IANS) "
    article = read(spa(Page(credit=credit, clock="", tail="")))
    assert article.dateline_date == date(2025, 8, 9)


@pytest.mark.parametrize(("printed", "day"), [("Aug 9", None), ("Aug 9, 2025", date(2025, 8, 9))])
def test_where_nothing_dates_a_story_its_dateline_has_the_year_it_prints(printed, day):
    page = spa(Page(credit=f"(MENAFN- IANS) Kyiv, {printed} (IANS) ", clock="", tail=""))
    article = read(page, article_id=1999999999)
    assert (article.dateline_place, article.dateline_date) == ("Kyiv", day)


@pytest.mark.parametrize(
    ("credit", "provider", "printed"),
    [
        ("(MENAFN- Ukrinform) ", "UkrinForm", "Ukrinform"),
        ("MENAFN - Harbour Gazette) ", "Harbour Gazette", "Harbour Gazette"),
    ],
)
def test_the_credit_names_the_provider(credit, provider, printed):
    article = read(spa(Page(credit=credit, tail="")))
    assert (article.provider, article.provider_printed) == (provider, printed)
    assert article.body == BODY


@pytest.mark.parametrize("name", ["Salma Al-Mutri", "By Salma Al-Mutri", "بقلم: Salma Al-Mutri"])
def test_an_author_in_an_element_of_its_own_is_a_bare_name(name):
    place = '<p id="ContentPlaceHolder1_author_section">'
    assert read(spa(Page()).replace(place, place + name)).byline == "Salma Al-Mutri"


@pytest.mark.parametrize(
    ("tail", "logo", "provider"),
    [
        ("", "Harbour Gazette", "Harbour Gazette"),
        (TOKEN.replace("000045017169", "000187011040"), "", "Trend News Agency"),
        ("", "", "unknown"),
    ],
)
def test_without_a_credit_logo_or_token_name_the_provider(tail, logo, provider):
    article = read(spa(Page(credit="", tail=tail, logo=logo)))
    assert (article.provider, article.provider_printed) == (provider, None)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Lantern&amp;#x27;s Day &amp;amp; Night", "Lantern's Day & Night"),
        ("  Two\n Lines ", "Two Lines"),
        ("Makers of\u201cQuiet\u201d Bells", "Makers of \u201cQuiet\u201d Bells"),
    ],
)
def test_a_headline_is_repaired_where_that_is_certain(printed, title):
    assert read(spa(Page(title=printed))).title == title


def test_without_a_heading_the_shared_title_stands_in_without_the_site_s_name():
    page = spa(Page()).replace("<h1", "<h6").replace("</h1", "</h6")
    assert read(page).title == TITLE


def test_the_site_s_name_is_no_headline():
    page = spa(Page(title="MENAFN.COM"))
    assert refusal(page) is Reason.NO_STORY


@pytest.mark.parametrize(
    ("source", "is_stock"),
    [("/updates/pr/a_story.jpg", False), ("/updates/pr/Menafn_News_Images/media_248.jpg", True)],
)
def test_a_story_s_picture_is_its_own_or_pooled(source, is_stock):
    article = read(spa(Page(picture=source)))
    assert (article.image_url, article.is_stock_image) == (f"https://menafn.com{source}", is_stock)


def test_without_an_element_the_shared_picture_is_the_story_s():
    page = spa(Page()).replace('id="ImgNews"', "")
    meta = '<meta property="og:image" content="/updates/pr/shared.jpg">'
    article = read(page.replace("</head>", f"{meta}</head>"))
    assert article.image_url == "https://menafn.com/updates/pr/shared.jpg"


def test_a_page_of_no_known_layout_is_read_between_credit_and_token():
    body = f"<article><h1>{TITLE}</h1><section>{Page().story}</section></article>"
    article = read(UNKNOWN.format(title=TITLE, body=body))
    assert (article.title, article.body) == (TITLE, BODY)
    assert article.extractor_version.endswith(" layout=unknown")


@pytest.mark.parametrize(
    "credit",
    [
        '(MENAFN- <a href="https://gulf.example">Gulf Times</a>) ',
        "<strong>(MENAFN- Gulf Times)</strong> ",
        "<span>(MENAFN- <i>Gulf Times</i>)</span> ",
    ],
)
def test_a_credit_in_elements_of_its_own_anchors_a_page_of_no_known_layout(credit):
    teaser = "<aside><p>(MENAFN- Gulf Times) Kites ...</p></aside>"
    body = f"{teaser}<h1>{TITLE}</h1><main>{Page(credit=credit).story}</main>{teaser}"
    article = read(UNKNOWN.format(title=TITLE, body=body))
    assert (article.body, article.provider_printed) == (BODY, "Gulf Times")


def test_a_linked_keyword_after_which_a_paragraph_is_broken_stays():
    texts = (FIRST, '<a href="/topics/x">Minister</a>', "of Lanterns Odran Telmi left the quay.")
    assert "\nMinister\nof Lanterns" in read(spa(Page(texts=texts))).body
    related = (FIRST, '<a href="/topics/x">Minister</a>', "The lamps are lit.")
    assert read(spa(Page(texts=related))).body == f"{FIRST}\nThe lamps are lit."


def test_of_two_containers_the_one_with_the_token_is_read():
    box = '<div id="ContentPlaceHolder1_div_story">{}</div>'
    body = box.format("<p>Lamps are sold here.</p>") + box.format(f"<h1>{TITLE}</h1>{Page().story}")
    assert read(UNKNOWN.format(title=TITLE, body=body)).body == BODY


def test_a_page_without_credit_or_token_is_read_by_its_main_text():
    long = [text + " " + text.upper() for text in PARAGRAPHS]
    body = f"<h1>{TITLE}</h1><article>{paragraphs(*long)}</article><ul><li>Search</li></ul>"
    article = read(UNKNOWN.format(title=TITLE, body=body))
    assert article.body == "\n".join(long)


def test_an_error_page_is_refused_as_one():
    page = UNKNOWN.format(
        title="MENAFN.COM",
        body="<div>403</div><div>Sorry!!</div><p>Error! We're sorry, but the page you were "
        "looking for doesn't exist.</p>",
    )
    assert refusal(page) is Reason.ERROR_PAGE


@pytest.mark.parametrize(
    "text",
    [
        "Please complete the security check below to access the web property.",
        "Completing the CAPTCHA proves you are a human and gives you temporary access to it.",
        "Checking your browser before accessing the site; this process is automatic.",
        "Our systems have detected unusual traffic from your computer network.",
        "Please enable JS and disable any ad blocker before you come to this site again.",
        "Verify you are human by completing the action below, which takes a few seconds.",
    ],
)
def test_a_captcha_in_a_storys_place_is_refused_however_much_it_explains(text):
    more = "The site uses a security service to protect itself from online attacks. " * 10
    body = f"<h1>One more step</h1><p>{more}</p><p>{text}</p>"
    assert refusal(UNKNOWN.format(title="menafn.com", body=body)) is Reason.ERROR_PAGE


def test_a_story_about_captchas_is_read():
    story = f"{PARAGRAPHS[0]} Are you a human? The CAPTCHA asks."
    assert "CAPTCHA" in read(spa(Page(text=paragraphs(story, *PARAGRAPHS)))).body


@pytest.mark.parametrize(
    "text", ["", "<img src='/x.jpg'>", "<p>&nbsp;</p>", "(MENAFN- Trend News Agency) "]
)
def test_a_container_without_text_holds_no_story(text):
    assert refusal(spa(Page(text=text))) is Reason.NO_STORY


def test_nested_containers_are_one():
    inner = f'<div id="ContentPlaceHolder1_div_story">{Page().story}</div>'
    assert read(spa(Page(text=inner, tail=""))).body == BODY


def test_an_address_without_an_id_is_refused():
    assert refusal(spa(Page()), article_id=None) is Reason.NO_STORY_ID


def test_a_page_that_breaks_off_is_refused_and_one_with_its_token_is_read():
    page = spa(Page())
    assert refusal(page[: page.index("Sales rose")]) is Reason.BROKEN_TRANSFER
    assert read(page[: page.index(TOKEN) + len(TOKEN)]).body == BODY


def test_a_third_language_is_named():
    text = (
        "Le conseil de la ville a adopté le budget de la saison dans une séance sur les quais.",
        "Les lanternes sont plus chères que par le passé, et les ateliers du port le regrettent.",
    )
    assert read(spa(Page(texts=text, title="Le prix des lanternes"))).language == "fr"
