"""What a page's own meta elements wish of those who keep it: noarchive, noai and the like, as warnings."""

import re

__all__ = ["WISHES", "page_wishes"]

# Wishes that concern a dataset, here and in the X-Robots-Tag header; "none" and "all" concern search engines. Those of AI are DeviantArt's.
WISHES = ("noarchive", "noai", "noimageai", "noindex")

_HEAD = 128 * 1024  # bytes in which the head of a page is looked for
_META = re.compile(rb"<meta\s[^>]{0,1000}>", re.IGNORECASE)
_NAME = re.compile(rb"""\bname\s*=\s*["']?\s*(?:robots|bots?)\s*["'\s/>]""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


def page_wishes(data: bytes) -> tuple[str, ...]:
    """Warnings such as "robots_noai" for the wishes in `<meta name="robots">` of a page's head."""
    words: set[str] = set()
    for tag in _META.findall(data[:_HEAD]):
        content = _CONTENT.search(tag) if _NAME.search(tag) else None
        if content:
            text = b"".join(group or b"" for group in content.groups()).decode("ascii", "replace")
            words.update(word.strip().lower() for word in text.split(","))
    return tuple(f"robots_{wish}" for wish in WISHES if wish in words)
