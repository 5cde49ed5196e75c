# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Whether a date in a text lies before or after the day of publication, by what stands around it."""

import re
from enum import IntEnum

_MAX_CLAUSE = 200  # code points before a date in which its verb stands
_MAX_AFTER = 100


class Direction(IntEnum):
    """Where a date lies, from what the text says of it."""

    LAST = -4  # before the day itself
    SINCE = -3  # not after it
    PAST = -2  # a past tense
    SAID = -1  # a verb of saying, which dates itself but nothing else
    OPEN = 0
    FUTURE = 1
    NEXT = 2  # after the day itself


_BEFORE = re.compile(
    r"\b(?:(?P<next>next|coming|upcoming)|(?P<last>last|past|previous)|(?P<since>since)"
    r"|(?P<until>until|till|by|from|starting|beginning|effective)"
    r"|(?P<due>due|deadline|ahead of|scheduled for|slated for|planned for|set for|expires?|valid until))"
    r"(?:\s(?:on|in|by|at|of|the|early|late|mid|end|middle|beginning|start|from|next|this))*[\s-]$",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:ran|lasted|waited|remained|stayed|continued|lay|was|were|had|went|dates?|dated|changed|"
    r"different|rose|fell|up|down|grew|\w{2,}ed)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_CHAIN = r"(?:\s(?:to|be|also|not|now|then|again|officially|formally|soon|only|all|still|have|being))*"
_VERBS = (
    "attend|meet|open|hold|host|begin|start|visit|vote|travel|launch|sign|resume|take|face|play|announce|"
    "discuss|close|end|arrive|leave|address|return|chair|deliver|decide|release|report|publish|"
    "expire|stay|continue|kick|run|get|go|come|receive|pay|submit|reopen|inaugurate|unveil|"
    "conclude|convene|perform|compete|fly|depart|sail|join|reach|rise|fall|move|present|issue|"
    "be|tour|stage|mark|celebrate|review|consider|elect|switch|introduce|raise|cut|set|hear|rule"
)
_CUES = re.compile(
    rf"\b(?P<future>(?:will|shall|won['’]t|would|going to|to be|(?:is|are) to|set to|due(?: to)?|scheduled|"
    rf"slated|expect(?:s|ed)?|plan(?:s|ned)?|planning|intends?|hopes?|seeks?|aims?|may|must|can|should|upcoming|forthcoming|"
    rf"to (?={_VERBS}))\b{_CHAIN}(?:\s[a-z]+)?"
    rf"|(?:begins?|starts?|opens|kicks off|takes? place|closes|ends|resumes?|goes into|takes effect|"
    rf"comes into|expires?|(?:stays?|remains?)(?:\s[a-z]+)?|runs|ahead of|deadline|invit(?:es|ed|ing)|departs|arrives|"
    rf"airs|premieres|forecast)\b)"
    rf"|\b(?P<said>said|says|told|announced|stated|added|reported|confirmed|according|noted|declared|warned)\b"
    rf"|\b(?P<past>was|were|had|has|have|did|went|came|met|held|won|lost|rose|fell|took|began|saw|led|"
    rf"left|made|got|gave|found|sent|hit|ran|beat|struck|drew|flew|drove|wrote|spoke|became|broke|sank|"
    rf"grew|sold|paid|bought|shot|fought|built|shook|bore|stood|kept|put|set|cut|shut|up|down|after|"
    rf"following|(?!need|indeed|speed|exceed|proceed|succeed|feed|seed|hundred)[a-z]{{2,}}ed)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;]['”\"]?\s+(?=[A-Z“\"‘(])|\n")
_ARABIC_SENTENCE_END = re.compile(r"[.؟!؛]\s|\n")
_ARABIC_CUES = re.compile(
    r"(?<!\w)[وف]?(?:(?P<future>سوف|المقرر|المزمع|المتوقع|المنتظر|المرتقب|المرجح|مقرر|مرتقب|اعتبار[اًا]*|ابتداء[اً]*|بدء[اً]*|"
    r"(?:ت|ي)(?:بدأ|نطلق|قام|قيم|نظم|ستمر|نتهي|لتقي|صل|بحث|تواصل|ختتم|فتتح|واجه|ستضيف|عقد)"
    r"|(?!سيار|سياس|سياد|سيد|سيط|سينا|سينم|ستة|ستون|ستين|ستاد|ستار|ستاند|سيول|سيرة|سيرا|سياح|سيناريو|سيف|"
    r"سيل|سيب|سيم|سنة|سنو|سنت|سند|سنغ|سنا|سأل|ستوك|ستيف|ستاي|سيتي|سيون|سيسي)س[يتنأ]\w{3,})"
    r"|(?P<said>قال\w?|أعلن\w*|أكد\w*|ذكر\w*|صرح\w*|أفاد\w*|أضاف\w*|أوضح\w*|أشار\w*|بحسب|وفق\w*)"
    r"|(?P<past>كان\w?|بلغ\w?|ارتفع\w?|انخفض\w?|تراجع\w?|وقع\w?|التقى|التقت|عقد\w?|شهد\w?|وصل\w?|زار\w?|عاد\w?|استقبل\w?|"
    r"بحث|بدأ\w?|انطلق\w?|اختتم\w?|افتتح\w?|سجل\w?|قتل\w?|أصيب\w?|توفي\w?|فاز\w?|خسر\w?|أغلق\w?|تم|تمت|جرى|جرت|قرر\w?|صدر\w?|نشر\w?|أطلق\w?|شارك\w?))(?!\w)"
)
_ARABIC_UNTIL = re.compile(r"(?<!\w)(?:(?P<until>حتى|قبل|لغاية|اعتبارا\sمن|اعتباراً\sمن|ابتداء\sمن|ابتداءً\sمن|بدءا\sمن|بدءاً\sمن|موعد\w*|بحلول)|(?P<since>منذ))\s(?:يوم\s|شهر\s|عام\s|نهاية\s|مساء\s|صباح\s)*$")


def english_direction(text: str, start: int, end: int) -> Direction:
    """Where the date at a place of an English text lies."""
    opening = max(0, start - _MAX_CLAUSE)
    clause = _SENTENCE_END.split(text[opening:start])[-1]
    before = _BEFORE.search(clause)
    if before:
        if before["next"]:
            return Direction.NEXT
        if before["last"]:
            return Direction.LAST
        if before["since"]:
            return Direction.SINCE
        if before["due"] or not _GONE.search(clause, 0, before.start()):
            return Direction.FUTURE
        if before["until"].lower() == "until" and re.search(r"\b(?:was|were)\s\w+\s$", clause[: before.start()]):
            return Direction.FUTURE
    return _nearest_cue(_CUES, clause, _SENTENCE_END.split(text[end : end + _MAX_AFTER])[0])


def arabic_direction(text: str, start: int, end: int) -> Direction:
    """Where the date at a place of an Arabic text lies."""
    clause = _ARABIC_SENTENCE_END.split(text[max(0, start - _MAX_CLAUSE) : start])[-1]
    before = _ARABIC_UNTIL.search(clause)
    if before:
        return Direction.SINCE if before["since"] else Direction.FUTURE
    after = _ARABIC_SENTENCE_END.split(text[end : end + _MAX_AFTER])[0]
    return _nearest_cue(_ARABIC_CUES, clause, after)


def _nearest_cue(cues: re.Pattern[str], clause: str, after: str) -> Direction:
    """By the last verb before a date, or else by the first one behind it."""
    cue = None
    for cue in cues.finditer(clause):
        pass
    cue = cue or cues.search(after)
    if cue is None:
        return Direction.OPEN
    if cue["future"]:
        return Direction.FUTURE
    return Direction.SAID if cue["said"] else Direction.PAST
