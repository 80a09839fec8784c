"""What tells one article's text from another's: the hash of its content, and a fingerprint that near copies share."""

import hashlib
import re
import unicodedata
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

__all__ = ["content_hash", "fingerprint", "word_count"]

_WIDE_RANGES = (("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"))
_WIDE = "".join(f"{first}-{last}" for first, last in _WIDE_RANGES)
_WORD = re.compile(rf"[{_WIDE}]|[^\W{_WIDE}]+")
_NARROW = re.compile(r"\w+")  # the same words where nothing is wide, at half the time
_ANY_WIDE = re.compile(f"[{_WIDE}]")
_PLANE, _ALONE = 65536, 2
_MOST = 600  # words that the fingerprint reads: wire copies differ in their tails
_LEAST = 12
_PREFIX = 5000  # characters that hold as many words on most pages
# Odd multipliers that keep the order of a shingle's words apart: bits of the square roots of 2, 3 and 5.
_ODD = (np.uint64(0x6A09E667F3BCC909), np.uint64(0xBB67AE8584CAA73B), np.uint64(0x3C6EF372FE94F82B))


def content_hash(title: str | None, body: str) -> str:
    """SHA-256 (hexadecimal) of title and body, in NFC and with white space folded."""
    folded = "\n".join(" ".join(unicodedata.normalize("NFC", text).split()) for text in (title or "", body))
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def word_count(body: str) -> int:
    """Words; each character of a script without word spaces is one."""
    found = _bounded(body)
    if found is None:
        return len(_words(body))
    _, inside = found
    return int(np.count_nonzero(inside[1:] > inside[:-1])) + int(inside[0])  # where a word begins


def _bounded(text: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]] | None:
    """The code points of `text` and 1 for each in a word, else 0; None for an empty text and where bounds do not tell the words."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    if not len(codes) or codes.max() >= _PLANE:
        return None
    inside = _kinds()[codes]
    return None if inside.max() == _ALONE else (codes, inside)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """For each code point of the basic plane 1 in words, 0 between them, _ALONE for a word of its own."""
    table = np.array([character.isalnum() or character == "_" for character in map(chr, range(_PLANE))], dtype=np.uint8)
    for first, last in _WIDE_RANGES:
        table[ord(first) : ord(last) + 1] = _ALONE
    return table


def _words(text: str) -> list[str]:
    narrow = text.isascii() or not _ANY_WIDE.search(text)
    return (_NARROW if narrow else _WORD).findall(text)


def _encoded_words(text: str) -> list[bytes]:
    """The words in UTF-8."""
    found = _bounded(text)
    if found is None:
        return [word.encode("utf-8", "replace") for word in _words(text)]
    codes, inside = found
    return np.where(inside, codes, np.uint32(ord(" "))).tobytes().decode("utf-32-le").encode("utf-8").split()


def fingerprint(body: str) -> str | None:
    """`simhash64:<16 hex digits>` over three-word shingles (Charikar 2002); near copies differ in few bits. None for very short texts."""
    words = _encoded_words(body[:_PREFIX].casefold())
    if len(words) <= _MOST and len(body) > _PREFIX:
        words = _encoded_words(body.casefold())
    if len(words) < _LEAST:
        return None
    codes = np.fromiter(map(crc32, words[:_MOST]), dtype=np.uint64)
    hashes = np.sort(_mixed(codes[:-2] * _ODD[0] + codes[1:-1] * _ODD[1] + codes[2:] * _ODD[2]))
    hashes = hashes[np.diff(hashes, prepend=~hashes[:1]) != 0]  # each once
    bits = np.unpackbits(hashes.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    majority = np.packbits(bits.sum(axis=0) * 2 > len(hashes))
    return f"simhash64:{majority.tobytes().hex()}"


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Each number with all its bits stirred: the finalizer of SplitMix64 (Steele, Lea, Flood 2014), modulo 2**64."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
