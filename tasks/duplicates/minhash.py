"""Signatures by which near-duplicates find each other in the warehouse; the library is rensa.

A signature is a few hashes of a text's opening (MinHash over word pairs, cut into bands). Copies of
a text share most of them, editions of a daily story a few, unrelated texts none. So candidates are
an equality join. Whether a candidate is the same story is decided by `tasks.duplicates.compare`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from struct import Struct

from rensa import RMinHash

from tasks.core.parquet import write_records
from tasks.core.records import Article
from tasks.duplicates.normalise import normalise_tokens

BANDS = 24  # hashes of a signature

# Candidates share four bands of 24. By the binomial law that lets pass 99.7 % of the texts that
# have 80 % of their word pairs in common, 86 % of those with 70 %, 0.3 % with 40 %.
_ROWS = 4
_SEED = 20130101
_LETTERS_PER_WORD = 10

# The opening alone: copies lose their tail, and the background that ends a daily story is the same
# every day, while its opening has the new figures in it.
_OPENING_WORDS = 120

# Stored hashes are comparable only with hashes of the same algorithm.
_ALGORITHM = f"rensa-r{RMinHash.ALGORITHM_VERSION}/1".encode()
_BAND = Struct(f"<B{_ROWS}I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The hashes under which one reading's near-duplicates are found."""

    article_id: int
    body_sha256: str  # digest of the body they were made of, so that an older reading's are dropped
    bands: tuple[int, ...]  # the hashes; stories that share some of them are compared


def write_signatures(folder: Path, articles: Sequence[Article]) -> None:
    """Write the signature of each article into a batch's folder."""
    signatures = [
        Signature(
            article_id=article.article_id,
            body_sha256=article.body_sha256,
            bands=signature(article.body),
        )
        for article in articles
    ]
    write_records(folder / "minhash_bands.parquet", signatures, Signature)


def signature(text: str) -> tuple[int, ...]:
    """The hashes under which a text's near-duplicates are found.

    `BANDS` signed 64-bit hashes in a fixed order, the same on every machine and in every process;
    none for a text without words. Case, quotes, blanks and the writing of figures don't matter.
    """
    words = normalise_tokens(text[: _OPENING_WORDS * _LETTERS_PER_WORD]).keys[:_OPENING_WORDS]
    if not words:
        return ()
    sketch = RMinHash(num_perm=BANDS * _ROWS, seed=_SEED)
    sketch.update([" ".join(pair) for pair in pairwise(words)] or list(words))
    rows: list[int] = sketch.digest()
    hashes = []
    for band in range(BANDS):
        packed = _BAND.pack(band, *rows[band * _ROWS : (band + 1) * _ROWS])
        digest = blake2b(packed, digest_size=8, key=_ALGORITHM).digest()
        hashes.append(int.from_bytes(digest, "big", signed=True))
    return tuple(hashes)
