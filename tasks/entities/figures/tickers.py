# ruff: noqa: RUF001 - quotation marks stand here as copy prints them
"""Tickers of shares: `(ADX: HLME)`, `(NYSE: ABC and TSX: DEF)`, `$TSLA`, `2222.SE`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tasks.entities.figures.numbers import choice
from tasks.entities.figures.patterns import WORDS, Figure, FigureKind
from tasks.entities.tokenizer import Span

_EXCHANGE = choice(WORDS["tickers"]["exchanges"].replace("\n", "").split("|"))
_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{3,120})[)\]]")
_LISTING = re.compile(
    rf"(?<![\w&])(?P<exchanges>(?i:{_EXCHANGE})(?:(?:\s?[/,&]\s?|\sand\s)(?i:{_EXCHANGE}))*)\s?:\s?"
    r"\$?(?P<symbol>(?=\d{3}|[\d.-]*[A-Z])[A-Z0-9](?:[A-Z0-9.&-]{0,12}[A-Z0-9])?)(?![\w%]|[.,]\d)"
)
_ONE_EXCHANGE = re.compile(rf"(?i:{_EXCHANGE})")
_CASHTAG = re.compile(r"\$(?<![\w$]\$)([A-Z]{1,5})\b(?![\w$])")
_RIC_EXCHANGES = WORDS["tickers"]["rics"]
_RIC_END = re.compile(rf"\.({'|'.join(_RIC_EXCHANGES)})\b")
_RIC = re.compile(rf"(?<![\w.@/-])([A-Z0-9]{{1,8}}){_RIC_END.pattern}(?![\w/-]|\.\w)")
# The same letters end the addresses of sites: a code of letters is one in brackets, or before
# what shares do.
_MOVES = re.compile(
    r"\s(?:rose|fell|gained|lost|up|down|shares?|stock|closed|jumped|dropped|slipped|climbed|edged|"
    r"surged|added|shed|traded|ended|advanced|declined|rallied|tumbled|was|rises|falls|gains)\b"
)
_SITE = re.compile(
    r"\b(?:visit|visits|visiting|at|on|via|see|website|site|www|online|log)\W{1,3}$", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(<\[]$")
_CLOSING = re.compile(r"[)\]>]")
_MAX_GAP = 30  # code points between a company and its ticker: quotes, a legal form

_NEAR = re.compile(
    r"[\s,“”\"'’)]*(?:\((?:the )?[“\"][^()\n]{1,20}[”\"]\)\s?)?"
    r"(?:(?:[A-Z][A-Za-z]{0,4}|Company|Group|Holdings?|Limited|shares?|stock)\.?[\s,)]*){0,3}"
)


@lru_cache(maxsize=8)
def find_tickers(text: str) -> tuple[Figure, ...]:
    """The tickers of a text; of several exchanges before one symbol, one for each."""
    return tuple(_tickers(text))


def _tickers(text: str) -> Iterator[Figure]:
    kind = FigureKind.TICKER
    for bracket in _BRACKET.finditer(text) if ":" in text else ():
        for match in _LISTING.finditer(text, bracket.start(1), bracket.end(1)):
            exchanges = [*_ONE_EXCHANGE.finditer(text, *match.span("exchanges"))]
            for one in exchanges:
                end = match.end() if one is exchanges[-1] else one.end()
                yield Figure(one.start(), end, kind, exchange=one[0], symbol=match["symbol"])
    for match in _CASHTAG.finditer(text) if "$" in text else ():
        yield Figure(match.start(), match.end(), kind, symbol=match[1])
    for match in _RIC.finditer(text) if _RIC_END.search(text) else ():
        is_sure = match[1].isdigit() or _BRACKETED.search(
            text, max(0, match.start() - 1), match.start()
        )
        is_site = _SITE.search(text, max(0, match.start() - 12), match.start())
        if (is_sure or _MOVES.match(text, match.end())) and not is_site:
            exchange = _RIC_EXCHANGES[match[2]]
            yield Figure(match.start(), match.end(), kind, exchange=exchange, symbol=match[1])


def drop_exchanges(text: str, spans: Sequence[Span]) -> list[Span]:
    """The names of a text without the exchanges of its tickers, which it does not write about."""
    tickers = [(one.start_char, one.end_char) for one in find_tickers(text)]
    if not tickers:
        return list(spans)
    return [
        span for span in spans
        if not any(start <= span.start and span.end <= end for start, end in tickers)
    ]  # fmt: skip


def find_company(
    text: str, start: int, organisations: Iterable[tuple[int, int, str]]
) -> str | None:
    """The id of the organisation right before a ticker, of those given by start, end and id."""
    before = [one for one in organisations if one[1] <= start]
    if not before:
        return None
    _, end, entity_id = max(before, key=lambda one: one[1])
    bracket = max(text.rfind(opening, end, start) for opening in "([<")
    if bracket >= 0 and _CLOSING.search(text, bracket, start):
        return None
    gap = text[end : bracket if bracket >= 0 else start]
    return entity_id if len(gap) <= _MAX_GAP and _NEAR.fullmatch(gap) else None
