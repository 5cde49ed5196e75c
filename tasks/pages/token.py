"""The closing token: who filed which story on which day, on a line below the text.

`MENAFN` + DDMMYYYY + six digits of the provider + six of the account that filed it + `ID` + the
story id: 38 characters. So it stood on all twelve tokens known of 2023 to 2025; pages of 2015 to
2017 have none.
"""

import re
from dataclasses import dataclass
from datetime import date

_TOKEN = re.compile(r"MENAFN(\d{2})(\d{2})(\d{4})(\d{6})(\d{6})ID(1\d{9})(?!\d)")
# A token that lost or gained characters on its way is still no sentence.
_REMNANT = re.compile(r"MENAFN\d{8,}(?:ID\d*)?|(?<!\w)\d{12,}ID1\d{9}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One closing token, taken apart."""

    text: str
    # The day on the site's clock on which it was filed, `None` for a day of no calendar.
    day: date | None
    provider_code: str  # six digits, one number per provider
    account_code: str  # six digits, one number per feed or, for own news, per writer
    article_id: int


def find_tokens(text: str) -> tuple[Token, ...]:
    """The distinct closing tokens of a text, in order; a doubled one counts once."""
    tokens = {}
    for match in _TOKEN.finditer(text):
        day, month, year, provider, account, story = match.groups()
        try:
            filed_on = date(int(year), int(month), int(day))
        except ValueError:
            filed_on = None
        tokens[match[0]] = Token(
            text=match[0],
            day=filed_on,
            provider_code=provider,
            account_code=account,
            article_id=int(story),
        )
    return tuple(tokens.values())


def token_index(text: str) -> int | None:
    """Where in a text the first token stands, whole or damaged; `None` where there is none."""
    match = _REMNANT.search(text) if "MENAFN" in text or "ID1" in text else None
    return match.start() if match else None


def strip_tokens(text: str) -> str:
    """The text without closing tokens, whole or damaged."""
    if "MENAFN" not in text and "ID1" not in text:
        return text
    rest = _REMNANT.sub("", text)
    # What stood before and behind a token may be the halves of another one.
    return _REMNANT.sub(" ", text) if _REMNANT.search(rest) else rest
