# ruff: noqa: RUF001 - Arabic stands here in its own letters
"""Lines that the page or the agency adds to a story, wherever on the page they stand.

Each rule names furniture by what it says, not by its place, so that a page whose blocks changed
places is read the same. What no rule names is the story's.
"""

import re
from collections.abc import Sequence

from tasks.wire.menafn.clocks import is_page_time
from tasks.wire.menafn.providers import is_provider_name

_LABELS = (
        "Tags", "Label", "Comments", "No comment", "No comments", "Category", "Date", "Search",
        "Newsletter", "Daily(English)", "Daily(Arabic)", "All()", "Subscribe", "Read more",
        "Share on Facebook", "Tweet on Twitter", "Share on LinkedIn", "Share on WhatsApp",
        "Market Research", "More Stories", "Most Popular", "Most Read", "Related Stories",
        "Related News", "Popular News", "Advertisement", "Print", "Email", "E-mail", "Share",
        "Illustrative photo", "Illustrative image", "403", "Sorry!!", "MENAFN", "MENAFN.COM",
        "Legal Disclaimer", "عربي", "English", "إخلاء المسؤولية القانونية", "إخلاء المسؤولية",
        "الوسوم", "التعليقات", "تعليقات", "لا يوجد تعليق", "لا توجد تعليقات",
        "التصنيف", "القسم", "التاريخ", "بحث", "شارك على فيسبوك",
        "غرد على تويتر", "المزيد من الأخبار", "اقرأ المزيد",
)  # fmt: skip
_ONLY_LABELS = re.compile(
    "(?:(?:{})[\\s:|.]*)+".format("|".join(map(re.escape, sorted(_LABELS, key=len, reverse=True)))),
    re.IGNORECASE,
)
"""A line of nothing but such labels is furniture."""

_NAVIGATION = frozenset(
    ("us", "europe", "arab", "asia", "africa", "politics", "economy", "oil&energy", "oil",
     "energy", "entertainment", "sport", "home", "|", "&")
)  # fmt: skip
_FEWEST_NAVIGATION_WORDS = 2

_SENTENCES = re.compile(
    r"(?:legal disclaimer ?: ?)?menafn provides the\s+information\b.*"
    r"|legal disclaimer ?:.*"
    r"|we do not accept any responsibility or liability for the accuracy, content\b.*"
    r"|if you have any complaints or copyright issues related to this article\b.*"
    r"|(?:403 ?)?(?:sorry ?!! ?)?error! we['’]re sorry, but the page you were\b.*"
    r"|[a-z]+day, \d{1,2} [a-z]+ \d{4} \d{1,2}:\d{2} gmt"
    r"|إخلاء المسؤولية.*"
    r"|تقدم مينافن المعلومات\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""The disclaimer, word for word the same on all pages; the hidden error block; the frozen clock."""

_LONGEST_LABELS = 120
"""A longer line is prose or the disclaimer, and spared the looks at labels, names and times."""

_DISCLAIMER_IN_TEXT = re.compile(
    r"\s*(?:Legal Disclaimer ?:\s*)?MENAFN provides the\s+information\b"
    r".*?(?:contact the provider above\.?|\Z)",
    re.IGNORECASE | re.DOTALL,
)

STORY_LINK, OTHER_LINK, LINK_END = "\ue000", "\ue001", "\ue002"
"""Marks round the text of links, to another story or elsewhere, while a page is being read."""

_MARKS = re.compile("[\ue000-\ue002]")
_WHOLE_STORY_LINK = re.compile("\\s*\ue000([^\ue000-\ue002]+)\ue002\\W*")
_FEWEST_HEADLINE_WORDS = 4
"""A shorter linked line may be a keyword, after which the page broke a paragraph."""

_READ_ALSO = re.compile(
    r"\s*(?:Read also|Also read|See also|Read more|اقرأ أيضاً?) ?:\s*"
    r"(?:[\ue000\ue001][^\ue002]*\ue002|.*)",
    re.IGNORECASE | re.DOTALL,
)
_ILLUSTRATION = re.compile(
    r"(?:^|(?<=[.!?”\"\n]))\s*Illustrative (?:photo|image)\.?\s*$", re.IGNORECASE
)

_LEAKED = re.compile(
    r"(?:-[\w%.,'’&-]*)?[\"”]"
    r"(?:\s*(?:target|rel|class|title|href)\s*=\s*[\"“”][^\"“”<>\n]*[\"”])+\s*/?>"
)
"""The rest of a link's address and of its tag, as text: `-Words-Of-It" target="_blank">`."""

_SIGN_OFF = re.compile(
    r"(?:\s*\((?:end|more|pickup previous|النهاية|انتهى|يتبع)\)"
    r"(?:\s+(?:[a-z]{2,4}(?:\.[a-z]{2,4})*|[\u0621-\u064a](?:[ ./]+[\u0621-\u064a])*(?!\w))){0,3}"
    r"){1,3}\s*\.?\s*$"
)
"""How agencies close a take: `(end)`, the writers' initials after it, `(more)` and the like."""

_INITIALS = re.compile(
    r"[a-z]{2,4}(?:\.[a-z]{2,4})*(?:\s+[a-z]{2,4}(?:\.[a-z]{2,4})*)?"
    r"|(?:--\s?IANS\s*)?[a-z]{1,6}(?:/[a-z]{0,6}){1,3}"
    r"|(?:[\u0621-\u064a] ){1,2}[\u0621-\u064a]"
)


def without_marks(text: str) -> str:
    """The text without the marks round links."""
    return _MARKS.sub("", text) if LINK_END in text else text


def link_share(marked: str) -> float:
    """The share of a block's letters and digits that belongs to links, 0 to 1."""
    if LINK_END not in marked:
        return 0.0
    linked = sum(
        _count_letters(part.partition(LINK_END)[0])
        for part in re.split("[\ue000\ue001]", marked)[1:]
    )
    return linked / max(_count_letters(marked), 1)


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def is_foreign_headline(marked: str) -> bool:
    """Whether a block is the linked headline of another story and nothing else."""
    match = _WHOLE_STORY_LINK.fullmatch(marked)
    return bool(match) and len(match[1].split()) >= _FEWEST_HEADLINE_WORDS if match else False


def without_inserts(marked: str) -> str:
    """A block without what the page or the provider put into it: `Read also:` and its headline.

    The headline is the link after the label; without a link it is the rest of the block.
    """
    if ":" in marked:
        marked = _READ_ALSO.sub("", marked)
    return _ILLUSTRATION.sub("", marked)


def without_disclaimer(text: str) -> str:
    """The text without a disclaimer that runs on from its last sentence."""
    return _DISCLAIMER_IN_TEXT.sub("", text) if "rovides the" in text else text


def without_leaks(text: str) -> tuple[str, bool]:
    """The text without leaked attributes, and whether there were any."""
    if "=" not in text:
        return text, False
    mended, count = _LEAKED.subn("", text)
    return mended, count > 0


def without_sign_offs(lines: Sequence[str]) -> list[str]:
    """The lines without the agency's sign-off, wherever it stands.

    Initials on a line of their own are a sign-off beside another one, or as the last line.
    """
    cut = [_SIGN_OFF.sub("", line) for line in lines]
    is_signed = cut != list(lines)
    last = max((place for place, line in enumerate(cut) if line.strip()), default=0)
    return [
        "" if (is_signed or place == last) and _INITIALS.fullmatch(line.strip()) else line
        for place, line in enumerate(cut)
    ]


def is_furniture(line: str) -> bool:
    """Whether a line, by itself, belongs to the page and not to the story.

    Args:
        line: one block of the page, cleaned.

    Returns:
        True for labels, navigation, the clocks, the error block, the disclaimer in any spelling,
        a provider's name alone, and for a line of which nothing but marks is left.
    """
    if _SENTENCES.fullmatch(line):
        return True
    if len(line) > _LONGEST_LABELS:
        return False
    if not any(map(str.isalnum, line)) or _ONLY_LABELS.fullmatch(line):
        return True
    return is_provider_name(line) or is_page_time(line) or _is_navigation(line.casefold())


def _is_navigation(folded: str) -> bool:
    words = folded.replace("|", " ").split()
    return len(words) >= _FEWEST_NAVIGATION_WORDS and _NAVIGATION.issuperset(words)
