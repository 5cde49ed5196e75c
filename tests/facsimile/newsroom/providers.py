"""Who provides copy, where they report from, and their house style.

Names are the providers' own as the wire prints them. A provider's code is the one of its closing
tokens where such a token was seen, and a number of the same kind where none was.
"""

from dataclasses import dataclass
from typing import Literal

from tests.facsimile.story import Provider

Dateline = Literal["none", "capitals", "city", "city and country", "city, country and date"]
Hours = Literal["odd", "own", "office", "any"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A provider's habits.

    Attributes:
        provider: whose they are.
        homes: country codes it reports from, the commonest repeated.
        dateline: form of its own dateline, without the marks around it.
        hours: when the wire takes its copy in.
        quotes: whether it types curly or straight quotation marks.
        percent: how it writes a percentage.
        dash: how it sets off an aside.
        is_syndicated: whether its headlines come in Title Case.
        byline_share: share of its stories with a byline.
        caption_share: share of its stories with a picture of their own.
        utc_offset: hours that its own clock is ahead of UTC.
        is_early: whether the wire carried it in 2015 to 2017.
    """

    provider: Provider
    homes: tuple[str, ...]
    dateline: Dateline = "none"
    hours: Hours = "any"
    quotes: Literal["curly", "straight"] = "curly"
    percent: str = " percent"
    dash: str = " – "
    is_syndicated: bool = True
    byline_share: float = 0.0
    caption_share: float = 0.5
    utc_offset: int = 3
    is_early: bool = False


def _provider(
    name: str,
    codes: str,
    image_prefix: str,
    *,
    mark: str | None = None,
    second_credit: str | None = None,
    language: str = "en",
) -> Provider:
    code, account = codes.split()
    return Provider(
        name=name,
        code=code,
        account=account,
        image_prefix=image_prefix,
        agency_mark=mark,
        second_credit=second_credit,
        language=language,
    )


_GULF = ("KW", "SA", "AE", "QA", "BH", "OM")
_ARAB = (*_GULF, "IQ", "JO", "LB", "SY", "EG", "PS", "YE", "TN", "DZ", "MA")
_MENA = (*_ARAB, "TR", "AE", "SA", "EG", "KW")
_ISSUERS = ("AE", "SA", "US", "GB", "DE", "TR", "EG", "QA", "IN")

_DESKS = (
    Desk(
        provider=_provider("MENAFN", "000045 017169", "local_media"),
        homes=_MENA,
        hours="own",
        is_syndicated=False,
        caption_share=0.8,
    ),
    Desk(
        provider=_provider("Kuwait News Agency (KUNA)", "000071 011013", "KUN", mark="KUNA"),
        homes=("KW",) * 12 + _ARAB,
        dateline="capitals",
        hours="odd",
        quotes="straight",
        dash=" -- ",
        byline_share=0.12,
        caption_share=0.35,
        is_early=True,
    ),
    Desk(
        provider=_provider("The Peninsula", "000063 011010", "TP", second_credit="QNA"),
        homes=("QA",),
        dateline="city and country",
        hours="office",
        is_early=True,
    ),
    Desk(
        provider=_provider("UkrinForm", "000193 011044", "U"),
        homes=("UA",),
        quotes="straight",
        percent="%",
        utc_offset=2,
    ),
    Desk(
        provider=_provider("Trend News Agency", "000187 011040", "TNA"),
        homes=("AZ", "AZ", "KZ", "UZ", "GE", "TR", "IR"),
        dateline="city, country and date",
        hours="office",
        quotes="straight",
        utc_offset=4,
    ),
    Desk(
        provider=_provider("AzerNews", "000195 011045", "AN"),
        homes=("AZ", "AZ", "TR", "GE"),
        hours="office",
        byline_share=0.5,
        utc_offset=4,
    ),
    Desk(
        provider=_provider("IANS", "000231 011071", "I", mark="IANS"),
        homes=("IN", "IN", "IN", "BD", "LK"),
        dateline="city",
        quotes="straight",
        percent=" per cent",
        utc_offset=5,
    ),
    Desk(
        provider=_provider("Nam News Network", "000206 011052", "NNN", mark="NNN"),
        homes=("MY", "ID", "KE", "NG", "ET", "SD", "LY", "VN"),
        dateline="capitals",
        percent=" per cent",
    ),
    Desk(
        provider=_provider("Daily News Egypt", "000153 011029", "DNE"),
        homes=("EG",),
        hours="office",
        percent="%",
        caption_share=0.7,
        utc_offset=2,
    ),
    Desk(
        provider=_provider("Gulf Times", "000067 011011", "GT"),
        homes=("QA",),
        hours="office",
        percent="%",
        is_early=True,
    ),
    Desk(
        provider=_provider("Khaleej Times", "000049 011007", "KT"),
        homes=("AE",),
        hours="office",
        percent=" per cent",
        caption_share=0.8,
        utc_offset=4,
        is_early=True,
    ),
    Desk(
        provider=_provider("Jordan Times", "000028 011005", "JT"),
        homes=("JO",),
        hours="office",
        percent=" per cent",
        dash=" — ",
        is_early=True,
    ),
    Desk(
        provider=_provider("Kashmir Observer", "000215 011059", "KO"),
        homes=("IN",),
        quotes="straight",
        percent="%",
        utc_offset=5,
    ),
    Desk(
        provider=_provider("Colombo Gazette", "000190 011042", "CG"),
        homes=("LK",),
        quotes="straight",
        utc_offset=5,
    ),
    Desk(
        provider=_provider("The Conversation", "000199 011047", "TC"),
        homes=("GB", "US", "FR", "CA"),
        hours="office",
        percent="%",
        byline_share=0.9,
        caption_share=0.9,
        utc_offset=0,
    ),
    Desk(
        provider=_provider("EIN Presswire", "003118 003196", "EIN"),
        homes=_ISSUERS,
        hours="office",
        percent="%",
        utc_offset=-5,
    ),
    Desk(
        provider=_provider("PR Newswire", "003732 001241", "PN"),
        homes=_ISSUERS,
        hours="office",
        percent="%",
        utc_offset=-5,
    ),
    Desk(
        provider=_provider("GlobeNewsWire - Nasdaq", "004107 003653", "GNW"),
        homes=_ISSUERS,
        hours="office",
        percent="%",
        utc_offset=-5,
    ),
    Desk(
        provider=_provider("EQS Group", "004691 004025", "EQS"),
        homes=("DE", "CH", "DE", "AE"),
        hours="office",
        percent="%",
        utc_offset=1,
    ),
    Desk(
        provider=_provider("ForPressRelease", "003551 003107", "FPR"),
        homes=("IN", "AE", "PK", "SA"),
        quotes="straight",
        percent="%",
        utc_offset=5,
    ),
    Desk(
        provider=_provider("MENAFN", "000045 017169", "local_media", language="ar"),
        homes=_ARAB,
        hours="own",
        is_syndicated=False,
        caption_share=0.7,
    ),
    Desk(
        provider=_provider(
            "وكالة الأنباء الكويتية (كونا)", "000072 011014", "KUA", mark="كونا", language="ar"
        ),
        homes=("KW", "KW", *_GULF),
        dateline="city",
        hours="odd",
        is_syndicated=False,
        caption_share=0.3,
        is_early=True,
    ),
)

DESKS: dict[tuple[str, str], Desk] = {
    (desk.provider.name, desk.provider.language): desk for desk in _DESKS
}


def desk_of(name: str, language: str = "en") -> Desk:
    """Return the desk of a provider that writes in a language.

    Raises:
        KeyError: if there is none.
    """
    return DESKS[name, language]
