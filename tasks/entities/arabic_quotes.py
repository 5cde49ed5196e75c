"""The speaker of a quotation in Arabic: the subject of a verb of speech, as printed.

Names in Arabic are not recognised, so that the speaker is the whole subject, office and name, from
the verb to the conjunction that opens what is said.
"""

import re

_MAX_CLAUSE = 200  # code points from the conjunction to words that are quoted in its sentence
_WORDS = range(2, 13)  # of a subject
# Vowel marks apart, verbs of speech in the past, of a man or a woman, with the conjunctions before.
_VERB = (
    r"(?:و|ف)?(?:قال|أضاف|اضاف|أكد|اكد|أوضح|اوضح|ذكر|صرح|رأى|اعتبر|شدد|أشار|اشار|لفت|أعلن|اعلن|"
    r"تابع|نوه|كشف|حذر|توقع|كتب|أفاد|افاد|بين|علق|رأ|ختم|استطرد|رد|زعم|أقر)(?:ت)?"
)
_THAT = (
    r"(?:(?:على|إلى|الى|من|عن)\s+)?"
    "(?:[إأ\u0627]|ب[أ\u0627])ن(?:\u0647(?:م|\u0627)?|نا|ني)?\\b"
)
_BEFORE = re.compile(
    rf"(?:^|[،,]\s)\s*{_VERB}\s(?P<who>[^،,:؛;.()]+?)"
    rf"(?:\s+{_THAT}(?P<rest>[^؛;:]*)|(?:\s(?:قائلا|قائلة))?\s*:\s*)$"
)
_BEHIND = re.compile(
    rf"\s*[،,]?\s*(?:(?:{_VERB})\s|(?:بحسب|حسب|وفق|على حد قول|على حد تعبير|كما (?:قال|ذكر)ت?)\s|"
    r"(?:وفقا|طبقا)ً?\s(?:ل(?!ل)|لل))(?P<who>[^،,:؛;.()«\"“]+)"
)
# The circumstances of what is said end its subject.
_CIRCUMSTANCE = re.compile(
    r"\s(?:عقب|بعد|قبل|خلال|أثناء|اثناء|أمس|امس|اليوم|يوم|عبر|إثر|اثر|ردا|مساء|صباح|"
    r"على هامش|أمام|ل(?:لصحفيين|لصحافيين|لصحافة|لإعلاميين|وكالة|صحيفة|قناة)|"
    r"في (?:تصريح|بيان|مؤتمر|كلمة|مقابلة|حديث|تغريدة|منشور|ختام|افتتاح|حوار|رسالة|ندوة|جلسة|"
    r"اجتماع|لقاء)\w*)(?:\s|$)"
)
_NOBODY = re.compile(
    r"(?:[إأا]ن|ب?[أا]ن|ل[هيكن]\S{0,2}|في|من|على|إلى|عن|هذا|هذه|ذلك|تلك|هو|هي|مصدر|مصادر|البعض|"
    r"بيان|تقرير|كثيرون|آخر|آخرون)(?:\s|$)"
)
_VOWEL = "[\u064b-\u0652]"


def find_speaker(lead: str, clause: str, *, is_within: bool) -> str | None:
    """The speaker of a quotation, from the text of its sentence before it and that behind it."""
    printed = f"{lead}\n{clause}"
    lead, clause = re.sub(_VOWEL, "", lead), re.sub(_VOWEL, "", clause)
    verbs = re.findall(rf"(?<!\w){_VERB}(?!\w)", lead)
    if match := _BEFORE.search(lead):
        rest = match["rest"] or ""
        if len(verbs) == 1 and len(rest) <= _MAX_CLAUSE:
            return _subject(match["who"], printed)
        return None
    if is_within and verbs:
        return None
    match = _BEHIND.match(clause)
    return _subject(match["who"], printed) if match else None


def _subject(words: str, printed: str) -> str | None:
    """A subject as printed, without the circumstances after it; `None` where it names nobody."""
    subject = _CIRCUMSTANCE.split(f"{words} ", maxsplit=1)[0].strip()
    if len(subject.split()) not in _WORDS or _NOBODY.match(subject):
        return None
    match = re.search(f"{_VOWEL}*".join(map(re.escape, subject)), printed)
    return match[0] if match else None
