"""The story container's text in HTML: credit and dateline, paragraphs, sign-off, token."""

from html import escape

from tests.facsimile.site.sheet import PARAGRAPH_BREAK, Flow, Sheet

_BLANK = "&nbsp;"


def body_html(sheet: Sheet) -> str:
    """The text with everything that the wire sets round it, the token included.

    Where the token stands apart (`Sheet.token_apart`) it is left out; see `token_html`.
    """
    pieces = _with_sign_off(_with_lead([block.html for block in sheet.blocks], sheet), sheet)
    pieces = [part for piece in pieces for part in piece.split(PARAGRAPH_BREAK)]
    if not sheet.token_apart:
        pieces.extend(_tail(sheet))
    return _flowed([piece.strip() for piece in pieces], sheet.flow)


def token_html(sheet: Sheet) -> str:
    """The closing token as an element's content, for layouts that set it apart."""
    return "<br>\n".join(_tail(sheet)) if sheet.token_apart else ""


def lead_html(sheet: Sheet) -> str:
    """Everything that stands between the container's opening and the first word of the story."""
    lead = escape(sheet.credit or "", quote=False)
    lead += sheet.after_credit
    if sheet.second_credit:
        lead += escape(sheet.second_credit) + (" " if sheet.dateline else "<br>")
    if sheet.byline_html:
        lead += sheet.byline_html + "<br>\n"
    return lead + escape(sheet.dateline or "", quote=False)


def _with_lead(blocks: list[str], sheet: Sheet) -> list[str]:
    return [lead_html(sheet) + blocks[0], *blocks[1:]]


def _with_sign_off(blocks: list[str], sheet: Sheet) -> list[str]:
    return [*blocks[:-1], blocks[-1] + (sheet.sign_off_html or "")]


def _tail(sheet: Sheet) -> list[str]:
    if not sheet.tokens:
        return []
    return [*[_BLANK] * (sheet.blank_lines - 1), *sheet.tokens]


def _flowed(pieces: list[str], flow: Flow) -> str:
    kept = [piece for piece in pieces if piece]
    if flow is Flow.BREAKS:
        return "<br><br>\n".join(kept)
    if flow is Flow.NESTED:
        inner = "\n".join(f'<div dir="auto"><span>{piece}</span></div>' for piece in kept)
        return f'<div class="story-copy"><div>{inner}</div></div>'
    return "\n".join(f"<p>{piece}</p>" for piece in kept)
