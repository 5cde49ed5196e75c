"""Whether two texts are one story: the same words, the same figures, the same days.

A newswire repeats itself in two ways. One text comes through several providers, or again with a
correction: that is one story under several ids. And each day brings the same sentences with new
figures (an oil price, a toll, the next relief flight), or with another name: those are different
stories, however alike. So a share of common words decides nothing here; what differs does.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from tasks.core.records import ComparedText
from tasks.duplicates.align import Differences, find_differences
from tasks.duplicates.normalise import FIGURE_MARK, ORDINAL_MARK, NormalisedText, normalise_tokens

# Copies of a story follow it within days. The same words after a week are a weekly notice, after a
# year a greeting on the same feast.
MAX_GAP = timedelta(days=6)

# A flash is the same sentence on the next trading day; its copies follow within hours.
_MAX_FLASH_GAP = timedelta(hours=20)
# A marked correction follows while the story is news; one that is not marked, before the next
# edition of anything that comes twice a day.
_MAX_CORRECTION_GAP = timedelta(days=3)
_MAX_SILENT_CORRECTION_GAP = timedelta(hours=6)

# Beyond this many letters a story is compared by its head alone, so that no page can make it slow.
_MAX_BODY_CHARS = 40_000

# Below this many words every word counts: one other name makes another story.
_FLASH_WORDS = 40
# Below this many words even equal bodies ("More to follow") need equal headlines.
_STUB_WORDS = 12
# Enough of a story that a single name in it can be a correction.
_LONG_WORDS = 150
# An edit in this many words is the most that correcting a text comes to, and six in any text.
_WORDS_PER_EDIT = 50
_MAX_EDITS = 6
# Copies lose their last paragraphs; a text of less than half the length is a brief, not a copy.
_MIN_LENGTH_SHARE = 0.5
_MIN_FLASH_LENGTH_SHARE = 0.8
# Share of the shorter text that must stand in the longer one.
_MIN_COMMON_SHARE = 0.85
# A copy that lost more of its words than this is no longer legible as the same text.
_MAX_LOST_SHARE = 0.12
# Figures that one text has and the other lacks, with none in their place: one in so many words.
_WORDS_PER_LOST_FIGURE = 100
# What must agree round one figure before it can be taken for a silent correction.
_MIN_AGREEING_FIGURES = 3
_MIN_CORRECTED_WORDS = 60

_CORRECTION_WORDS = frozenset(
    {"correction", "corrected", "corrects", "correcting", "corrigendum", "erratum"}
    | {"تصحيح", "تصويب", "استدراك"}
)
# Where a notice of correction stands: in the headline, or at the head or foot of the text.
_NOTICE_WORDS = 30
# Characters; a longer paragraph that mentions a correction is one of the story's own.
_MAX_NOTICE = 120


def is_same_story(first: ComparedText, second: ComparedText) -> bool:
    """Whether two texts under different ids are one story.

    They are where one body holds all but a few words of the other and every figure, ordinal, month
    and weekday agrees. Headlines may differ: each provider writes its own. A single differing
    figure is a correction where a notice says so, or where it comes within hours in a text that is
    otherwise the same under the same headline; a differing ordinal or day is another edition. The
    order of the two makes no difference.

    Formula stories with new figures or names, reports of one event in different words, and texts
    in two languages are different stories.
    """
    gap = abs(first.published_at - second.published_at)
    if first.language != second.language or gap > MAX_GAP:
        return False
    texts = (_normalise_body(text.body[:_MAX_BODY_CHARS]) for text in (first, second))
    shorter, longer = sorted(texts, key=lambda text: (len(text.keys), text.keys))
    if len(shorter.keys) < _STUB_WORDS and not _has_same_title(first, second):
        return False
    if len(shorter.keys) < _FLASH_WORDS:
        return gap <= _MAX_FLASH_GAP and _is_same_flash(shorter, longer)
    # A cheap bound on what aligning the two texts could find in common.
    common = (Counter(shorter.keys) & Counter(longer.keys)).total()
    is_brief = len(shorter.keys) < _MIN_LENGTH_SHARE * len(longer.keys)
    if is_brief or common < _MIN_COMMON_SHARE * len(shorter.keys):
        return False
    found = find_differences(shorter, longer)
    is_reissue = gap <= _MAX_SILENT_CORRECTION_GAP and _has_same_title(first, second)
    is_light_edit = _is_light_edit(found, shorter, is_reissue=is_reissue)
    if found.lost_figures and found.gained_figures:
        return is_light_edit and _is_correction(first, second, shorter, found)
    missing = len(found.lost_figures) + len(found.gained_figures)
    return is_light_edit and missing <= max(1, len(shorter.keys) // _WORDS_PER_LOST_FIGURE)


@lru_cache(maxsize=128)
def _normalise_body(body: str) -> NormalisedText:
    # Cached, since a daily story is compared with several editions in a row. A notice of correction
    # above or below the text is left out; what it names ("the second paragraph") is no figure.
    first, *others = body.split("\n")
    if others and _is_notice(first):
        return normalise_tokens("\n".join(others))
    if others and _is_notice(others[-1]):
        return normalise_tokens("\n".join((first, *others[:-1])))
    return normalise_tokens(body)


def _is_notice(paragraph: str) -> bool:
    """Whether a paragraph is short, mentions a correction and gives no figure of its own."""
    if len(paragraph) > _MAX_NOTICE:
        return False
    said = normalise_tokens(paragraph).keys
    return not _CORRECTION_WORDS.isdisjoint(said) and not any(map(_is_quantity, _figures(said)))


def _has_same_title(first: ComparedText, second: ComparedText) -> bool:
    return normalise_tokens(first.title).keys == normalise_tokens(second.title).keys


def _is_same_flash(shorter: NormalisedText, longer: NormalisedText) -> bool:
    """A flash may differ by one misspelling and by words that carry no meaning of their own."""
    if not shorter.keys or len(shorter.keys) < _MIN_FLASH_LENGTH_SHARE * len(longer.keys):
        return False
    found = find_differences(shorter, longer)
    return (
        not (found.lost_figures or found.gained_figures or found.replacements)
        and found.one_sided_words == 0
        and found.misspellings <= 1
    )


def _is_correction(
    first: ComparedText, second: ComparedText, shorter: NormalisedText, found: Differences
) -> bool:
    lost, gained = found.lost_figures, found.gained_figures
    if len(lost) != 1 or len(gained) != 1 or not all(map(_is_quantity, lost | gained)):
        return False
    gap = abs(first.published_at - second.published_at)
    if _has_notice(first) or _has_notice(second):
        return gap <= _MAX_CORRECTION_GAP
    return (
        gap <= _MAX_SILENT_CORRECTION_GAP
        and len(shorter.keys) >= _MIN_CORRECTED_WORDS
        and len(_figures(shorter.keys) - lost) >= _MIN_AGREEING_FIGURES
        and _has_same_title(first, second)
    )


def _is_light_edit(found: Differences, shorter: NormalisedText, *, is_reissue: bool) -> bool:
    """Few words differ, no subject was exchanged for another, and no passage was rewritten."""
    words, edits = len(shorter.keys), found.replacements
    names = sum(edit.is_name for edit in edits)
    # In a script without capitals any word may be a name. One word that was exchanged under the
    # same headline within hours is a correction there, as it is elsewhere.
    if is_reissue and names == 1:
        names -= any(edit.is_caseless for edit in edits)
    return (
        found.common_words >= _MIN_COMMON_SHARE * words
        and found.one_sided_words <= _MAX_LOST_SHARE * words
        and len(edits) <= min(_MAX_EDITS, words // _WORDS_PER_EDIT)
        and names <= (1 if words >= _LONG_WORDS else 0)
        and not any(edit.is_rewritten or edit.is_repeated for edit in edits)
    )


def _is_quantity(figure: str) -> bool:
    return not figure.startswith(ORDINAL_MARK) and figure[1:2].isdecimal()


def _has_notice(text: ComparedText) -> bool:
    body = normalise_tokens(text.body[:_MAX_BODY_CHARS]).keys
    said = (*normalise_tokens(text.title).keys, *body[:_NOTICE_WORDS], *body[-_NOTICE_WORDS:])
    return not _CORRECTION_WORDS.isdisjoint(said)


def _figures(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if key[0] == FIGURE_MARK}
