"""What counts as a word, in either script."""

import re

# Letters, digits, and Arabic vowel marks and stretching strokes, which belong to their word; a
# mark between two such runs ("Al-Sudani", "5.3", "Kuwait's", "11:30") holds them together.
_RUN = r"[^\W_\u0640](?:[^\W_]|[\u0640\u064b-\u065f\u0670])*"
_WORD = re.compile(rf"{_RUN}(?:[-'\u2019.,:/&@]{_RUN})*")


def count_words(text: str) -> int:
    """Words of a text: maximal runs of letters and digits, marks inside a word included.

    The same rule serves Latin and Arabic script: both part words with blanks and put marks at
    their ends. "Iraq's 3.5-km road" has three words.
    """
    return len(_WORD.findall(text))
