"""Content codings undone, and those that would harm."""

import gzip
import tracemalloc
import zlib

import pytest

from tasks.core.content_encoding import decode_body, decode_start, is_text
from tasks.core.rejects import PageRefusedError, Reason
from tests.site.bombs import BOMB_BYTES, GZIP_BOMB

TEXT = b"The harbour opened again on Monday. " * 200
LIMIT = 1_000_000


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (TEXT, None),
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), " GZIP "),
        (gzip.compress(TEXT), "x-gzip"),
        (gzip.compress(TEXT), "identity, gzip"),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
        (gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), "gzip"),
        (gzip.compress(TEXT) + b"\0" * 9, "gzip"),
        (gzip.compress(TEXT), "utf-8, gzip"),
        (gzip.compress(TEXT), "none"),
        (gzip.compress(TEXT), None),
    ],
)
def test_a_supported_coding_comes_off(body, coding):
    assert decode_body(body, coding, limit=LIMIT) == TEXT


@pytest.mark.parametrize(
    "name", ["utf-8", "UTF8", "none", "binary", "8bit", "text/html", ",", "\x1b"]
)
@pytest.mark.parametrize("body", [TEXT, "أعلنت الوزارة".encode("cp1256"), b"\x00\x01\x02"])
def test_a_name_that_is_no_coding_codes_nothing(name, body):
    assert decode_body(body, name, limit=LIMIT) == body


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1256"])
@pytest.mark.parametrize("text", ["<p>The harbour</p>" * 99, "<p>أعلنت الوزارة</p>\r\n"])
def test_text_differs_from_what_is_coded(text, charset):
    body = text.encode(charset)
    assert is_text(body)
    assert not any(is_text(one) for one in (gzip.compress(body), zlib.compress(body * 9)))


@pytest.mark.parametrize("left", range(8))
def test_a_stream_without_its_trailer_is_whole(left):
    packed = gzip.compress(TEXT)
    assert decode_body(packed[: len(packed) - 8 + left], "gzip", limit=LIMIT) == TEXT
    if left < 4:
        packed = zlib.compress(TEXT)
        assert decode_body(packed[: len(packed) - 4 + left], "deflate", limit=LIMIT) == TEXT


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (TEXT, None),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT)[:-30], "gzip"),
        (zlib.compress(TEXT), "deflate"),
    ],
)
def test_the_start_of_a_body_is_decoded_whether_it_is_whole_or_not(body, coding):
    assert decode_start(body, coding, limit=40) == TEXT[:40]


def test_an_empty_body_is_empty_under_any_coding():
    assert decode_body(b"", "gzip", limit=LIMIT) == b""


def refusal(body: bytes, coding: str | None, limit: int = LIMIT) -> Reason:
    with pytest.raises(PageRefusedError) as caught:
        decode_body(body, coding, limit=limit)
    return caught.value.reason


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "BR "])
def test_a_coding_that_was_not_offered_is_refused(coding):
    assert refusal(gzip.compress(TEXT), coding) is Reason.UNSUPPORTED_ENCODING


def test_control_characters_of_a_coding_stay_out_of_the_message():
    with pytest.raises(PageRefusedError) as caught:
        decode_body(TEXT, "br, \x1b[31m", limit=LIMIT)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress, raw_deflate])
def test_a_bomb_is_refused_at_the_limit(compress):
    coding = "gzip" if compress is gzip.compress else "deflate"
    assert refusal(compress(b"\0" * 50_000_000), coding) is Reason.TOO_LARGE


def test_a_bomb_is_refused_before_it_goes_off():
    tracemalloc.start()
    try:
        with pytest.raises(PageRefusedError):
            decode_body(GZIP_BOMB, "gzip", limit=1 << 20)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most_bytes < 4 << 20 < BOMB_BYTES


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "body", [gzip.compress(b"\0" * 600_000) * 2, gzip.compress(b"") * 400_000], ids=["big", "tiny"]
)
def test_a_bomb_in_many_members_is_refused_at_once(body):
    assert refusal(body, "gzip") is Reason.TOO_LARGE


def test_what_was_not_coded_is_bounded_too():
    assert refusal(TEXT, None, limit=len(TEXT) - 1) is Reason.TOO_LARGE
    assert decode_body(TEXT, None, limit=len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(TEXT)[:-9], "gzip"),
        (gzip.compress(TEXT)[:40], "gzip"),
        (gzip.compress(TEXT)[:-1] + b"\1", "gzip"),
        (gzip.compress(TEXT)[:-5] + b"\0", "gzip"),
        (b"<html>not coded at all</html>", "gzip"),
        (b"<html>not coded at all</html>", "deflate"),
        (zlib.compress(TEXT)[:-5], "deflate"),
        (gzip.compress(TEXT)[:30] + b"\xff" * 60, "gzip"),
    ],
)
def test_a_cut_or_damaged_stream_is_refused(body, coding):
    assert refusal(body, coding) is Reason.BROKEN_TRANSFER
