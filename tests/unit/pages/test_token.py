"""The closing token."""

from datetime import date

import pytest

from tasks.pages.token import find_tokens, strip_tokens

TOKEN = "MENAFN12082025000045017169ID1109916091"


def test_a_token_is_taken_apart():
    (token,) = find_tokens(f"the end.\n\n\n{TOKEN}\nTrend News Agency")
    assert token.text == TOKEN
    assert token.day == date(2025, 8, 12)
    assert (token.provider_code, token.account_code) == ("000045", "017169")
    assert token.article_id == 1109916091


def test_a_doubled_token_is_one():
    assert len(find_tokens(f"{TOKEN}\n{TOKEN}")) == 1


def test_different_tokens_are_found_in_their_order():
    other = TOKEN.replace("6091", "6092")
    assert [token.text for token in find_tokens(other + TOKEN)] == [other, TOKEN]


def test_a_token_glued_to_the_text_is_found_and_cut():
    assert find_tokens(f"the end.{TOKEN}Legal")
    assert strip_tokens(f"the end.{TOKEN}Legal") == "the end.Legal"


def test_a_day_of_no_calendar_is_none():
    (token,) = find_tokens(TOKEN.replace("12082025", "31022025"))
    assert token.day is None


@pytest.mark.parametrize(
    "text", ["", TOKEN[:-1], TOKEN + "7", TOKEN.lower(), TOKEN.replace("ID1", "ID2"), "MENAFN"]
)
def test_what_is_no_token_is_not_found(text):
    assert find_tokens(text) == ()


@pytest.mark.parametrize("remnant", [TOKEN[:-4], TOKEN[:26], TOKEN.removeprefix("MENAFN")])
def test_a_damaged_token_is_still_cut(remnant):
    assert strip_tokens(f"{remnant}").strip() == ""


def test_text_about_menafn_stays():
    assert strip_tokens("MENAFN said in 2025 that ID1 cards") == (
        "MENAFN said in 2025 that ID1 cards"
    )
