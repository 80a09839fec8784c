"""What tells one article's text from another's: the hash of its content, and a fingerprint that near copies share."""

import hashlib
import re
import unicodedata

import numpy as np

__all__ = ["content_hash", "fingerprint", "word_count"]

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_WIDE}]|[^\W{_WIDE}]+")
_SHINGLE = 3
_MOST = 600  # words that the fingerprint reads: wire copies differ in their tails
_LEAST = 12


def content_hash(title: str | None, body: str) -> str:
    """SHA-256 (hexadecimal) of title and body, in NFC and with white space folded."""
    folded = "\n".join(" ".join(unicodedata.normalize("NFC", text).split()) for text in (title or "", body))
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def word_count(body: str) -> int:
    """Words; each character of a script without word spaces is one."""
    return len(_WORD.findall(body))


def fingerprint(body: str) -> str | None:
    """`simhash64:<16 hex digits>` over three-word shingles (Charikar 2002); near copies differ in few bits. None for very short texts."""
    words = _WORD.findall(body.casefold())[:_MOST]
    if len(words) < _LEAST:
        return None
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    digests = b"".join(hashlib.blake2b(shingle.encode(), digest_size=8).digest() for shingle in shingles)
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(len(shingles), 8), axis=1)
    majority = np.packbits(bits.sum(axis=0) * 2 > len(shingles))
    return f"simhash64:{majority.tobytes().hex()}"
