"""Content-Encoding as a stream: round trips at every piece size, cuts and lies."""

import gzip
import io
import random
import time
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.compression.decoding import CutStream, NotEncoded, UnknownEncoding, decoded, encodings

TEXT = random.Random(1).randbytes(3000) * 40 + b"<p>word</p>" * 20_000
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=3),
    "zstd": zstandard.compress,
}


def _unpack(data: bytes, header: str, limit: int = 65536) -> bytes:
    read = decoded(io.BytesIO(data).read, encodings(header))
    return b"".join(iter(lambda: read(limit), b""))


@pytest.mark.parametrize("name", PACK)
@pytest.mark.parametrize("limit", [999, 65536, 10**7])
def test_round_trip(name: str, limit: int) -> None:
    assert _unpack(PACK[name](TEXT), name, limit) == TEXT


@pytest.mark.parametrize("name", PACK)
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=5000), limit=st.integers(1, 300))
def test_any_bytes(name: str, data: bytes, limit: int) -> None:
    assert _unpack(PACK[name](data), name, limit) == data


def test_deflate_without_its_wrapper() -> None:
    assert _unpack(zlib.compress(TEXT)[2:-4], "deflate") == TEXT


def test_chained() -> None:
    assert _unpack(brotli.compress(gzip.compress(TEXT)), "gzip, identity, br") == TEXT


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_members_follow_one_another(name: str) -> None:
    assert _unpack(PACK[name](TEXT) * 3, name) == TEXT * 3


@pytest.mark.parametrize("frame", [b"\x28\xb5\x2f\xfd\x00\x00\x01\x00\x00", b"\x50\x2a\x4d\x18" + bytes(4)], ids=["empty", "to be skipped"])
def test_frames_of_nothing_cost_little(frame: bytes) -> None:
    started = time.process_time()
    assert _unpack(frame * 250_000 + PACK["zstd"](TEXT), "zstd") == TEXT
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize("junk", [b"\0", b"\r\n", b"junk that is none", bytes(70_000)])
def test_junk_after_a_member_is_dropped(junk: bytes) -> None:
    assert _unpack(gzip.compress(TEXT) + junk, "gzip") == TEXT


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("kept", [1, 10, -100, -1])
def test_a_cut_is_an_error(name: str, kept: int) -> None:
    with pytest.raises(CutStream):
        _unpack(PACK[name](TEXT)[:kept], name)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_plain_text_is_an_error(name: str) -> None:
    with pytest.raises((NotEncoded, CutStream)):
        _unpack(b"<html><body>plain</body></html>" * 30, name)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_piece_is_never_much_larger_than_asked_for(name: str) -> None:
    read = decoded(io.BytesIO(PACK[name](bytes(60 * 2**20))).read, encodings(name))
    assert max(map(len, iter(lambda: read(65536), b""))) <= 8 * 2**20


@pytest.mark.parametrize("header", ["compress", "gzip, rot13", "gzip;q=1", ", ".join(["br"] * 6)])
def test_unknown(header: str) -> None:
    with pytest.raises(UnknownEncoding):
        encodings(header)


@pytest.mark.parametrize("header", [None, "", "identity", " , "])
def test_none(header: str | None) -> None:
    assert encodings(header) == ()
