# ruff: noqa: RUF001 - the marks of copy stand here as it prints them
"""Whether a code or a name of money that is also something else is money where it stands.

`ID`, `RM` and `SR` number cards, rooms and roads too; pounds are weights; `real` and `won` are
words; and the Euro is a tournament.
"""

import re
from collections.abc import Sequence

from tasks.entities.figures.currencies import (
    COUNTRIES,
    LABEL_CODES,
    SHOUTED_CODES,
    WORD_CODES,
    Unit,
)
from tasks.entities.figures.patterns import WORDS
from tasks.entities.figures.terms import Term

_MAX_CONTEXT = 60  # code points on either side in which a word shows that money is meant
_NEXT = 8  # code points around a sum that show whether all is in capitals
_MONEY_WORD = re.compile(rf"\b(?:{'|'.join(WORDS['words']['money_stems'].split())})", re.IGNORECASE)
_LABEL = re.compile(rf"\b(?:{'|'.join(WORDS['words']['labels'].split())})\W{{1,3}}$", re.IGNORECASE)
_WEIGHT_BEFORE = re.compile(
    r"\b(?:weigh\w*|weight|lost|losing|shed|gained|heavy|lifted|carr(?:y|ied|ies|ying)|seized|"
    r"harvest\w*|caught|thrust|pressure|payload|explosives?)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_WEIGHT_AFTER = re.compile(
    r"\s(?:of\s(?!(?:aid|fund|debt|invest|taxpayer|cash|asset|loan|saving|support|revenue|public|"
    r"money|damage|compens|tax|new|spend|trade|credit|fresh|annual|share|goods|state|extra))|"
    r"per square|heavier|lighter|in weight)"
)
# What may follow a name of money that is also a word: "12 real estate firms", "15 won medals".
_ENDS_SUM = re.compile(
    r"\s*(?:$|[.,;:)!?\n\"”’'(/–—-]|\s(?:to|from|in|on|of|for|and|but|or|at|as|by|with|that|which|is|"
    r"was|were|are|had|has|have|will|would|per|a (?:day|week|month|year|head|tonne|kilo|ton|share)|"
    r"each|more|less|worth|after|before|since|last|this|while|when|over|during|into|against|"
    r"compared|than|due|between|could|should|may|can|if|because|so|up|down|every|annually|monthly|"
    r"goes|went|sterling)\b)"
)
_ENDS_VERB = re.compile(r"\s(?:the|a|an|his|her|their|its|by|all|gold|silver)\b")  # behind "won"
_EURO_NAME = re.compile(
    r"[ -](?:zone|area|bloc|championship|finals?|tournament|qualif\w*|cup|[A-Z])"
)
_EURO_YEAR = re.compile(r"(?:19|20)\d\d")


def is_code_of_money(text: str, term: Term, currency: str, countries: Sequence[str]) -> bool:
    """Whether a code that may also be a word, or number a room or a road, is money here."""
    code = term.code
    is_word = code in WORD_CODES
    if not is_word and code not in LABEL_CODES:
        return True
    if any(one.magnitude > 1 for one in term.numerals) and code not in SHOUTED_CODES:
        around = text[max(0, term.start - _NEXT) : term.end + _NEXT]
        return not is_word or not around.isupper()
    before = text[max(0, term.start - _MAX_CONTEXT) : term.start]
    if _LABEL.search(before) and term.is_led:
        return False
    if set(COUNTRIES.get(currency, ())) & set(countries):
        return True
    around = before + text[term.end : term.end + _MAX_CONTEXT]
    return (not is_word or term.is_large) and bool(_MONEY_WORD.search(around))


def is_name_of_money(text: str, term: Term, unit: Unit, countries: Sequence[str]) -> bool:
    """Whether a name of money that may also be a word, a weight or a cup is money here."""
    printed = text[term.numerals[-1].end : term.end]
    if unit.name == "euro":
        is_year = _EURO_YEAR.fullmatch(term.numerals[-1].digits)
        is_cup = printed.endswith("Euro") and (is_year or not _ENDS_SUM.match(text, term.end))
        return not (is_cup or _EURO_NAME.match(text, term.end))
    if not unit.is_doubtful:
        return not printed.endswith("Cent")  # the rapper
    is_shown = term.is_large or any(one in unit.by_country for one in countries)
    if unit.name == "pound":
        before = text[max(0, term.start - _MAX_CONTEXT) : term.start]
        around = before + text[term.end : term.end + _MAX_CONTEXT]
        is_weight = printed.startswith("-") or _WEIGHT_BEFORE.search(before)
        is_shown = is_shown or bool(_MONEY_WORD.search(around))
        return is_shown and not (is_weight or _WEIGHT_AFTER.match(text, term.end))
    ends_sum = _ENDS_SUM.match(text, term.end) and not _ENDS_VERB.match(text, term.end)
    return is_shown and bool(ends_sum)
