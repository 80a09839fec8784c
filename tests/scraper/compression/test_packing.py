"""Where what is packed ends whole."""

import io

import pytest

from scraper.compression.packing import pack, whole_end
from scraper.job.outputs import Compression

PIECES = [b"one\n", b"two\n" * 50_000, b"three\n"]


@pytest.mark.parametrize("compression", [None, Compression.GZIP, Compression.ZSTD])
@pytest.mark.parametrize("torn", [1, 3, 7])
def test_the_end_lies_behind_the_last_whole_piece(compression: Compression | None, torn: int) -> None:
    packed = [pack(piece, compression) for piece in PIECES]
    whole = b"".join(packed)
    assert whole_end(io.BytesIO(whole), compression) == len(whole)
    if compression is None:
        assert whole_end(io.BytesIO(whole[:-torn]), None) == len(whole) - 6 - (4 if torn == 7 else 0)
        return
    assert whole_end(io.BytesIO(whole[:-torn]), compression) == len(packed[0]) + len(packed[1])
    assert whole_end(io.BytesIO(whole + b"garbage"[:torn]), compression) == len(whole)
    assert whole_end(io.BytesIO(whole + pack(b"no end of a line", compression)), compression) == len(whole)


def test_what_is_not_packed_and_has_no_line(tmp_path: object) -> None:
    assert whole_end(io.BytesIO(b""), None) == 0
    assert whole_end(io.BytesIO(b"x" * 3_000_000), None) == 0
    assert whole_end(io.BytesIO(b"a\n" + b"x" * 3_000_000), None) == 2
    assert whole_end(io.BytesIO(b"broken"), Compression.GZIP) == 0
