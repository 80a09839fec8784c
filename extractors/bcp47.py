"""Language tags (BCP 47), as pages write them."""

from functools import lru_cache

__all__ = ["primary_subtag"]


@lru_cache(maxsize=256)
def primary_subtag(tag: str | None) -> str:
    """The language of a tag, without script and region: "en" of "en-US" and of "EN_us"; "" where there is none."""
    return (tag or "").strip().lower().replace("_", "-").partition("-")[0]
