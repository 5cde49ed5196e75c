# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Lines that the page or the agency adds to a story, wherever on the page they stand.

Each rule knows boilerplate by its words, not by its position, so that a page whose blocks changed
places is read the same. What no rule matches is the story's.
"""

import re
from collections.abc import Sequence

from tasks.core.calendar import is_page_time
from tasks.pages.providers import is_provider_name

_LABELS = (
        "Tags", "Label", "Comments", "No comment", "No comments", "Category", "Date", "Search",
        "Newsletter", "Daily(English)", "Daily(Arabic)", "All()", "Subscribe", "Read more",
        "Share on Facebook", "Tweet on Twitter", "Share on LinkedIn", "Share on WhatsApp",
        "Market Research", "More Stories", "Most Popular", "Most Read", "Related Stories",
        "Related News", "Popular News", "Advertisement", "Print", "Email", "E-mail", "Share",
        "Share this", "Share this article", "Share this story", "Follow us", "Follow us on",
        "Illustrative photo", "Illustrative image", "403", "Sorry!!", "MENAFN", "MENAFN.COM",
        "Legal Disclaimer", "عربي", "English", "إخلاء المسؤولية القانونية", "إخلاء المسؤولية",
        "الوسوم", "الكلمات الدالة", "التعليقات", "تعليقات", "لا يوجد تعليق", "لا يوجد تعليقات",
        "لا توجد تعليقات", "الأكثر قراءة", "مزيد من الأخبار",
        "التصنيف", "القسم", "التاريخ", "بحث", "شارك على فيسبوك",
        "غرد على تويتر", "المزيد من الأخبار", "اقرأ المزيد",
)  # fmt: skip
# A line of nothing but such labels is boilerplate, unless it begins with a small letter: then it
# continues a sentence.
_ONLY_LABELS = re.compile(
    "(?:(?:{})[\\s:|.]*)+".format("|".join(map(re.escape, sorted(_LABELS, key=len, reverse=True)))),
    re.IGNORECASE,
)

# Labels that are words of a list as well, such as one of languages.
_AMBIGUOUS = frozenset(
    ("Category", "Comments", "Date", "Email", "E-mail", "English", "Label", "Newsletter", "Print",
     "Search", "Share", "Subscribe", "Tags", "عربي", "بحث", "التاريخ", "التصنيف", "القسم")
)  # fmt: skip

_NAVIGATION = frozenset(
    ("us", "europe", "arab", "asia", "africa", "politics", "economy", "oil&energy", "oil",
     "energy", "entertainment", "sport", "home", "|", "&")
)  # fmt: skip
_MIN_NAVIGATION_WORDS = 2

# The disclaimer, word for word the same on all pages; the hidden error block; the frozen clock.
_SENTENCES = re.compile(
    r"(?:legal disclaimer ?:\s*)?menafn provides the\s+information\b.*"
    r"|we do not accept any responsibility or liability for the accuracy, content\b.*"
    r"|if you have any complaints or copyright issues related to this article\b.*"
    r"|(?:403 ?)?(?:sorry ?!! ?)?error! we['’]re sorry, but the page you were\b.*"
    r"|[a-z]+day, \d{1,2} [a-z]+ \d{4} \d{1,2}:\d{2} gmt"
    r"|تقدم مينافن المعلومات\b.*",
    re.IGNORECASE | re.DOTALL,
)

# A longer line is prose or the disclaimer, and not searched for labels, names and times.
_MAX_LABEL_CHARS = 120

_DISCLAIMER_IN_TEXT = re.compile(
    r"\s*(?:Legal Disclaimer ?:\s*)?MENAFN provides the\s+information\b"
    r".*?(?:contact the provider above\.?|\Z)",
    re.IGNORECASE | re.DOTALL,
)

# Marks around the text of links, to another story or elsewhere, while a page is being read.
STORY_LINK, OTHER_LINK, LINK_END = "\ue000", "\ue001", "\ue002"

_MARKS = re.compile("[\ue000-\ue002]")
_WHOLE_STORY_LINK = re.compile(
    "\\s*(?:\\w+(?: \\w+){0,2} ?:\\s*)?\ue000([^\ue000-\ue002]+)\ue002\\W*"
)
# A shorter linked line may be a keyword, after which the page broke a paragraph.
_MIN_HEADLINE_WORDS = 4
# Closes a sentence of the story, even one that is a link; headlines have none, or three.
_FULL_STOP = re.compile(r"[^.]\.\W*$")
_CLOSING_CHARS = 8

_READ_ALSO_WORDS = ("read", "also", "اقرأ")
_READ_ALSO_LABEL = r"(?:Read also|Also read|See also|Read more|اقرأ أيضاً?) ?:"
# The label within the headline's link, or before it.
_READ_ALSO = re.compile(
    rf"\s*(?:[\ue000\ue001]\s*{_READ_ALSO_LABEL}[^\ue002]*(?:\ue002|\Z)"
    # Without a link the headline is a line, or two of which neither ends a sentence.
    rf"|{_READ_ALSO_LABEL}\s*(?:[\ue000\ue001][^\ue002]*\ue002"
    r"|[^\n]*(?:(?<![.!?])\n(?![^\n]*[.!?][^\w\n]*(?:\n|\Z))[^\n]{1,80}(?=\n|\Z))?))",
    re.IGNORECASE,
)
_ONLY_READ_ALSO = re.compile(rf"\W*{_READ_ALSO_LABEL}\W*", re.IGNORECASE)
_ILLUSTRATION = re.compile(
    r"(?:^|(?<=[.!?”\"\n]))\s*Illustrative (?:photo|image)\.?\s*$", re.IGNORECASE
)

# The rest of a link's address and of its tag, as text: `-Words-Of-It" target="_blank">`.
_LEAK = re.compile(
    r"(?:-[\w%.,'’&-]{0,400}+)?[\"”]"
    r"(?:\s*(?:target|rel|class|title|href)\s*=\s*[\"“”][^\"“”<>\n]*[\"”])+\s*/?>"
)

_KEYWORD = re.compile(r"[\w'’ -]*")
_MAX_KEYWORD_WORDS = 3

# Single letters separated by blanks, dots or slashes; a stretched one is still a single letter.
_ARABIC_INITIALS = r"[\u0621-\u064a]\u0640?(?:[ ./]+[\u0621-\u064a]\u0640?){%s}(?!\w)"

# How agencies close a take: `(end)`, the writers' initials after it, `(more)` and the like.
_SIGN_OFF = re.compile(
    r"(?:\s*\((?:(?i:ends?|more|more to follow|pick ?up previous)|النهاية|انتهى|يتبع)\)"
    rf"(?:\s+(?:[a-z]{{2,4}}(?:\.[a-z]{{2,4}})*|{_ARABIC_INITIALS % '0,7'})){{0,3}}"
    r"){1,3}\s*\.?\s*$"
)

_ENDS_SENTENCE = re.compile(r"[.!?؟…]\W*\Z")
_INITIALS = re.compile(
    r"[a-z]{2,4}(?:\.[a-z]{2,4})*(?:\s+[a-z]{2,4}(?:\.[a-z]{2,4})*)?"
    r"|(?:--\s?IANS\s*)?[a-z]{1,6}(?:/[a-z]{0,6}){1,3}"
    rf"|{_ARABIC_INITIALS % '1,7'}"
)


def strip_marks(text: str) -> str:
    """The text without the marks around links."""
    return _MARKS.sub("", text) if LINK_END in text else text


def link_share(marked: str) -> float:
    """The share of a block's letters and digits that belongs to links, 0 to 1."""
    if LINK_END not in marked:
        return 0.0
    links = (part.partition(LINK_END)[0] for part in re.split("[\ue000\ue001]", marked)[1:])
    linked = sum(sum(map(str.isalnum, link)) for link in links)
    return linked / max(sum(map(str.isalnum, marked)), 1)


def is_foreign_headline(marked: str) -> bool:
    """Whether a block is the linked headline of another story, with or without a label."""
    match = _WHOLE_STORY_LINK.fullmatch(marked) if STORY_LINK in marked else None
    if match is None or _FULL_STOP.search(marked[-_CLOSING_CHARS:]):
        return False
    return len(match[1].split()) >= _MIN_HEADLINE_WORDS


def is_read_also(marked: str) -> bool:
    """Whether a block is the label before another story's headline and nothing else."""
    return len(marked) <= _MAX_LABEL_CHARS and bool(_ONLY_READ_ALSO.fullmatch(marked))


def strip_inserts(marked: str) -> str:
    """A block without what the page or the provider put into it: `Read also:` and its headline.

    The headline is the link after the label; without a link it is the rest of the line, and the
    line below where the headline was wrapped.
    """
    folded = marked.casefold()
    if ":" in marked and any(word in folded for word in _READ_ALSO_WORDS):
        marked = _READ_ALSO.sub("", marked)
    return _ILLUSTRATION.sub("", marked) if "illustrative" in folded else marked


def strip_disclaimer(text: str) -> str:
    """The text without a disclaimer that runs on from its last sentence."""
    return _DISCLAIMER_IN_TEXT.sub("", text) if "rovides the" in text else text


def strip_leaks(texts: Sequence[str]) -> tuple[list[str], bool]:
    """Cleaned blocks without leaked attributes of links, and whether there were any.

    A keyword stands before each leak, as the text of a link within the address of another. Alone
    on its line it is no word of the story and is dropped too; within a sentence it stays.
    """
    if not any("=" in text and _LEAK.search(text) for text in texts):
        return list(texts), False
    stripped: list[str] = []
    for text in texts:
        lines = text.split("\n")
        if _LEAK.match(lines[0]) and stripped and _is_keyword(stripped[-1]):
            stripped.pop()
        kept = []
        for line, below in zip(lines, (*lines[1:], ""), strict=True):
            rest = _LEAK.sub("", line).strip()
            is_at_leak = rest != line.strip() or _LEAK.match(below)
            if rest and not (is_at_leak and _is_keyword(rest)):
                kept.append(rest)
        stripped.append("\n".join(kept))
    return stripped, True


def _is_keyword(line: str) -> bool:
    return bool(_KEYWORD.fullmatch(line)) and len(line.split()) <= _MAX_KEYWORD_WORDS


def strip_sign_offs(lines: Sequence[str]) -> list[str]:
    """The lines without the agency's sign-off, wherever it stands."""
    # Initials on a line of their own are one next to another sign-off, or as the last line below
    # a sentence: below the item of a list they are another item.
    cut = [_SIGN_OFF.sub("", line) if "(" in line else line for line in lines]
    is_signed = cut != list(lines)
    written = [index for index, line in enumerate(cut) if line.strip()]
    is_below_sentence = len(written) > 1 and _ENDS_SENTENCE.search(cut[written[-2]].rstrip())
    last = written[-1] if is_below_sentence else -1
    return [
        "" if (is_signed or index == last) and _INITIALS.fullmatch(line.strip()) else line
        for index, line in enumerate(cut)
    ]


def is_ambiguous(line: str) -> bool:
    """Whether a line is a label of the page that may be an item of a story's list too."""
    return line in _AMBIGUOUS


def is_boilerplate(line: str) -> bool:
    """Whether a cleaned line, by itself, belongs to the page and not to the story.

    So do labels, navigation, the clocks, the error block, the disclaimer in any spelling, a
    provider's name alone, and a line of nothing but punctuation.
    """
    if _SENTENCES.fullmatch(line):
        return True
    if len(line) > _MAX_LABEL_CHARS:
        return False
    if not any(map(str.isalnum, line)):
        return True
    if not line[0].islower() and _ONLY_LABELS.fullmatch(line):
        return True
    words = line.casefold().replace("|", " ").split()
    is_navigation = len(words) >= _MIN_NAVIGATION_WORDS and _NAVIGATION.issuperset(words)
    return is_navigation or is_provider_name(line) or is_page_time(line)
