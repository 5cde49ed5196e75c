"""What stands before a story's first sentence."""

import pytest

from tasks.pages.credit import match_credit, read_opening

TEXT = "The guild of lantern makers met."


@pytest.mark.parametrize(
    ("lead", "byline"),
    [
        ("Salma Al-Mutri\nDoha: ", "Salma Al-Mutri"),
        ("Salma Al-Mutri\nKUWAIT, Aug 15 (KUNA) -- ", "Salma Al-Mutri"),
        ("Salma bint Odran Al-Mutri\nThe Peninsula\n", "Salma bint Odran Al-Mutri"),
        ("Emre \u00d6zy\u00f6r\u00fck\nDOHA, Sept 1 (QNA) - ", "Emre \u00d6zy\u00f6r\u00fck"),
        ("Salma Al-Mutri | The Peninsula\n", "Salma Al-Mutri"),
        ("Salma Al-Mutri / QNA\n", "Salma Al-Mutri"),
        ("Salma Al-Mutri\n", None),
        ("Press Release\nDoha: ", None),
        ("Market Update\nDoha: ", None),
        ("KUWAIT CITY\nKUWAIT, Aug 15 (KUNA) -- ", None),
        ("Staff Reporter\nDoha: ", None),
        ("Salma Al-Mutri spoke\nDoha: ", None),
        ("Lanterns\nDoha: ", None),
    ],
)
def test_an_authors_name_alone_is_taken_off_where_the_agencys_own_opening_follows(lead, byline):
    opening = read_opening([f"(MENAFN- Gulf Times) \n{lead}{TEXT}", TEXT])
    assert opening.byline == byline
    kept = (TEXT, TEXT) if byline else (*opening.paragraphs[:-1], TEXT)
    assert opening.paragraphs == kept


@pytest.mark.parametrize(
    ("credit", "provider"),
    [
        ("(MENAFN) ", "MENAFN"),
        ("(MENAFN- Gulf Times) ", "Gulf Times"),
        ("(MENAFN - Gulf Times) ", "Gulf Times"),
        ("(MENAFN - Gulf Times)", "Gulf Times"),
        ("MENAFN - Gulf Times) ", "Gulf Times"),
        ("(MENAFN- Kuwait News Agency (KUNA)) ", "Kuwait News Agency (KUNA)"),
        ("(MENAFN- Kuwait News Agency (KUNA) ", "Kuwait News Agency (KUNA)"),
        ("(MENAFN- GlobeNewsWire - Nasdaq) ", "GlobeNewsWire - Nasdaq"),
        ("(MENAFN- Nam (A (B)) News) ", "Nam (A (B)) News"),
        ("(MENAFN- وكالة الأنباء الكويتية (كونا)) ", "وكالة الأنباء الكويتية (كونا)"),
    ],
)
def test_every_form_of_the_credit_names_its_provider(credit, provider):
    opening = read_opening([credit + TEXT])
    assert (opening.provider, opening.paragraphs) == (provider, (TEXT,))


def test_of_two_credits_in_a_row_the_first_names_the_provider():
    opening = read_opening([f"(MENAFN- The Peninsula) (MENAFN - QNA) {TEXT}"])
    assert (opening.provider, opening.paragraphs) == ("The Peninsula", (TEXT,))


def test_a_credit_in_a_paragraph_of_its_own_leaves_none():
    opening = read_opening(["(MENAFN- Gulf Times)", TEXT])
    assert (opening.provider, opening.paragraphs) == ("Gulf Times", (TEXT,))


@pytest.mark.parametrize("text", ["MENAFN shares rose.", "(MENAFN- )", "(MENAFN- never closed", ""])
def test_other_words_are_no_credit(text):
    assert match_credit(text) is None


@pytest.mark.parametrize(
    ("lead", "byline", "place"),
    [
        ("QNA\n", None, None),
        ("The Peninsula Online\n", None, None),
        ("The Peninsula Doha, Qatar: ", None, "Doha, Qatar"),
        ("QNA Doha: ", None, "Doha"),
        ("By Salma Al-Mutri\n", "Salma Al-Mutri", None),
        ("By: Salma Al-Mutri\n", "Salma Al-Mutri", None),
        ("By Salma Al-Mutri KUWAIT, Aug 15 (KUNA) -- ", "Salma Al-Mutri", "KUWAIT"),
        ("By Salma Al-Mutri and Odran Telmi\n", "Salma Al-Mutri and Odran Telmi", None),
        ("QNA\nBy Emre Özyörük\nDoha: ", "Emre Özyörük", "Doha"),
        ("Odran TelmiRead more\n", "Odran Telmi", None),
        ("Odran Telmi Read more ", "Odran Telmi", None),
        ("بقلم: سالم\n", "سالم", None),
        ("بقلم سالم\n", "سالم", None),
        ("KUWAIT, Aug 15 (KUNA) -- ", None, "KUWAIT"),
    ],
)
def test_second_credit_author_and_dateline_are_taken_off(lead, byline, place):
    opening = read_opening([f"(MENAFN- Gulf Times) {lead}{TEXT}", TEXT])
    assert opening.byline == byline
    assert (opening.dateline.place if opening.dateline else None) == place
    assert opening.paragraphs == (TEXT, TEXT)


def test_an_author_in_a_paragraph_of_its_own_is_taken_off():
    opening = read_opening(["(MENAFN- Gulf Times)", "By Salma Al-Mutri", TEXT])
    assert (opening.byline, opening.paragraphs) == ("Salma Al-Mutri", (TEXT,))


@pytest.mark.parametrize(
    "text",
    [
        "The Peninsula shares rose on the quay.",
        "QNA said that the guild met.",
        "By Thursday the guild had met.",
        "By Monday Evening The Guild had met.",
        "Readers of lanterns read more.",
    ],
)
def test_a_sentence_that_opens_like_a_credit_stays(text):
    assert read_opening([f"(MENAFN- Gulf Times) {text}", TEXT]).paragraphs == (text, TEXT)


def test_a_credit_below_a_summary_is_found():
    opening = read_opening(["A summary.", f"(MENAFN- Gulf Times) {TEXT}"])
    assert (opening.provider, opening.paragraphs) == ("Gulf Times", ("A summary.", TEXT))


def test_without_a_credit_a_dated_dateline_below_a_summary_is_found():
    opening = read_opening(["A summary.", f"KUWAIT, Aug 15 (KUNA) -- {TEXT}", TEXT])
    assert opening.dateline is not None
    assert opening.dateline.place == "KUWAIT"
    assert opening.paragraphs == ("A summary.", TEXT, TEXT)


def test_a_bare_place_below_the_first_paragraph_is_no_dateline():
    assert read_opening([TEXT, f"Doha: {TEXT}"]).dateline is None


def test_a_credit_deep_in_the_text_is_not_the_story_s():
    blocks = [TEXT, TEXT, TEXT, f"(MENAFN- Gulf Times) {TEXT}"]
    assert read_opening(blocks).provider is None
