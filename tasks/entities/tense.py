# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Whether a date lies before or after the day of publication, by what stands around it."""

import re
from enum import IntEnum

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
    PRESENT = 1  # a headline's present, which tells of what was and of what is to come
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
_TRIGGERS = word_set(
    "next coming upcoming last past previous since until till by before starting beginning "
    "effective due deadline of for expire expires is are falls week week,"
)  # words without which that does not match
_LASTED = re.compile(
    r"\b(?:ran|lasted|waited|stayed|remained|continued|went|lay|open)\b[^.;]{0,40}$"
)
_WORD = re.compile(r"[a-z]+(?:['’]t|['’]ll)?")
_FUTURE = word_set(
    "will shall would won't won’t due scheduled slated expect expects expected plan plans "
    "planned planning intends hopes seeks aims may must can should upcoming forthcoming begin "
    "start resume expire stay remain deadline invites invited likely possible play face waiting "
    "await awaits awaiting futures delivery forecast he'll she'll it'll they'll"
)
# What a text says so of a day is to come; few of these are nouns too.
_PRESENT = word_set(
    "begins starts opens reopens closes ends resumes expires stays remains runs departs arrives "
    "leaves travels flies returns plays faces airs premieres meets convenes attends decides "
    "concludes inaugurates unveils publishes elects joins receives delivers competes performs "
    "celebrates speaks debuts debates gathers sits sails chairs addresses hosts visits"
)
_FUTURE_PAIRS = frozenset(
    (
        "take place",
        "takes place",
        "takes effect",
        "take effect",
        "kicks off",
        "kick off",
        "goes into",
        "go into",
        "comes into",
        "come into",
        "ahead of",
        "set to",
        "is to",
        "are to",
        "were to",
        "going to",
    )
)
_TO_VERBS = word_set(
    "attend meet open hold host begin start visit vote travel launch sign resume take face "
    "play announce discuss close end arrive leave address return chair deliver decide release "
    "report publish expire stay continue kick run get go come receive pay submit reopen "
    "inaugurate unveil conclude convene perform compete fly depart sail join reach rise fall "
    "move present issue be tour stage mark celebrate review consider elect switch introduce "
    "raise cut set hear rule consist appear last extend speak give make begin sell buy pay"
)
_MODALS = word_set(
    "will shall would may must can should to stay stays remain remains won't won’t could might"
)
_BETWEEN_VERBS = word_set(
    "be been also not now then again officially formally soon only all still have being next"
)
_SAID = word_set(
    "said says told announced stated added reported confirmed according noted declared warned"
)
_PAST = word_set(
    "was were had has have did went came met held won lost rose fell took began saw led left "
    "made got gave found sent hit ran beat struck drew flew drove wrote spoke became broke "
    "sank grew sold paid bought shot fought built shook bore stood kept put set cut shut "
    "after following spent felt caught brought taught thought hosted dealt hung laid swept "
    "swam hurt slid spread rode sang threw withdrew overtook underwent died used tied owed "
    "sat woke swore sought slept stuck swung tore wore chose ate froze hid knew rang stole bent "
    "dug fed fled lent meant overcame overthrew sped spun upheld withheld wept understood forbade "
)
_NOT_PAST = word_set("need indeed speed exceed proceed succeed feed seed hundred breed agreed-upon")
# Before what ends in "s", they show that it is a noun.
_BEFORE_NOUN = word_set("the its his her their these those of two three both all state official")
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
        _last_tense(own)
        or _first_tense(_SENTENCE_END.split(text[end : end + _MAX_AFTER])[0])
        or _last_tense(clause)
        or Direction.OPEN
    )
    is_headline = _ENDS_PROSE.search(text[-4:]) is None and "\n" not in text
    return Direction.FUTURE if found is Direction.PRESENT and not is_headline else found


def _first_tense(after: str) -> Direction | None:
    """What the first verb behind a date tells."""
    words = _words(after)
    cues = (_tense(words, index) for index in range(len(words)))
    return next((cue for cue in cues if cue is not None), None)


def _said_before(clause: str) -> Direction | None:
    """What the words right before a date say, at the end of their clause."""
    phrase = clause[-_MAX_PHRASE:].replace("-", " ").lower().split()
    if _TRIGGERS.isdisjoint(phrase):
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
    is_over = before["until"] and _last_tense(earlier) is Direction.PAST
    return None if is_over else Direction.FUTURE


def _words(clause: str) -> list[str]:
    return _WORD.findall(clause.replace("May", "").lower())


def _last_tense(clause: str) -> Direction | None:
    """What the last verb of a clause tells."""
    words = _words(clause)
    cues = (_tense(words, index) for index in range(len(words) - 1, -1, -1))
    return next((cue for cue in cues if cue is not None), None)


def _tense(words: list[str], index: int) -> Direction | None:
    """What a word tells of the time of its clause."""
    word = words[index]
    last = words[index - 1] if index else ""
    if word in _PRESENT and last not in _BEFORE_NOUN:
        return Direction.PRESENT
    if word in _FUTURE or f"{last} {word}" in _FUTURE_PAIRS or (last == "to" and word in _TO_VERBS):
        return Direction.FUTURE
    is_said = word in _SAID
    is_past = word in _PAST or (
        word.endswith("ed") and len(word) >= _MIN_PAST and word not in _NOT_PAST
    )
    if not (is_said or is_past):
        return None
    index -= 1
    while index >= 0 and words[index] in _BETWEEN_VERBS:
        index -= 1
    if index >= 0 and words[index] in _MODALS:  # "will be held"
        return Direction.FUTURE
    if index >= 0 and words[index] in ("is", "are"):  # "is closed"
        return None
    return Direction.SAID if is_said else Direction.PAST


def arabic_direction(text: str, start: int, end: int) -> Direction:
    """Where the date at a place of an Arabic text lies."""
    clause = _ARABIC_SENTENCE_END.split(text[max(0, start - _MAX_CLAUSE) : start])[-1]
    before = _ARABIC_UNTIL.search(clause, max(0, len(clause) - _MAX_PHRASE))
    if before:
        return Direction.SINCE if before["since"] else Direction.FUTURE
    after = _ARABIC_SENTENCE_END.split(text[end : end + _MAX_AFTER])[0]
    return _nearest_cue(_ARABIC_CUES, clause, after)


def _nearest_cue(cues: re.Pattern[str], clause: str, after: str) -> Direction:
    """By the last verb before a date, or else by the first one behind it."""
    cue = None
    for start in (max(0, len(clause) - _NEAR), 0):
        cue = next(reversed([*cues.finditer(clause, start)]), None)
        if cue or not start:
            break
    cue = cue or cues.search(after)
    if cue is None:
        return Direction.OPEN
    if cue["future"]:
        return Direction.FUTURE
    return Direction.SAID if cue["said"] else Direction.PAST
