"""The charset of a page is what it declares in force, not in a comment."""

import pytest

from tasks.core.charset import decode

ARABIC = "مرحبا"
LATIN = "café au lait"


@pytest.mark.parametrize(
    ("head", "text", "codec"),
    [
        (b'<!-- <meta charset="windows-1256"> -->', LATIN, "cp1252"),
        (b'<!-- <meta charset="windows-1252"> --><meta charset="windows-1256">', ARABIC, "cp1256"),
        (b'<!--[if IE]><meta charset="windows-1251"><![endif]-->', LATIN, "cp1252"),
        (b'<meta charset="windows-1256">', ARABIC, "cp1256"),
        (b'<!-- never closed <meta charset="windows-1251">', LATIN, "cp1252"),
        (b"", LATIN, "cp1252"),
    ],
)
def test_a_label_within_a_comment_names_no_charset(head, text, codec):
    assert text in decode(head + b"<p>" + text.encode(codec), None)
