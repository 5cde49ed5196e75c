"""Kinds of names and places that are easily taken for others, each both ways."""

from dataclasses import replace

import pytest

from tasks.core.records import EntityType, Mention
from tasks.entities.annotate import annotate
from tests.quality.entities.articles import article

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def _mentions(body: str, *, title: str = "") -> list[Mention]:
    is_arabic = any("\u0621" <= letter <= "\u064a" for letter in body)
    story = article(title=title, body=body, language="ar" if is_arabic else "en")
    return annotate([story], "builtin").mentions


def _named(body: str) -> list[tuple[str, EntityType]]:
    return [(one.surface, one.type) for one in _mentions(body)]


@pytest.mark.parametrize(
    ("body", "persons"),
    [
        ("King Salman and Prince Mohammed bin Salman met.", 2),
        ("King Salman bin Abdulaziz and Prince Mohammed bin Salman bin Abdulaziz met.", 2),
        ("Sultan Haitham bin Tarik met Sayyid Theyazin bin Haitham. Sultan Haitham left.", 2),
        ("Sheikh Hamad bin Essa and Sheikh Nasser bin Hamad bin Essa met. Sheikh Nasser left.", 2),
        ("Prince Faisal bin Farhan bin Saud left. Prince Faisal bin Farhan returned.", 1),
        ("Mohammed bin Salman left. Bin Salman returned.", 1),
        ("Ursula von der Leyen spoke. Von der Leyen left.", 1),
        ("Gabriel Garcia Marquez wrote. Garcia Marquez said so.", 1),
        ("Sheikh Nasim Al-Ahmad Al-Kanun Al-Dabit spoke. Sheikh Nasim Al-Ahmad left.", 1),
        ("Mansour Ahmad Al-Kuwari spoke. Dr. M. A. Al-Kuwari left.", 1),
        ("Mansour Ahmad Al-Kuwari spoke. Dr. S. T. Al-Kuwari left.", 2),
    ],
)
def test_fathers_are_other_persons_and_short_forms_are_not(body: str, persons: int) -> None:
    found = [one for one in _mentions(body) if one.type is PERSON]

    assert len({one.entity_id for one in found}) == persons


@pytest.mark.parametrize(
    ("body", "reference", "country"),
    [
        ("The envoy left Islamabad.", "Islamabad", "PK"),
        ("Hotels in Bethlehem are full.", "Bethlehem", "PS"),
        ("Grain left Poti by ship.", "Poti", "GE"),
        ("A road near Saida, Lebanon, was closed.", "Sidon", "LB"),
        ("A school in Tripoli, Libya, opened.", "Tripoli", "LY"),
        ("A school in Tripoli, Lebanon, opened.", "Tripoli", "LB"),
        ("The mayor of Salem, Oregon, left.", "Salem", "US"),
        ("Nurses in Gaza worked all night.", "Gaza", "PS"),
        ("Nurses in Gaza City worked all night.", "Gaza City", "PS"),
        ("Fishermen in Jizan met.", "Jazan", "SA"),
    ],
)
def test_a_place_that_is_called_so_comes_before_its_namesakes(
    body: str, reference: str, country: str
) -> None:
    first = _mentions(body)[0]

    assert (first.name, first.country_code) == (reference, country)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("وصل الوفد إلى المنامة", ["المنامة"]),
        ("زار جازان والسالمية", ["جازان", "السالمية"]),
        ("سافر الفريق إلى سيول", ["سيول"]),
        ("في الدمام والرياض وجدة", ["الدمام", "الرياض", "جدة"]),
        ("مدينة الرقة", ["الرقة"]),
        ("وزير المالية في مالي", ["مالي"]),
        ("جرفت سيول عارمة السيارات", []),
        ("طلبت سلطات المرور الحذر", []),
        ("في بورصة الأسهم", []),
        ("كل مدينة كبيرة", []),
        ("فرقة الموسيقى", []),
        ("كان نصيب الشركة كبيرا", []),
        ("المرحلة الجديدة", []),
        ("حفروا بئرًا", []),
        ("قال رشيد إن ريم مع سالم", []),
    ],
)
def test_an_arabic_word_is_a_place_where_something_shows_it(body: str, places: list[str]) -> None:
    assert [one.surface for one in _mentions(body)] == places


@pytest.mark.parametrize(
    "body",
    [
        "It costs 40 US dollars.",
        "A Roman-era wall was found.",
        "The drill Falcon Lantern 6 began.",
        "Hail damaged the roofs of cars.",
        "Split decisions are rare.",
        "The South Korean coach left.",
        "The Deputy Ruler opened the fair.",
        "The Minister of Public Works left.",
        "The General Command Staff met.",
        "They signed an MoU on AI and UAV parts.",
    ],
)
def test_words_are_no_names(body: str) -> None:
    assert _named(body) == []


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("Head nurse Nizar Guedirat said so.", "Nizar Guedirat", PERSON),
        ("Farmer Waleed Al-Lahdani sold goats.", "Waleed Al-Lahdani", PERSON),
        ("Mother of four Ibtisam Dabbour left.", "Ibtisam Dabbour", PERSON),
        ("The American Andrew Brackenhurst won.", "Andrew Brackenhurst", PERSON),
        ("Forecaster Rizal Hardjosuwito said so.", "Rizal Hardjosuwito", PERSON),
        ("Zafiroun was founded in 1955.", "Zafiroun", ORGANISATION),
        ("Last week it bought Zafiroun.", "Zafiroun", ORGANISATION),
        ("Nakheelan Data Centres signed the lease.", "Nakheelan Data Centres", ORGANISATION),
        ("The General Department of Kelp Control met.",
         "General Department of Kelp Control", ORGANISATION),
        ("Planes left Ali Al-Salem air base.", "Ali Al-Salem air base", PLACE),
        ("The road to Al-Arish is open.", "Al-Arish", PLACE),
    ],
)  # fmt: skip
def test_what_stands_around_a_name_gives_its_type(body: str, name: str, kind: EntityType) -> None:
    assert _named(body) == [(name, kind)]


def test_an_acronym_is_of_the_bank_that_it_stands_behind() -> None:
    body = "The Central Bank of Kuwait (CBK) met. Commercial Bank of Kuwait (CBK) shares rose."

    names = [one.name for one in _mentions(body)]

    assert names == ["Central Bank of Kuwait"] * 2 + ["Commercial Bank of Kuwait"] * 2


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Bank of Jordan and Arab Bank cut rates.", 2),
        ("Bank of Sharjah and Commercial Bank of Dubai cut rates.", 2),
        ("The Ministry of Trade and Industry agreed.", 1),
        ("The Health Ministry said so. The Ministry of Health agreed.", 1),
        ("The Health Ministry said so. The Ministry of Education agreed.", 2),
    ],
)
def test_two_bodies_are_two_and_one_is_one(body: str, count: int) -> None:
    assert len({one.entity_id for one in _mentions(body)}) == count


def test_a_role_does_not_take_the_end_of_a_firm() -> None:
    [*_, person] = _mentions("Alvoria Research senior analyst Dina Sarrouf said so.")

    assert (person.surface, person.role) == ("Dina Sarrouf", "senior analyst")


@pytest.mark.parametrize(
    ("body", "organisations", "places"),
    [
        ("Sharjah beat Ajman 2-1. Sharjah host Al Ain in Dubai.", "Sharjah Ajman Al_Ain", "Dubai"),
        ("The Ajman coach left. Ajman lost to Sharjah in Fujairah.", "Ajman Sharjah", "Fujairah"),
        ("Kuwait beat Oman 2-0 in Muscat.", "", "Kuwait Oman Muscat"),
        ("Dubai shares fell and Riyadh officials said so.", "", "Dubai Riyadh"),
        ("Toyota said it would build a plant near Doha.", "Toyota", "Doha"),
        (
            "The Emirates and Oman signed. Emirates ordered 20 aircraft.",
            "Emirates",
            "Emirates Oman",
        ),
        ("Petra said that rain fell. Guides in Petra waited.", "Petra", "Petra"),
        ("Bahriyat Drilling (KSE: BHRY) fell in Doha.", "Bahriyat_Drilling", "Doha"),
        ("On Monday Zain (KSE: ZAIN) rose in Doha.", "Zain", "Doha"),
        ("Oman's Bahriyat Drilling (MSX: BHRY) fell.", "Bahriyat_Drilling", "Oman"),
        ("It fell at the UAE\u2019s Solmerra Cloud (ADX: SLMR).", "Solmerra_Cloud", "UAE"),
        ("Doha-listed Brennoval (QSE: BRNV) rose.", "Brennoval", "Doha"),
    ],
)
def test_towns_stand_for_clubs_and_namesakes_for_firms_where_they_act(
    body: str, organisations: str, places: str
) -> None:
    found = _named(body)

    for kind, names in ((ORGANISATION, organisations), (PLACE, places)):
        expected = {name.replace("_", " ") for name in names.split()}
        assert {name for name, type_ in found if type_ is kind} == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Board of Directors approved the plan.", []),
        ("The march along the Ajman Corniche ended.", [("Ajman Corniche", PLACE)]),
        ("The Ministry of Awqaf and Islamic Affairs met.",
         [("Ministry of Awqaf and Islamic Affairs", ORGANISATION)]),
        ("The director of Gulf Cement met.", [("Gulf Cement", ORGANISATION)]),
        ("President Kassym-Jomart Dabitev spoke.", [("Kassym-Jomart Dabitev", PERSON)]),
        ("Officials met the US-Saudi Business Council in Ajman.",
         [("US-Saudi Business Council", ORGANISATION), ("Ajman", PLACE)]),
        ("Key players are Veolta SA, Doosanit Heavy Ltd. and Accionita Agua.",
         [("Veolta SA", ORGANISATION), ("Doosanit Heavy Ltd.", ORGANISATION),
          ("Accionita Agua", ORGANISATION)]),
        ("The Lantern Crescent Society and Direct Relief built wells.",
         [("Lantern Crescent Society", ORGANISATION), ("Direct Relief", ORGANISATION)]),
        ("The Ajman Chamber of Commerce and Industry and Expo Centre Ajman hosted it.",
         [("Ajman Chamber of Commerce and Industry", ORGANISATION),
          ("Expo Centre Ajman", ORGANISATION)]),
        ("The Democratic Forces for the Liberation of Rwanda left.",
         [("Democratic Forces for the Liberation of Rwanda", ORGANISATION)]),
        ("Gulf Cement and Nasim Al-Dabit signed.",
         [("Gulf Cement", ORGANISATION), ("Nasim Al-Dabit", PERSON)]),
        ("The Bank of England Governor spoke.", [("Bank of England", ORGANISATION)]),
        ("The Cabinet Committee on Desert Water (CCDW) met.",
         [("Cabinet Committee on Desert Water", ORGANISATION), ("CCDW", ORGANISATION)]),
        ("The Cabinet Committee on Monday met.", [("Cabinet Committee", ORGANISATION)]),
    ],
)  # fmt: skip
def test_bodies_that_any_company_has_and_shores(
    body: str, expected: list[tuple[str, EntityType]]
) -> None:
    assert _named(body) == expected


@pytest.mark.parametrize(
    ("body", "dateline", "name"),
    [
        ("اجتمع الوزير في عمان مع نظيره", "عمان", "Amman"),
        ("انخفض الرقم القياسي لبورصة عمان اليوم", "عمان", "Amman"),
        ("استقبل العاهل الأردني ضيفه في عمان", None, "Amman"),
        ("اجتمع الوزير في عمان مع نظيره", "مسقط", "Oman"),
        ("اجتمع الوزير في عمان مع نظيره", None, "Oman"),
        ("رحبت سلطنة عمان بالقرار", "عمان", "Oman"),
    ],
)
def test_amman_and_oman_are_spelled_alike(body: str, dateline: str | None, name: str) -> None:
    story = replace(article(body=body, language="ar"), dateline_place=dateline)

    assert [one.name for one in annotate([story], "builtin").mentions] == [name]


@pytest.mark.parametrize(
    ("body", "currency"),
    [
        ("قال البنك المركزي الأردني إن الدين بلغ 5 ملايين دينار", "JOD"),
        ("أعلنت الحكومة المصرية صرف 5 ملايين جنيه", "EGP"),
        ("قال محمود المصري إن الدين بلغ 5 ملايين جنيه", None),
    ],
)
def test_an_arabic_adjective_of_nationality_shows_the_country(
    body: str, currency: str | None
) -> None:
    [figure] = annotate([article(body=body, language="ar")], "builtin").figures

    assert figure.currency == currency


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Sheikh Nasim Grand Mosque opened.", [("Sheikh Nasim Grand Mosque", PLACE)]),
        ("The Sheikh Nasim Al-Dabit Cultural Centre opened.",
         [("Sheikh Nasim Al-Dabit Cultural Centre", ORGANISATION)]),
        ("The Sheikh Nasim bin Hamad Al Dabit Global Initiatives Foundation helped.",
         [("Sheikh Nasim bin Hamad Al Dabit Global Initiatives Foundation", ORGANISATION)]),
        ("He won the King Nasim Prize and the Amir Cup.", []),
        ("The Sheikh Nasim Book Award winners were named.", []),
        ("The General Index rose.", []),
        ("Sheikh Nasim Al-Dabit opened Gulf Hospital.", [("Nasim Al-Dabit", PERSON),
                                                         ("Gulf Hospital", PLACE)]),
        ("The Ministry of Public Works, the Public Authority for Housing Welfare met.",
         [("Ministry of Public Works", ORGANISATION),
          ("Public Authority for Housing Welfare", ORGANISATION)]),
        ("The Ministry of Health and Public Authority for Industry met.",
         [("Ministry of Health", ORGANISATION), ("Public Authority for Industry", ORGANISATION)]),
        ("The Ministry of Transport, Communications and Information Technology met.",
         [("Ministry of Transport, Communications and Information Technology", ORGANISATION)]),
    ],
)  # fmt: skip
def test_what_is_named_after_a_person_is_no_person_and_ministries_end(
    body: str, expected: list[tuple[str, EntityType]]
) -> None:
    assert _named(body) == expected


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Brent fell, and West Texas Intermediate closed at USD 65.44.", []),
        ("Firefighters in West Texas put out a fire.", ["West Texas"]),
        ("US West Texas Intermediate crude rose on Monday.", ["US"]),
        ("Basra Light traded at USD 70 and Basrah Heavy at USD 66 a barrel.", []),
        ("Ships left Basra on Monday.", ["Basra"]),
        ("Nigeria sold Bonny Light and Qua Iboe at a discount.", ["Nigeria"]),
        ("The basket holds Saharan Blend, Djeno, Zafiro, Iran Heavy, Es Sider and Merey.", []),
        ("Henry Hub gas rose in Oman.", ["Oman"]),
        ("The Abu Dhabi Light Rail opened.", ["Abu Dhabi Light Rail"]),
    ],
)
def test_grades_of_crude_name_no_places_and_nobody(body: str, named: list[str]) -> None:
    assert [one.surface for one in _mentions(body)] == named
