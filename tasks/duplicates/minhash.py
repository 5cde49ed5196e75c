"""Signatures by which near-duplicates find each other in the warehouse; the library is rensa.

A signature is a few hashes of a text's opening (MinHash over word pairs, cut into bands). Copies of
a text share most of them, editions of a daily story a few, unrelated texts none. So candidates are
an equality join. Whether a candidate is the same story is settled by `tasks.duplicates.compare`.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise
from struct import Struct

from rensa import RMinHash

from tasks.duplicates.normalise import normalise_tokens

BANDS = 24
"""How many hashes a signature has."""

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


def signature(text: str) -> tuple[int, ...]:
    """The hashes under which a text's near-duplicates are found.

    Args:
        text: the body of a story.

    Returns:
        `BANDS` signed 64-bit hashes in a fixed order, the same on every machine and in every
        process; none for a text without words. Changes of case, quotes, blanks or the writing of
        figures don't change them.
    """
    words = normalise_tokens(text[: _OPENING_WORDS * _LETTERS_PER_WORD]).keys[:_OPENING_WORDS]
    if not words:
        return ()
    digest = _minhash(words)
    return tuple(
        _band_hash(band, digest[band * _ROWS : (band + 1) * _ROWS]) for band in range(BANDS)
    )


def _minhash(words: Sequence[str]) -> list[int]:
    sketch = RMinHash(num_perm=BANDS * _ROWS, seed=_SEED)
    sketch.update([" ".join(pair) for pair in pairwise(words)] or list(words))
    digest: list[int] = sketch.digest()
    return digest


def _band_hash(band: int, rows: Sequence[int]) -> int:
    packed = blake2b(_BAND.pack(band, *rows), digest_size=8, key=_ALGORITHM)
    return int.from_bytes(packed.digest(), "big", signed=True)
