"""Which language a text is in, by its letters and its commonest words."""

import re
from collections import Counter

UNDETERMINED = "und"

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
# Scripts that stand for one language here; a text is in it if most of its letters are.
_SCRIPTS = (
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("zh", re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")),
    ("hi", re.compile(r"[\u0904-\u0939\u0958-\u0961]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    (
        "ja",
        re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"),
    ),  # where Chinese letters are fewer than half
    ("bn", re.compile(r"[\u0985-\u09b9]")),
    ("ta", re.compile(r"[\u0b85-\u0bb9]")),
    ("th", re.compile(r"[\u0e01-\u0e30]")),
    ("ka", re.compile(r"[\u10d0-\u10ff]")),
    ("hy", re.compile(r"[\u0531-\u0587]")),
    ("am", re.compile(r"[\u1200-\u1357]")),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

# Letters that Arabic lacks: of Persian and Urdu, then of Urdu alone.
_PERSIAN = re.compile(r"[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_URDU = re.compile(r"[\u0679\u0688\u0691\u06d2]")
# Letters that the language of the whole script lacks, and whose they are.
_OWN_LETTERS = {
    "ru": ("uk", re.compile(r"[\u0454\u0456\u0457\u0491]")),
    "zh": ("ja", re.compile(r"[\u3040-\u30ff]")),
}

_COMMON_WORDS = {
    "en": "the of and to in a is that for it on with as was by said at from has will",
    "fr": "le la les des et est une dans pour que qui sur avec au du par pas plus sont ses",
    "es": "el la los las de y es en que por con para una del se al su como más este",
    "de": "der die das und ist in den von zu mit auf für im dem nicht ein eine des sich auch",
    "it": "il di che la e in per un è con del della le dei sono al nel da una gli",
    "pt": "o de que e do da em um para com não uma os no se na por mais dos as",
    "tr": "ve bir bu için ile olarak da de olan daha çok gibi kadar sonra ise en ancak her",
}
_LANGUAGES_OF = {
    word: tuple(name for name, words in _COMMON_WORDS.items() if word in words.split())
    for word in " ".join(_COMMON_WORDS.values()).split()
}
# Parts of names such as "Al-Shiraa" are no words of any language here, nor are capitalised ones:
# "al", "la" and "de" are common in Italian, Spanish and French, and in Arab names.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_SAMPLE_CHARS = 2000
_CLEARLY_MORE = 1.5
_FEW_WORDS = 4

# Letters, digits, and Arabic vowel marks and stretching strokes, which belong to their word; a
# mark between two such runs ("Al-Sudani", "5.3", "Kuwait's", "11:30") holds them together.
_RUN = r"[^\W_\u0640](?:[^\W_]|[\u0640\u064b-\u065f\u0670])*"
_WORD_OR_FIGURE = re.compile(rf"{_RUN}(?:[-'\u2019.,:/&@]{_RUN})*")


def detect_language(text: str) -> str:
    """The language that a headline and body are in, an ISO 639-1 code.

    `ar` where most letters are Arabic (`fa` or `ur` where they hold letters that Arabic lacks),
    `en` for Latin letters unless the commonest words of another language are clearly more frequent;
    `und` for a text without letters or in a script that is not known here.
    """
    sample = text[:_SAMPLE_CHARS]
    if sample.isascii():
        return _of_latin_script(sample) if _LETTER.search(sample) else UNDETERMINED
    ascii_part = sample.encode("ascii", "ignore")
    if len(ascii_part.translate(None, _NO_LETTERS)) > len(sample) - len(ascii_part):
        return _of_latin_script(sample)
    letters = len(_LETTER.findall(sample))
    if letters == 0:
        return UNDETERMINED
    if 2 * len(_ARABIC.findall(sample)) > letters:
        foreign = len(_PERSIAN.findall(sample)) + len(_URDU.findall(sample))
        # Arabic copy spells a foreign name with such a letter at times.
        is_arabic = 20 * foreign < letters
        return "ar" if is_arabic else "ur" if _URDU.search(sample) else "fa"
    for language, script in _SCRIPTS:
        if 2 * len(script.findall(sample)) > letters:
            other, own = _OWN_LETTERS.get(language, (language, script))
            return other if own.search(sample) else language
    is_latin = 2 * len(_LATIN.findall(sample)) > letters
    return _of_latin_script(sample) if is_latin else UNDETERMINED


def _of_latin_script(sample: str) -> str:
    words = filter(str.islower, _WORD.findall(sample))
    counts = dict.fromkeys(_COMMON_WORDS, 0)
    for word, count in Counter(words).items():
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += count
    best = max(counts, key=lambda language: counts[language])
    if counts[best] > _FEW_WORDS and counts[best] > _CLEARLY_MORE * counts["en"]:
        return best
    return "en"


def count_words(text: str) -> int:
    """Words of a text in any script: maximal runs of letters and digits with the marks inside.

    "Iraq's 3.5-km road" has three words.
    """
    return len(_WORD_OR_FIGURE.findall(text))
