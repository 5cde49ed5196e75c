"""What the words beside a name say of its type."""

import re

from tasks.wire.entity import EntityType

_FAR_BEFORE, _FAR_AFTER = 30, 60  # code points looked at; no words before a name take 30
_BODY = (
    r"company|firm|bank|lender|broker|brokerage|maker|producer|developer|trader|retailer|operator|"
    r"airline|carrier|group|party|outlet|newspaper|daily|website|contractor|supplier|rival|"
    r"provider|start-?up|insurer|club|unit|subsidiary|agency|charity|thinktank|think tank|"
    r"pollster|conglomerate|consultancy|publisher|refiner|exporter|utility|shipper|militia|"
    r"movement|fund|watchdog|regulator|union|farmer|miner|chipmaker|automaker|foundation"
)
_APPOSITION = re.compile(
    r"(?:\s\([^)\n]{1,30}\))?,\s(?:a|an|the|its|one of)\s(?:[\w'\u2019.-]+\s){0,4}?"
    rf"(?:{_BODY})\b"
)
_AFTER_OFFICE = re.compile(
    r"\b(?:chief executive|CEO|CFO|chair(?:man|woman)|managing director|head of research|partner|"
    r"analyst|economist|spokes(?:man|woman|person)) (?:of|at|with|for) $"
)
_BEFORE_BODY = re.compile(rf"\b(?:{_BODY})(?:,)?\s$")
_AFTER_BODY = re.compile(
    r"(?:['\u2019]s)?\s(?:coach|captain|striker|midfielder|goalkeeper|defender|CEO|CFO|COO|shares|"
    r"stock|spokesm[ae]n|spokeswoman|chairman|chairwoman|lawmakers|fighters|executives|employees|"
    r"employs|board|subsidiary|shareholders|leader|chief|officials|engineers|customers|plant)\b"
)
_TICKER = re.compile(r"\s\([A-Z][A-Za-z ]{1,12}:\s?[A-Z0-9.]{1,12}[);]")
_AFTER_SHARES = re.compile(r"\b(?:[Ss]hares|[Ss]take|unit|arm|subsidiary|board)\s(?:in|of)\s$")
_BEFORE_PLACE = re.compile(
    r"\b(?:city|town|village|port|province|district|governorate|island|capital|region|state|"
    r"outskirts|north|south|east|west|suburb|coast) of (?:the )?$"
    r"|\b(?:near|outside|towards|north of|south of|east of|west of)\s$"
)
_BEFORE_PERSON = re.compile(
    r"\b(?:counterpart|brother|sister|wife|husband|father|mother|novelist|poet|critic|activist|"
    r"writer|footballer|teammate|businessman|politician|physician|veteran),?\s$"
)
_AFTER_PLACE = re.compile(r"\s(?:province|district|governorate|region|city|town|village|oblast)\b")
_AFTER_PERSON = re.compile(r",\s\d\d,\s|,\swho\s|\s(?:said|told|added|noted|stressed|affirmed)\b")


def type_by_neighbours(text: str, start: int, end: int) -> EntityType | None:
    """The type that the words beside a name give it, where they are clear.

    Args:
        text: the whole text.
        start: where the name starts.
        end: one past its end.

    Returns:
        The type, or `None` where the neighbours do not tell.
    """
    before, after = text[max(0, start - _FAR_BEFORE) : start], text[end : end + _FAR_AFTER]
    lower = before.lower()  # an expression that heeds no case takes five times as long
    if _BEFORE_PERSON.search(before):
        return EntityType.PERSON
    if _TICKER.match(after) or _APPOSITION.match(after) or _AFTER_BODY.match(after):
        return EntityType.ORGANIZATION
    if _BEFORE_BODY.search(lower) or _AFTER_SHARES.search(before) or _AFTER_OFFICE.search(before):
        return EntityType.ORGANIZATION
    if _BEFORE_PLACE.search(lower) or _AFTER_PLACE.match(after):
        return EntityType.PLACE
    return None


def speaks(text: str, end: int) -> bool:
    """Whether what follows a name says that it is a person's."""
    return _AFTER_PERSON.match(text, end) is not None
