"""Datasets made up for tests: hosts with articles of their own, a footer, a prompt, and what is shared."""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractors.article import PROVENANCE_KEYS, Article
from extractors.identity import content_hash, fingerprint, word_count
from extractors.urls import document_id, host_of

__all__ = ["FOOTER", "PROMPT", "host", "prose", "read", "record", "write"]

FOOTER = "The Harbour Ledger is printed on paper from managed forests and delivered by people whom we pay."
PROMPT = "Our reporters walk the whole coast for you. Sign up and read their letters every Sunday morning."
_WORDS = "harbour council gull winter ferry market bridge teacher railway orchard clinic storm ballot mill choir ledger tide road".split()


def prose(seed: object, words: int = 30) -> str:
    """A paragraph that no other seed gives."""
    chance = random.Random(str(seed))
    return " ".join([*(chance.choice(_WORDS) for _ in range(words)), f"n{seed}."]).capitalize()


def record(url: str, *paragraphs: str, **changed: Any) -> dict[str, Any]:
    """A whole record with this body."""
    body = "\n\n".join(paragraphs)
    title = changed.pop("title", f"Title of {url}")
    made = Article(
        id=document_id(url, b""),
        url=url,
        host=host_of(url),
        title=title,
        body=body,
        word_count=word_count(body),
        content_hash=content_hash(title, body),
        fingerprint=fingerprint(body),
        provenance=dict.fromkeys(PROVENANCE_KEYS),
        extractor_version="test",
    )
    return {**made.to_dict(), **changed}


def host(name: str, count: int) -> Iterator[dict[str, Any]]:
    """Articles of a host: lead, prompt in every second one, prose, footer."""
    for number in range(count):
        own = [prose(f"{name}/{number}/{part}") for part in range(4)]
        prompt = [PROMPT] if number % 2 else []
        yield record(f"https://{name}/{number}", own[0], own[1], *prompt, own[2], own[3], f"{FOOTER} ({name})")


def write(path: Path, records: Iterable[dict[str, Any] | str]) -> Path:
    """The records as lines; a string is a line as it is."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in records)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
