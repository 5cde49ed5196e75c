"""The site's addresses, as it makes them from headlines."""

import re
import unicodedata
from urllib.parse import quote

SITE = "https://menafn.com"


def slug(headline: str) -> str:
    """The words of a headline in an address: punctuation deleted, blanks turned to hyphens.

    Deleted, not replaced: decimals fuse ("0.22 percent" gives `022-percent`) and apostrophes
    vanish ("Kuwait's" gives `Kuwaits`). Arabic comes out composed (NFC), not percent-encoded.
    """
    composed = unicodedata.normalize("NFC", headline)
    kept = "".join(
        character
        for character in composed
        if character.isspace() or character == "-" or unicodedata.category(character)[0] in "LNM"
    )
    return re.sub(r"-+", "-", "-".join(kept.split())).strip("-")


def story_path(article_id: int, words: str, language: str) -> str:
    """Path of a story: `/1109916091/Words`, `/arabic/1110696390/%D9%85…`, or without words."""
    prefix = "/arabic" if language == "ar" else ""
    return f"{prefix}/{article_id}/{quote(words)}"


def story_url(article_id: int, words: str, language: str) -> str:
    """Canonical address of a story."""
    return SITE + story_path(article_id, words, language)


def decomposed_path(article_id: int, words: str) -> str:
    """Path of an Arabic story with hamza letters decomposed, as the site itself links them."""
    return f"/arabic/{article_id}/{quote(unicodedata.normalize('NFD', words))}"


def legacy_path(article_id: int, words: str, names: tuple[str, str] = ("storyid", "title")) -> str:
    """The address form of 2016 and 2017, kept alive by a redirect; names in any case."""
    return f"/qn_news_story_s.aspx?{names[0]}={article_id}&{names[1]}={quote(words)}"
