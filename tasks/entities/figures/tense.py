# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Whether a date lies before or after the day of publication, by what stands around it."""

import re
from enum import IntEnum

from tasks.entities.figures.patterns import WORDS
from tasks.entities.tokenizer import word_set

_MAX_CLAUSE = 160  # code points before a date in which its verb stands
_MAX_AFTER = 100
_MAX_PHRASE = 40  # in which a preposition stands
_NEAR = 70  # in which the verb stands most often


class Direction(IntEnum):
    """Where a date lies, from what the text says of it."""

    LAST = -4  # before the day itself
    SINCE = -3  # not after it
    PAST = -2  # a past tense
    SAID = -1  # a verb of saying, which dates itself but nothing else
    OPEN = 0
    PRESENT = 1  # a headline's present, for what was and for what is to come
    FUTURE = 2
    NEXT = 3  # after the day itself


_BEFORE = re.compile(
    r"\b(?:(?P<next>(?:next|coming|upcoming)(?: week,?)?)"
    r"|(?P<last>(?:last|past|previous)(?: week,?)?)|(?P<since>since)"
    r"|(?P<until>until|till|by|before|starting|beginning|effective)"
    r"|(?P<due>due|deadline|ahead of|scheduled for|slated for|planned for|set for|expires?|"
    r"valid until|is|are|falls))"
    r"(?:\s(?:on|in|by|at|of|the|early|late|mid|end|middle|beginning|start|from|next|this))*[\s-]$",
    re.IGNORECASE,
)
_VERBS = {name: word_set(words) for name, words in WORDS["tense"].items() if name != "future_pairs"}
_FUTURE_PAIRS = frozenset(WORDS["tense"]["future_pairs"].split("|"))
# No other word has a tense, but for those in "ed".
_CUES = frozenset().union(*_VERBS.values(), (pair.split()[1] for pair in _FUTURE_PAIRS))
_LASTED = re.compile(
    r"\b(?:ran|lasted|waited|stayed|remained|continued|went|lay|open)\b[^.;]{0,40}$"
)
_WORD = re.compile(r"[a-z]+(?:['’]t|['’]ll)?")
_MIN_PAST = 5  # letters of a regular past tense
_SENTENCE_END = re.compile(r"[.!?;]['”\"]?\s+(?=[A-Z“\"‘(])|\n")
_ENDS_PROSE = re.compile(r"[.!?…]\W*$")
_SUBORDINATE = re.compile(r"\bthat\s|,\s(?:which|who|but|while|where|saying)\s|;\s|:\s")
_ARABIC_SENTENCE_END = re.compile(r"[.؟!؛]\s|\n")
_ARABIC_CUES = re.compile(
    r"(?<!\w)[وف]?(?:(?P<future>سوف|تقرر|قررت?|تعليق|تأجيل|يعتزم|تعتزم|المقرر|المزمع|المتوقع|المنتظر|المرتقب|المرجح|مقرر|مرتقب|اعتبار[اًا]*|ابتداء[اً]*|بدء[اً]*|"
    r"(?:ت|ي)(?:بدأ|نطلق|قام|قيم|نظم|ستمر|نتهي|لتقي|صل|بحث|تواصل|ختتم|فتتح|واجه|ستضيف|عقد)"
    r"|(?!سيار|سياس|سياد|سيد|سيط|سينا|سينم|ستة|ستون|ستين|ستاد|ستار|ستاند|سيول|سيرة|سيرا|سياح|سيناريو|سيف|"
    r"سيبير|سيلان|سيمنز|سيلف|سنة|سنو|سنت|سند|سنغ|سنا|سأل|ستوك|ستيف|ستاي|سيتي|سيون|سيسي)س[يتنأ]\w{3,})"
    r"|(?P<said>قال\w?|أعلن\w*|أكد\w*|ذكر\w*|صرح\w*|أفاد\w*|أضاف\w*|أوضح\w*|أشار\w*|بحسب|وفق\w*)"
    r"|(?P<past>كان\w?|بلغ\w?|ارتفع\w?|انخفض\w?|تراجع\w?|وقع\w?|التقى|التقت|عقد\w?|شهد\w?|وصل\w?|زار\w?|عاد\w?|استقبل\w?|"
    r"بحث|بدأ\w?|انطلق\w?|اختتم\w?|افتتح\w?|سجل\w?|قتل\w?|أصيب\w?|توفي\w?|فاز\w?|خسر\w?|أغلق\w?|تم|تمت|جرى|جرت|صدر\w?|نشر\w?|أطلق\w?|شارك\w?))(?!\w)"
)
_ARABIC_UNTIL = re.compile(
    r"(?<!\w)(?:(?P<until>حتى|قبل|لغاية|اعتبارا\sمن|اعتباراً\sمن|ابتداء\sمن|ابتداءً\sمن|بدءا\sمن|بدءاً\sمن|موعد\w*|بحلول)|(?P<since>منذ))\s(?:يوم\s|شهر\s|عام\s|نهاية\s|مساء\s|صباح\s)*$"
)


def english_direction(text: str, start: int, end: int) -> Direction:
    """Where the date at a place of an English text lies."""
    opening = max(0, start - _MAX_CLAUSE)
    clause = _SENTENCE_END.split(text[opening:start])[-1]
    if said := _said_before(clause):
        return said
    # "saying that calls in July had led to arrests": the verb of its own clause, which may follow.
    *_, own = _SUBORDINATE.split(clause)
    found = (
        _find_tense(own, -1)
        or _find_tense(_SENTENCE_END.split(text[end : end + _MAX_AFTER])[0], 1)
        or _find_tense(clause, -1)
        or Direction.OPEN
    )
    is_headline = _ENDS_PROSE.search(text[-4:]) is None and "\n" not in text
    return Direction.FUTURE if found is Direction.PRESENT and not is_headline else found


def _find_tense(clause: str, step: int) -> Direction | None:
    """What the first verb of a clause tells, or the last one (a step of -1)."""
    words = _WORD.findall(clause.replace("May", "").lower())
    cues = (
        _tense(words, index)
        for index in range(len(words))[::step]
        if words[index] in _CUES or words[index].endswith("ed")
    )
    return next((cue for cue in cues if cue is not None), None)


def _said_before(clause: str) -> Direction | None:
    """What the words right before a date say, at the end of their clause."""
    phrase = clause[-_MAX_PHRASE:].replace("-", " ").lower().split()
    if _VERBS["triggers"].isdisjoint(phrase):
        return None
    before = _BEFORE.search(clause, max(0, len(clause) - _MAX_PHRASE))
    if before is None:
        return None
    directions = {"next": Direction.NEXT, "last": Direction.LAST, "since": Direction.SINCE}
    if before.lastgroup in directions:
        return directions[before.lastgroup]
    earlier = clause[: before.start()]
    if before["until"] and before["until"].lower() in ("until", "till"):
        return Direction.PAST if _LASTED.search(earlier) else Direction.FUTURE
    is_over = before["until"] and _find_tense(earlier, -1) is Direction.PAST
    return None if is_over else Direction.FUTURE


def _tense(words: list[str], index: int) -> Direction | None:
    """The tense that a word gives its clause."""
    word = words[index]
    last = words[index - 1] if index else ""
    if word in _VERBS["present"] and last not in _VERBS["before_noun"]:
        return Direction.PRESENT
    if (
        word in _VERBS["future"]
        or f"{last} {word}" in _FUTURE_PAIRS
        or (last == "to" and word in _VERBS["to"])
    ):
        return Direction.FUTURE
    is_said = word in _VERBS["said"]
    is_past = word in _VERBS["past"] or (
        word.endswith("ed") and len(word) >= _MIN_PAST and word not in _VERBS["not_past"]
    )
    if not (is_said or is_past):
        return None
    index -= 1
    while index >= 0 and words[index] in _VERBS["between"]:
        index -= 1
    if index >= 0 and words[index] in _VERBS["modals"]:  # "will be held"
        return Direction.FUTURE
    if index >= 0 and words[index] in ("is", "are"):  # "is closed", whatever was before
        return Direction.OPEN
    return Direction.SAID if is_said else Direction.PAST


def arabic_direction(text: str, start: int, end: int) -> Direction:
    """Where the date at a place of an Arabic text lies."""
    clause = _ARABIC_SENTENCE_END.split(text[max(0, start - _MAX_CLAUSE) : start])[-1]
    before = _ARABIC_UNTIL.search(clause, max(0, len(clause) - _MAX_PHRASE))
    if before:
        return Direction.SINCE if before["since"] else Direction.FUTURE
    # The last verb before a date, the near ones first, or else the first one behind it.
    after = _ARABIC_SENTENCE_END.split(text[end : end + _MAX_AFTER])[0]
    cues = [*_ARABIC_CUES.finditer(clause, max(0, len(clause) - _NEAR))]
    cues = cues or [*_ARABIC_CUES.finditer(clause)]
    cue = cues[-1] if cues else _ARABIC_CUES.search(after)
    if cue is None:
        return Direction.OPEN
    directions = {"future": Direction.FUTURE, "said": Direction.SAID, "past": Direction.PAST}
    return directions[cue.lastgroup or "past"]
